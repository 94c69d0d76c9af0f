"""The browser tests' Chromium is found, else installed where that is possible, else asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "chmod", "cat")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the script is for POSIX systems")


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a directory with the script and `bin`, the only one on PATH, without a browser."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci" / "browser", tmp_path / ".ci")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    program(tmp_path / "bin" / "id", "echo 1000")
    return tmp_path


def browser(machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / ".ci" / "browser"],
        env={"PATH": str(machine / "bin"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_browser_on_path_is_taken_if_it_starts(machine: Path) -> None:
    program(machine / "bin" / "chromium", "exit 1")
    program(machine / "bin" / "google-chrome", "echo Chrome 1")
    result = browser(machine)
    assert (result.returncode, result.stdout) == (0, f"{machine / 'bin' / 'google-chrome'}\n")


def test_the_browser_that_the_user_names_goes_first(machine: Path) -> None:
    program(machine / "bin" / "chromium", "echo Chromium 1")
    program(machine / "mine", "echo Chromium 2")
    assert browser(machine, CHROMIUM=str(machine / "mine")).stdout == f"{machine / 'mine'}\n"


@pytest.mark.parametrize("package", ["chromium-headless-shell", "chromium"])
def test_root_gets_the_package_of_the_distribution(machine: Path, package: str) -> None:
    """The one without windows, where there is one."""
    program(machine / "bin" / "id", "echo 0")
    found = machine / "bin" / package
    program(
        machine / "bin" / "apt-get",
        f'case "$*" in *"install "*" {package}")\n'
        f"  printf '#!/bin/sh\\necho Chromium 1\\n' >'{found}'; chmod +x '{found}';;\n"
        "*update*) ;;\n*) exit 100;;\nesac",
    )
    result = browser(machine)
    assert (result.returncode, result.stdout) == (0, f"{found}\n")


def test_no_browser_is_one_line_of_advice(machine: Path) -> None:
    program(machine / "bin" / "apt-get", "exit 1")
    result = browser(machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "CHROMIUM" in result.stderr
