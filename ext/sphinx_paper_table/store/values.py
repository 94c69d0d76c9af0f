"""A file of many values by name, each read when it is asked for: what a build of ten thousand papers keeps is not held.

Values come first, each behind a checksum of its own, then an index of their places, then the place and the checksum of
the index. What is put in waits in a file without a name, which goes with the process; a process that was forked holds
its own, and saves none.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from typing import IO, TYPE_CHECKING, Final

from sphinx_paper_table.store.files import replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_CHECKSUM: Final = 8
"""Bytes of the checksum of a value or an index."""
_NUMBER: Final = 8
"""Bytes of the place of the index, from the begin of the file."""


class Values:
    """The values of one file; all of them are of the same *key*."""

    def __init__(self, path: Path, key: str, tell: Callable[[str], object]) -> None:
        """Touch nothing. *tell* is called with one sentence when a file cannot be used, or not be written."""
        self.path = path
        self._key, self._tell = key, tell
        self._process = os.getpid()
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] | None = None
        self._waiting: IO[bytes] | None = None
        self._new: dict[str, tuple[int, int]] = {}
        self._held: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Return the names of all values, those that were saved before first, in their order."""
        return list(dict.fromkeys((*self._index(), *self._new, *self._held)))

    def has(self, name: str) -> bool:
        """Return whether there is a value; it may be damaged."""
        return name in self._held or name in self._new or name in self._index()

    def get(self, name: str) -> bytes | None:
        """Return the value; None where there is none, or it is damaged."""
        if name in self._held:
            return self._held[name]
        if name in self._new:
            return _value(self._waiting, self._new[name])
        if name not in self._index():
            return None
        value = _value(self._file, self._index()[name])
        if value is None:
            self._tell(f"{self.path.name} is damaged, and one of its values is made anew")
        return value

    def put(self, name: str, value: bytes) -> None:
        """Add a value, or replace it."""
        try:
            if os.getpid() == self._process:
                if self._waiting is None:  # without a buffer, which each process that is forked would write once more
                    self._waiting = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (until the build ends)
                self._new[name] = _written(self._waiting, value)
                return
        except OSError:  # no place on the disk
            pass
        self._held[name] = value

    def save(self, names: Iterable[str]) -> None:
        """Replace the file by the values with these *names*, in their order; names without one are left out."""
        places: dict[str, tuple[int, int]] = {}
        try:
            with replacement(self.path) as file:
                for name in names:
                    value = self.get(name)
                    if value is not None:
                        places[name] = _written(file, value)
                start, _length = _written(file, pickle.dumps((self._key, places), pickle.HIGHEST_PROTOCOL))
                file.write(start.to_bytes(_NUMBER))
                self.close()  # a file that is open cannot be replaced everywhere
        except OSError as error:
            self._tell(f"{self.path.name} cannot be written ({error.strerror}); the next build makes it anew")

    def close(self) -> None:
        """Let go of the files; nothing that was put in is there any more, unless it was saved."""
        for file in (self._file, self._waiting):
            if file is not None:
                file.close()
        self._file = self._waiting = self._places = None
        self._new, self._held = {}, {}

    def _index(self) -> dict[str, tuple[int, int]]:
        if self._places is None:
            self._places = {}
            try:
                self._file = self.path.open("rb")
                self._places = _index_of(self._file, self._key)
            except FileNotFoundError:
                pass
            except Exception as error:  # noqa: BLE001 (a pickle of another world may raise anything)
                reason = error.strerror if isinstance(error, OSError) else str(error)
                self._tell(f"{self.path.name} cannot be used ({reason or type(error).__name__}) and is made anew")
        return self._places


def _index_of(file: IO[bytes], key: str) -> dict[str, tuple[int, int]]:
    """Return the places of the values; none where they are of another key. Raises `ValueError` for a damaged file."""
    size = file.seek(0, os.SEEK_END)
    start = int.from_bytes(_read(file, size - _NUMBER, _NUMBER)) if size > _NUMBER else size
    data = _value(file, (start, size - start - _CHECKSUM - _NUMBER))
    if data is None:
        msg = "it is damaged or not ours"
        raise ValueError(msg)
    found, places = pickle.loads(data)  # noqa: S301 (its checksum was right)
    return places if found == key else {}


def _written(file: IO[bytes], value: bytes) -> tuple[int, int]:
    """Write a value at the end; return its place."""
    start = file.tell()
    file.write(_checksum(value) + value)
    return start, len(value)


def _value(file: IO[bytes] | None, place: tuple[int, int]) -> bytes | None:
    start, length = place
    if file is None or length < 0:
        return None
    data = _read(file, start, _CHECKSUM + length)
    value = data[_CHECKSUM:]
    return value if data[:_CHECKSUM] == _checksum(value) else None


def _read(file: IO[bytes], start: int, length: int) -> bytes:
    """Return what stands at a place; processes that were forked have one position in common, which stays."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    position = file.tell()
    file.seek(start)
    data = file.read(length)
    file.seek(position)
    return data


def _checksum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECKSUM).digest()
