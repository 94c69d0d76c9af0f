"""YAML scalars: how a text is written so that it reads back as it is, and where its characters stand in the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.characters import UNPRINTABLE

if TYPE_CHECKING:
    from sphinx_paper_table.editing.yaml_nodes import Node

_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n\t]*|-[^\s,\[\]{}][^\n\t]*")
_NOT_PLAIN: Final = re.compile(r": |:$| #|\s$")
_NOT_IN_BRACKETS: Final = re.compile(r"[,\[\]{}]")
_OTHER_TYPES: Final = re.compile(
    r"(?i:null|true|false|yes|no|on|off|[yn])|~|=|<<|[-+]?(?:0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+)|"
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?i:inf)|\.(?i:nan)|"
    r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"
)
"""What YAML 1.1 or 1.2 takes for something else than text (https://yaml.org/type/, YAML 1.2.2, section 10.3.2)."""
_ESCAPES: Final = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f"} | {
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_HEX: Final = {"x": 2, "u": 4, "U": 8}


def written(value: str, style: str = "", *, in_brackets: bool = False) -> str:
    """Return *value* as a YAML scalar on one line, quoted as *style* says, or as little as its meaning allows."""
    if style == '"' or "\n" in value or "\t" in value or UNPRINTABLE.search(value):
        return json.dumps(value, ensure_ascii=False)
    if style == "'" or not _may_be_plain(value, in_brackets=in_brackets):
        return "'" + value.replace("'", "''") + "'"
    return value


def _may_be_plain(value: str, *, in_brackets: bool) -> bool:
    return bool(
        _PLAIN.fullmatch(value)
        and not _NOT_PLAIN.search(value)
        and not (in_brackets and _NOT_IN_BRACKETS.search(value))
        and not _OTHER_TYPES.fullmatch(value)
    )


def offsets_of(text: str, node: Node) -> list[int]:
    """Return the offset in *text* of each character of the scalar *node*'s value, and of its end.

    A line end that was folded into a space has the place of what follows. Raises `EditError` where the value cannot be
    found again in the text.
    """
    place = _content_start(text, node)
    found = []
    for sign in node.value:
        if sign.isspace() and node.style != '"':
            found.append(place)
            continue
        place, after = _next(text, place, node, sign)
        found.append(place)
        place = after
    return [*_of_spaces(found, node.value), place]


def _of_spaces(found: list[int], value: str) -> list[int]:
    """Return *found* with spaces right before the character that follows them, as far as that is known."""
    for number in range(len(found) - 2, -1, -1):
        if value[number].isspace():
            found[number] = max(found[number], found[number + 1] - 1)
    return found


def _content_start(text: str, node: Node) -> int:
    if node.marked:
        msg = f"'{text[node.start : node.end][:40]}' has an anchor, an alias or a tag"
        raise EditError(msg, hint="change it by hand")
    if node.style in {"|", ">"}:
        return text.index("\n", node.start) + 1
    return node.start + len(node.style)


def _next(text: str, place: int, node: Node, sign: str) -> tuple[int, int]:
    """Return where *sign*, the next one of the value, begins and ends in *text*, from *place* on."""
    if node.style == '"':
        return _next_in_quotes(text, place, node, sign)
    while place < node.end and text[place].isspace():
        place += 1
    length = 2 if node.style == "'" and sign == "'" else 1
    return _checked(text, place, place + length, node, sign * length)


def _next_in_quotes(text: str, place: int, node: Node, sign: str) -> tuple[int, int]:
    """Return the bounds of *sign* between double quotes, where it may be escaped and lines may be folded."""
    while place < node.end:
        if text[place] == "\\" and text[place + 1] == "\n":
            place += 2
            while text[place] in " \t":
                place += 1
        elif text[place] == "\\":
            digits = _HEX.get(text[place + 1], 0)
            end = place + 2 + digits
            read = chr(int(text[place + 2 : end], 16)) if digits else _ESCAPES.get(text[place + 1], "")
            if read == sign:
                return place, end
            break
        elif text[place] == sign and sign != "\n":
            return place, place + 1
        elif text[place].isspace():
            if sign.isspace() and "\n" in text[place : node.end]:
                return place, place  # folded; what follows skips the rest
            place += 1
        else:
            break
    return _checked(text, place, place, node, "\0")


def _checked(text: str, start: int, end: int, node: Node, expected: str) -> tuple[int, int]:
    if end > node.end or text[start:end] != expected:
        msg = f"'{node.value[:40]}' cannot be changed safely as it is written"
        raise EditError(msg, hint="change it by hand")
    return start, end
