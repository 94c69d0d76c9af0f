"""What stands in a citation: keys with commas between them, each with notes in braces before and behind it.

The grammar is that of sphinxcontrib-bibtex (2.7, ``citation_target.py``), which raises an exception where it ends.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET: Final = re.compile(
    r"\s{0,99}+(?:\{[^{}]{1,2000}+\})?\s{0,99}+(?P<key>[^{}\s,]{1,400}+)\s{0,99}+"
    r"(?:\{[^{}]{1,2000}+\})?\s{0,99}+(?P<end>,|\Z)"
)
_NOTE: Final = re.compile(r"\{[^{}]*\}")
_EMPTY_NOTE: Final = re.compile(r"\{\s*\}")
_MOST: Final = 500
"""Keys of one citation: the parser of sphinxcontrib-bibtex takes a frame of the stack for each."""
_SHOWN: Final = 80
"""Characters of a citation that a message repeats."""


def cited_keys(text: str) -> tuple[str, ...]:
    """Return the keys that the *text* of a citation names; none, if it is no list of keys."""
    found = tuple(_keys(text))
    return found if found and found[-1] and len(found) <= _MOST else ()


def _keys(text: str) -> Iterator[str]:
    """Yield the keys, and last the empty text where something else stands."""
    place = 0
    while True:
        target = _TARGET.match(text, place)
        yield target["key"] if target else ""
        if target is None or not target["end"]:
            return
        place = target.end()


def list_fault(text: str) -> tuple[str, str]:
    """Return the message and the remedy for the *text* of a citation that is no list of keys."""
    message = f"'{' '.join(text[:_SHOWN].split())}' is not a list of BibTeX keys: {_cause(text)}"
    return message, "write keys with commas between them, and notes in braces: {see}key{p. 3}"


def _cause(text: str) -> str:
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
    parts = _NOTE.sub("{}", text).split(",")
    causes = {
        "it has no key": not text.strip(" ,"),
        "it has too many": len(parts) > _MOST,
        "a brace is missing": depths and (min(depths) < 0 or depths[-1]),
        "braces stand in a note": depths and max(depths) > 1,
        "a note is empty": _EMPTY_NOTE.search(text),
        "there is a comma too many": not all(part.strip() for part in parts),
        "a note has no key": not all(part.strip("{} ") for part in parts),
    }
    return next((cause for cause, holds in causes.items() if holds), "a comma between two keys is missing")
