"""Located values to typed records: pydantic checks them, and what it says is put into an author's words.

A value that does not fit costs only itself: it is taken out and the rest checked again, so that one wrong date
does not lose a paper. A missing required key costs its record.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from sphinx_paper_table.reading.yaml_tree import Mapping
from sphinx_paper_table.survey.entities import FILE_KINDS, Group, Paper, Part, Placement, Record, Survey, Vocabulary
from sphinx_paper_table.survey.introspection import field_names, hints, info, records_in
from sphinx_paper_table.survey.located import NOWHERE, Located, Position, position_of
from sphinx_paper_table.survey.problems import Code, Problems, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]

_EXPECTED: Final = {
    "decimal_parsing": "a number is expected here",
    "decimal_type": "a number is expected here",
    "int_parsing": "a whole number is expected here",
    "int_type": "a whole number is expected here",
    "int_from_float": "a whole number is expected here",
    "greater_than_equal": "a number from {ge} is expected here",
    "less_than_equal": "a number up to {le} is expected here",
    "finite_number": "a finite number is expected here",
    "bool_parsing": "true or false is expected here",
    "bool_type": "true or false is expected here",
    "tuple_type": "a list is expected here; begin each item with '- '",
    "dict_type": "a mapping is expected here; write 'key: value'",
    "dataclass_type": "a mapping is expected here; write 'key: value'",
    "literal_error": "only {expected} may stand here",
}


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def decode_file(tree: Any, name: str, problems: Problems) -> Survey | Part | Vocabulary | None:
    """Return the record that a whole YAML file is, or None when it is none of them."""
    if not isinstance(tree, Mapping):
        place = position_of(tree, Position(name, 1, 1))
        message = "the file holds no mapping" if tree is not None else "the file is empty"
        problems.add(Code.EMPTY, message, place, f"begin it with one of {_kinds()}")
        return None
    kind = next((record for key, record in FILE_KINDS.items() if key in tree.keys_at), None)
    if kind is None:
        problems.add(
            Code.MISSING_KEY, "the file does not say what it is", tree.position, f"begin it with one of {_kinds()}"
        )
        return None
    return decode(kind, tree, problems)


def _kinds() -> str:
    return ", ".join(f"'{key}: ID'" for key in FILE_KINDS)


def decode(record: type[R], tree: Any, problems: Problems) -> R | None:
    """Return *tree* as a *record*, or None when what it must have is missing or wrong."""
    removed: set[tuple[int, str]] = set()
    while True:
        try:
            decoded: R = _adapter(record).validate_python(tree, context=problems)  # type: ignore[arg-type]  # as in introspect
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            paths = [_note(detail, tree, record, removed, problems) for detail in details]
            if not _remove(tree, [path for path in paths if path is not None], removed) and None not in paths:
                return None
        else:
            return decoded


def _note(
    detail: ErrorDetails, tree: Any, record: type[Record], removed: set[tuple[int, str]], problems: Problems
) -> Path | None:
    """Note one of pydantic's errors; return the path of the value to leave out, empty when it is all of *tree*.

    None means that nothing is to be left out.

    A key that is missing because its value was *removed* as wrong has been reported already.
    """
    # A group that YAML aliases share lacks its key several times, and has been given it after the first.
    path = _real_path(detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"], tree)
    place = _position_at(tree, path)
    kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        holder = _value_at(tree, path)
        if key in holder:
            return None
        if removed.isdisjoint({(id(holder), key), (id(holder), "ref")}):
            given = getattr(holder, "keys_at", {}).get(key)
            message = f"'{key}' has no value" if given else f"the key '{key}' is missing"
            problems.add(Code.MISSING_KEY, message, given or place, f"{'write' if given else 'add'} '{key}: …'")
        return None if _stand_in(holder, key, _record_at(record, path, tree)) else path
    if kind == "unexpected_keyword_argument":
        hint = partial(nearest, key, field_names(_record_at(record, path[:-1], tree)))
        place = getattr(_value_at(tree, path[:-1]), "keys_at", {}).get(key, place)
        problems.add(Code.UNKNOWN_KEY, f"'{key}' is not a key here", place, hint)
        return path
    if kind.startswith("recursion_"):
        problems.add(Code.WRONG_TYPE, "groups are nested too deeply here", place, "no reader can follow so many levels")
        return path
    code = next((known for known in Code if known == kind), Code.WRONG_TYPE)
    problems.add(code, _message(detail), place, "" if code is Code.UNSAFE else _field_hint(record, path, tree))
    return path


def _stand_in(holder: Any, key: str, record: type[Record]) -> bool:
    """Give a survey or group without title or id another one, because its papers are not to be lost with it."""
    if record is Survey and key == "title" and "survey" in holder:
        holder[key] = Located(holder["survey"], holder.position)
    elif record is Group and key == "title":
        holder[key] = Located(holder.get("id", "…"), holder.position)
    elif record is Group and key == "id":
        holder[key] = Located(f"line-{holder.position.line}", holder.position)
    return key in holder


def _message(detail: ErrorDetails) -> str:
    words = _EXPECTED.get(detail["type"])
    return words.format(**detail.get("ctx", {})) if words else detail["msg"]


def _field_hint(record: type[Record], path: Path, tree: Any) -> str:
    """Return what the schema says of the field that *path* leads to."""
    current, field = record, ""
    for length, part in enumerate(path):
        current = _record_at(record, path[:length], tree)
        field = part if isinstance(part, str) and part in field_names(current) else field
    owner = _record_at(record, path[: path.index(field)], tree) if field in path else current
    described = info(owner, field).description if field in field_names(owner) else None
    return f"'{field}': {described}".rstrip(".") if described else ""


def _real_path(loc: tuple[str | int, ...], tree: Any) -> Path:
    """Turn pydantic's location into one that *tree* has: union tags are left out, and a missing key too."""
    path: list[str | int] = []
    here = tree
    for part in loc:
        if isinstance(here, str):
            break  # a single text that stands for a list of one
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            continue
        path.append(part)
    return tuple(path)


