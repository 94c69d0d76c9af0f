"""What drawings have in common: how wide the names in them are printed."""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = 7.4
_WIDE: Final = 13.2
"""Pixels that a letter takes, and one of the full width of East Asian scripts."""


def text_width(text: str) -> int:
    """Return about how wide *text* is printed, in pixels."""
    return round(sum(_WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in text))
