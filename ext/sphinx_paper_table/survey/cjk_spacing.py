"""Spaces that Chinese and Japanese do without: what a line end or mark-up has left between two of their characters.

Korean, which separates words, is not concerned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS: Final = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
"""Punctuation as wide as a character: it brings its own space."""
_LETTERS: Final = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_QUOTES: Final = "\u2018\u2019\u201c\u201d"
"""Wide only among wide letters."""
_SPACE: Final = re.compile(
    rf"(?<=[{_SIGNS}])\s+(?=\S)|(?<=\S)\s+(?=[{_SIGNS}])"
    rf"|(?<=[{_LETTERS}])\s+(?=[{_LETTERS}{_QUOTES}])|(?<=[{_QUOTES}])\s+(?=[{_LETTERS}])"
)


_WIDE: Final = re.compile(f"[{_SIGNS}{_LETTERS}]")


def has_wide(text: str) -> bool:
    """Return whether *text* has a character beside which a space may be unwanted; without one, none is taken out."""
    return not text.isascii() and _WIDE.search(text) is not None


def without_spaces(text: str) -> str:
    """Return *text*, which was lines once, without any space that is not wanted."""
    return _SPACE.sub("", text)


def closed_up(parts: Sequence[str]) -> list[str]:
    """Return the parts of a paragraph without the spaces that a line end, or the mark-up between them, has left.

    A space within a line was put there on purpose, and stays.
    """
    whole, edges, end = "".join(parts), {0}, 0
    for part in parts:
        end += len(part)
        edges.add(end)
    unwanted: set[int] = set()
    for space in _SPACE.finditer(whole):
        start, stop = space.span()
        if "\n" in space[0] or any(offset in edges for offset in range(start, stop + 1)):
            unwanted.update(range(start, stop))
    offsets = iter(range(len(whole)))
    return ["".join(letter for letter in part if next(offsets) not in unwanted) for part in parts]
