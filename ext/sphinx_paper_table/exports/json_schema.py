"""The JSON Schemas of the YAML files and of the published JSON files, generated from the records.

Editors complete and check surveys with them, and programs of others check what they read.

https://json-schema.org/draft/2020-12; read by yaml-language-server through a ``$schema`` comment line.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Union

from sphinx_paper_table.exports import addresses
from sphinx_paper_table.exports.accepted_values import say_what_is_read
from sphinx_paper_table.exports.addresses import PAPERS_SCHEMA, RESULTS_SCHEMA
from sphinx_paper_table.exports.records import VERSION, PapersFile, ResultsFile
from sphinx_paper_table.survey.entities import FILE_KINDS, Part, Survey, Vocabulary

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: Final[dict[str, tuple[type[Any], ...]]] = {
    "survey.schema.json": (Survey, Part),
    "vocabulary.schema.json": (Vocabulary,),
}
"""The published files and the records that a YAML file under each may be."""
NAMES: Final = addresses.SCHEMAS
"""All published files."""


@cache
def schema_text(name: str) -> str:
    """Return the content of one of `NAMES`, the same on every machine."""
    published = {PAPERS_SCHEMA: papers_schema, RESULTS_SCHEMA: results_schema}
    content = published[name]() if name in published else schema(name)
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def papers_schema() -> dict[str, Any]:
    """Return the schema of ``papers.json``."""
    return _open_schema(PapersFile, f"papers.json, version {VERSION}")


def results_schema() -> dict[str, Any]:
    """Return the schema of ``results/BENCHMARK.json``."""
    return _open_schema(ResultsFile, f"results/BENCHMARK.json, version {VERSION}")


def _open_schema(record: type[Any], title: str) -> dict[str, Any]:
    """Return a schema that admits keys that it does not know, which may be added at any time."""
    content = _adapter(record).json_schema(mode="serialization")
    _tidy(content)
    for part in (content, *content["$defs"].values()):
        part.pop("additionalProperties", None)
    return {"$schema": DIALECT, **content, "title": title}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 (a tenth of a second, and not every build writes a schema)

    return TypeAdapter(kind)


def schema(name: str) -> dict[str, Any]:
    """Return one of `SCHEMAS` as an object."""
    records = SCHEMAS[name]
    one_of: Any = Union[records]  # noqa: UP007 (of a tuple made at run time)
    content: dict[str, Any] = _adapter(one_of).json_schema()
    _tidy(content)
    say_what_is_read(content, records)
    titles = [next(key for key, kind in FILE_KINDS.items() if kind is record) for record in records]
    head = {"$schema": DIALECT, "title": f"A YAML file with the key {' or '.join(repr(title) for title in titles)}"}
    return {**head, **{key: value for key, value in content.items() if key != "title"}}


def _tidy(node: Any) -> None:
    """Take out, in place, what only repeats: titles made of field names, and defaults that mean "absent"."""
    if isinstance(node, dict):
        for entry in node.get("properties", {}).values():
            entry.pop("title", None)
            if entry.get("default", ...) in (None, [], {}) or isinstance(entry.get("default"), dict):
                del entry["default"]
        for value in node.values():
            _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)
