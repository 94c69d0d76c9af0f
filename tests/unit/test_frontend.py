"""What sites get of scripts and style sheets is made from their sources, and a change that is forgotten is named."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "frontend.py"


def test_the_files_are_those_of_the_sources() -> None:
    result = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the script's names, at work on a copy."""
    found = runpy.run_path(str(SCRIPT))
    for name, key in (("frontend", "SOURCES"), ("static", "STATIC")):
        shutil.copytree(ROOT / "ext" / "sphinx_paper_table" / name, tmp_path / name)
        monkeypatch.setitem(found["main"].__globals__, key, tmp_path / name)
    return found


def test_what_is_forgotten_is_named_and_mended(
    tmp_path: Path, script: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "frontend" / "paper_new.js").write_text("// why\nconst one = 1;\n", "utf-8")
    (tmp_path / "frontend" / "paper_sort.js").unlink()
    with (tmp_path / "frontend" / "paper_tabs.js").open("a", encoding="utf-8") as file:
        file.write("const more = true;\n")
    assert script["main"](["--check"]) == 1
    assert [line.rpartition("/")[2] for line in capsys.readouterr().out.splitlines()] == [
        "paper_new.js: is missing; run `make frontend`",
        "paper_sort.js: has no source; run `make frontend`",
        "paper_tabs.js: is out of date; run `make frontend`",
    ]
    assert script["main"]([]) == 0
    assert (tmp_path / "static" / "paper_new.js").read_text("utf-8") == "const one=1\n"
    assert script["main"](["--check"]) == 0
