"""Timing of builds: the variants take turns, and a build is compared with its neighbour in time."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import sphinx_paper_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.content import Library
    from benchmarks.variants import Variant

FULL, PARALLEL, NOTHING = "full", "full, -j2", "no-op"
PHASES: Final[dict[str, Callable[[Variant, Path, int], None] | None]] = {
    PARALLEL: None,
    FULL: None,
    NOTHING: None,
    "record": lambda variant, root, number: variant.edit_record(root, number),
    "entry": lambda variant, root, number: variant.edit_entry(root, number),
    "prose": lambda variant, root, number: variant.edit_prose(root, number),
}
"""What is built, in this order: all, with two processes and with one; nothing new; after an edit of one thing."""
_CLEAN: Final = (FULL, PARALLEL)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build took."""

    seconds: float
    """User CPU time of the process and the children it waited for."""
    wall: float
    megabytes: float
    """Peak resident set of the largest process."""


@dataclass(slots=True)
class Site:
    """A written variant and the place of its build."""

    variant: Variant
    root: Path

    def prepare(self) -> None:
        """Write the sources anew."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.variant.write(self.root)

    def build(self, *, clean: bool = False, jobs: int = 1, interpreter_options: Sequence[str] = ()) -> Cost:
        """Build the HTML in a process of its own."""
        if clean:
            shutil.rmtree(self.root / "_build", ignore_errors=True)
        program, *arguments = self.variant.command(self.root, jobs)
        return timed([program, *interpreter_options, *arguments], self.root / "build.log")

    def step(self, phase: str, number: int) -> Cost:
        """Do what *phase* says, for the time *number*."""
        if edit := PHASES[phase]:
            edit(self.variant, self.root, number)
        return self.build(clean=phase in _CLEAN, jobs=2 if phase == PARALLEL else 1)

    @property
    def page_bytes(self) -> int:
        """The size of all survey pages."""
        return sum(path.stat().st_size for path in (self.root / "_build" / "html" / "surveys").glob("*.html"))


def timed(command: list[str], log: Path) -> Cost:
    """Run *command*, its words into *log*; end the benchmark when it fails."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env={**kept, "PYTHONHASHSEED": "0"})
        _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{log.read_text('utf-8')}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(usage.ru_utime, wall, usage.ru_maxrss / unit)


def compile_all() -> None:
    """Compile what the builds import: it takes a fifth of a second of a first start.

    A shell in which Python may write no bytecode pays that at every start.
    """
    for path in (sysconfig.get_path("purelib"), Path(sphinx_paper_table.__file__).parents[1]):
        compileall.compile_dir(str(path), quiet=2, workers=1)


@dataclass(slots=True)
class Comparison:
    """All costs of one size: variant name → phase → one cost a round."""

    papers: int
    costs: dict[str, dict[str, list[Cost]]]
    page_bytes: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the medians, rounded to what can be trusted."""
        return {
            "papers": self.papers,
            "variants": {
                name: {
                    "bytes a paper": round(self.page_bytes[name] / self.papers),
                    "phases": {phase: _medians(costs) for phase, costs in phases.items()},
                }
                for name, phases in self.costs.items()
            },
        }


def _medians(costs: list[Cost]) -> dict[str, float]:
    return {
        "cpu": round(median(cost.seconds for cost in costs), 2),
        "wall": round(median(cost.wall for cost in costs), 2),
        "megabytes": round(median(cost.megabytes for cost in costs)),
    }


def compare(library: Library, variants: Sequence[type[Variant]], rounds: int, directory: Path) -> Comparison:
    """Build every variant in turn, phase by phase and round by round."""
    sites = [Site(variant(library), directory / variant.__name__.lower()) for variant in variants]
    found = Comparison(len(library.papers), {site.variant.name: {phase: [] for phase in PHASES} for site in sites})
    for site in sites:
        site.prepare()
    for number in range(rounds):
        for phase in PHASES:
            for site in sites:
                found.costs[site.variant.name][phase].append(site.step(phase, number + 1))
    found.page_bytes = {site.variant.name: site.page_bytes for site in sites}
    return found
