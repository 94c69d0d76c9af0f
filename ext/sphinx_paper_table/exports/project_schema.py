"""The JSON Schemas of a project: those of the YAML files, with the project's own names in the place of any name.

An editor with a YAML language server completes them, explains each and marks what is none. The names are those of a
catalogue, so the schemas are written anew when it changes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.exports.json_schema import SCHEMAS, schema
from sphinx_paper_table.survey.fields import ELSEWHERE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.references import Reference

PAPER: Final = "PaperId"
KEY: Final = "CiteKeyOfProject"
TAG: Final = "TagId"
BENCHMARK: Final = "BenchmarkId"


def project_schema_text(name: str, catalogue: Catalogue) -> str:
    """Return the content of one of `SCHEMAS` with the names of *catalogue*, the same for the same catalogue."""
    return json.dumps(project_schema(name, catalogue), indent=1, ensure_ascii=False) + "\n"


def project_schema(name: str, catalogue: Catalogue) -> dict[str, Any]:
    """Return one of `SCHEMAS` as an object in which ids, cite keys, tags, relation types and benchmarks are known."""
    content = schema(name)
    _drop_examples(content)
    if name != next(iter(SCHEMAS)):
        return content
    records = content["$defs"]
    content["$defs"] = records | _names(catalogue)
    paper = records["Paper"]["properties"]
    _replace_types(paper["cite"], KEY)
    _know_target(records["Relation"]["properties"]["to"])
    _replace_types(records["Placement"]["properties"]["ref"], PAPER)
    _replace_types(records["Result"]["properties"]["benchmark"], BENCHMARK)
    if catalogue.vocabulary.tags:  # without them, any tag may be used
        _replace_types(paper["tags"], TAG)
    _know_source(records["Result"]["properties"]["source"])
    _know_relations(paper["relations"], catalogue)
    return content


def _names(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    terms, references = catalogue.vocabulary, catalogue.references

    def of_paper(name: str) -> str:
        paper = catalogue.papers[name]
        reference = catalogue.reference(paper)
        return f"{paper.name}: {_said_of(reference)}" if reference else str(paper.name)

    def of_benchmark(name: str) -> str:
        benchmark = benchmarks[name]
        return f"{benchmark.name}: {benchmark.metric} on {benchmark.dataset}"

    tags = {str(name): term for name, term in terms.tags.items()}
    benchmarks = {str(name): term for name, term in terms.benchmarks.items()}
    return {
        PAPER: _choice(catalogue.papers, of_paper),
        KEY: _choice(references, lambda key: _said_of(references[key])),
        TAG: _choice(tags, lambda tag: _with(tags[tag].name, tags[tag].description)),
        BENCHMARK: _choice(benchmarks, of_benchmark),
    }


def _said_of(reference: Reference) -> str:
    """Return title and year of a reference."""
    return f"{reference.title} ({reference.year})" if reference.year else reference.title


def _with(name: str, more: str | None) -> str:
    return f"{name}: {more}" if more else str(name)


def _choice(names: Iterable[str], description: Callable[[str], str]) -> dict[str, Any]:
    """Return the schema of one of *names*, each with its description as editors show it."""
    known = [str(name) for name in names]
    said = [description(name) for name in known]
    return (
        {"type": "string", "enum": known, "enumDescriptions": said, "markdownEnumDescriptions": said} if known else {}
    )


def _replace_types(node: dict[str, Any], name: str) -> None:
    """Let the texts that *node* admits, itself or in a list, be those of the definition *name*."""
    for inner in (node, *node.get("anyOf", ())):
        target = inner.get("items", inner)
        if "string" in target.get("type", ()):
            _point(target, name)


def _point(node: dict[str, Any], name: str) -> None:
    for key in ("type", "pattern", "maxLength", "minimum", "exclusiveMaximum"):
        node.pop(key, None)
    node["$ref"] = f"#/$defs/{name}"


def _know_source(node: dict[str, Any]) -> None:
    """Let the source of a number be a known key, or a web address."""
    for key in ("type", "pattern"):
        node.pop(key, None)
    node["anyOf"] = [{"$ref": f"#/$defs/{KEY}"}, {"type": "string", "pattern": "^https?://"}]


def _know_target(node: dict[str, Any]) -> None:
    """Let a relation lead to a known paper, or to one of another site."""
    for key in ("type", "pattern", "maxLength"):
        node.pop(key, None)
    node["anyOf"] = [{"$ref": f"#/$defs/{PAPER}"}, {"type": "string", "pattern": ELSEWHERE_PATTERN}]


def _know_relations(node: dict[str, Any], catalogue: Catalogue) -> None:
    """Let relations be of the types that the vocabulary has."""
    (value,) = node.pop("patternProperties").values()
    node.pop("propertyNames", None)
    for inner in value["items"]["anyOf"]:
        if "pattern" in inner:
            _know_target(inner)
    kinds: Mapping[Any, Any] = catalogue.vocabulary.relations
    node["properties"] = {
        str(kind): {**value, "description": _with(f"… {rules.name} …", rules.inverse and f"inverse: {rules.inverse}")}
        for kind, rules in kinds.items()
    }


def _drop_examples(node: Any) -> None:
    """Take the examples out: an editor would offer them."""
    if isinstance(node, dict):
        if isinstance(node.get("examples"), list):
            del node["examples"]
        for value in node.values():
            _drop_examples(value)
    elif isinstance(node, list):
        for value in node:
            _drop_examples(value)
