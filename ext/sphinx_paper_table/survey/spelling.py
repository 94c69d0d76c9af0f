"""Slips of the pen: which of many names was probably meant.

Own code of thirty lines: the libraries for it (rapidfuzz, jellyfish) are compiled, and every site would install one for
its error messages. `difflib`, which is none, compares what is common to two names: two letters that have changed places
are two mistakes for it, and long names are like each other that differ in many letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 100
"""Longer names are not compared: it would take time that grows with the square of their length."""
_MOST_SLIPS: Final = 3


def meant(name: str, names: Iterable[str]) -> str:
    """Return the one of *names* that *name* probably stands for; empty where none is likely.

    A slip is a letter too many, too few, another, or two that have changed places; capitals do not count. A name may
    have one for every three of its letters, and three at most. Of equally near names the first in the alphabet wins.
    """
    folded = name.casefold()
    limit = min(_MOST_SLIPS, len(folded) // 3)
    if len(folded) > _LONGEST:
        return ""
    letters, best = _letters(folded), ""
    for known in sorted(names, key=str.swapcase):
        candidate = known.casefold()
        if abs(len(candidate) - len(folded)) > limit or (_letters(candidate) ^ letters).bit_count() > 2 * limit:
            continue
        slips = distance(folded, candidate, limit)
        if slips < limit or (slips == limit and not best):
            best, limit = known, slips
            if not slips:
                break
    return best


def distance(one: str, other: str, limit: int) -> int:
    """Return how many slips lead from *one* to *other*, or some number above *limit* if there are more.

    This is the optimal string alignment distance: F. J. Damerau, "A technique for computer detection and correction of
    spelling errors", 1964, with each letter edited once.
    """
    far = limit + 1
    two_above: list[int] = []
    above = [column if column <= limit else far for column in range(len(other) + 1)]
    for line, letter in enumerate(one, 1):
        row = [far] * (len(other) + 1)
        row[0] = min(line, far)
        for column in range(max(1, line - limit), min(len(other), line + limit) + 1):  # beyond, it is more than limit
            wanted = other[column - 1]
            slips = min(above[column] + 1, row[column - 1] + 1, above[column - 1] + (letter != wanted))
            if line > 1 < column and letter == other[column - 2] and wanted == one[line - 2]:
                slips = min(slips, two_above[column - 2] + 1)
            row[column] = slips
        if min(row) >= far and min(above) >= far:
            return far
        two_above, above = above, row
    return above[-1]


@lru_cache(maxsize=20_000)
def _letters(name: str) -> int:
    """Return the set of letters in *name* as bits: names that differ in many of them need not be compared."""
    return sum(1 << bit for bit in {ord(letter) % 61 for letter in name})
