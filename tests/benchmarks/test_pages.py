"""The benchmark of large pages measures what it says: short lines are lighter, and keys filter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.pages import LISTS

from benchmarks import pages

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]


def figures(text: str) -> dict[str, list[float]]:
    """Return the rows of the table that the command prints."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {name: [float(cell) for cell in cells] for name, *cells in rows[2:]}


OPTIONS = ["--cards", "10", "--methods", "50"]


def test_the_command_measures_every_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.pages", *OPTIONS, "--keep", str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr  # in a process of its own: Playwright runs once in each
    found = figures(result.stdout)
    assert set(found) == {"survey-0001", *LISTS}
    assert all(row[2] > 0 and row[4] > 0 for row in found.values()), "pages load, and each has a filter"


def test_lists_that_are_not_full_are_lighter(tmp_path: Path) -> None:
    sizes = []
    for full in ("1000", "10"):
        site, lists = pages.write_lists(tmp_path / full, pages._arguments([*OPTIONS, "--full", full]))
        output = pages._build(site)
        sizes.append([(output / f"{name}.html").stat().st_size for name in lists])
    assert len(sizes[0]) == len(LISTS)
    assert all(full > short for full, short in zip(*sizes, strict=True))
