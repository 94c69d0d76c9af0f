"""The sentences for readers in a record: found by their `Markup`, listed and replaced without naming fields twice."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.introspection import hints, parts, records_in
from sphinx_paper_table.survey.located import Folded, Located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


R = TypeVar("R", bound=entities.Record)


@cache
def _plan(record: Any) -> tuple[tuple[str, Markup | None], ...]:
    """Return the fields of *record* that are, or may contain, texts; the markup is None for containers."""
    plan = []
    for name, hint in hints(record).items():
        markup = next((part for part in parts(hint) if isinstance(part, Markup)), None)
        if markup or records_in(hint):
            plan.append((name, markup))
    return tuple(plan)


def texts(record: object) -> Iterator[tuple[Located, Markup]]:
    """Yield every sentence in *record* and in the records within it, in the order of the fields."""
    return ((text, markup) for text, markup in shown(record) if markup is not Markup.NAME)


def shown(record: object) -> list[tuple[Located, Markup]]:
    """Return what readers see as it is written: every sentence, and every name."""
    found: list[tuple[Located, Markup]] = []
    _collect(record, found)
    return found


def _collect(record: object, found: list[tuple[Located, Markup]]) -> None:
    for name, markup in _plan(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        if value is not None:
            _collect_from(value, markup, found)


def _collect_from(value: object, markup: Markup | None, found: list[tuple[Located, Markup]]) -> None:
    if isinstance(value, Located):
        if markup is not None:
            found.append((value, markup))
    elif isinstance(value, tuple):
        for item in value:
            _collect_from(item, markup, found)
    elif isinstance(value, dict):
        for item in value.values():
            _collect_from(item, markup, found)
    elif isinstance(value, entities.Record):
        _collect(value, found)


def translated(record: R, translate: Callable[[str], str]) -> R:
    """Return *record* with every sentence replaced by its translation, keeping the positions.

    *translate* returns its argument where it knows no better; then nothing is copied.
    """
    changes = {}
    for name, markup in _plan(type(record)):  # type: ignore[arg-type]  # as in introspect
        old = getattr(record, name)
        new = _translated_in(old, markup, translate)
        if new is not old:
            changes[name] = new
    return dataclasses.replace(record, **changes) if changes else record


def _translated_in(value: Any, markup: Markup | None, translate: Callable[[str], str]) -> Any:
    if isinstance(value, Located):
        text = value if markup in {None, Markup.NAME} else printable(translate(value))
        text = one_line(text) if markup is Markup.PLAIN else text
        return value if text == value else Folded(text, value.position)
    if isinstance(value, tuple):
        items = tuple(_translated_in(item, markup, translate) for item in value)
        return value if all(map(_same, items, value)) else items
    if isinstance(value, dict):
        entries = {key: _translated_in(item, markup, translate) for key, item in value.items()}
        return value if all(map(_same, entries.values(), value.values())) else entries
    return translated(value, translate) if isinstance(value, entities.Record) else value


def _same(new: object, old: object) -> bool:
    return new is old
