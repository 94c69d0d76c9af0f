"""Files that are kept between builds: replaced as a whole, and removed when they are damaged."""

from __future__ import annotations

import inspect
import os
import shutil
import tempfile
import zlib
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Replace whatever is at *path* by a file with *text*; others see the old file or the new one, never a part.

    Raises `OSError` when the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if path.is_dir() and not path.is_symlink():
            discard(path)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read_text(path: Path) -> str:
    """Return what a file says; the empty string when it is missing, unreadable or no text."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def discard(path: Path) -> None:
    """Remove a file, or the folder in its place. Raises `OSError` when the folder around it cannot be written to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def shape(*records: type) -> int:
    """Return a number that changes with the fields of *records*: what was kept of another shape is made anew."""
    fields = [(record.__name__, [*map(str, inspect.get_annotations(record).items())]) for record in records]
    return zlib.crc32(repr(fields).encode())
