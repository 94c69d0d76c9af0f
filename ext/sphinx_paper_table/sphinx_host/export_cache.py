"""Whether the exports are those of the present sources, without making them anew: at 10,000 papers that takes seconds.

Beside the doctrees stands, for each builder and each part of the exports, a digest of what it is made from, and size
and time of every file as it was left.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinx_paper_table.store import content_digest, program_digest, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def digest_of(*inputs: str) -> str:
    """Return a digest of what files are made from, the program among it."""
    return content_digest(repr((program_digest(), inputs)).encode())


class ExportRecord:
    """What a build has left of its exports: for each part, a digest of what it was made from, and its files."""

    def __init__(self, path: Path, outdir: Path) -> None:
        """Read the record at *path* of files in *outdir*; one that is not there, or is damaged, knows no part."""
        self._path, self._outdir = path, outdir
        try:
            self._before: dict[str, dict[str, list[int]]] = {
                inputs: {address: [size, time] for address, (size, time) in files.items()}
                for inputs, files in json.loads(path.read_text("utf-8")).items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            self._before = {}

    def current(self, inputs: str) -> list[str] | None:
        """Return the files of the part that was made from *inputs*, if every one is as it was left."""
        files = self._before.get(inputs)
        if files is None or any(self._stamp(address) != stamp for address, stamp in files.items()):
            return None
        return list(files)

    def renamed(self, names: Mapping[str, str]) -> dict[str, list[str]]:
        """Return the files of all parts, with other digests for those in *names*."""
        return {names.get(inputs, inputs): list(files) for inputs, files in self._before.items()}

    def save(self, parts: Mapping[str, Iterable[str]]) -> None:
        """Leave the files of *parts*, which are named by what they were made from, as they are now."""
        found = {inputs: {address: self._stamp(address) for address in files} for inputs, files in parts.items()}
        write_atomically(self._path, json.dumps(found).encode())

    def _stamp(self, address: str) -> list[int]:
        """Return size and time of a file; zeros when there is none."""
        try:
            found = (self._outdir / address).stat()
        except OSError:
            return [0, 0]
        return [found.st_size, found.st_mtime_ns]