def _position_at(tree: Any, path: Path) -> Position:
    """Return the place of the value at *path*; of its key when the value is a container or unknown."""
    here, place = tree, position_of(tree)
    for part in path:
        parent, here = here, here[part]
        keys_at = getattr(parent, "keys_at", {})
        place = position_of(here, keys_at.get(str(part), place))
        if part in keys_at and isinstance(here, (dict, list)):
            place = keys_at[str(part)]
    return place if place != NOWHERE else position_of(tree)


def _record_at(record: type[Record], path: Path, tree: Any) -> type[Record]:
    """Return the record class whose keys the mapping at *path* has, found through the fields' types."""
    here, current = tree, record
    for part in path:
        here = here[part]
        if isinstance(part, str) and part in field_names(current):
            current = next(iter(records_in(hints(current)[part])), current)
        if isinstance(here, dict) and "ref" in here and current is Paper:
            current = Placement
    return current


def _value_at(tree: Any, path: Path) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def _remove(tree: Any, paths: list[Path], removed: set[tuple[int, str]]) -> bool:
    """Take the values at *paths* out of *tree*, the last ones first; return False when *tree* itself is wrong.

    A list that YAML aliases share is reached by several paths; an item of it is taken out once.
    """
    if not all(paths):
        return False
    gone: set[tuple[int, str | int]] = set()
    for path in sorted(set(paths), key=_path_order, reverse=True):
        try:
            parent = _value_at(tree, path[:-1])
            if (id(parent), path[-1]) not in gone:
                del parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue  # it went with a value around it
        gone.add((id(parent), path[-1]))
    removed.update((where, str(key)) for where, key in gone)
    return bool(gone)


def _path_order(path: Path) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, part) for part in path)
