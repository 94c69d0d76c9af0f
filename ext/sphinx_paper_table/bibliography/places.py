"""Where something stands in an entry: what a message is about, rather than the entry's beginning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import BibtexEntry

_TOKEN: Final = re.compile(r"\\.|[{}]|([A-Za-z][\w:.+-]{0,60})(?=[ \t\n]{0,20}=)", re.DOTALL)


class Span(NamedTuple):
    """A part of a line."""

    start: Position
    end: Position


def field_place(entry: BibtexEntry, name: str, number: int = 0) -> Span:
    """Return where the name of a field stands, for the time *number* that the entry has it, counted from 0.

    A field that the entry inherits, or that cannot be found, is at the entry's beginning.
    """
    depth, found = 0, 0
    start_depth = 1 if entry.source[: entry.source.find(",")].rstrip().find("{") >= 0 else 0
    for token in _TOKEN.finditer(entry.source):
        if token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
        elif token[1] and depth <= start_depth and token[1].lower() == name.lower():
            if found == number:
                return _span(entry, token.start(), token.end())
            found += 1
    return Span(entry.position, entry.position)


def text_place(entry: BibtexEntry, text: str) -> Span:
    """Return where *text* stands first in an entry, or else the entry's beginning."""
    start = entry.source.find(text)
    return Span(entry.position, entry.position) if start < 0 else _span(entry, start, start + len(text))


def _span(entry: BibtexEntry, start: int, end: int) -> Span:
    line = entry.source.count("\n", 0, start)
    column = start - entry.source.rfind("\n", 0, start)
    own = entry.position
    place = own._replace(line=own.line + line, column=column + (0 if line else own.column - 1))
    return Span(place, place._replace(column=place.column + end - start))
