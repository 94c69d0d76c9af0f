"""Lines of YAML as an author sees them: their indentation, entries of lists, and a correction of some of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENTRY: Final = re.compile(r"^\s*- +(?:\{ *)?(?:id|ref) *:")
"""The beginning of a paper, group or placement in a list."""
KEY: Final = re.compile(r"^(?P<before>[ ]*(?:- +)*)(?P<key>[\w-]+)(?P<colon> *: +)(?P<value>\S.*)$")
"""A key with a value on its line."""
ITEM: Final = re.compile(r"^(?P<before>[ ]*(?:- +)+)(?P<key>)(?P<colon>)(?P<value>\S.*)$")
"""An item of a list that is no mapping."""


class Correction(NamedTuple):
    """What is wrong at a place (line and column from 0), and the lines from ``first`` on as they should be."""

    message: str
    remedy: str
    line: int
    column: int
    first: int
    lines: tuple[str, ...]


def indent_of(line: str) -> int:
    """Return the column of the first character of *line*."""
    wide = line.expandtabs()
    return len(wide) - len(wide.lstrip(" "))


def written_before(lines: Sequence[str], number: int, count: int) -> Iterator[int]:
    """Yield the numbers of the last *count* lines before the line *number* that are not empty."""
    for above in range(number - 1, -1, -1):
        if lines[above].strip():
            yield above
            count -= 1
            if not count:
                return


def first_difference(one: str, other: str) -> int:
    """Return the column at which two lines begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))
