"""What a build costs before it reads a page: ``python -m benchmarks.start``.

A project of one page is built with the stock packages, and with paper tables in the place of sphinxcontrib-bibtex; the
variants take turns. `-X importtime` says which modules the difference is made of.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.measure import compile_all, timed
from benchmarks.report import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIANTS: Final = {
    "stock packages": ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex"],
    "paper tables": ["myst_parser", "sphinx_design", "sphinx_paper_table"],
}
PHASES: Final = ("full", "no-op")
_IMPORTED: Final = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)")
_MOST: Final = 12
"""Packages in the table."""


def imports(log: str) -> dict[str, int]:
    """Return the microseconds that each module took itself, as `-X importtime` says it."""
    return {found[2]: int(found[1]) for found in _IMPORTED.finditer(log)}


def by_package(ours: Mapping[str, int], stock: Iterable[str]) -> Counter[str]:
    """Return the microseconds of those modules that *stock* does not load, by package, ours by room."""
    known, found = set(stock), Counter[str]()
    for module, time in ours.items():
        if module not in known:
            parts = module.split(".")
            found[".".join(parts[: 2 if parts[0] == "sphinx_paper_table" else 1])] += time
    return found


def _command(project: Path, *options: str) -> list[str]:
    build = ["-m", "sphinx", "-q", "-b", "html", str(project), str(project / "_build")]
    return [sys.executable, *options, *build]


def _imported(project: Path) -> dict[str, int]:
    command = _command(project, "-X", "importtime")
    return imports(subprocess.run(command, capture_output=True, text=True, check=True).stderr)


def main(argv: list[str]) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser("python -m benchmarks.start", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each build is repeated")
    rounds = parser.parse_args(argv).rounds
    compile_all()
    with tempfile.TemporaryDirectory() as name:
        projects = {variant: Path(name, variant.replace(" ", "-")) for variant in VARIANTS}
        for variant, project in projects.items():
            project.mkdir()
            (project / "index.md").write_text("# One page\n", "utf-8")
            (project / "conf.py").write_text(f"extensions = {VARIANTS[variant]}\nbibtex_bibfiles = []\n", "utf-8")
        costs: dict[tuple[str, str], list[float]] = {(variant, phase): [] for variant in VARIANTS for phase in PHASES}
        for _ in range(rounds):
            for phase in PHASES:
                for variant, project in projects.items():
                    if phase == "full":
                        shutil.rmtree(project / "_build", ignore_errors=True)
                    cost = timed(_command(project), project / "build.log")
                    costs[variant, phase].append(cost.seconds)
        rows = [["user CPU, s", *PHASES]]
        rows += [[variant, *(f"{median(costs[variant, phase]):.2f}" for phase in PHASES)] for variant in VARIANTS]
        stock, ours = (_imported(project) for project in projects.values())
    found = by_package(ours, stock)
    print(table(rows))
    print(
        f"\nA no-op build loads {len(ours.keys() - stock.keys())} modules more, {sum(found.values()) / 1000:.0f} ms:\n"
    )
    print(table([["package", "ms"], *([name, f"{time / 1000:.0f}"] for name, time in found.most_common(_MOST))]))


if __name__ == "__main__":
    main(sys.argv[1:])
