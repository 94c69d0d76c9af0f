"""The roles in a reader's sentence that name other records, found without parsing it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from sphinx_paper_table.survey.located import Folded, Located, Position

_ROLE: Final = re.compile(r"\{(paper(?::\w+)?|cite(?::\w+)?)\}`([^`]+)`")
_PRE_OR_POST: Final = re.compile(r"\{[^{}]*\}")
_LINE_END: Final = re.compile(r"\n")


class Mention(NamedTuple):
    """A role in a text that names a paper or a cite key."""

    role: str
    target: str
    position: Position


def mentions(text: Located) -> Iterator[Mention]:
    """Yield the papers and cite keys that roles in *text* name."""
    place = None
    for found in _ROLE.finditer(text):
        place = place or Places(text)
        is_citation = found[1].startswith("cite")
        for name in found[2].split(",") if is_citation else (target_of(found[2]),):
            yield Mention(found[1], _PRE_OR_POST.sub("", name).strip(), place.of(found.start(2)))


def target_of(content: str) -> str:
    """Return the target of a role from what stands between its backticks: "target", or "title <target>"."""
    _title, bracket, target = content[:-1].rpartition("<")
    return target if content.endswith(">") and bracket and target and ">" not in target else content


class Places:
    """The places of a text's characters, as exactly as they are known (see `Folded`)."""

    def __init__(self, text: Located) -> None:
        """Find the beginnings of the lines, once for all places."""
        self._start = text.position
        self._is_folded = isinstance(text, Folded)
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def of(self, offset: int) -> Position:
        """Return the place of the character at *offset*."""
        start = self._start
        if self._is_folded:
            return start
        line = bisect_right(self._lines, offset) - 1
        return Position(start.path, start.line + line, start.column and start.column + offset - self._lines[line])


def place_in(text: Located, offset: int) -> Position:
    """Return the place of one character of *text*."""
    return Places(text).of(offset)
