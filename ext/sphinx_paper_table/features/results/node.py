"""Rankings: their node, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx_paper_table.survey.result_lines import ResultLine


@dataclass(frozen=True, slots=True)
class ResultsTablePart:
    """Numbers that may be compared, under the *title* of their encoder; what is no ranking is listed only.

    *shared* is what the settings of all rows have in common, *facts* what a filter knows of each row.
    """

    title: str
    rows: tuple[ResultLine, ...]
    is_ranking: bool
    shared: str = ""
    facts: tuple[str, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Whether nothing in the settings tells the numbers apart: then one of them is the best."""
        return not any(row.setting for row in self.rows)

    @property
    def rest(self) -> frozenset[int]:
        """The rows of which the same method has a better one, by their places; none where nothing is ranked."""
        papers = [row.paper for row in self.rows]
        return frozenset(place for place, paper in enumerate(papers) if self.is_ranking and paper in papers[:place])


@dataclass(frozen=True, slots=True)
class ResultsTable:
    """All numbers on one benchmark, and which child is its protocol (-1: none); ``best`` is higher or lower.

    *measure* is the metric with its unit, *former* are the anchors of former ids.
    """

    benchmark: str
    anchor: str
    title: str
    detail: str
    best: str
    parts: tuple[ResultsTablePart, ...]
    text: int = -1
    measure: str = ""
    former: tuple[str, ...] = ()

    @property
    def is_ranking(self) -> bool:
        """Whether any of the numbers are compared."""
        return any(part.is_ranking for part in self.parts)

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return sum(len(part.rows) for part in self.parts)


class paper_results(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Rankings: ``tables`` (tuple of `ResultsTable`); children are the protocols of their benchmarks."""
