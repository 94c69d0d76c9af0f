"""The surveys at a glance: what each is about, in one paragraph and a few numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.entities import METHOD
from sphinx_paper_table.survey.located import Located, position_of
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Survey
    from sphinx_paper_table.survey.selection import View


_FEWEST_YEARS: Final = 2
_BLANK_LINE: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A survey as a drawing: its papers by time and group, and the relations between them, from the earlier one."""

    first: int
    """The year that it begins with."""
    last: int
    lanes: int
    dots: tuple[tuple[float, int], ...]
    """When each paper was first public, in years and parts of one, and its group, by number."""
    lines: tuple[tuple[int, int], ...]
    """The papers at both ends of each relation, by number."""


@dataclass(frozen=True, slots=True)
class SurveySummary:
    """A survey in short; it counts the methods in it, those at home elsewhere too, as its tables do, and what is none.

    Relations and results are those of the methods at home in it. On a page its summary is the child *text* of the
    node (-1: none).
    """

    survey: str
    title: str
    methods: int
    datasets: int
    surveys: int
    relations: int
    results: int
    years: str
    summary: Located | None = None
    by_year: tuple[tuple[int, int], ...] = ()
    """How many methods were first public in each year, for the years that have any."""
    drawn: Drawn | None = None
    text: int = -1


@dataclass(frozen=True, slots=True)
class SurveysQuery(Query[tuple[SurveySummary, ...]]):
    """Some surveys at a glance, in this order; without any, all."""

    surveys: tuple[str, ...] = ()

    def answer(self, catalogue: Catalogue) -> tuple[SurveySummary, ...]:
        """Return those that there are."""
        return survey_summaries(self.surveys, catalogue)


def survey_summaries(names: Iterable[str], catalogue: Catalogue) -> tuple[SurveySummary, ...]:
    """Return the surveys *names* that there are, in this order; all of them when there is no name."""
    wanted = dict.fromkeys(names) or catalogue.surveys
    return tuple(_summary(survey, catalogue) for name in wanted if (survey := catalogue.survey(name)))


def _summary(survey: Survey, catalogue: Catalogue) -> SurveySummary:
    papers = [catalogue.papers[name] for name in catalogue.residents.get(survey.survey, ())]
    view = select(catalogue, Selection(str(survey.survey)))
    shown = {entry.paper.id: entry.paper for entry in view.all_entries()}.values() if view else ()
    kinds = Counter(map(catalogue.kind, shown))
    methods = [paper for paper in shown if catalogue.kind(paper) == METHOD]
    by_year = sorted(Counter(int(date[:4]) for paper in methods if (date := catalogue.date(paper))).items())
    ends = [str(by_year[number][0]) for number in (0, -1)] if by_year else []
    return SurveySummary(
        str(survey.survey),
        str(survey.title),
        kinds[METHOD],
        kinds["dataset"],
        kinds["survey"],
        sum(len(catalogue.outgoing.get(paper.id, ())) for paper in papers),
        sum(len(paper.results) for paper in papers),
        "–".join(dict.fromkeys(ends)),
        _first_paragraph(survey.summary) if survey.summary else None,
        tuple(by_year),
        _drawn(view, catalogue) if view else None,
    )


def _drawn(view: View, catalogue: Catalogue) -> Drawn | None:
    """Return the drawing of what *view* shows; None where its papers are of one year, or of unknown ones."""
    lanes = [entries for entries in (view.entries, *(section.entries for section in view.all_sections())) if entries]
    placed: dict[str, tuple[float, int]] = {}
    for lane, entries in enumerate(lanes):
        for entry in entries:
            year, _, month = catalogue.date(entry.paper)[:7].partition("-")
            if year:
                placed.setdefault(entry.paper.id, (int(year) + (int(month or 7) - 1) / 12, lane))
    numbers = {paper: number for number, paper in enumerate(placed)}
    years = [int(moment) for moment, _lane in placed.values()]
    if len(set(years)) < _FEWEST_YEARS:
        return None
    edges = (edge for paper in placed for edge in catalogue.outgoing.get(paper, ()))
    pairs = {(numbers[edge.target], numbers[edge.source]): None for edge in edges if edge.target in placed}
    return Drawn(min(years), max(years), len(lanes), tuple(placed.values()), tuple(pairs))


def _first_paragraph(text: Located) -> Located:
    return Located(_BLANK_LINE.split(text.strip(), maxsplit=1)[0], position_of(text))
