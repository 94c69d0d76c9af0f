"""The declarations of the records' fields: their types, descriptions, and the records that they can hold."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.marks import Described

if TYPE_CHECKING:
    from collections.abc import Iterator


def hints(record: type[entities.Record]) -> dict[str, Any]:
    """Return the fields of *record* that YAML may give, each with its type and annotations."""
    return _hints(record)  # type: ignore[arg-type]  # mypy takes the instances' __hash__ for the class's


@cache
def _hints(record: Any) -> dict[str, Any]:
    resolved = get_type_hints(record, include_extras=True)
    return {field.name: resolved[field.name] for field in dataclasses.fields(record) if field.name != "position"}


def field_names(record: type[entities.Record]) -> tuple[str, ...]:
    """Return the keys that *record* may have in YAML."""
    return tuple(hints(record))


def parts(hint: Any) -> Iterator[Any]:
    """Yield *hint* and everything it is made of: annotations, members of unions and of containers."""
    yield hint
    inner = (hint.__origin__, *hint.__metadata__) if get_origin(hint) is Annotated else get_args(hint)
    for part in inner:
        yield from parts(part)


def records_in(hint: Any) -> tuple[type[entities.Record], ...]:
    """Return the record classes that values of this type contain."""
    return tuple(part for part in parts(hint) if isinstance(part, type) and issubclass(part, entities.Record))


def info(record: type[entities.Record], field: str) -> Described:
    """Return the description and examples of a field; later declarations win over those of its kind."""
    hint = hints(record)[field]
    described = [part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Described) and part.description]
    return described[-1] if described else Described()


def required(record: type[entities.Record], field: str) -> bool:
    """Return whether YAML must give the field."""
    declared = next(item for item in dataclasses.fields(record) if item.name == field)
    return declared.default is dataclasses.MISSING and declared.default_factory is dataclasses.MISSING
