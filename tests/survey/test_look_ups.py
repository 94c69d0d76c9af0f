"""Facts of a survey are looked up: the work for one does not grow with the number of papers in others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_paper_table.features.index.query import IndexQuery
from sphinx_paper_table.features.survey_cards.query import SurveysQuery
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Paper, Survey
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

SURVEYS = 40


class Counted(dict[Any, Any]):
    """A dictionary that counts the keys that are gone through."""

    steps = 0

    def __iter__(self) -> Iterator[Any]:
        """Count each key."""
        for key in super().__iter__():
            self.steps += 1
            yield key

    def items(self) -> Any:
        """Count each item."""
        return [(key, self[key]) for key in self]


def catalogue() -> Catalogue:
    """Return surveys of one paper each."""

    def survey(number: int) -> Survey:
        paper = Paper(id=Located(f"p{number}"), name=Located(f"P{number}"), summary=Located("Text."))
        return Survey(survey=Located(f"s{number}"), title=Located(f"S{number}"), papers=(paper,))

    return Catalogue({f"s{number}": survey(number) for number in range(SURVEYS)})


def test_papers_by_their_home() -> None:
    found = catalogue()
    assert found.residents["s3"] == ("p3",)
    assert found.residents.get("none", ()) == ()
    assert found.survey_order["s3"] == 3


def test_cards_of_surveys_do_not_go_through_all_papers_for_each() -> None:
    found = catalogue()
    homes = Counted(found.homes)
    found.__dict__["homes"] = homes
    assert [card.survey for card in SurveysQuery().answer(found)] == [f"s{number}" for number in range(SURVEYS)]
    assert homes.steps <= 2 * SURVEYS


def test_an_index_by_survey_does_not_go_through_all_surveys_for_each_paper() -> None:
    found = catalogue()
    surveys = Counted(found.surveys)
    other = Catalogue(surveys, found.vocabulary)
    _ = other.papers, other.homes, other.groups, other.aliases, other.survey_aliases
    surveys.steps = 0
    index = IndexQuery(Selection(""), "survey").answer(other)
    assert index is not None
    assert [group.title for group in index.groups] == [f"S{number}" for number in range(SURVEYS)]
    assert surveys.steps <= 5 * SURVEYS
