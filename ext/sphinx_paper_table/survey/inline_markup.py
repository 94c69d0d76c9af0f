"""Roles, code and bold text in inline texts so plain that no parser is needed: most of a survey are such.

Each function says what markdown-it would, or that it must be asked. A test compares the two on texts made at random.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOR_THE_PARSER: Final = re.compile(r"[\\<\[$\x00]")
"""Escapes, addresses, HTML, links, formulas: behind one of these, a backtick may begin nothing."""
_OPENING: Final = re.compile(r"(?:\{([a-zA-Z0-9_+:-]+)\})?(`+)")
_TICKS: Final = re.compile(r"`+")
_STARS: Final = re.compile(r"(\*+)")
_MAY_PART_BOLD: Final = re.compile(r"[\\<\[`_&{~]|\*{3}")
"""What may keep a pair of stars apart: other emphasis, a link, code."""


class InlineSpan(NamedTuple):
    """A role, or code, which has no name; its kind is that of markdown-it's token."""

    kind: str
    name: str
    content: str
    start: int
    end: int


def is_simple(text: str) -> bool:
    """Return whether `inline_spans` can say what is in the inline *text*."""
    return _FOR_THE_PARSER.search(text) is None


def inline_spans(text: str) -> Iterator[InlineSpan]:
    """Yield the roles and code in a simple inline *text*, as the rules of MyST and CommonMark find them.

    A role ends at the next run of as many backticks, though it be a part of a longer one
    (mdit_py_plugins/myst_role/index.py); code ends at a run of exactly as many
    (https://spec.commonmark.org/0.31.2/#code-spans).
    """
    place = 0
    while opening := _OPENING.search(text, place):
        name, ticks, start = opening[1], opening[2], opening.end()
        if name and (end := text.find(ticks, start + 1)) >= 0:
            place = end + len(ticks)
            yield InlineSpan("myst_role", name, text[start:end].replace("\n", " "), opening.start(), place)
            continue
        closing = next((run for run in _TICKS.finditer(text, start) if run[0] == ticks), None)
        place = closing.end() if closing else start
        if closing:
            content = text[start : closing.start()].replace("\n", " ")
            is_padded = content.startswith(" ") and content.endswith(" ") and content.strip(" ")
            yield InlineSpan("code_inline", "", content[1:-1] if is_padded else content, opening.start(2), place)


def is_all_bold(text: str) -> bool:
    """Return whether every ``*`` and ``**`` in the inline *text* surely begins or ends emphasis.

    A pair of equal runs around a letter or digit on both of its inner sides does so, whatever stands around it
    (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). False means that the parser has to say it.
    """
    if _MAY_PART_BOLD.search(text):
        return False
    parts = _STARS.split(text)
    inner, openings, closings = parts[2::4], parts[1::4], parts[3::4]
    return openings == closings and all(part[:1].isalnum() and part[-1:].isalnum() for part in inner)
