"""Public names where authors write them: in roles, links and directives of MyST and reStructuredText.

Code, formulas and comments are left alone. MyST's places come from the tokens of markdown-it; docutils gives no columns
of roles, so that reStructuredText is scanned line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from sphinx_paper_table.survey.allowed import VERBATIM, Kind
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.markdown import MarkupSpan, markup_spans, target_of


class Slot(StrEnum):
    """What a name at some place stands for."""

    RECORD = "record"
    """A method, else a group, else a survey: what the role ``paper`` takes."""
    METHOD = "method"
    GROUP = "group"
    SURVEY = "survey"
    VIEW = "view"
    """A survey or a group, as ``SURVEY#GROUP``."""
    KEY = "key"
    TAG = "tag"
    BENCHMARK = "benchmark"
    RELATION = "relation"
    VENUE = "venue"
    LABEL = "label"
    """An anchor."""
    FILTER = "filter"
    """An expression with cite keys in quotes."""


class Mention(NamedTuple):
    """A name in a text, from one offset to another."""

    slot: Slot
    name: str
    start: int
    end: int


_VIEWS: Final = {"": Slot.VIEW, "ids": Slot.METHOD, "tags": Slot.TAG, "venues": Slot.VENUE}
DIRECTIVES: Final[dict[str, dict[str, Slot]]] = {
    "paper-table": _VIEWS,
    "paper-index": _VIEWS,
    "paper-lineage": {**_VIEWS, "of": Slot.METHOD, "relations": Slot.RELATION},
    "paper-results": {**_VIEWS, "": Slot.BENCHMARK, "survey": Slot.VIEW},
    "paper-compare": {"": Slot.METHOD},
    "paper-figure": {"methods": Slot.METHOD, "cite": Slot.KEY},
    "survey-cards": {"": Slot.SURVEY},
    "survey-header": {"": Slot.SURVEY},
    "survey-sources": {"": Slot.SURVEY},
    "paper-todo": {"": Slot.VIEW},
    "bibliography": {"filter": Slot.FILTER},
}
"""What the argument (the empty name) and the options of directives name."""
_ROLES: Final = {
    "paper": Slot.RECORD,
    "paper:any": Slot.RECORD,
    "paper:method": Slot.METHOD,
    "paper:group": Slot.GROUP,
    "paper:survey": Slot.SURVEY,
    "ref": Slot.LABEL,
    "numref": Slot.LABEL,
    "std:ref": Slot.LABEL,
}
_CITES: Final = re.compile(r"(?:foot)?cite(?::\w+)?")
_PRE_OR_POST: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"[^\s,]+")
_QUOTED: Final = re.compile(r"(?<=['\"])[^'\"\s]+(?=['\"])")
_OPTION: Final = re.compile(r"[ \t>]{0,99}+:?([a-z-]{1,99}+):[ \t]++(.*)")
_OPTION_NAME: Final = re.compile(r"[ \t]{0,99}+:[a-z-]{1,99}+:")
_CLOSING: Final = re.compile(r"[ \t>]{0,99}+[`:~]{3,99}+[ \t]{0,99}+$")
_FENCE_ARGUMENT: Final = re.compile(r"[ \t>*+\-\d.]{0,99}+[`:~]{3,99}+\{[^}]{0,99}\}(.*)")
_ANCHOR: Final = re.compile(r"(?:\]\((?:<|[a-z]+:)?|<(?:[a-z]+:)?)#([\w.-]+)(?=[>)\s])")
Body: TypeAlias = tuple[int, int]
"""The bounds of YAML in a page."""
_IN_ROLE: Final = re.compile(r":([a-z][\w:]{0,99}):`([^`]*)`")
_RST_DIRECTIVE: Final = re.compile(r"^([ \t]*)\.\. +([\w:-]+)::[ \t]*(.*)$")
_RST_COMMENT: Final = re.compile(r"^[ \t]*\.\.(?:$|[ \t]+(?!_|\[|\|)(?!\S+::))")
_NO_TEXT: Final = VERBATIM | {"raw", "literalinclude", "paper-table"}
_RST_LITERAL: Final = re.compile(r"``.+?``")
_RST_LINK: Final = re.compile(r"`[^`<]*<#([\w.-]+)>`_")


def slot_of(role: str) -> Slot | None:
    """Return what a role names, or None where it names nothing of ours."""
    return Slot.KEY if _CITES.fullmatch(role) else _ROLES.get(role)


def in_myst(text: str, markup: Markup = Markup.BLOCK) -> tuple[list[Mention], list[Body]]:
    """Return the names in a MyST *text*, and where YAML stands in it."""
    spans = list(markup_spans(text, markup))
    found: list[Mention] = []
    bodies: list[Body] = []
    for span in spans:
        if span.kind is Kind.ROLE and (slot := slot_of(span.name)):
            found += _in_role(slot, span.content, span.content_start)
        elif span.kind is Kind.DIRECTIVE and span.name == "eval-rst":
            start, end = _content(text, span)
            inner, yaml = in_rst(text[start:end])
            found += [one._replace(start=one.start + start, end=one.end + start) for one in inner]
            bodies += [(begin + start, stop + start) for begin, stop in yaml]
        elif span.kind is Kind.DIRECTIVE and span.name in DIRECTIVES:
            found += _in_fence(text, span)
            if span.name == "paper-table":
                bodies += _yaml_in(text, *_content(text, span))
    closed = [(span.start, span.end) for span in spans if _is_closed(span)]
    found += [one for one in _anchors(text, markup) if not any(a <= one.start < b for a, b in closed)]
    return [one for one in dict.fromkeys(found) if not any(a <= one.start < b for a, b in bodies)], bodies


