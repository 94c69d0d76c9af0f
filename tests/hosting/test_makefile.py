"""The commands of a fresh clone: which Python they take, and what `make help` says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIND_PYTHON = ROOT / ".ci" / "find-python"
#: The tools that the script itself needs.
TOOLS = ("sh", "tr", "ls", "sort")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are those of POSIX systems")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return the only directory on PATH of a machine that has the script's tools and no Python."""
    directory = tmp_path / "bin"
    directory.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (directory / tool).symlink_to(found)
    return directory


def program(path: Path, script: str) -> None:
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def fake_python(path: Path, minor: int, *, missing: str = "", implementation: str = "cpython") -> None:
    """Write a Python 3.`minor` that is really this one and says that it is somewhere else.

    It runs what it is given after a prelude that changes the version and hides a module.
    """
    prelude = (
        "import sys; "
        f"sys.version_info = (3, {minor}, 1, 'final', 0); "
        f"sys.implementation.name = {implementation!r}; "
        f"sys.modules.update({{name: None for name in {missing.split()!r}}}); "
        f"sys.executable = sys._base_executable = {str(path)!r}; "
        "del sys.argv[1]; exec(sys.stdin.read())"
    )
    # Called as: PYTHON -I - MINOR
    program(path, f'shift\nexec "{sys.executable}" -I -c "{prelude}" "$@"')


def find_python(directory: Path, *minors: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FIND_PYTHON, *minors],
        env={"PATH": str(directory), "HOME": str(directory.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_newest_python_on_path_is_taken(machine: Path) -> None:
    fake_python(machine / "python3.11", 11)
    fake_python(machine / "python3.14", 14)
    fake_python(machine / "python3.12", 12)
    result = find_python(machine)
    assert (result.returncode, result.stdout) == (0, f"{machine / 'python3.14'}\n")


def test_one_of_several_pythons_can_be_asked_for(machine: Path) -> None:
    fake_python(machine / "python3.11", 11)
    fake_python(machine / "python3.14", 14)
    assert find_python(machine, "11").stdout == f"{machine / 'python3.11'}\n"
    assert find_python(machine, "12").returncode == 1


def test_a_shim_that_exists_but_fails_is_passed_over(machine: Path) -> None:
    program(machine / "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    fake_python(machine / "python3.12", 12)
    result = find_python(machine)
    assert (result.returncode, result.stdout) == (0, f"{machine / 'python3.12'}\n")
    assert result.stderr == ""


def test_a_program_of_the_same_name_later_on_path_is_found(machine: Path, tmp_path: Path) -> None:
    program(machine / "python3.13", "exit 127")
    fake_python(tmp_path / "usr bin" / "python3.13", 13)
    result = find_python(machine, PATH=f"{machine}::{tmp_path / 'usr bin'}")
    assert result.stdout == f"{tmp_path / 'usr bin' / 'python3.13'}\n"


def test_python_3_11_alone_is_enough(machine: Path) -> None:
    fake_python(machine / "python3.11", 11)
    assert find_python(machine).stdout == f"{machine / 'python3.11'}\n"


def test_python3_without_a_minor_version_in_its_name_is_enough(machine: Path) -> None:
    fake_python(machine / "python3", 12)
    assert find_python(machine).stdout == f"{machine / 'python3'}\n"


def test_a_newer_python_of_pyenv_goes_before_an_older_one_on_path(machine: Path) -> None:
    versions = machine.parent / ".pyenv" / "versions"
    fake_python(machine / "python3.11", 11)
    fake_python(versions / "3.13.9" / "bin" / "python", 13)
    fake_python(versions / "3.13.10" / "bin" / "python", 13)
    result = find_python(machine)
    assert result.stdout == f"{versions / '3.13.10' / 'bin' / 'python'}\n"


def test_pyenv_may_live_elsewhere(machine: Path, tmp_path: Path) -> None:
    python = tmp_path / "my pyenv" / "versions" / "3.12.4" / "bin" / "python"
    fake_python(python, 12)
    assert find_python(machine, PYENV_ROOT=str(tmp_path / "my pyenv")).stdout == f"{python}\n"


@pytest.mark.parametrize("module", ["venv", "ensurepip", "ssl"])
def test_a_python_that_cannot_make_an_environment_is_passed_over(machine: Path, module: str) -> None:
    fake_python(machine / "python3.14", 14, missing=module)
    fake_python(machine / "python3.11", 11)
    assert find_python(machine).stdout == f"{machine / 'python3.11'}\n"


def test_other_implementations_are_passed_over(machine: Path) -> None:
    fake_python(machine / "python3.13", 13, implementation="pypy")
    fake_python(machine / "python3.12", 12)
    assert find_python(machine).stdout == f"{machine / 'python3.12'}\n"


@pytest.mark.parametrize("minor", [None, 10, 15])
def test_no_suitable_python_is_one_clear_line(machine: Path, minor: int | None) -> None:
    if minor is not None:
        fake_python(machine / "python3", minor)
    result = find_python(machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "3.11" in result.stderr
    assert "make PYTHON=" in result.stderr


def test_a_real_python_is_found() -> None:
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), os.environ.get("PATH", "")])
    result = subprocess.run(
        [FIND_PYTHON],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    version = subprocess.run(
        [result.stdout.strip(), "-c", "import sys; print(sys.version_info.minor)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert sys.version_info.minor <= int(version) <= 14


def makefile_targets() -> set[str]:
    """Return the phony targets: those that people type."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    variable = re.search(r"^BUILDERS\s*=\s*(.*)$", text, re.MULTILINE)
    phony = re.search(r"^\.PHONY:\s*(.*)$", text, re.MULTILINE)
    assert variable is not None
    assert phony is not None
    return set(phony[1].replace("$(BUILDERS)", variable[1]).split())


@pytest.mark.parametrize("arguments", [[], ["help"]])
def test_help_is_the_default_and_names_every_target(arguments: list[str]) -> None:
    make = shutil.which("make")
    assert make is not None, "`make test` runs these tests"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    result = subprocess.run(
        [make, "--no-print-directory", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    words = set(re.findall(r"[a-z][a-z-]*", result.stdout))
    assert makefile_targets() <= words
