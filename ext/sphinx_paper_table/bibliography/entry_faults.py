"""What is wrong with an entry that cannot be parsed, and where: mostly neither what nor where the parser says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.mistakes import has_swallowed
from sphinx_paper_table.compat.pybtex import PrematureEOF

if TYPE_CHECKING:
    from sphinx_paper_table.compat.pybtex import LowLevelParser

_SPACED_KEY: Final = re.compile(r"([\w:.+-]{1,60}(?: {1,9}[\w:.+-]{1,60}){1,9}) {0,9},")
_SIGN: Final = re.compile(r"\S")
WORD: Final = re.compile(r"[\s{]{0,200}([A-Za-z0-9][\w:.+-]{0,60})(\s{0,20}=)?")
"""A word between fields, and whether it is the name of one."""


def fault(error: Any, parser: LowLevelParser, start: int, beginning: re.Match[str] | None) -> tuple[int, str]:
    """Return where the mistake is in the entry that begins at *start*, and what it probably is."""
    text, name, said = parser.text, parser.current_field_name or "", str(error.args[0])
    value, fields = parser.last_value, parser.current_fields
    is_at_end = isinstance(error, PrematureEOF) or text[parser.pos : parser.pos + 1] == "@"
    if is_at_end or (parser.open_value >= 0 and said == "unbalanced braces"):
        return _never_closed(parser, start)
    if beginning and (words := _SPACED_KEY.match(text, beginning.start(2))):
        return beginning.start(2), f"a key has no space: write '{''.join(words[1].split())}'"
    if said.startswith("field value") and name:
        return _no_value(text, parser.pos, name)
    if fields and not text[value[1] : parser.pos].strip():
        return _behind_value(text, value, fields[-1][0])
    is_equals = name and said.startswith("'='")
    reason = f"'=' is missing after '{name.rstrip(':')}'" if is_equals else f"{said} here; check braces and quotes"
    return _first_sign(text, parser.pos), reason


def _never_closed(parser: LowLevelParser, start: int) -> tuple[int, str]:
    """Return where that begins which is open at the end of the entry that begins at *start*, and what it is."""
    text, value, fields = parser.text, parser.last_value, parser.current_fields
    if parser.open_value >= 0:
        return _first_sign(text, parser.open_value), f"the value of '{parser.current_field_name}' is never closed"
    if fields and value[0] > start and has_swallowed(text, *value):
        return _first_sign(text, value[0]), f"a brace in the value of '{fields[-1][0]}' is never closed"
    return start, "the brace that closes it is missing"


def _no_value(text: str, start: int, name: str) -> tuple[int, str]:
    """Return the place of what stands where the value of the field *name* is expected, and what is wrong with it."""
    at = _first_sign(text, start)
    if text[at : at + 1] in ",})":
        return at, f"'{name}' has no value" if text[:at].rstrip().endswith("=") else "a value is missing after '#'"
    if text[at] == "=":
        return at, "there is an '=' too many"
    return at, f"the value of '{name}' needs braces around it"


def _behind_value(text: str, value: tuple[int, int], name: str) -> tuple[int, str]:
    """Return the place of the mistake behind the *value* of the field *name*, and what it is."""
    first, last = _first_sign(text, value[0]), len(text[: value[1]].rstrip())
    following = WORD.match(text, last)
    if text.endswith("\\}", first, last):
        return last - 2, "'\\}' ends the value: BibTeX counts a brace behind a backslash too"
    if following and following[2]:
        return last, f"a comma is missing before '{following[1]}'"
    if following and text[last - 1] == '"':
        return last - 1, f"the quote before '{following[1]}' ends the value; put the value into braces"
    if following and text[first] not in '{"':
        return first, f"the value of '{name}' needs braces around it"
    at = _first_sign(text, last)
    return at, f"a comma or the end of the entry is expected here, not '{text[at : at + 1]}'"


def _first_sign(text: str, start: int) -> int:
    """Return the place of what stands behind the white space at *start*."""
    found = _SIGN.search(text, start)
    return found.start() if found else start
