"""Doctrees and environments of an older shape are read anew: the version changes with every record in them."""

from __future__ import annotations

from dataclasses import is_dataclass

import pytest

from sphinx_paper_table import cards, features, sphinx_host
from sphinx_paper_table.cards import node_types
from sphinx_paper_table.features.comparison import query as comparison
from sphinx_paper_table.features.figure import query as figure_query
from sphinx_paper_table.features.index import node as index
from sphinx_paper_table.features.index import query as index_query
from sphinx_paper_table.features.lineage import query as lineage
from sphinx_paper_table.features.results import node as results
from sphinx_paper_table.features.results import query as results_query
from sphinx_paper_table.features.survey_cards import node as survey_cards
from sphinx_paper_table.features.survey_cards import query as survey_cards_query
from sphinx_paper_table.reading import drawings
from sphinx_paper_table.sphinx_host import domain, inline_records
from sphinx_paper_table.store import version_of
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.selection import Selection


def version() -> int:
    """Return the version of what is pickled, as the extension tells Sphinx."""
    return version_of(sphinx_host.DomainPage, sphinx_host.Labels, *cards.RECORDS, *features.records())


def records() -> list[type]:
    """Return every record that nodes and the domain hold, and every query that a page keeps."""
    modules = (node_types, index, lineage, results, survey_cards, comparison, drawings, domain)
    queries = (index_query, lineage, results_query, survey_cards_query, comparison, figure_query, inline_records)
    held = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type)]
    asked = [kind for module in queries for kind in vars(module).values() if isinstance(kind, type)]
    found = [kind for kind in held if is_dataclass(kind) and kind.__module__ in {module.__name__ for module in modules}]
    return list(dict.fromkeys((*found, *(kind for kind in asked if issubclass(kind, Query)), Selection)))


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_a_field_more_is_another_version(record: type, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    monkeypatch.setitem(record.__annotations__, "one_field_more", "str")
    assert version() != before
