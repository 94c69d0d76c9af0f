"""What pages say of surveys, from their sources: the directives that show papers, and the roles that name them.

Markdown is read by its tokens. reStructuredText is read line by line: what stands in comments, literal blocks and
directives that hold code is left out. Neither runs a directive: what one includes or makes is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.survey.allowed import VERBATIM, Kind
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.markdown import markup_spans, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE: Final = "paper-table"
_IN_RST: Final = re.compile(r"paper-|\{paper|:paper|survey-|\binclude\b", re.IGNORECASE)
FIGURE: Final = "paper-figure"
INCLUDE: Final = "include"
_SEEN: Final = frozenset({TABLE, INCLUDE, *OF_DIRECTIVES})
_WITH_TEXT: Final = frozenset({FIGURE})
"""Those whose body is a text of the page."""
_RST: Final = "eval-rst"
_IN_MARKDOWN: Final = re.compile(
    r"\{(?:paper\b|" + "|".join(map(re.escape, sorted({_RST, *_SEEN}))) + ")", re.IGNORECASE
)
"""A page in Markdown without one of these says nothing of papers."""
_OPTION: Final = re.compile(r"^[ \t]*:([\w-]+):(?:[ \t]+(.*))?$")
_FIELD: Final = re.compile(r"^([\w-]+)[ \t]*:(?:[ \t]+(.*))?$")
_DIRECTIVE: Final = re.compile(r"^([ \t]*)\.\.[ \t]+([\w:+-]+)::(?:[ \t]+(.*))?$")
_COMMENT: Final = re.compile(r"^([ \t]*)\.\.(?:[ \t]|$)(?![ \t]*(?:_|\[|\||[\w:+-]+::))")
_ROLE: Final = re.compile(r"(?<![\w`:]):(paper(?::\w+)?):`([^`]+)`")
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


class PageRole(NamedTuple):
    """A role on a page that names a method, group or survey; *line* is that of its paragraph."""

    kind: str
    target: str
    line: int


def in_page(text: str, *, is_markdown: bool) -> Iterator[PageDirective | PageRole]:
    """Yield what a page has, in no order of interest."""
    if (_IN_MARKDOWN if is_markdown else _IN_RST).search(text):
        yield from _in_markdown(text) if is_markdown else _in_rst(text.split("\n"), 1)


def _in_markdown(text: str) -> Iterator[PageDirective | PageRole]:
    for span in markup_spans(text, Markup.BLOCK):
        line = text.count("\n", 0, span.start) + 1
        if span.kind is Kind.ROLE and _is_paper(span.name):
            block = text.count("\n", 0, span.block_start) + 1
            yield PageRole(_kind(span.name), target_of(span.content), block)
        elif span.kind is Kind.DIRECTIVE and span.name == _RST:
            yield from _in_rst(span.content.split("\n"), line + 1)
        elif span.kind is Kind.DIRECTIVE and span.name.lower() in _SEEN:
            first, _, _ = text[span.start :].partition("\n")
            argument = first.partition("}")[2].strip()
            options, skipped = _options(span.content.split("\n"))
            body = "\n".join(span.content.split("\n")[skipped:])
            yield PageDirective(span.name.lower(), argument, options, body, line, line + 1 + skipped, 1, span.depth)


def _is_paper(role: str) -> bool:
    return role == "paper" or role.startswith("paper:")


def _kind(role: str) -> str:
    return role.partition(":")[2] or "any"


def _options(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the options that the content of a directive begins with, and how many lines come before its body."""
    found: dict[str, str] = {}
    number, is_yaml = 0, bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate(lines[is_yaml:], int(is_yaml)):
        if is_yaml and line.strip() == "---":
            number += 1  # noqa: PLW2901 (the line is a part of the options)
            break
        option = (_FIELD if is_yaml else _OPTION).match(line)
        if not option:
            break
        found[option[1]] = (option[2] or "").strip().strip("\"'" if is_yaml else "")
    else:
        number = len(lines)
    while number < len(lines) and not lines[number].strip():
        number += 1
    return found, number


def _in_rst(lines: list[str], first: int) -> Iterator[PageDirective | PageRole]:
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
            if name in _SEEN - _WITH_TEXT or name in _VERBATIM:
                number = paragraph = after
                continue
            depths.append(indent)
            paragraph = number + 1
        elif _COMMENT.match(line):
            number = paragraph = _after_block(lines, number)
            continue
        else:
            for role in _ROLE.finditer(_LITERAL.sub(lambda literal: " " * len(literal[0]), line)):
                yield PageRole(_kind(role[1]), target_of(role[2]), first + min(paragraph, number))
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
    body = "\n".join(one[inner:] for one in block[skipped:])
    return PageDirective(
        found[2].lower(), (found[3] or "").strip(), options, body.rstrip(), line, line + 1 + skipped, inner + 1, depth
    )
