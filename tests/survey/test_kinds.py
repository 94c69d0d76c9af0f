"""Data sets and surveys are no methods: a tag of the vocabulary says what its papers are."""

from __future__ import annotations

from tests.support.sites import real_catalogue
from tests.support.texts import VOCABULARY, edited, load_good

from sphinx_paper_table.cards.facets import facets
from sphinx_paper_table.features.survey_cards.query import survey_summaries
from sphinx_paper_table.survey.selection import Selection, select


def test_a_tag_says_what_its_papers_are() -> None:
    catalogue = load_good(vocabulary=edited(VOCABULARY, "{name: Red}", "{name: Red, kind: dataset}")).catalogue
    assert {name: catalogue.kind(paper) for name, paper in catalogue.papers.items()} == {
        name: "dataset" if "red" in paper.tags else "method" for name, paper in catalogue.papers.items()
    }
    assert {catalogue.kind(paper) for paper in catalogue.papers.values()} == {"dataset", "method"}
    (glance,) = survey_summaries(["s"], catalogue)
    assert (glance.methods, glance.datasets, glance.surveys) == (2, 1, 0)
    assert sum(number for _year, number in glance.by_year) == glance.methods
    view = select(catalogue, Selection("s"))
    assert view is not None
    assert facets(view, catalogue).is_mixed


def test_without_such_a_tag_all_are_methods() -> None:
    catalogue = load_good().catalogue
    (glance,) = survey_summaries(["s"], catalogue)
    assert (glance.methods, glance.datasets, glance.surveys) == (3, 0, 0)
    view = select(catalogue, Selection("s"))
    assert view is not None
    assert not facets(view, catalogue).is_mixed


def test_the_site_tells_them_apart() -> None:
    catalogue = real_catalogue()
    kinds = {name: catalogue.kind(paper) for name, paper in catalogue.papers.items()}
    assert (kinds["ucf101"], kinds["moco-v1"]) == ("dataset", "method")
    assert {name for name, kind in kinds.items() if kind == "survey"} >= {
        name for name in kinds if name.startswith("survey-")
    }
