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
_COUNTED: Final = 3
"""So many of the same letter are counted in a name."""


def meant(name: str, names: Iterable[str]) -> str:
    """Return the one of *names* that *name* probably stands for; empty where none is likely.

    A slip is a letter too many, too few, another, or two that have changed places; capitals do not count. A name may
    have one for every three of its letters, and three at most. Of equally near names the first in the alphabet wins.
    """
    folded = name.casefold()
    limit = min(_MOST_SLIPS, len(folded) // 3)
    if len(folded) > _LONGEST:
        return ""
    best, near = "", [known for known in names if _may_be(known.casefold(), folded, limit)]
    for known in sorted(near, key=str.swapcase):
        slips = distance(folded, known.casefold(), limit)
        if slips < limit or (slips == limit and not best):
            best, limit = known, slips
            if not slips:
                break
    return best


def _may_be(one: str, other: str, limit: int) -> bool:
    """Return whether so few slips may lead from *one* to *other*: each takes away one letter, and brings one, at most.

    That is the bag distance: I. Bartolini et al., "String matching with metric trees using an approximate distance",
    SPIRE 2002. Nearly all names are told apart by it.
    """
    if abs(len(one) - len(other)) > limit:
        return False
    letters, others = _letters(one), _letters(other)
    return (letters & ~others).bit_count() <= limit and (others & ~letters).bit_count() <= limit


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


@lru_cache(maxsize=100_000)
def _letters(name: str) -> int:
    """Return how often each letter stands in *name*, as bits: the first, second and third of each have their own."""
    found = 0
    for letter in name:
        bit = 1 << ord(letter) % 61 * _COUNTED
        for _ in range(_COUNTED):
            if not found & bit:
                break
            bit <<= 1
        else:
            continue
        found |= bit
    return found
