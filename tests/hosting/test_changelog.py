"""A change that users notice is a file in `changelog.d/`, and `towncrier` can make a release's part of all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from sphinx_paper_table.version import VERSION

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "changelog.d"
FRAGMENTS: Final = sorted(path for path in FOLDER.iterdir() if path.name != "template.md")
NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|deprecated|removed|fixed|security)\.md")
BULLETS: Final = re.compile(r"(- \S.*\n(  \S.*\n)*)+")


def draft(directory: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Show the next release's part of the changelog, as `make changelog` does."""
    return subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--date", "2020-01-02", "--dir", directory],
        capture_output=True,
        text=True,
        check=False,
        cwd=directory,
    )


def test_a_fragment_is_a_list_in_a_file_with_a_name_and_a_kind() -> None:
    assert [path.name for path in FRAGMENTS if not NAME.fullmatch(path.name)] == [], "not called NAME.KIND.md"
    wrong = [path.name for path in FRAGMENTS if not BULLETS.fullmatch(path.read_text(encoding="utf-8"))]
    assert wrong == [], "no list of '- …', or no line end at the end"


def test_a_release_has_the_text_of_every_fragment() -> None:
    result = draft()
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(f"## [{VERSION}] - 2020-01-02\n")
    assert all(path.read_text(encoding="utf-8") in result.stdout for path in FRAGMENTS)


@pytest.mark.parametrize("name", ["speed.faster.md", "README.txt", "Two Words.added.md"])
def test_a_file_that_would_be_left_out_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "template.md").write_bytes((FOLDER / "template.md").read_bytes())
    (tmp_path / "changelog.d" / name).write_text("- A change.\n", encoding="utf-8")
    result = draft(tmp_path)
    assert result.returncode != 0
    assert name.partition(".")[0] in result.stdout + result.stderr
