"""What is made once for all processes of a test run: the first that asks makes it, the others wait."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest


def shared_directory(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a directory of this run that all its processes share."""
    base = factory.getbasetemp()
    found = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    found.mkdir(exist_ok=True)
    return found


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Let no other process of the run do what concerns *place* at the same time."""
    with place.with_name(f".{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(place: Path, make: Callable[[], object]) -> Path:
    """Return *place*, made by *make*. Where that fails, the next process tries, and fails with a message of its own."""
    record = place.with_name(f".{place.name}.made")
    with locked(place):
        if not record.exists():
            make()
            record.touch()
    return place
