"""Authors' files replaced together: all of them or none, as far as a file system allows."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ChangedError(OSError):
    """A file is not what it was when it was read; nothing has been written."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a file has, None where there is none, and what it shall have, None where it shall go."""

    path: Path
    before: bytes | None
    after: bytes | None


def replace_files(replacements: Iterable[Replacement]) -> None:
    """Write every file anew: temporary files first, all of them, and then one rename each.

    Permissions stay, and a symbolic link still leads where it did. Raises `ChangedError` when a file is not what it was
    when it was read, and `OSError` when one cannot be written; in both cases every file is as it was before.
    """
    written: list[tuple[Replacement, Path, Path | None]] = []
    try:
        for one in replacements:
            target = one.path.resolve()
            written.append((one, target, None if one.after is None else _temporary(target, one.after)))
        for one, target, _temp in written:
            if _content(target) != one.before:
                msg = f"{one.path}: the file has changed since it was read"
                raise ChangedError(msg)
        _rename_all(written)
    finally:
        for _one, _target, temporary in written:
            if temporary is not None:
                temporary.unlink(missing_ok=True)


def _rename_all(written: list[tuple[Replacement, Path, Path | None]]) -> None:
    """Put the temporary files in their places; when one cannot be, the ones before get back what they had."""
    done: list[tuple[Replacement, Path]] = []
    try:
        for one, target, temporary in written:
            if temporary is None:
                target.unlink(missing_ok=True)
            else:
                temporary.replace(target)
            done.append((one, target))
    except OSError:
        for one, target in done:
            if one.before is None:
                target.unlink(missing_ok=True)
            else:
                _temporary(target, one.before).replace(target)
        raise
    for folder in {target.parent for _one, target in done}:
        _sync(folder)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _temporary(target: Path, content: bytes) -> Path:
    """Return a file beside *target* that has *content* on the disk, and the permissions of *target*."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(target: Path) -> int:
    """Return the permissions of *target*, or those that a new file gets."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask


def _sync(folder: Path) -> None:
    """Write the folder's list of names to the disk, where a system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
