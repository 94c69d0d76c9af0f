"""The benchmark of large pages measures what it says: short lines are lighter, and keys filter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.pages import LISTS

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]


def figures(text: str) -> dict[str, list[float]]:
    """Return the rows of the table that the command prints."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {name: [float(cell) for cell in cells] for name, *cells in rows[2:]}


def test_the_command_measures_every_page(tmp_path: Path) -> None:
    sizes = []
    for full in ("1000", "10"):
        options = ["--cards", "10", "--methods", "50", "--full", full, "--keep", str(tmp_path / full)]
        command = [sys.executable, "-m", "benchmarks.pages", *options]  # Playwright runs once in a process
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        found = figures(result.stdout)
        assert set(found) == {"survey-0001", *LISTS}
        assert all(row[2] > 0 and row[4] > 0 for row in found.values()), "pages load, and each has a filter"
        sizes.append(found["by-name"][0])
    full_lines, short_lines = sizes
    assert short_lines < full_lines
