"""Located values to typed records where nothing is to be said of them, as nearly everywhere.

What to do follows from the annotations that pydantic has too (`survey.marks`); it is a sixth of its work, and pydantic
is not loaded. Whatever is not certainly right, or would be noted, is left to `reading.mending`, which asks pydantic and
has the words for it. So both take the same for right, or this takes less.
"""

from __future__ import annotations

import types
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

from sphinx_paper_table.survey.entities import MAX_LEVELS, Record
from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.introspection import hints
from sphinx_paper_table.survey.located import NOWHERE, Located
from sphinx_paper_table.survey.marks import After, Before, Between, OneOf, Refused
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader: TypeAlias = Callable[[Any, Problems], Any]

R = TypeVar("R", bound=Record)
_TRUE: Final = frozenset({"1", "on", "t", "true", "y", "yes"})
_FALSE: Final = frozenset({"0", "off", "f", "false", "n", "no"})
"""What pydantic reads as false, in any case (https://docs.pydantic.dev/latest/api/standard_library_types/#booleans)."""


class Unsure(Exception):  # noqa: N818 (no error: the value may be right)
    """A value of which something is to be said, perhaps."""


def right_record(record: type[R], tree: Any) -> R | None:
    """Return *tree*, as `yaml_tree` makes it, as a *record*; None where anything in it may be wrong or odd."""
    noted = Problems()
    try:
        found: R = _reader(record)(tree, noted)  # type: ignore[arg-type]  # as in introspection
    except (Unsure, Refused, RecursionError):
        return None
    return None if len(noted) else found


@cache
def _reader(hint: Any) -> Reader:  # noqa: PLR0911 (a kind of type each)
    """Return the function that reads values of the type *hint*; of a type that is not known, it is never sure."""
    if get_origin(hint) is Annotated:
        return _annotated(hint.__origin__, hint.__metadata__)
    if get_origin(hint) in {Union, types.UnionType}:
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return _reader(kinds[0]) if len(kinds) == 1 else _unsure
    if get_origin(hint) is tuple:
        return partial(_list, _reader(get_args(hint)[0]))
    if get_origin(hint) is dict:
        return partial(_mapping, _reader(get_args(hint)[0]), _reader(get_args(hint)[1]))
    if get_origin(hint) is Literal:
        return partial(_choice, {choice: choice for choice in get_args(hint)})
    if isinstance(hint, type) and issubclass(hint, Record):
        return _OfRecord(hint)
    known: dict[Any, Reader] = {Located: _text, bool: _truth, int: _count, Decimal: _number}
    return known.get(hint, _unsure)


def _annotated(kind: Any, marks: tuple[Any, ...]) -> Reader:
    """Return the function for a type with annotations: what stands further behind is done around what stands before."""
    read = _reader(kind)
    for mark in marks:
        if isinstance(mark, OneOf):
            read = partial(_one_of, mark.name_of, {name: _reader(record) for name, record in mark.records.items()})
        elif isinstance(mark, Between):
            read = partial(_between, read, mark.least, mark.most)
        elif isinstance(mark, Before):
            read = partial(_before, read, mark.function)
        elif isinstance(mark, After):
            read = partial(_noting if mark.with_context else _after, read, mark.function)
    return read


def _unsure(_value: Any, _problems: Problems) -> Any:
    raise Unsure


def _text(value: Any, _problems: Problems) -> Any:
    if isinstance(value, Located):
        return value
    raise Unsure


def _truth(value: Any, _problems: Problems) -> bool:
    word = value.lower() if isinstance(value, str) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unsure


def _count(value: Any, _problems: Problems) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    raise Unsure


def _number(value: Any, _problems: Problems) -> Decimal:
    if isinstance(value, str) and value.isascii():
        return Decimal(value)
    raise Unsure


def _choice(choices: dict[str, str], value: Any, _problems: Problems) -> Any:
    if isinstance(value, str) and value in choices:
        return choices[value]
    raise Unsure


def _list(read: Reader, value: Any, problems: Problems) -> tuple[Any, ...]:
    if isinstance(value, list):
        return tuple([read(item, problems) for item in value])
    raise Unsure


def _mapping(read_key: Reader, read: Reader, value: Any, problems: Problems) -> dict[Any, Any]:
    if isinstance(value, dict):
        return {read_key(key, problems): read(item, problems) for key, item in value.items()}
    raise Unsure


def _one_of(name_of: Callable[[object], str], readers: dict[str, Reader], value: Any, problems: Problems) -> Any:
    return readers[name_of(value)](value, problems)


def _between(read: Reader, least: int, most: int, value: Any, problems: Problems) -> Any:
    found = read(value, problems)
    if least <= found <= most:
        return found
    raise Unsure


def _before(read: Reader, function: Callable[[object], object], value: Any, problems: Problems) -> Any:
    return read(function(value), problems)


def _after(read: Reader, function: Callable[..., Any], value: Any, problems: Problems) -> Any:
    return function(read(value, problems))


def _noting(read: Reader, function: Callable[..., Any], value: Any, problems: Problems) -> Any:
    return function(read(value, problems), problems)


class _OfRecord:
    """Reads records of one kind."""

    def __init__(self, record: type[Record]) -> None:
        self._record: Any = record
        self._fields: dict[str, tuple[str, Reader]] = {}
        self._depth = 0

    def __call__(self, value: Any, problems: Problems) -> Record:
        """Return the record; each of its keys has to be known, those without a value too."""
        if not isinstance(value, dict) or self._depth >= MAX_LEVELS:
            raise Unsure
        if not self._fields:  # not before, as a record may hold others of its kind
            self._fields = {name: (name, _reader(hint)) for name, hint in hints(self._record).items()}
        given: dict[str, Any] = {"position": NOWHERE}
        self._depth += 1
        try:
            for key, item in value.items():
                if key == POSITION:
                    given["position"] = item
                else:
                    name, read = self._fields[key]
                    given[name] = read(item, problems)
            known: Any = getattr(value, "keys_at", ())
            if len(known) < len(value) or known.keys() <= self._fields.keys():  # else there are keys without a value
                return self._record(**given)  # type: ignore[no-any-return]
        except (KeyError, TypeError):  # a key that is not known, or one that is missing
            raise Unsure from None
        finally:
            self._depth -= 1
        raise Unsure
