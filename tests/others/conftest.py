"""Tests with programs of other projects, each in an environment of its own: `make test-others` makes them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import RealSite

ENVIRONMENTS: Final = ("ELSEWHERE", "BESIDE")
"""Variables with the `bin` of each environment; without them there is nothing to run."""

collect_ignore_glob = [] if all(map(os.environ.get, ENVIRONMENTS)) else ["test_*.py"]


def run(environment: str, program: str, *arguments: str | Path, cwd: Path) -> str:
    """Run a program of an environment, which must succeed; return what it says."""
    folder = Path(os.environ[environment]).resolve()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [folder / program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=clean | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "PATH": f"{folder}{os.pathsep}{clean['PATH']}"},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="session")
def published(real_site: RealSite) -> Iterator[str]:
    """The address of the real site."""
    with served(real_site()) as address:
        yield address