def _is_closed(span: MarkupSpan) -> bool:
    """Return whether nothing in *span* is a link."""
    return span.kind is not Kind.DIRECTIVE or span.name.lower() in VERBATIM


def _anchors(text: str, markup: Markup) -> Iterator[Mention]:
    if markup in {Markup.INLINE, Markup.BLOCK}:
        for found in _ANCHOR.finditer(text):
            yield Mention(Slot.LABEL, found[1], found.start(1), found.end(1))


def _in_role(slot: Slot, content: str, start: int) -> Iterator[Mention]:
    """Yield what the content of a role names: keys with their ``{see}`` and ``{p. 3}``, or a target behind a title."""
    if slot is Slot.KEY:
        bare = _PRE_OR_POST.sub(lambda found: " " * len(found[0]), content)
        yield from _words(slot, bare, start)
    else:
        target = target_of(content)
        place = content.rfind(target) if target != content else 0
        yield from _words(slot, target, start + place)


def _words(slot: Slot, value: str, start: int) -> Iterator[Mention]:
    pattern = _QUOTED if slot is Slot.FILTER else _WORD
    for found in pattern.finditer(value):
        yield Mention(Slot.KEY if slot is Slot.FILTER else slot, found[0], start + found.start(), start + found.end())


def _content(text: str, span: MarkupSpan) -> Body:
    """Return the bounds of what stands between the fences of a directive."""
    start = text.find("\n", span.start, span.end) + 1 or span.end
    last = text.rfind("\n", start, span.end) + 1
    is_closed = bool(_CLOSING.match(text[last : span.end]))
    return start, max(start, last if is_closed and last else span.end)


def _in_fence(text: str, span: MarkupSpan) -> Iterator[Mention]:
    """Yield what the argument and the options of a directive name."""
    first = text.rfind("\n", 0, span.start) + 1
    start, end = _content(text, span)
    slots = DIRECTIVES[span.name]
    if "" in slots and (found := _FENCE_ARGUMENT.match(text[first:start].rstrip("\n"))):
        yield from _words(slots[""], found[1], first + found.start(1))
    yield from _options(text, start, end, slots)


def _options(text: str, start: int, end: int, slots: dict[str, Slot]) -> Iterator[Mention]:
    """Yield what the options at the beginning of a directive's content name, as ``:name: value`` or between ``---``."""
    place, is_yaml = start, False
    for line in text[start:end].split("\n"):
        bare = line.strip(" \t>")
        option = _OPTION.match(line)
        if bare == "---":
            if is_yaml:
                return
            is_yaml = True
        elif option and (is_yaml or bare.startswith(":")):
            if option[1] in slots:
                yield from _words(slots[option[1]], option[2], place + option.start(2))
        elif not is_yaml and not _OPTION_NAME.match(bare):
            return
        place += len(line) + 1


def _yaml_in(text: str, start: int, end: int) -> Iterator[Body]:
    """Yield the bounds of the YAML below the options of a ``paper-table``, if there is any."""
    place = start
    for line in text[start:end].split("\n"):
        if line.strip() and not _OPTION_NAME.match(line):
            if line.strip() != "---" and text[place:end].strip():
                yield place, end
            return
        place += len(line) + 1


def in_rst(text: str) -> tuple[list[Mention], list[Body]]:
    """Return the names in a reStructuredText, and where YAML stands in it."""
    found: list[Mention] = []
    bodies: list[Body] = []
    place, skipped = 0, -1  # the indent below which code or a comment stands
    lines = text.split("\n")
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if line.strip() and not 0 <= skipped < indent:
            directive, is_comment = _RST_DIRECTIVE.match(line), _RST_COMMENT.match(line)
            if directive:
                end = place + _block_length(lines, number)
                found += _in_rst_directive(text, directive, place, end, bodies)
            elif not is_comment and not line.lstrip().startswith(">>>"):
                found += _in_rst_line(line, place)
            is_code = directive[2] in _NO_TEXT if directive else is_comment or line.rstrip().endswith("::")
            skipped = indent if is_code else -1
        place += len(line) + 1
    return found, bodies


def _block_length(lines: list[str], number: int) -> int:
    """Return how many characters the line *number* and the lines that stand deeper below it have."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    last = number + 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > indent):
        last += 1
    return sum(len(line) + 1 for line in lines[number:last]) - 1


def _in_rst_directive(
    text: str, directive: re.Match[str], place: int, end: int, bodies: list[Body]
) -> Iterator[Mention]:
    name, argument = directive[2], directive[3]
    slots = DIRECTIVES.get(name, {})
    if "" in slots:
        yield from _words(slots[""], argument, place + directive.start(3))
    elif name not in DIRECTIVES:
        yield from _in_rst_line(argument, place + directive.start(3))
    start = min(place + len(directive[0]) + 1, end)
    yield from _options(text, start, end, slots)
    if name == "paper-table":
        bodies += _yaml_in(text, start, end)


def _in_rst_line(line: str, place: int) -> Iterator[Mention]:
    bare = _RST_LITERAL.sub(lambda found: " " * len(found[0]), line)
    for found in _IN_ROLE.finditer(bare):
        if slot := slot_of(found[1]):
            yield from _in_role(slot, found[2], place + found.start(2))
    for found in _RST_LINK.finditer(bare):
        yield Mention(Slot.LABEL, found[1], place + found.start(1), place + found.end(1))


Reader: TypeAlias = Callable[[str], tuple[list[Mention], list[Body]]]
PAGES: Final[dict[str, Reader]] = {".md": in_myst, ".rst": in_rst, ".txt": in_rst}
"""The endings of pages, and what finds the names in them."""
