"""Timing of builds: the variants take turns, and a build is compared with its neighbour in time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.content import Library
    from benchmarks.variants import Variant

PHASES: Final = ("full build", "no-op build", "edit of one paper")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build took."""

    seconds: float
    """User CPU time of the process and the children it waited for."""
    megabytes: float
    """Peak resident set."""


@dataclass(slots=True)
class Site:
    """A written variant and the place of its build."""

    variant: Variant
    root: Path

    def prepare(self) -> None:
        """Write the sources anew."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.variant.write(self.root)

    def build(self, *, clean: bool = False, interpreter_options: Sequence[str] = ()) -> Cost:
        """Build the HTML in a process of its own; a warning is an error here."""
        if clean:
            shutil.rmtree(self.root / "_build", ignore_errors=True)
        program = [sys.executable, *interpreter_options, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
        return timed([*program, str(self.root), str(self.root / "_build" / "html")], self.root / "build.log")

    @property
    def page_bytes(self) -> int:
        """The size of all survey pages."""
        return sum(path.stat().st_size for path in (self.root / "_build" / "html" / "surveys").glob("*.html"))


def timed(command: list[str], log: Path) -> Cost:
    """Run *command*, its words into *log*; end the benchmark when it fails."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment)
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{log.read_text('utf-8')}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(usage.ru_utime, usage.ru_maxrss / unit)


@dataclass(slots=True)
class Comparison:
    """All costs of one size: variant name → phase → one cost a round."""

    papers: int
    costs: dict[str, dict[str, list[Cost]]]
    page_bytes: dict[str, int]

    @property
    def names(self) -> list[str]:
        """The variants, the one under test last."""
        return list(self.costs)

    def seconds(self, name: str, phase: str) -> float:
        """Return the median."""
        return median(cost.seconds for cost in self.costs[name][phase])

    def megabytes(self, name: str) -> float:
        """Return the median peak of the full builds."""
        return median(cost.megabytes for cost in self.costs[name][PHASES[0]])

    def ratios(self, name: str, phase: str) -> list[float]:
        """Return the last variant's cost over that of *name*, round by round."""
        ours, theirs = self.costs[self.names[-1]][phase], self.costs[name][phase]
        return [mine.seconds / other.seconds for mine, other in zip(ours, theirs, strict=True)]

    def markdown(self) -> str:
        """Return a table; ratios are medians over the rounds, with the lowest and highest."""
        names, others = self.names, self.names[:-1]
        last = names[-1].partition(":")[0]
        ratio_heads = [f"{last} / {name.partition(':')[0]}" for name in others]
        head = ["", *names, *ratio_heads]
        rows = [
            [f"{phase}, s", *self._seconds(phase), *(_spread(self.ratios(o, phase)) for o in others)]
            for phase in PHASES
        ]
        peaks = [self.megabytes(name) for name in names]
        sizes = [self.page_bytes[name] / self.papers for name in names]
        rows.append(["peak memory, MB", *(f"{peak:.0f}" for peak in peaks), *_quotients(peaks)])
        rows.append(["HTML, bytes a paper", *(f"{size:.0f}" for size in sizes), *_quotients(sizes)])
        lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _seconds(self, phase: str) -> Iterator[str]:
        return (f"{self.seconds(name, phase):.2f}" for name in self.names)

    def as_json(self) -> dict[str, Any]:
        """Return everything measured."""
        return {
            "papers": self.papers,
            "page_bytes": self.page_bytes,
            "seconds": {
                n: {p: [c.seconds for c in costs] for p, costs in found.items()} for n, found in self.costs.items()
            },
            "megabytes": {
                n: {p: [c.megabytes for c in costs] for p, costs in found.items()} for n, found in self.costs.items()
            },
            "ratios": {n: {p: median(self.ratios(n, p)) for p in PHASES} for n in self.names[:-1]},
        }


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _quotients(values: list[float]) -> Iterator[str]:
    return (f"{values[-1] / value:.2f}" for value in values[:-1])


def compare(library: Library, variants: Sequence[type[Variant]], rounds: int, directory: Path) -> Comparison:
    """Build every variant in turn, phase by phase and round by round; the last of *variants* is the one under test."""
    sites = [Site(variant(library), directory / variant.__name__.lower()) for variant in variants]
    costs: dict[str, dict[str, list[Cost]]] = {s.variant.name: {phase: [] for phase in PHASES} for s in sites}
    for site in sites:
        site.prepare()
    for number in range(rounds):
        for phase in PHASES:
            for site in sites:
                if phase == PHASES[2]:
                    site.variant.edit(site.root, number + 1)
                costs[site.variant.name][phase].append(site.build(clean=phase == PHASES[0]))
    return Comparison(len(library.papers), costs, {site.variant.name: site.page_bytes for site in sites})
