"""The methods that a figure shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.query import Query

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class FigureQuery(Query[tuple[tuple[str, str], ...]]):
    """What the methods with these ids are called."""

    methods: tuple[str, ...] = ()

    def answer(self, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
        """Return (id, name) of those that there are, each once."""
        found = (catalogue.paper(name) for name in self.methods)
        return tuple({str(paper.id): str(paper.name) for paper in found if paper}.items())
