"""Which rankings a page asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.rankings import Ranking, rankings
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class ResultsQuery(Query[tuple[Ranking, ...]]):
    """The rankings of one *benchmark*, or of all, that have at least so many results of what is selected."""

    selection: Selection
    benchmark: str = ""
    least: int = 1

    def answer(self, catalogue: Catalogue) -> tuple[Ranking, ...] | None:
        """Return the rankings; None when the selection's target does not exist."""
        view = select(catalogue, self.selection)
        return None if view is None else rankings(view, catalogue, self.benchmark, self.least)
