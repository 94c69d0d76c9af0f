"""The letters that tell works of the same authors and year apart."""

from __future__ import annotations

import string


def letters(number: int) -> str:
    """Return a, b, … z, aa, ab for 0, 1, … 25, 26, 27."""
    before, last = divmod(number, len(string.ascii_lowercase))
    return (letters(before - 1) if before else "") + string.ascii_lowercase[last]
