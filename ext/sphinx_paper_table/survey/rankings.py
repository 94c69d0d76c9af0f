"""Rankings: all results on one benchmark, the best first. Numbers of different benchmarks never meet in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.entities import Benchmark
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.provenance import is_secondary, known_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper, Result
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.selection import View


MIN_METHODS: Final = 2
"""Methods that a ranking needs: one method is not ranked against itself."""


@dataclass(frozen=True, slots=True)
class RankedResult:
    """A result with what a ranking says beside it: whose it is, when it became known, what it was read in."""

    paper: str
    name: str
    date: str
    result: Result
    reference: Reference | None = None
    is_secondary: bool = False


@dataclass(frozen=True, slots=True)
class RankingPart:
    """Results that may be compared, the best first; *encoder* is what they share, empty when they need share none.

    What is no ranking is listed only: each encoder in it is that of one method.
    """

    encoder: str
    rows: tuple[RankedResult, ...]
    is_ranking: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The results on one benchmark, the best first."""

    id: str
    benchmark: Benchmark
    rows: tuple[RankedResult, ...]

    @property
    def parts(self) -> tuple[RankingPart, ...]:
        """The rows in comparable parts: rankings, that with most methods first, then what none of them takes."""
        rows: dict[str, list[RankedResult]] = {}
        for row in self.rows:
            rows.setdefault(self._compared(row), []).append(row)
        ranked = {encoder: alike for encoder, alike in rows.items() if _methods(alike) >= MIN_METHODS}
        parts = [RankingPart(encoder, tuple(alike), is_ranking=True) for encoder, alike in ranked.items()]
        parts.sort(key=lambda part: -_methods(part.rows))
        rest = tuple(row for row in self.rows if self._compared(row) not in ranked)
        return (*parts, *([RankingPart("", rest, is_ranking=False)] if rest else []))

    def _compared(self, row: RankedResult) -> str:
        """Return what a row must share with those that it is compared with."""
        return str(row.result.encoder or "") if self.benchmark.encoders == "apart" else ""

    @property
    def is_ranking(self) -> bool:
        """Whether any of its results are compared."""
        return any(part.is_ranking for part in self.parts)


def rankings(view: View, catalogue: Catalogue, benchmark: str = "", least: int = 1) -> tuple[Ranking, ...]:
    """Return what the papers of *view* have reached, by benchmark in the vocabulary's order, best numbers first.

    *benchmark* asks for one only; benchmarks with fewer than *least* results are left out. So are those on which no
    paper at home in *view* has a number, unless asked for: they belong to another survey. A benchmark that the
    vocabulary lacks is shown under its id, after the others.
    """
    benchmark = catalogue.benchmark_aliases.get(benchmark, benchmark)
    by_benchmark: dict[str, list[RankedResult]] = {}
    entries = view.all_entries()
    papers = {entry.paper.id: entry.paper for entry in entries}
    at_home = {str(result.benchmark) for entry in entries if entry.is_home for result in entry.paper.results}
    for name, row in _rows(papers.values(), catalogue):
        if name == benchmark or (not benchmark and name in at_home):
            by_benchmark.setdefault(name, []).append(row)
    known = catalogue.vocabulary.benchmarks
    terms = {str(name): term for name, term in known.items()}
    for name in by_benchmark:
        terms.setdefault(name, Benchmark(name=Located(name), dataset=Located(""), metric=Located("")))
    return tuple(
        Ranking(name, term, _ranked(by_benchmark[name], term))
        for name, term in terms.items()
        if name in by_benchmark and len(by_benchmark[name]) >= least
    )


def moment(date: str) -> float:
    """Return a date as a number of years: a year or month alone is its middle."""
    year, month, day = (date + "--").split("-")[:3]
    if not month:
        return int(year) + 0.5
    return round(int(year) + (int(month) - 1 + ((int(day) - 1) / 31 if day else 0.5)) / 12, 4)


def best_so_far(points: Sequence[tuple[float, Decimal]], direction: str) -> tuple[int, ...]:
    """Return which points, (moment, value), beat all earlier ones, in time's order; of one moment only the best."""
    sign = 1 if direction == "lower" else -1
    records: list[int] = []
    for number in sorted(range(len(points)), key=lambda number: (points[number][0], sign * points[number][1])):
        if not records or sign * points[number][1] < sign * points[records[-1]][1]:
            records.append(number)
    return tuple(records)


def _rows(papers: Iterable[Paper], catalogue: Catalogue) -> Iterable[tuple[str, RankedResult]]:
    for paper in papers:
        for result in paper.results:
            row = RankedResult(
                str(paper.id),
                str(paper.name),
                known_since(paper, result, catalogue),
                result,
                catalogue.references.get(result.source),
                is_secondary(paper, result, catalogue),
            )
            yield str(result.benchmark), row


def _methods(rows: Iterable[RankedResult]) -> int:
    return len({row.paper for row in rows})


def _ranked(rows: list[RankedResult], benchmark: Benchmark) -> tuple[RankedResult, ...]:
    """Return *rows*, the best first; of equal numbers the older, then the one that the surveys name first."""
    sign = 1 if benchmark.direction == "lower" else -1
    return tuple(sorted(rows, key=lambda row: (sign * row.result.value, row.date or "9999")))
