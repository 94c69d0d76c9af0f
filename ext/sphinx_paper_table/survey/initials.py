"""The letters that names begin with: what long lists are looked up, and cut, by."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final

DIGIT: Final = "0"
OTHER: Final = ""
"""For names that begin with neither a Latin letter nor a digit."""


def initial_of(name: str) -> str:
    """Return the Latin letter that *name* begins with, in lower case and without accents; else `DIGIT` or `OTHER`."""
    first = unicodedata.normalize("NFKD", name.strip())[:1].lower()
    if first.isdigit():
        return DIGIT
    return first if first.isascii() and first.isalpha() else OTHER


def letters_label(letters: tuple[str, ...], other: str) -> str:
    """Return sorted initials as readers see them, "A–F, X, 0–9"; *other* is the word for what has none."""
    alphabet = [letter for letter in letters if letter.isalpha()]
    runs = groupby(enumerate(alphabet), key=lambda pair: ord(pair[1]) - pair[0])
    spans = [[letter for _, letter in run] for _, run in runs]
    said = [run[0].upper() if len(run) == 1 else f"{run[0]}–{run[-1]}".upper() for run in spans]
    said += ["0–9"] if DIGIT in letters else []
    return ", ".join([*said, other] if OTHER in letters else said)
