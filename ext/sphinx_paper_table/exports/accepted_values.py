"""What the reader of YAML accepts, said in JSON Schema: an editor must not refuse what a build takes, nor the reverse.

YAML's own guesses are not believed: ``name: 2020`` is a text to the reader and a number to an editor, and both are
right. A key without a value is absent. Numbers and truth values may stand in quotes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.fields import (
    CITE_TEXT,
    COUNT_TEXT,
    DATE_PATTERN,
    DATE_TEXT,
    GROUP_PATTERN,
    ID_PATTERN,
    KEY_PATTERN,
    LINE_TEXT,
    NUMBER_TEXT,
    SIZE_PATTERN,
    TARGET_PATTERN,
    TRUTH_TEXT,
    URL_PATTERN,
    URL_TEXT,
    Markup,
)
from sphinx_paper_table.survey.introspection import hints, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY_SCALAR: Final = ["string", "number", "boolean"]
_BY_PATTERN: Final[dict[str, dict[str, Any]]] = {
    # Larger numbers, and those with a sign, have signs in their text that an id may not have.
    ID_PATTERN: {"type": _ANY_SCALAR, "minimum": 0, "exclusiveMaximum": 1e16},
    TARGET_PATTERN: {"type": _ANY_SCALAR, "minimum": 0, "exclusiveMaximum": 1e16},
    GROUP_PATTERN: {"type": _ANY_SCALAR, "minimum": 0, "exclusiveMaximum": 1e16},
    KEY_PATTERN: {"type": _ANY_SCALAR, "pattern": CITE_TEXT},
    DATE_PATTERN: {"pattern": DATE_TEXT, "type": ["string", "integer"], "minimum": 1500, "maximum": 2099},
    SIZE_PATTERN: {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999},
    URL_PATTERN: {"type": "string", "pattern": URL_TEXT},
}
_LARGEST: Final = 1e20


def say_what_is_read(content: dict[str, Any], kinds: tuple[type[entities.Record], ...]) -> None:
    """Change the generated schema of YAML files, in place, so that it admits exactly what the reader admits.

    *kinds* are the records that such a file may be; where it is one only, the schema is that of its keys.
    """
    records = [(getattr(entities, name), record) for name, record in content.get("$defs", {}).items()]
    records += [(kinds[0], content)] if "properties" in content else []
    for kind, record in records:
        fields = hints(kind)
        for field, node in record["properties"].items():
            is_line = any(part in {Markup.PLAIN, Markup.NAME} for part in parts(fields[field]))
            for inner in _nodes(node):
                _widen(inner, is_line=is_line)
            if field not in record.get("required", ()):
                _admit_null(node)


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield *node* and all schemas in it."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in {"default", "examples", "enum"}:
                yield from _nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from _nodes(value)


def _widen(node: dict[str, Any], *, is_line: bool) -> None:
    kind = node.get("type")
    if kind == "string" and "enum" not in node and "const" not in node:
        pattern = node.setdefault("pattern", LINE_TEXT if is_line else r"\S")
        node["pattern"] = pattern.replace(
            '\\"', '"'
        )  # no escape in the dialect of regular expressions that editors have
        node.update(_BY_PATTERN.get(pattern, {} if pattern not in {LINE_TEXT, r"\S"} else {"type": _ANY_SCALAR}))
    elif kind == "number":
        node.update(type=["number", "string"], pattern=NUMBER_TEXT)
        node.update(exclusiveMinimum=-_LARGEST, exclusiveMaximum=_LARGEST)
    elif kind == "integer":
        node.update(type=["integer", "string"], pattern=COUNT_TEXT)
    elif kind == "boolean":
        node.update(type=["boolean", "integer", "string"], minimum=0, maximum=1, pattern=TRUTH_TEXT)
    for values in (node.get("patternProperties"), {"": node.get("additionalProperties")}):
        for value in (values or {}).values():
            if isinstance(value, dict):
                _admit_null(value)
    if "patternProperties" in node:
        node["additionalProperties"] = False


def _admit_null(node: dict[str, Any]) -> None:
    """Let *node* admit the value of a key that has none."""
    if {"type": "null"} in node.get("anyOf", ()):
        return
    if "$ref" in node:
        node["anyOf"] = [{"$ref": node.pop("$ref")}, {"type": "null"}]
    elif "anyOf" in node:
        node["anyOf"].append({"type": "null"})
    elif "type" in node:
        kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
        if "null" not in kinds:
            node["type"] = [*kinds, "null"]
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
