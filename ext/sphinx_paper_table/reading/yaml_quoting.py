"""Plain text as a YAML scalar on one line, in the quotes that change least of it."""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]")
"""Characters that only double quotes with escapes can hold."""
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}


def quoted(text: str) -> str:
    """Return *text* in quotes: single ones, in which nothing but an apostrophe is special, unless it has those."""
    if _SPECIAL.search(text):
        return f'"{"".join(map(_escaped, text))}"'
    if "'" in text and not set('"\\') & set(text):
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _escaped(character: str) -> str:
    if _SPECIAL.match(character) and character not in _ESCAPES:
        return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"  # noqa: PLR2004
    return _ESCAPES.get(character, character)
