"""What tests of several directories share."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Build(Protocol):
    """Build *source*, with warnings as errors, and return the output directory."""

    def __call__(self, source: Path, *options: str, builder: str = "html") -> Path:
        """Options are those of ``sphinx-build``."""


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that runs ``sphinx-build`` in a process of its own, into a new directory."""

    def run(source: Path, *options: str, builder: str = "html") -> Path:
        place = tmp_path_factory.mktemp(builder)
        command = ["-b", builder, "-W", "--keep-going", "-d", str(place / "doctrees"), *options]
        result = subprocess.run(
            [sys.executable, "-m", "sphinx", *command, str(source), str(place / "output")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return place / "output"

    return run
