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

VERSION = Path("ext", "sphinx_paper_table", "version.py")

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
    (root / VERSION).parent.mkdir(parents=True)
    (root / VERSION).write_text('VERSION = "1"\n', encoding="utf-8")
    return root


def environment(root: Path, lock: str = "docs", python: str = sys.executable, **variables: str) -> str:
    """Bring the environment up to date; return what was said."""
    result = subprocess.run(
        [root / ".ci" / "environment", lock, python],
        env=os.environ | variables,
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


def test_an_environment_is_made_once_and_renewed_when_its_lock_or_the_version_changes(made: tuple[Path, str]) -> None:
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

    (root / VERSION).write_text('VERSION = "2"\n', encoding="utf-8")
    assert environment(root).startswith("Installing requirements/docs.txt")


def test_an_environment_can_have_another_name(made: tuple[Path, str]) -> None:
    root, _said = made
    assert environment(root, ENVIRONMENT=".venv-other").startswith("Creating .venv-other")
    assert (root / ".venv-other" / ".docs-stamp").is_file()
    assert environment(root, ENVIRONMENT=".venv-other") == environment(root) == ""


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


def test_an_installation_that_fails_says_why_and_is_tried_again(made: tuple[Path, str]) -> None:
    root, _said = made
    lock = root / "requirements" / "docs.txt"
    before = lock.read_text("utf-8")
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

    lock.write_text(before, encoding="utf-8")
    assert environment(root).startswith("Installing")


@pytest.mark.parametrize(("outcome", "code"), [("exit 0", 0), ("exit 1", 1)])
def test_every_python_of_the_machine_is_tested_and_the_others_are_named(
    tmp_path: Path, outcome: str, code: int
) -> None:
    """The environments are stand-ins: what counts is which are asked for, and what is said of them."""
    root = checkout(tmp_path)
    find, make = root / ".ci" / "find-python", root / ".ci" / "environment"
    find.write_text('#!/bin/sh\n[ "$1" = 11 ] || [ "$1" = 13 ] && echo "/python3.$1"\n', "utf-8")
    program = f'#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$0 runs $*"\n{outcome}\n'
    make.write_text(
        f"#!/bin/sh\nmkdir -p $ENVIRONMENT/bin\ncat >$ENVIRONMENT/bin/python <<'E'\n{program}E\n"
        "chmod +x $ENVIRONMENT/bin/python\n",
        "utf-8",
    )
    result = subprocess.run([root / ".ci" / "versions", "tests/survey"], capture_output=True, text=True, check=False)
    assert result.returncode == code
    ran = [line for line in result.stdout.splitlines() if "runs -m pytest" in line]
    assert [line.split()[0] for line in ran] == [".venv-3.11/bin/python", ".venv-3.13/bin/python"]
    assert all(line.endswith("tests/survey") for line in ran)
    assert "Tested on Python: 3.11 3.13. Not on this machine: 3.12 3.14." in result.stdout
    assert ("Failed on: 3.11 3.13." in result.stdout) == bool(code)
