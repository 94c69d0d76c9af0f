"""Characters that readers do not see and that formats cannot hold: XML forbids them, a terminal obeys them.

Texts lose them where they come in, so that nothing that is made of texts has to think of them: neither EPUB, nor an
inventory, whose entries are lines, nor a message.
"""

from __future__ import annotations

import re
from typing import Final

UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters other than tabs and line ends, halves of surrogate pairs, and what XML 1.0 forbids."""
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return *text* without the characters that no format can hold."""
    return UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Return *text* as one line: what stands on its lines, with a space between."""
    lines = text.splitlines()
    return " ".join(part for line in lines if (part := line.strip(" \t"))) if lines != [text] else text


def visible(text: str) -> str:
    r"""Return *text* for a message: one line, with escapes such as ``\n`` in the place of what cannot be seen."""
    return _UNSEEN.sub(lambda character: ascii(character[0])[1:-1], text)


def name_of(character: str) -> str:
    """Return how messages call a character: "U+0007"."""
    return f"U+{ord(character):04X}"
