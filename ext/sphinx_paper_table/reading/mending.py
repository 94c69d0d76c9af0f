"""Values that may be wrong, to typed records: what pydantic says of them is put into an author's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from sphinx_paper_table.reading.key_hints import key_hint
from sphinx_paper_table.reading.meant_values import Meant, as_items, fix, meant_by
from sphinx_paper_table.reading.yaml_quoting import quoted
from sphinx_paper_table.reading.yaml_tree import Mapping
from sphinx_paper_table.survey.entities import MAX_LEVELS, Group, Paper, Placement, Record, Survey, TagTerm
from sphinx_paper_table.survey.fields import KEYED, is_id
from sphinx_paper_table.survey.introspection import field_names, hints, info, records_in
from sphinx_paper_table.survey.located import NOWHERE, Located, Position, position_of
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]

_EXPECTED: Final = {
    "decimal_type": "a number is expected here",
    "int_parsing": "a whole number is expected here",
    "int_type": "a whole number is expected here",
    "int_from_float": "a whole number is expected here",
    "greater_than_equal": "a number from {ge} is expected here",
    "less_than_equal": "a number up to {le} is expected here",
    "finite_number": "a finite number is expected here",
    "bool_parsing": "true or false is expected here",
    "bool_type": "true or false is expected here",
    "tuple_type": "a list is expected here, each item after '- ' or all in brackets",
    "dict_type": "a mapping is expected here; write 'key: value'",
    "dataclass_type": "a mapping is expected here; write 'key: value'",
    "literal_error": "only {expected} may stand here",
}


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def mended(record: type[R], tree: Any, problems: Problems, text: str) -> R | None:
    """Return *tree* as a *record*, or None when what it must have is missing or wrong.

    See `reading.decode`.
    """
    work = _Decoding(record, tree, problems, text)
    work.note_deep_groups()
    work.note_empty_keys()
    while True:
        try:
            decoded: R = _adapter(record).validate_python(tree, context=problems)  # type: ignore[arg-type]  # as in introspect
        except ValidationError as error:
            if not work.mend(error.errors(include_url=False, include_input=False)):
                return None
        else:
            return decoded


_NO_ITEMS: Final = "take '- ' away: here are keys, not items"


@dataclass(slots=True)
class _Decoding:
    """A tree on its way to a record: what is wrong in it is noted, and replaced or taken out."""

    record: type[Record]
    tree: Any
    problems: Problems
    text: str
    removed: set[tuple[int, str]] = field(default_factory=set)
    replaced: set[tuple[int, str | int]] = field(default_factory=set)

    def mend(self, details: list[ErrorDetails]) -> bool:
        """Note and take out all that is wrong; return False when nothing would be left."""
        paths = [self._note(detail) for detail in details]
        wrong = [path for path in paths if path is not None]
        return _remove(self.tree, wrong, self.removed) or None in paths

    def note_deep_groups(self) -> None:
        """Note and take out the groups below the last level."""
        level = [self.tree]
        for _ in range(MAX_LEVELS):
            # Once each: YAML's aliases may put one group into many.
            level = list({id(group): group for holder in level for group in _groups_in(holder)}.values())
        for group in level:
            if _groups_in(group):
                hint = f"no reader can follow so many levels: {MAX_LEVELS} are read; put these into a group above"
                place = _position_at(group, ("groups",))
                self.problems.add(Code.WRONG_TYPE, "groups are nested too deeply here", place, hint)
                del group["groups"]

    def note_empty_keys(self) -> None:
        """Note the keys without a value that the records do not have; pydantic sees none of those."""
        pending: list[tuple[Any, Path]] = [(self.tree, ())]
        while pending:
            here, path = pending.pop()
            if isinstance(here, Mapping) and len(here.keys_at) >= len(here):  # which has its position too
                self._note_empty_keys_of(here, path)
            inner = here.items() if isinstance(here, Mapping) else enumerate(here) if isinstance(here, list) else ()
            pending += [(value, (*path, key)) for key, value in inner if isinstance(value, (Mapping, list))]

    def _note_empty_keys_of(self, mapping: Mapping, path: Path) -> None:
        owner = _record_at(self.record, path[:-1], self.tree) if path else self.record
        if (
            path
            and path[-1] in field_names(owner)
            and KEYED in getattr(hints(owner)[str(path[-1])], "__metadata__", ())
        ):
            return
        owner = _record_at(self.record, path, self.tree)
        for key, place in mapping.keys_at.items():
            if key not in mapping and key not in field_names(owner):
                hint = partial(key_hint, key, owner)
                self.problems.add(Code.UNKNOWN_KEY, f"'{key}' is not a key here", place, hint)

    def _note(self, detail: ErrorDetails) -> Path | None:
        """Note one of pydantic's errors; return the path of the value to leave out, empty when it is all of the tree.

        None means that nothing is to be left out.
        """
        # A group that YAML aliases share lacks its key several times, and has been given it after the first.
        is_missing = detail["type"] == "missing"
        path = _real_path(detail["loc"][:-1] if is_missing else detail["loc"], self.tree)
        place = _position_at(self.tree, path)
        kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
        if is_missing:
            return self._note_missing(key, path, place)
        if kind == "unexpected_keyword_argument":
            owner = _record_at(self.record, path[:-1], self.tree)
            place = getattr(_value_at(self.tree, path[:-1]), "keys_at", {}).get(key, place)
            self.problems.add(Code.UNKNOWN_KEY, f"'{key}' is not a key here", place, partial(key_hint, key, owner))
            return path
        return self._note_wrong(detail, path, place)

    def _note_missing(self, key: str, path: Path, place: Position) -> Path | None:
        """Note a key that is missing, unless its value was removed as wrong: that has been reported already."""
        holder = _value_at(self.tree, path)
        if key in holder:
            return None
        if self.removed.isdisjoint({(id(holder), key), (id(holder), "ref")}):
            given = getattr(holder, "keys_at", {}).get(key)
            message = f"'{key}' has no value" if given else f"the key '{key}' is missing"
            self.problems.add(Code.MISSING_KEY, message, given or place, f"{'write' if given else 'add'} '{key}: …'")
        return None if _stand_in(holder, key, _record_at(self.record, path, self.tree)) else path

    def _note_wrong(self, detail: ErrorDetails, path: Path, place: Position) -> Path | None:
        """Note a wrong value; where it is clear what was meant, read that instead and leave nothing out."""
        code = next((known for known in Code if known == detail["type"]), Code.WRONG_TYPE)
        value = _value_at(self.tree, path)
        is_no_value = detail["loc"][-1:] == ("[key]",) or (
            detail["type"] == "tuple_type" and self._is_sentence(value, path)
        )
        other = None if is_no_value else meant_by(detail, value)
        message = "nothing stands here" if value is None else _message(detail)
        hint = "" if code is Code.UNSAFE else _hint(detail, value, other)
        if isinstance(value, Located) and value.strip() and _record_at(self.record, path, self.tree) is TagTerm:
            hint = f"write {{name: {quoted(value)}}}"
        if hint == _NO_ITEMS:
            message = "a mapping is expected here, not a list"
        elif not hint and code is Code.WRONG_TYPE:
            hint = _field_hint(self.record, path, self.tree)
        edits = fix(self.text, value, other.written) if other and other.is_safe and self.text else ()
        self.problems.add(code, message, place, hint, fix=edits)
        if other is None or not path:
            return path
        parent = _value_at(self.tree, path[:-1])
        if (id(parent), path[-1]) in self.replaced:
            return path
        self.replaced.add((id(parent), path[-1]))
        parent[path[-1]] = other.value
        return None

    def _is_sentence(self, value: Any, path: Path) -> bool:
        """Return whether a text that is no name stands where a list of records is to stand."""
        owner, name = _record_at(self.record, path[:-1], self.tree), str(path[-1]) if path else ""
        is_list_of_records = name in field_names(owner) and bool(list(records_in(hints(owner)[name])))
        return is_list_of_records and isinstance(value, Located) and not is_id(value.strip(" []"))


def _stand_in(holder: Any, key: str, record: type[Record]) -> bool:
    """Give a survey or group without title or id another one, because its papers are not to be lost with it."""
    if record is Survey and key == "title" and "survey" in holder:
        holder[key] = Located(holder["survey"], holder.position)
    elif record is Group and key == "title":
        holder[key] = Located(holder.get("id", "…"), holder.position)
    elif record is Group and key == "id":
        holder[key] = Located(f"line-{holder.position.line}", holder.position)
    return key in holder


def _hint(detail: ErrorDetails, value: Any, other: Meant | None) -> str:
    """Return how to write what was meant, or what is wrong with the form of the value; empty when neither is known."""
    likely = other.written if other else str(detail.get("ctx", {}).get("likely", ""))
    likely = likely or (as_items(value) if isinstance(value, str) and detail["loc"][-1:] != ("id",) else "")
    if likely:
        return f"write {likely}"
    if detail["type"] == "tuple_type" and isinstance(value, Mapping):
        return _as_list_hint(value)
    if detail["type"] == "wrong-type" and isinstance(value, list) and len(value) > 1:
        return "write one of its items, without brackets"
    is_list = isinstance(value, list) and value and _are_records(value)
    if detail["type"] in {"dict_type", "dataclass_type"} and is_list:
        return _NO_ITEMS
    if isinstance(value, str) and not value.strip():
        return "take the key away, or write its text"
    return "take the item away, or write what it is to be" if value is None else ""


def _as_list_hint(value: Mapping) -> str:
    """Return how to write a mapping where a list belongs: it is the first item, or has the items under their ids."""
    if "id" in value:
        return "put '- ' before its first key, and indent the others by two spaces more"
    names = list(value.keys_at)
    if names and _are_records(value.get(name) for name in names):
        return f"write each as an item: '- id: {names[0]}', and its keys below"
    return ""


def _are_records(values: Iterable[Any]) -> bool:
    return all(isinstance(item, Mapping) for item in values)


def _message(detail: ErrorDetails) -> str:
    words = _EXPECTED.get(detail["type"])
    return words.format(**detail.get("ctx", {})) if words else detail["msg"]


def _field_hint(record: type[Record], path: Path, tree: Any) -> str:
    """Return what the schema says of the field that *path* leads to."""
    current, name = record, ""
    for length, part in enumerate(path):
        current = _record_at(record, path[:length], tree)
        name = part if isinstance(part, str) and part in field_names(current) else name
    owner = _record_at(record, path[: path.index(name)], tree) if name in path else current
    described = info(owner, name).description if name in field_names(owner) else None
    return f"'{name}': {described}".rstrip(".") if described else ""


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


def _groups_in(holder: Any) -> list[Any]:
    """Return the groups directly in a survey or group, as far as they stand in a list."""
    groups = holder.get("groups") if isinstance(holder, Mapping) else None
    return groups if isinstance(groups, list) else []


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
