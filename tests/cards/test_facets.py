"""What readers can filter by comes from the papers of the view, and each paper says what it has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.support.texts import SURVEY, edited, load_good

from sphinx_paper_table.cards.facets import Choice, Facets, FilterFacts, facets
from sphinx_paper_table.cards.filter import facts_of
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


def found(catalogue: Catalogue, **options: Any) -> Facets:
    """Return the facets of a view that exists."""
    view = select(catalogue, Selection(**options))
    assert view is not None
    return facets(view, catalogue)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_good().catalogue


def test_the_choices_of_a_view(catalogue: Catalogue) -> None:
    shown = found(catalogue, target="s")
    assert shown.count == 3  # one stands twice
    assert shown.tags == (Choice("blue", "Blue", 2), Choice("red", "Red", 1))
    assert shown.venues == (
        Choice("arXiv", "arXiv", 1),
        Choice("COT", "COT", 1),
        Choice("Journal of Things", "Journal of Things", 1),
    )
    assert shown.relations == (
        Choice("extends", "extends", 1),
        Choice("extends-by", "extended by", 1),
        Choice("compares-with", "compared with", 2),
    )
    assert shown.has == (
        Choice("code", "code", 1),
        Choice("project", "project", 1),
        Choice("video", "video", 1),
        Choice("results", "results", 1),
    )
    assert shown.years == ("2018", "2019", "2020")


def test_the_facts_are_places_in_the_choices(catalogue: Catalogue) -> None:
    assert facts_of(found(catalogue, target="s")) == {
        "old": "0,1,1,0.2,2018,2018",
        "new": "0.1,0,0.2,3,2020,2020-03",
        "third": ",2,2,1,2019,2019",
    }


def test_what_every_paper_has_is_no_choice(catalogue: Catalogue) -> None:
    shown = found(catalogue, target="s", tags=("blue",))
    assert [choice.value for choice in shown.tags] == ["red"]
    assert shown.facts["old"].tags == ()
    assert found(catalogue, ids=("old",)) == Facets(
        years=("2018",), facts={"old": FilterFacts((), (), (), (), "2018", "2018", (), ())}
    )


def test_every_choice_counts_what_says_that_it_has_it(catalogue: Catalogue) -> None:
    shown = found(catalogue)
    for field, choices in enumerate((shown.tags, shown.venues, shown.relations, shown.has)):
        for place, choice in enumerate(choices):
            holders = [facts for facts in shown.facts.values() if place in facts[field]]
            assert len(holders) == choice.count, choice


def test_a_relation_or_tag_that_no_vocabulary_has_is_named_by_its_id() -> None:
    survey = edited(edited(SURVEY, "compares-with", "teaches-much"), "tags: [blue, red]", "tags: [odd-one]")
    shown = found(load_good(survey).catalogue, target="s")
    assert Choice("odd-one", "odd-one", 1) in shown.tags
    assert Choice("teaches-much", "teaches much", 1) in shown.relations
    assert Choice("teaches-much-by", "teaches much (from)", 1) in shown.relations


def test_a_view_without_years_has_none() -> None:
    assert facets_of_nothing() == Facets()


def facets_of_nothing() -> Facets:
    return found(load_good().catalogue, target="s", ids=("nobody",))
