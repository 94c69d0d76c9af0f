"""The keys of all records together: what a word at the beginning of a line can be."""

from __future__ import annotations

from functools import cache
from typing import get_origin

from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.introspection import field_names, hints, parts, records_in


@cache
def records() -> tuple[type[entities.Record], ...]:
    """Return all kinds of record that a file may hold."""
    kinds = (kind for kind in vars(entities).values() if isinstance(kind, type))
    return tuple(kind for kind in kinds if issubclass(kind, entities.Record) and kind is not entities.Record)


@cache
def known_keys() -> frozenset[str]:
    """Return the keys that any record may have."""
    return frozenset(name for record in records() for name in field_names(record))


@cache
def text_keys() -> frozenset[str]:
    """Return the keys whose value is a text, in any record."""
    return frozenset(
        name
        for record in records()
        for name, hint in hints(record).items()
        if not records_in(hint) and not any(get_origin(part) is tuple for part in parts(hint))
    )


@cache
def stand_together(key: str, other: str) -> bool:
    """Return whether one mapping may have both keys."""
    return any({key, other} <= set(field_names(record)) for record in records())
