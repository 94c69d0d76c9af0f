"""What is made once for all processes of a test run: the first that asks makes it, the others wait."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def shared_directory(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a directory of this run that all its processes share."""
    base = factory.getbasetemp()
    found = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    found.mkdir(exist_ok=True)
    return found


def once(place: Path, make: Callable[[], object]) -> Path:
    """Return *place*, made by *make*. Where that fails, the next process tries, and fails with a message of its own."""
    record = place.with_name(f".{place.name}.made")
    with place.with_name(f".{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            make()
            record.touch()
    return place
