"""The environment `.venv` is made once, kept while it serves, and made anew when it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="make and sh are those of POSIX systems"),
]

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "nothing"
version = "1"
"""

#: Builds a wheel that installs nothing, and needs nothing but Python for it.
BACKEND = """\
import zipfile

def build_editable(directory, config_settings=None, metadata_directory=None):
    name, info = "nothing-1-py3-none-any.whl", "nothing-1.dist-info/"
    with zipfile.ZipFile(f"{directory}/{name}", "w") as wheel:
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: nothing\\nVersion: 1\\n")
        wheel.writestr(
            info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        )
        wheel.writestr(info + "RECORD", "")
    return name
"""


def checkout(place: Path) -> Path:
    """Return a project with the real scripts, empty locks and a package that needs no network."""
    root = place / "a checkout"
    shutil.copytree(ROOT / ".ci", root / ".ci")
    (root / "requirements").mkdir()
    for name in ("docs", "test"):
        (root / "requirements" / f"{name}.txt").write_text("# nothing\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    return root


def environment(root: Path, lock: str = "docs", python: str = sys.executable) -> str:
    """Bring the environment up to date; return what was said."""
    result = subprocess.run(
        [root / ".ci" / "environment", lock, python],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a checkout with its environment, and what was said when that was made."""
    root = checkout(tmp_path_factory.mktemp("made"))
    return root, environment(root)


def test_an_environment_is_made_once_and_renewed_when_its_lock_changes(made: tuple[Path, str]) -> None:
    root, first = made
    assert first.startswith("Creating .venv")
    assert "Installing requirements/docs.txt" in first
    assert (root / ".venv" / ".docs-stamp").is_file()

    assert environment(root) == ""

    assert environment(root, "test").startswith("Installing requirements/test.txt")
    assert environment(root) == ""

    with (root / "requirements" / "docs.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert environment(root).startswith("Installing requirements/docs.txt")
    assert environment(root, "test") == ""


def test_an_environment_that_moved_or_lost_its_python_is_made_anew(made: tuple[Path, str]) -> None:
    root, _said = made
    moved = Path(shutil.copytree(root, root.with_name("moved"), symlinks=True))
    said = environment(moved)
    assert "making it anew" in said
    assert "Creating .venv" in said

    (moved / ".venv" / "bin" / "python").unlink()
    (moved / ".venv" / "bin" / "python").symlink_to("/nonexistent/python")
    assert "making it anew" in environment(moved)
    assert environment(moved) == ""


def test_an_installation_that_fails_says_why_and_is_tried_again(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    lock = root / "requirements" / "docs.txt"
    lock.write_text("./no-such-directory\n", encoding="utf-8")
    result = subprocess.run(
        [root / ".ci" / "environment", "docs", sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "no-such-directory" in result.stderr
    assert not (root / ".venv" / ".docs-stamp").exists()

    lock.write_text("# nothing\n", encoding="utf-8")
    assert environment(root).startswith("Installing")
