"""What a run has found, as text: what got worse first, then a table for each size, then how costs grow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import FULL, NOTHING, PARALLEL, PHASES
from benchmarks.peers import Floor
from benchmarks.variants import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Run = dict[str, Any]
SECONDS: Final = 15 * 60
MEGABYTES: Final = 7 * 1024
"""What a build may take on Read the Docs, see https://docs.readthedocs.com/platform/stable/builds.html."""
INSTALLATION: Final = 2 * 60
"""Seconds of it before Sphinx begins."""
SLOWNESS: Final = 2
"""How much slower than the machine that was measured one there may be."""
EXPONENT: Final = 1.1
"""By which cost grows at least beyond what was measured: 25,000 papers took 1.14 once, whatever fewer took."""
WORSE: Final = 1.1
"""What is slower by this factor than the recorded run is named; less is noise."""


def markdown(run: Run, recorded: Run | None) -> str:
    """Return the report of *run*, compared with the *recorded* one."""
    parts = [_worse(run, recorded)] if recorded else []
    parts += [f"## {size['papers']:,} papers\n\n{table(_rows(size))}" for size in run["sizes"]]
    if grown := list(growth(run)):
        parts.append("## Growth\n\nCost ~ papers^b, between the sizes:\n\n" + table([["", "from", "to", "b"], *grown]))
    if limits(run):
        parts.append("## Where one machine ends\n\n" + table(_limits(run)))
    return "\n\n".join(parts)


def cpu(size: Run, variant: str, phase: str) -> float | None:
    """Return the CPU seconds of a phase; None where the variant was not built at this size."""
    found = size["variants"].get(variant)
    return found["phases"][phase]["cpu"] if found else None


def relative(size: Run, variant: str, phase: str) -> float | None:
    """Return the cost as a multiple of a full build of the empty project: machines differ, this does not."""
    cost, floor = cpu(size, variant, phase), cpu(size, Floor.name, FULL)
    return cost / floor if cost is not None and floor else None


def worse(run: Run, recorded: Run) -> Iterator[tuple[int, str, float]]:
    """Yield what costs us more than in the *recorded* run, as (papers, phase, factor), the worst first."""
    before = {size["papers"]: size for size in recorded["sizes"]}
    found = []
    for size in run["sizes"]:
        if old := before.get(size["papers"]):
            for phase in PHASES:
                now, then = relative(size, Tables.name, phase), relative(old, Tables.name, phase)
                if now and then and now / then > WORSE:
                    found.append((size["papers"], phase, now / then))
    yield from sorted(found, key=lambda one: -one[2])


def _worse(run: Run, recorded: Run) -> str:
    lines = [f"- {phase} of {papers:,} papers: {factor:.2f} ×" for papers, phase, factor in worse(run, recorded)]
    head = f"## Worse than the recorded run of {recorded['date']}\n\n"
    return head + ("\n".join(lines) or f"Nothing by more than {WORSE - 1:.0%}.")


def _rows(size: Run) -> Iterator[list[str]]:
    yield ["", *(f"{phase}, s" for phase in PHASES), "-j2, wall ×", "peak, MB", "bytes a paper"]
    for name, found in size["variants"].items():
        phases = found["phases"]
        gain = phases[FULL]["wall"] / phases[PARALLEL]["wall"]
        costs = (f"{phases[phase]['cpu']:.2f}" for phase in PHASES)
        yield [name, *costs, f"{gain:.2f}", str(phases[FULL]["megabytes"]), str(found["bytes a paper"])]


def growth(run: Run) -> Iterator[list[str]]:
    """Yield the exponents of full and no-op builds between each size and the next."""
    sizes = sorted(run["sizes"], key=lambda size: size["papers"])
    for phase in (FULL, NOTHING):
        for first, second in pairwise(sizes):
            for name in second["variants"]:
                before, after = cpu(first, name, phase), cpu(second, name, phase)
                if before and after and name != Floor.name:
                    exponent = math.log(after / before) / math.log(second["papers"] / first["papers"])
                    yield [f"{name}, {phase}", f"{first['papers']:,}", f"{second['papers']:,}", f"{exponent:.2f}"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest sites for one machine of Read the Docs, in papers: by time in so many formats, and by memory."""

    by_time: dict[int, int]
    by_memory: int


def limits(run: Run, formats: Sequence[int] = (1, 3)) -> Limits | None:
    """Return the largest sites, from the two largest sizes of *run*; None where there are none.

    Time is that of a full build without what an empty project takes, cost ~ papers^b with b at least `EXPONENT`, for
    each format again; memory grows in step with the papers. Rounded down to two digits.
    """
    sizes = sorted(run["sizes"], key=lambda size: size["papers"])[-2:]
    costs = [cpu(size, Tables.name, FULL) for size in sizes]
    floors = [cpu(size, Floor.name, FULL) or 0.0 for size in sizes]
    if len(costs) < 2 or None in costs:
        return None
    papers, peaks = zip(*((size["papers"], _peak(size)) for size in sizes), strict=True)
    above = [cost - floor for cost, floor in zip(costs, floors, strict=True) if cost is not None]
    exponent = max(math.log(above[1] / above[0]) / math.log(papers[1] / papers[0]), EXPONENT)
    allowed = {number: (SECONDS - INSTALLATION) / SLOWNESS / number - floors[1] for number in formats}
    by_time = {number: papers[1] * (most / above[1]) ** (1 / exponent) for number, most in allowed.items()}
    per_paper = (peaks[1] - peaks[0]) / (papers[1] - papers[0])
    by_memory = papers[1] + (MEGABYTES - peaks[1]) / per_paper
    return Limits({number: _rounded(most) for number, most in by_time.items()}, _rounded(by_memory))


def _peak(size: Run) -> float:
    return float(size["variants"][Tables.name]["phases"][FULL]["megabytes"])


def _rounded(number: float) -> int:
    """Return *number* rounded down to two digits."""
    unit = 10 ** max(math.floor(math.log10(number)) - 1, 0)
    return int(number // unit * unit)


def _limits(run: Run) -> Iterator[list[str]]:
    yield ["largest site on Read the Docs", "papers"]
    if found := limits(run):
        for number, most in found.by_time.items():
            yield [f"by time, {number} format{'s' if number > 1 else ''}", f"{most:,}"]
        yield ["by memory", f"{found.by_memory:,}"]


def table(rows: list[list[str]] | Iterator[list[str]]) -> str:
    """Return *rows*, the first of which is the head, in Markdown."""
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
