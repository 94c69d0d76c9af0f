"""What a run has found, as text: what got worse first, then a table for each size, then how costs grow."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import FULL, NOTHING, PARALLEL, PHASES
from benchmarks.peers import Floor
from benchmarks.variants import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

Run = dict[str, Any]
WORSE: Final = 1.1
"""What is slower by this factor than the recorded run is named; less is noise."""


def markdown(run: Run, recorded: Run | None) -> str:
    """Return the report of *run*, compared with the *recorded* one."""
    parts = [_worse(run, recorded)] if recorded else []
    parts += [f"## {size['papers']:,} papers\n\n{table(_rows(size))}" for size in run["sizes"]]
    if grown := list(growth(run)):
        parts.append("## Growth\n\nCost ~ papers^b, between the sizes:\n\n" + table([["", "from", "to", "b"], *grown]))
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


def table(rows: list[list[str]] | Iterator[list[str]]) -> str:
    """Return *rows*, the first of which is the head, in Markdown."""
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
