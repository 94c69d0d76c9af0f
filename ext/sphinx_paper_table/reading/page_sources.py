"""What pages say of surveys, from their sources: the directives that show papers, and the roles that name them.

Markdown is read by its tokens. reStructuredText is read line by line: what stands in comments, literal blocks and
directives that hold code is left out. Neither runs a directive: what one includes or makes is not seen.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.directive_rules import TABLE, WITH_TEXT
from sphinx_paper_table.reading.own_names import unknown_name
from sphinx_paper_table.survey.allowed import VERBATIM, Kind
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import NOWHERE
from sphinx_paper_table.survey.markdown import COLON_FENCE, markup_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = r"[\w+.-]{1,40}+(?::[\w+.-]{1,40}+)?"
_NAME: Final = re.compile(rf"\{{({_WORD})\}}(`?)|(?<![\w:]):({_WORD}):`|\.\. ({_WORD})::")
FIGURE: Final = "paper-figure"
INCLUDE: Final = "include"
BIBLIOGRAPHIES: Final = frozenset({"bibliography", "footbibliography"})
_SEEN: Final = frozenset({TABLE, INCLUDE, *OF_DIRECTIVES, *BIBLIOGRAPHIES})
_RST: Final = "eval-rst"
_ROLES: Final = frozenset({"paper", "cite", "footcite"})
"""The domains of roles that name something of ours."""
_OPTION: Final = re.compile(r"^[ \t]*:([\w-][\w -]{0,60}):(?:[ \t]+(.*))?$")
_FIELD: Final = re.compile(r"^([\w-]+)[ \t]*:(?:[ \t]+(.*))?$")
_DIRECTIVE: Final = re.compile(r"^([ \t]*)\.\.[ \t]+([\w:+-]+)::(?:[ \t]+(.*))?$")
_COMMENT: Final = re.compile(r"^([ \t]*)\.\.(?:[ \t]|$)(?![ \t]*(?:_|\[|\||[\w:+-]+::))")
_ROLE: Final = re.compile(r"(?<![\w`:]):([\w+.-]{1,40}(?::[\w+.-]{1,40})?):`([^`]+)`")
_LITERAL: Final = re.compile(r"``.+?``")
_VERBATIM: Final = VERBATIM | {"literalinclude", "parsed-literal", "raw", "highlight", "prompt", "toctree", "doctest"}


class PageDirective(NamedTuple):
    """A directive on a page: *line* is its first, *body_line* and *column* the place of its body."""

    name: str
    argument: str
    options: dict[str, str]
    body: str
    line: int
    body_line: int = 0
    column: int = 1
    depth: int = 0
    fault: str | None = None
    """What docutils leaves it out for: an option that stands twice, or, if empty, options that do not end."""
    has_odd_options: bool = False
    """Whether MyST leaves its options out, as one lacks a colon."""


class PageRole(NamedTuple):
    """A role on a page: *line* is that of its paragraph."""

    name: str
    content: str
    line: int


class PageName(NamedTuple):
    """A directive whose *name* is nearly one of ours."""

    name: str
    line: int


Found: TypeAlias = "PageDirective | PageRole | PageName"


def may_matter(text: str) -> bool:
    """Return whether a page has anything that is looked at: ours, what cites, or what is nearly called so."""
    names = {(found[1] or found[3] or found[4], bool(found[2] or found[3])) for found in _NAME.finditer(text)}
    return any(_is_looked_at(name.lower(), is_role=is_role) for name, is_role in names)


def _is_looked_at(name: str, *, is_role: bool) -> bool:
    if is_role:
        return name.partition(":")[0] in _ROLES or unknown_name(Kind.ROLE, name, NOWHERE) is not None
    return name in _SEEN or name == _RST or unknown_name(Kind.DIRECTIVE, name, NOWHERE) is not None


def in_page(text: str, *, is_markdown: bool, has_colon_fences: bool = True) -> Iterator[Found]:
    """Yield what a page has, in the order of the lines; see `page_markup.dead_on_page` for *has_colon_fences*."""
    if may_matter(text):
        found = _in_markdown(text, has_colon_fences) if is_markdown else _in_rst(text.split("\n"), 1)
        yield from sorted(found, key=lambda one: one.line)


def _in_markdown(text: str, has_colon_fences: bool) -> Iterator[Found]:  # noqa: FBT001 (as in `in_page`)
    for span in markup_spans(text, Markup.BLOCK):
        if span.kind is Kind.DIRECTIVE and span.syntax == COLON_FENCE and not has_colon_fences:
            continue
        line, name = text.count("\n", 0, span.start) + 1, span.name.lower()
        if span.kind is Kind.ROLE:
            yield PageRole(name, span.content, text.count("\n", 0, span.block_start) + 1)
        elif span.kind is Kind.DIRECTIVE and name == _RST:
            yield from _in_rst(span.content.split("\n"), line + 1)
        elif span.kind is Kind.DIRECTIVE and name in _SEEN:
            first, _, _ = text[span.start :].partition("\n")
            argument = first.partition("}")[2].strip()
            lines = span.content.split("\n")
            options, skipped = _options(lines, is_markdown=True)
            block = list(takewhile(lambda one: one.startswith(":"), lines))
            is_odd = not all(map(_OPTION.match, block))
            if is_odd:  # MyST leaves all of them out
                options, skipped = {}, len(block)
            body = "\n".join(lines[skipped:])
            yield PageDirective(
                name, argument, options, body, line, line + 1 + skipped, 1, span.depth, has_odd_options=is_odd
            )
        elif span.kind is Kind.DIRECTIVE and unknown_name(span.kind, name, NOWHERE):
            yield PageName(span.name, line)


def _options(lines: list[str], *, is_markdown: bool = False) -> tuple[dict[str, str], int]:
    """Return the options that the content of a directive begins with, and how many lines come before its body.

    MyST takes quotes around a value away.
    """
    found: dict[str, str] = {}
    number, is_yaml = 0, bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate(lines[is_yaml:], int(is_yaml)):
        if is_yaml and line.strip() == "---":
            number += 1  # noqa: PLW2901 (the line is a part of the options)
            break
        option = (_FIELD if is_yaml else _OPTION).match(line)
        if not option:
            break
        found[option[1]] = (option[2] or "").strip().strip("\"'" if is_yaml or is_markdown else " ")
    else:
        number = len(lines)
    while number < len(lines) and not lines[number].strip():
        number += 1
    return found, number


def _in_rst(lines: list[str], first: int) -> Iterator[Found]:
    """Yield what lines of reStructuredText have; *first* is the number of the first."""
    number = paragraph = 0
    depths: list[int] = []
    while number < len(lines):
        line = lines[number]
        indent = len(line) - len(line.lstrip())
        if line.strip():
            depths = [depth for depth in depths if depth < indent]
        else:
            paragraph = number + 1
        directive = _DIRECTIVE.match(line)
        if directive:
            after, name = _after_block(lines, number), directive[2].lower()
            if name in _SEEN:
                yield _rst_directive(directive, lines[number + 1 : after], first + number, len(depths))
            elif unknown_name(Kind.DIRECTIVE, name, NOWHERE):
                yield PageName(directive[2], first + number)
            if name in _SEEN - WITH_TEXT or name in _VERBATIM:
                number = paragraph = after
                continue
            depths.append(indent)
            paragraph = number + 1
        elif _COMMENT.match(line):
            number = paragraph = _after_block(lines, number)
            continue
        else:
            for role in _ROLE.finditer(_LITERAL.sub(lambda literal: " " * len(literal[0]), line)):
                yield PageRole(role[1].lower(), role[2], first + min(paragraph, number))
            if line.rstrip().endswith("::"):
                number = paragraph = _after_block(lines, number)
                continue
        number += 1


def _after_block(lines: list[str], number: int) -> int:
    """Return the number of the first line after *number* that is not indented more."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    after = number + 1
    while after < len(lines) and (not lines[after].strip() or len(lines[after]) - len(lines[after].lstrip()) > indent):
        after += 1
    return after


def _rst_directive(found: re.Match[str], block: list[str], line: int, depth: int) -> PageDirective:
    filled = [one for one in block if one.strip()]
    inner = min((len(one) - len(one.lstrip()) for one in filled), default=0)
    options, skipped = _options([one[inner:] for one in block])
    body = "\n".join(one[inner:] for one in block[skipped:]).rstrip()
    argument, fault = (found[3] or "").strip(), _option_fault([one[inner:] for one in block])
    return PageDirective(found[2].lower(), argument, options, body, line, line + 1 + skipped, inner + 1, depth, fault)


def _option_fault(lines: list[str]) -> str | None:
    """Return why docutils cannot take the options in *lines* apart: see `PageDirective.fault`; None where it can."""
    block = list(takewhile(str.strip, lines))
    seen = set()
    for line in dropwhile(lambda line: not _OPTION.match(line), block):
        option = _OPTION.match(line)
        if option is None:
            if not line.startswith(" "):
                return ""
        elif option[1].lower() in seen:
            return option[1].lower()
        else:
            seen.add(option[1].lower())
    return None
