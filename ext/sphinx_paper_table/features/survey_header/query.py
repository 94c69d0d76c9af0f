"""What the head of a survey's page says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.entities import METHOD
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """A survey's name, how many entries of each kind it shows, and the last day on which one was reviewed."""

    survey: str
    title: str
    methods: int
    datasets: int
    surveys: int
    reviewed: str
    """Empty where none was."""


@dataclass(frozen=True, slots=True)
class HeaderQuery(Query[SurveyFacts]):
    """The facts of one survey."""

    survey: str

    def answer(self, catalogue: Catalogue) -> SurveyFacts | None:
        """Return them; None where there is no such survey."""
        survey = catalogue.survey(self.survey)
        if survey is None:
            return None
        view = select(catalogue, Selection(str(survey.survey)))
        papers = {entry.paper.id: entry.paper for entry in view.all_entries()}.values() if view else ()
        kinds = Counter(map(catalogue.kind, papers))
        reviewed = max((str(paper.reviewed) for paper in papers if paper.reviewed), default="")
        counts = kinds[METHOD], kinds["dataset"], kinds["survey"]
        return SurveyFacts(str(survey.survey), str(survey.title), *counts, reviewed)
