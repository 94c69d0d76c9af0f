"""Records of the published files made from those of the surveys: what is declared there is not declared again.

What the files say differently, or in addition, stands in a class; the decorator adds all other fields of a record.
"""

from __future__ import annotations

import types
from dataclasses import field, make_dataclass
from decimal import Decimal
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from sphinx_paper_table.survey import fields
from sphinx_paper_table.survey.fields import DATE_PATTERN, ID_PATTERN, doc
from sphinx_paper_table.survey.introspection import hints
from sphinx_paper_table.survey.marks import Described
from sphinx_paper_table.survey.shown import Published

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Id = Annotated[str, Described(json_schema_extra={"pattern": ID_PATTERN})]
Date = Annotated[str, Described(json_schema_extra={"pattern": DATE_PATTERN})]
Url = Annotated[str, Described(json_schema_extra={"pattern": "^https?://"})]
_KINDS: Final = tuple(
    (get_args(kind)[1], brief)
    for kind, brief in (
        *((fields.Id, Id), (fields.Date, Date), (fields.Url, Url)),
        *((fields.CiteKey, str), (fields.Number, float)),
    )
)
"""The checks of some kinds of value, and the type that describes these where nobody writes them."""
_TAKEN: Final[dict[type, tuple[str, ...]]] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def takes_over(
    record: Any, *, without: tuple[str, ...] = (), first: tuple[str, ...] = ()
) -> Callable[[type[T]], type[T]]:
    """Return a decorator that makes a frozen dataclass of a class and of the fields of *record* that it does not have.

    Fields *without* which it does well are left out. The order is that of *record*, then of the class, except that
    those named *first* come first. What can be None is left out of the files, all else is always there.
    """

    def make(own: type[T]) -> type[T]:
        taken = {name: _published(hint) for name, hint in hints(record).items() if name not in without}
        theirs = get_type_hints(own, include_extras=True)
        kinds = {**taken, **theirs}
        order = dict.fromkeys((*first, *kinds))
        declared = [(name, kinds[name], _field(kinds[name])) for name in order]
        made = make_dataclass(
            own.__name__, declared, namespace={"__doc__": own.__doc__}, frozen=True, slots=True, kw_only=True
        )
        made.__module__ = own.__module__
        known = _TAKEN.get(record, tuple(taken))
        _TAKEN[made] = tuple(name for name in known if name in taken and name not in theirs)
        return made

    return make


def taken_over(values: object, kind: type) -> dict[str, Any]:
    """Return what a record of the class *kind* takes over of *values*, by name."""
    given = {name: getattr(values, name) for name in _TAKEN[kind]}
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in given.items()}


def _published(hint: Any) -> Any:
    """Return the type of a field with its description, and without what only those need who write it."""
    if get_origin(hint) is not Annotated:
        return _value(hint)
    marks = hint.__metadata__
    described = [mark for mark in marks if isinstance(mark, Described) and mark.description]
    described += [doc(mark.description) for mark in marks if isinstance(mark, Published)]
    bare = tuple(mark for mark in marks if not isinstance(mark, Published) and mark not in described)
    kind = _value(Annotated[hint.__origin__, *bare] if bare else hint.__origin__)
    return Annotated[kind, described[-1]] if described else kind


def _value(hint: Any) -> Any:
    """Return a type with all kinds in it as the files describe them."""
    if get_origin(hint) is Annotated:
        for check, brief in _KINDS:
            if check is hint.__metadata__[0]:
                return brief
    if get_origin(hint) in {Union, types.UnionType}:
        return Union[tuple(map(_value, get_args(hint)))]  # noqa: UP007 (of a tuple made at run time)
    if get_origin(hint) is tuple:
        return types.GenericAlias(tuple, (_value(get_args(hint)[0]), ...))
    if get_origin(hint) is Annotated and get_origin(hint.__origin__) in {Union, types.UnionType, tuple}:
        return _value(hint.__origin__)
    return hint


def _field(hint: Any) -> Any:
    kinds = get_args(hint.__origin__ if get_origin(hint) is Annotated else hint)
    return field(default=None) if type(None) in kinds else field()
