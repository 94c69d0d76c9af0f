"""What the entries at home in a survey rest on: days of review, publications, and pages where numbers were read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.provenance import site_of
from sphinx_paper_table.survey.query import Query

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Sources:
    """How many *entries* there are, and the first and last day on which one was reviewed; empty where none was.

    *publications* counts the references that entries and numbers name, *sites* are (address, how many numbers were
    read there), the most first.
    """

    entries: int
    oldest: str
    latest: str
    publications: int
    sites: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SourcesQuery(Query[Sources]):
    """The sources of one survey."""

    survey: str

    def answer(self, catalogue: Catalogue) -> Sources | None:
        """Return them; None where there is no such survey."""
        survey = catalogue.survey(self.survey)
        if survey is None:
            return None
        papers = [catalogue.papers[paper] for paper, home in catalogue.homes.items() if home.survey == survey.survey]
        days = sorted(str(paper.reviewed) for paper in papers if paper.reviewed)
        named = {key for paper in papers for key in (*paper.cite, *(result.source for result in paper.results))}
        read = Counter(
            site_of(result.source) for paper in papers for result in paper.results if is_web_address(result.source)
        )
        sites = tuple(sorted(read.items(), key=lambda item: (-item[1], item[0])))
        publications = len(named & catalogue.references.keys())
        return Sources(len(papers), days[0] if days else "", days[-1] if days else "", publications, sites)
