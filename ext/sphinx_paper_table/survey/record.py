"""What every record of a survey has: a place in a file, and no keys but its own."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.located import NOWHERE, Position
from sphinx_paper_table.survey.marks import Unpublished

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: the place it was read from."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (pydantic knows it by this name, as a class's)
    position: Annotated[Position, Unpublished()] = field(default=NOWHERE, compare=False, repr=False)

    def __reduce__(self) -> tuple[Callable[..., Record], tuple[type[Record], tuple[Any, ...]]]:
        """Pickle the values in their order: what dataclasses do asks for the names of the fields for each record."""
        return _unpickled, (type(self), _values_of(type(self))(self))  # type: ignore[arg-type]  # as in introspection

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the place from under `POSITION`, and write it into no file."""
        schema = handler(source)
        fields: Any = handler.resolve_ref_schema(schema)["schema"]["fields"]
        for declared in fields:
            if declared["name"] == "position":
                declared |= {"validation_alias": POSITION, "serialization_exclude": True}
        return schema


@cache
def _names_of(record: Any) -> tuple[str, ...]:
    return tuple(declared.name for declared in fields(record))


@cache
def _values_of(record: Any) -> Callable[[Record], tuple[Any, ...]]:
    return attrgetter(*_names_of(record))


def _unpickled(record: type[Record], values: tuple[Any, ...]) -> Record:
    found = object.__new__(record)
    for name, value in zip(_names_of(record), values, strict=True):  # type: ignore[arg-type]  # as above
        object.__setattr__(found, name, value)
    return found
