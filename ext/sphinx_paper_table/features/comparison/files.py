"""What the page on which readers compare methods reads: a list of all of them, and a file for each survey.

Scripts and not JSON, like Sphinx's own search index, because a browser reads no other files from a disk. They serve
the pages of the same build and may change with it; programs of others read ``papers.json``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.features.comparison.query import WORDS, Words, benchmark_name, column_of
from sphinx_paper_table.features.comparison.suggestions import suggestions
from sphinx_paper_table.survey.filenames import file_name
from sphinx_paper_table.survey.paper_fields import DERIVED

if TYPE_CHECKING:
    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.features.comparison.query import Column
    from sphinx_paper_table.survey.catalogue import Catalogue

METHODS: Final = "data/methods.js"
"""The list; it says which other files there are, see `former_files`."""
_CALL: Final = "paperTableData("


def compare_files(catalogue: Catalogue, site: Site, words: Words = WORDS) -> dict[str, str]:
    """Return address to text, `METHODS` first; equal arguments give equal texts."""
    parts: dict[str, dict[str, Any]] = {str(survey): {} for survey in catalogue.surveys}
    for name, paper in catalogue.papers.items():
        column = column_of(paper, catalogue, words)
        parts[catalogue.homes[name].survey][str(name)] = _column(column, catalogue, site)
    return {
        METHODS: _script("methods", _methods(catalogue)),
        **{address(survey): _script(survey, papers) for survey, papers in parts.items()},
    }


def _stem(survey: str) -> str:
    return f"survey-{survey}"


def address(survey: str) -> str:
    """Return the address of a survey's file."""
    return f"data/{file_name(_stem(survey), '.js')}"


def _methods(catalogue: Catalogue) -> dict[str, Any]:
    """Return every method with its name and the survey that has the rest."""
    surveys = [str(name) for name in catalogue.surveys]
    unusual = {name: address(name) for name in surveys if address(name) != f"data/{_stem(name)}.js"}
    return {
        **({"files": unusual} if unusual else {}),
        "surveys": {str(name): str(survey.title) for name, survey in catalogue.surveys.items()},
        "methods": {
            str(name): [str(paper.name), catalogue.homes[name].survey] for name, paper in catalogue.papers.items()
        },
        "aliases": dict(catalogue.aliases),
        "near": {
            str(name): [(one.paper, one.label, one.shared) for one in found]
            for name in catalogue.papers
            if (found := suggestions(str(name), catalogue))
        },
    }


def _column(column: Column, catalogue: Catalogue, site: Site) -> dict[str, Any]:
    facts = {
        "name": column.name,
        "url": _url(site, "paper", column.paper),
        **{row: text for row, text in column.texts if row in DERIVED},
        "places": column.places,
        "tags": [(name, _url(site, "tag", tag)) for tag, name in column.tags],
        "scores": [
            (line.benchmark, benchmark_name(line.benchmark, catalogue), line.value, line.setting, line.is_secondary)
            for line in column.results
        ],
        "relations": column.relations,
        "reasons": column.reasons,
        "links": column.links,
        "more": {row: text for row, text in (("status", column.status), *column.texts) if row not in DERIVED and text},
    }
    return {key: value for key, value in facts.items() if value}


def _url(site: Site, kind: str, name: str) -> str:
    """Return an address relative to the site's base, empty when no page has it."""
    location = site.location(kind, name)
    return f"{location.page}#{location.anchor}" if location else ""


def _script(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{_CALL}{json.dumps(name)},{text})\n"


def former_files(methods: str) -> set[str]:
    """Return the addresses that an earlier text of `METHODS` goes with, its own among them."""
    try:
        surveys = json.loads(methods.removeprefix(f'{_CALL}"methods",').rstrip().removesuffix(")"))["surveys"]
        return {METHODS, *map(address, surveys)}
    except (ValueError, KeyError, TypeError):
        return set()
