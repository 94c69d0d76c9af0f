"""Rules for YAML that cannot be parsed because of its layout: keys beside their neighbours, long texts.

See `accidents`: what is proposed here counts only when the lines can be read with it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.record_keys import known_keys, stand_together
from sphinx_paper_table.reading.yaml_lines import ITEM, KEY, Correction, indent_of, written_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_LINES: Final = 200
"""Lines above that are looked at for neighbours."""
_WIDE: Final = 5000
_OPEN: Final = re.compile(r"^ *(?P<dash>(?:- +)*)(?P<key>[\w-]+)(?:: | *:$|$)")
_FIELD: Final = re.compile(r"^ *(?:- +)?(?P<key>[\w-]+) *:(?: |$)")
_MARK: Final = re.compile(r":(?: |$)| #")


def _indentation(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """A key or an item that does not stand below its neighbours."""
    line = lines[number]
    entry = _FIELD.match(line)
    is_item = line.lstrip().startswith("- ")
    if not is_item and (entry is None or entry["key"] not in known_keys()):
        return
    present = indent_of(line)
    block = list(takewhile(lambda n: _belongs(lines[n], present, is_item=is_item), range(number + 1, len(lines))))
    levels = levels_above(lines, number)
    for level in sorted(levels, key=lambda level: (abs(level - present), -level)):
        if level == present or not _has_neighbour(levels[level], "-" if is_item else entry["key"] if entry else ""):
            continue
        said = f"this is indented by {present} {'space' if present == 1 else 'spaces'} where {level} are expected"
        for last in dict.fromkeys((block[-1] if block else number, number)):
            moved = tuple(_moved(lines[n], level - present) for n in range(number, last + 1))
            yield Correction(said, f"put it below '{levels[level][0]}'", number, present, number, moved)


def _has_neighbour(keys: Sequence[str], key: str) -> bool:
    """Return whether *key*, or an item, may stand where *keys* are."""
    return any(key == other == "-" or (key != "-" and stand_together(key, other)) for other in keys)


def _belongs(line: str, indent: int, *, is_item: bool) -> bool:
    own = indent_of(line)
    return not line.strip() or own > indent or (own == indent and not is_item and not line.lstrip().startswith("- "))


def _moved(line: str, by: int) -> str:
    return line if not line.strip() else " " * by + line if by > 0 else line[min(-by, indent_of(line)) :]


def levels_above(lines: Sequence[str], number: int) -> dict[int, list[str]]:
    """Return the columns at which something is open above a line, each with the keys there, "-" for an item."""
    levels: dict[int, list[str]] = {}
    lowest = _WIDE
    for above in range(number - 1, max(-1, number - MOST_LINES), -1):
        line = lines[above].replace("\t", " ")
        found = _OPEN.match(line)
        if found is None or indent_of(line) > lowest:
            continue
        lowest = indent_of(line)
        if found["dash"]:
            levels.setdefault(lowest, []).append("-")
        levels.setdefault(found.start("key"), []).append(found["key"])
        if not lowest:
            break
    return levels


def _long_text(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """A text of several lines that has to be in quotes."""
    for first in (number, *written_before(lines, number, 5)):
        entry = KEY.match(lines[first]) or ITEM.match(lines[first])
        if entry is None or entry["value"][0] in "\"'|>[{":
            continue
        depth = len(entry["before"]) if entry["key"] else indent_of(lines[first])
        last = first + len(_deeper(lines[first + 1 :], depth))
        if last == first or last < number:
            return
        text = [lines[first][entry.start("value") :], *lines[first + 1 : last + 1]]
        mark = _MARK.search(lines[number])
        if mark is None or any("'" in part and '"' in part for part in text):
            return
        quote = '"' if any("'" in part for part in text) else "'"
        text[0], text[-1] = quote + text[0], text[-1].rstrip() + quote
        moved = (lines[first][: entry.start("value")] + text[0], *text[1:])
        said = f"a text with '{mark[0].strip()}' in it must be in quotes"
        yield Correction(said, "quote all of it", number, mark.start(), first, moved)
        return


def _deeper(lines: Sequence[str], indent: int) -> list[str]:
    """Return the lines up to the first that is empty, or not indented by more."""
    return list(takewhile(lambda line: line.strip() and indent_of(line) > indent, lines))


LAYOUT_RULES: Final = (_indentation, _long_text)
"""In the order in which they are tried."""
