"""Files replaced as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO


def write_atomically(path: Path, content: bytes) -> None:
    """Replace the file at *path*, and whatever else is there, by *content*: others see the old file or the new one.

    Two processes can write at the same time; the last one wins. Raises `OSError` when the folder cannot be written to.
    """
    with replacement(path) as file:
        file.write(content)


def write_if_new(path: Path, parts: Iterable[bytes]) -> None:
    """Do the same with *parts*, each written before the next is asked for; a file that says the same is left alone."""
    with suppress(_SameError), ExitStack() as stack:
        file = stack.enter_context(replacement(path))
        before = stack.enter_context(path.open("rb")) if path.is_file() else None
        is_same = before is not None
        for part in parts:
            is_same = is_same and before is not None and before.read(len(part)) == part
            file.write(part)
        if is_same and before is not None and not before.read(1):
            raise _SameError


class _SameError(Exception):
    """What is to be written stands there already."""


@contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """Give a file to be written, which then takes the place of whatever is at *path*; after an error nothing does.

    It stands beside it under a name of its own. Raises `OSError` when the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        temporary.chmod(0o666 & ~_umask())
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's mask, which can only be asked for by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
