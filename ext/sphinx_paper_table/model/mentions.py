"""The roles in a reader's sentence that name other records, found without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sphinx_paper_table.model.located import Folded, Located, Position

_ROLE: Final = re.compile(r"\{(paper(?::\w+)?|cite(?::\w+)?)\}`([^`]+)`")


class Mention(NamedTuple):
    """A role in a text that names a paper or a cite key."""

    role: str
    target: str
    position: Position


def mentions(text: Located) -> Iterator[Mention]:
    """Yield the papers and cite keys that roles in *text* name."""
    for found in _ROLE.finditer(text):
        explicit = re.match(r".*<([^<>]+)>$", found[2], re.DOTALL)
        target = explicit[1] if explicit and not found[1].startswith("cite") else found[2]
        for name in target.split(",") if found[1].startswith("cite") else (target,):
            key = re.sub(r"\{[^{}]*\}", "", name).strip()
            yield Mention(found[1], key, place_in(text, found.start(2)))


def place_in(text: Located, offset: int) -> Position:
    """Return the place of the character at *offset*, as exactly as it is known (see `Folded`)."""
    start = text.position
    if isinstance(text, Folded):
        return start
    column = offset - text.rfind("\n", 0, offset) - 1
    return Position(start.path, start.line + text.count("\n", 0, offset), start.column and start.column + column)
