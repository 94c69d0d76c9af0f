"""What was probably meant by a value that the schema refuses, as it is to be written and as it is to be read on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_paper_table.reading.yaml_quoting import quoted
from sphinx_paper_table.reading.yaml_tree import Mapping, Sequence
from sphinx_paper_table.survey.corrections import cite_keys_in, number_like
from sphinx_paper_table.survey.edits import TextEdit, offset_at
from sphinx_paper_table.survey.fields import is_id
from sphinx_paper_table.survey.located import Located, position_of
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST: Final = 200
"""Longer values are no slips."""
_SEPARATOR: Final = re.compile(r" {0,9}[,;，；、] {0,9}")
_AROUND_A_LIST: Final = " ,;[]，；、\uff3b\uff3d【】\u3014\u3015"
_BULLETS: Final = "\u2022\u2013\u2014\u00b7"
_BULLET: Final = re.compile(rf"(?:^| )[{_BULLETS}] ?")
_HASHTAG: Final = re.compile(r"^#(?=\w)")
_CHOICES: Final = re.compile(r"'([^']*)'")


class Meant(NamedTuple):
    """How a value is written, and what it then is; *is_safe* says that nothing else can have been meant."""

    written: str
    value: Any
    is_safe: bool = True


def meant_by(detail: ErrorDetails, value: Any) -> Meant | None:
    """Return what was probably meant by *value*, which pydantic has refused with *detail*."""
    if isinstance(value, Mapping) and detail["type"] == "wrong-type":
        return _one_text(value)
    if not isinstance(value, Located) or len(value) > _LONGEST:
        return None
    if detail["type"] == "tuple_type":
        return _listed(value)
    context = detail.get("ctx", {})
    if context.get("several"):
        return Meant(str(context["likely"]), _sequence(cite_keys_in(value), value))
    written, is_safe = str(context.get("likely", "")), True
    if detail["type"] == "number":
        written = number_like(value)
        is_safe = value.strip().rstrip("% ") == written
    elif detail["type"] == "literal_error":
        written = meant(value, _CHOICES.findall(str(context.get("expected", ""))))
    return Meant(written, Located(written, value.position), is_safe) if written else None


def as_items(value: str) -> str:
    """Return several ids in one item of a list as they are to be written; nothing where *value* is none."""
    items = _SEPARATOR.split(value) if len(value) <= _LONGEST else []
    return ", ".join(items) if len(items) > 1 and all(map(is_id, items)) else ""


def _listed(value: Located) -> Meant:
    """Return the list of what stands in *value* with commas between; of all of it, where that is a sentence."""
    if value.startswith(tuple(_BULLETS)):
        points = [point for point in _BULLET.split(value) if point]
        return Meant(f"[{', '.join(map(quoted, points))}]", _sequence(points, value), is_safe=False)
    items = [item for item in _SEPARATOR.split(value.strip(_AROUND_A_LIST)) if item]
    items = [_HASHTAG.sub("", item) for item in items]
    if not items or not all(map(is_id, items)):
        items = [value]
    shown = ", ".join(item if is_id(item) else quoted(item) for item in items)
    return Meant(f"[{shown}]", _sequence(items, value))


def _sequence(items: list[str], value: Located) -> Sequence:
    sequence = Sequence(value.position)
    sequence.extend(Located(item, value.position) for item in items)
    return sequence


def _one_text(value: Mapping) -> Meant | None:
    """Return the text that a colon in it has made a mapping of."""
    keys = list(value.keys_at)
    inner = value.get(keys[0]) if len(keys) == 1 else None
    if not isinstance(inner, Located) or " " not in inner:
        return None
    text = f"{keys[0]}: {inner}"
    return Meant(quoted(text), Located(text, position_of(value)), is_safe=False)


def fix(text: str, value: Any, written: str) -> tuple[TextEdit, ...]:
    """Return the edit of a file's *text* that writes *written* for *value*; none where that stands there otherwise."""
    if not isinstance(value, Located) or not value.position.line:
        return ()
    try:
        start = offset_at(text, value.position.line, value.position.column)
    except ValueError:
        return ()
    end = start + len(value)
    if text[start:end] != value:
        return ()
    if start and text[start - 1] in "\"'" and text[end : end + 1] == text[start - 1]:
        start, end = start - 1, end + 1
    return (TextEdit(value.position.path, start, end, written),)
