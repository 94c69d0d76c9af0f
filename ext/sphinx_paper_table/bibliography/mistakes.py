"""What can be read of an entry that has a mistake: the fields after it, and as much as there is of the broken one.

BibTeX keeps the fields before the mistake, biber keeps none, pybtex gives up the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.compat.pybtex import PybtexSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.compat.pybtex import LowLevelParser

_NAME: Final = r"([A-Za-z][\w:.+-]{0,60})[ \t]{0,20}=\s{0,200}(?=[{\"\w])"
_HERE: Final = re.compile(rf"\s{{0,99}}+[,;，；、]?\s{{0,99}}+{_NAME}")
_FIELD: Final = re.compile(rf"(?:^[ \t]{{0,200}},?[ \t]{{0,200}}|,\s{{0,200}}){_NAME}", re.MULTILINE)
_LINE: Final = re.compile(rf"^[ \t]{{0,200}}{_NAME}", re.MULTILINE)
_DEEPEST: Final = 60
_MOST_FAULTS: Final = 20
"""Values that are read in vain; in an entry with more of them, a value ends where the next field seems to begin."""


def fields_within(parser: LowLevelParser, start: int, end: int, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the fields of the parser's text from *start* to *end*.

    *name* is the field whose value begins at *start* and cannot be read, empty where it is something else.
    """
    text: str = parser.text
    place, faults = start, 0
    if name:
        value, place = _loose_value(text, start, end)
        if value:
            yield name, value
    while found := _HERE.match(text, place, end) or _FIELD.search(text, place, end):
        read = _value(parser, found.end(), end) if faults < _MOST_FAULTS else None
        faults += read is None
        value, place = read or _loose_value(text, found.end(), end)
        if value:
            yield found[1], value


def has_swallowed(text: str, start: int, end: int) -> bool:
    """Return whether other fields seem to stand in the value from *start* to *end*, which a brace has closed late."""
    return _LINE.search(text, start, end) is not None


def _value(parser: LowLevelParser, start: int, end: int) -> tuple[str, int] | None:
    """Return the value at *start* and where it ends; None of one that cannot be read."""
    parser.pos = start
    try:
        parser.parse_value()
    except PybtexSyntaxError:
        return None
    return ("".join(parser.current_value), parser.pos) if parser.pos <= end else None


def _loose_value(text: str, start: int, end: int) -> tuple[str, int]:
    """Return what stands between *start* and the next field, or *end*, without what is left of its delimiters."""
    following = _FIELD.search(text, start, end)
    stop = following.start() if following else end
    lines = text[start:stop].rstrip().split("\n")
    while len(lines) > 1 and lines[-1].strip() in {"", "}", ")"}:
        lines.pop()
    value = "\n".join(lines).strip().rstrip(",").strip()
    if value.startswith(("{", '"')):
        value = value[1:].removesuffix('"' if value[0] == '"' else "")
    return _balanced(value), stop


def _balanced(text: str) -> str:
    """Return *text* without the braces that have no partner; without any where they are nested beyond reason."""
    opened: list[int] = []
    alone: set[int] = set()
    for place, sign in enumerate(text):
        if sign == "{":
            opened.append(place)
            if len(opened) > _DEEPEST:
                return text.replace("{", "").replace("}", "").strip()
        elif sign == "}" and opened:
            opened.pop()
        elif sign == "}":
            alone.add(place)
    alone.update(opened)
    return "".join(sign for place, sign in enumerate(text) if place not in alone).strip()
