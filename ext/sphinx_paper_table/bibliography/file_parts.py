"""A BibTeX file in parts, each of which is read alone, and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY_START: Final = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[({]", re.MULTILINE)
_LINE_END: Final = re.compile(r"\n")


class Part(NamedTuple):
    """A part of a file: what begins with a line ``@type{``, and the ``@`` of the next."""

    start: int
    text: str
    is_last: bool


def parts_of(text: str) -> Iterator[Part]:
    """Yield the parts of a file; the first is what stands before all entries."""
    starts = [0, *(found.start() for found in _ENTRY_START.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        is_last = end == len(text)
        yield Part(start, text[start : end if is_last else text.index("@", end) + 1], is_last)


def position(text: str, name: str, offset: int) -> Position:
    """Return the place of a character of *text*, which is the file *name*."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(name, line, offset - starts[line - 1] + 1)


def forget_lines() -> None:
    """Let go of the text whose lines were counted last."""
    _line_starts.cache_clear()


@lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where the lines begin; counting them for each entry would take time that grows with the file's square."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))
