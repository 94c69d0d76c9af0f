"""Rankings: all results on one benchmark, the best first. Numbers of different benchmarks never meet in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.model.entities import Benchmark
from sphinx_paper_table.model.located import Located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.model.bibliography import Reference
    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.entities import Paper, Result
    from sphinx_paper_table.model.selection import View


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with what a ranking says beside it: whose it is, when that was first public, what it was read in."""

    paper: str
    name: str
    date: str
    result: Result
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The results on one benchmark."""

    id: str
    benchmark: Benchmark
    rows: tuple[Ranked, ...]


def rankings(view: View, catalogue: Catalogue, benchmark: str = "", least: int = 1) -> tuple[Ranking, ...]:
    """Return what the papers of *view* have reached, by benchmark in the vocabulary's order, best numbers first.

    *benchmark* asks for one only; benchmarks with fewer than *least* results are left out. One that the vocabulary
    lacks is shown under its id, after the others.
    """
    found: dict[str, list[Ranked]] = {}
    papers = {entry.paper.id: entry.paper for entry in view.all_entries()}
    for name, row in _rows(papers.values(), catalogue):
        if benchmark in {"", name}:
            found.setdefault(name, []).append(row)
    known = catalogue.vocabulary.benchmarks
    terms = {name: known.get(name) or _unknown(name) for name in (*(str(name) for name in known), *found)}  # type: ignore[call-overload]
    return tuple(
        Ranking(name, term, _ranked(found[name], term))
        for name, term in terms.items()
        if name in found and len(found[name]) >= least
    )


def _rows(papers: Iterable[Paper], catalogue: Catalogue) -> Iterable[tuple[str, Ranked]]:
    for paper in papers:
        for result in paper.results:
            row = Ranked(
                str(paper.id), str(paper.name), catalogue.date(paper), result, catalogue.references.get(result.source)
            )
            yield str(result.benchmark), row


def _unknown(name: str) -> Benchmark:
    return Benchmark(name=Located(name), dataset=Located(""), metric=Located(""))


def _ranked(rows: list[Ranked], benchmark: Benchmark) -> tuple[Ranked, ...]:
    """Return *rows*, the best first; of equal numbers the older, then the one that the surveys name first."""
    sign = 1 if benchmark.direction == "lower" else -1
    return tuple(sorted(rows, key=lambda row: (sign * row.result.value, row.date or "9999")))
