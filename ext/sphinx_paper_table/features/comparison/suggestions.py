"""What to compare a paper with: papers that it is related to, and papers with numbers on the same benchmarks.

Nobody counts what readers compare, so nothing is said of that: each suggestion says what it follows from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue

MOST: Final = 6
"""Suggestions for a paper."""
_RELATION: Final = 3
"""What a relation weighs against a benchmark in common."""
_COMMON: Final = 100
"""A benchmark that more papers report says nothing of any two of them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper to compare with.

    *label* is what it says before the name of the other, empty when all that they have in common is benchmarks, which
    are *shared*.
    """

    paper: str
    label: str
    shared: int


class _Common(NamedTuple):
    """What all papers are compared by: the benchmarks of each, the papers of each benchmark, and the papers' order."""

    benchmarks: Mapping[str, frozenset[str]]
    papers: Mapping[str, tuple[str, ...]]
    order: Mapping[str, int]


@lru_cache(maxsize=2)  # each paper asks for it
def _common(catalogue: Catalogue) -> _Common:
    own = {str(name): frozenset(str(result.benchmark) for result in paper.results)
           for name, paper in catalogue.papers.items()}  # fmt: skip
    having: dict[str, list[str]] = defaultdict(list)
    for name, benchmarks in own.items():
        for benchmark in benchmarks:
            having[benchmark].append(name)
    papers = {benchmark: tuple(names) for benchmark, names in having.items()}
    return _Common(own, papers, {name: number for number, name in enumerate(own)})


def suggestions(paper: str, catalogue: Catalogue) -> tuple[Suggestion, ...]:
    """Return what to compare *paper* with, what it has most in common with first."""
    own, having, order = _common(catalogue)
    labels: dict[str, str] = {}
    score: Counter[str] = Counter()
    for edge in catalogue.incoming.get(paper, ()):
        labels.setdefault(str(edge.source), str(catalogue.relation_type(edge.type).name))
        score[str(edge.source)] += _RELATION
    for edge in catalogue.outgoing.get(paper, ()):
        labels.setdefault(str(edge.target), str(catalogue.backward_label(edge.type)))
        score[str(edge.target)] += _RELATION
    shared: Counter[str] = Counter()
    for benchmark in own.get(paper, ()):
        if len(having[benchmark]) <= _COMMON:
            shared.update(having[benchmark])
    score.update(shared)
    found = sorted(
        (name for name in score if name != paper and name in order), key=lambda one: (-score[one], order[one])
    )
    return tuple(Suggestion(name, labels.get(name, ""), shared[name]) for name in found[:MOST])


def example(catalogue: Catalogue) -> tuple[str, ...]:
    """Return two or three papers that have most in common, the earliest first; none where no two are related."""
    own, _papers, order = _common(catalogue)
    score: Counter[frozenset[str]] = Counter()
    for edge in catalogue.edges:
        pair = frozenset((str(edge.source), str(edge.target)))
        if len(pair) > 1 and pair <= own.keys():
            score[pair] += _RELATION
    for pair in score:
        one, other = pair
        score[pair] += len(own[one] & own[other])
    if not score:
        return ()
    best = min(score, key=lambda pair: (-score[pair], sorted(order[name] for name in pair)))
    third: Counter[str] = Counter()
    for pair, common in score.items():
        if len(pair & best) == 1:
            (name,) = pair - best
            third[name] += common
    more = [min(third, key=lambda name: (-third[name], order[name]))] if third else []
    dates = {name: catalogue.date(catalogue.papers[name]) for name in [*best, *more]}
    return tuple(sorted(dates, key=lambda name: (dates[name] or "9999", order[name])))
