"""A file of pickled values that heals: one that is damaged, foreign or of another program is made anew.

The first line names the key and, for every section, its length and checksum; the line begins with its own checksum.
Sections follow, one pickle each, so that a small one can be read without the large one after it. Nothing is unpickled
whose checksum or key is another one.

The folder *base* is left out of the file, for a cache can be moved together with what it is of. Pickling that asks for
each object takes several times as long: the bytes of the name are blanked out, and put in again when a file is read.
Strings that begin with it are paths, which move; where it stands in another, as ``/docs/`` in an address, none does.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.store.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LONGEST_HEAD: Final = 4096


class Cache:
    """One file of values; all of them are of the same *key*."""

    def __init__(self, path: Path, key: str, tell: Callable[[str], object], base: Path | None = None) -> None:
        """Name the file; touches nothing. *tell* is called with one sentence when a file cannot be used."""
        self.path = path
        self.key = key
        self._tell = tell
        self._base = f"{base}/" if base else ""

    def load(self, section: int) -> Any:
        """Return the value that was saved as number *section*; None when there is none of this key.

        Never raises: what cannot be read is announced, and the caller makes it anew.
        """
        try:
            with self.path.open("rb") as file:
                found = _section(file, self.key, section)
            return None if found is None else self._unpickled(*found)
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 (a pickle of another world may raise anything)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self._tell(f"{self.path.name} cannot be used ({reason or type(error).__name__}) and is made anew")
            return None

    def save(self, *values: Any) -> None:
        """Replace the file by *values*, a section each; one that cannot be written is announced, and no more."""
        pickled = [pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for value in values]
        blank = _blank(self._base, pickled)
        sections = [data.replace(_encoded(self._base), _encoded(blank)) if blank else data for data in pickled]
        lengths = [[len(data), _checksum(data)] for data in sections]
        kept = {"key": self.key, "base": _checksum(_encoded(self._base)), "blank": blank, "sections": lengths}
        head = json.dumps(kept).encode()
        try:
            write_atomically(self.path, b"".join((_checksum(head).encode(), b" ", head, b"\n", *sections)))
        except OSError as error:
            self._tell(f"{self.path.name} cannot be written ({error.strerror}); the next build makes it anew")

    def _unpickled(self, content: bytes, base: str, blank: str) -> Any:
        """Return the value of a section of a folder whose name has the checksum *base*, with ours where it is *blank*.

        Raises `ValueError` where it is another folder, and stands within a string.
        """
        ours = _encoded(self._base)
        if base == _checksum(ours):
            return pickle.loads(content.replace(_encoded(blank), ours) if blank else content)  # noqa: S301 (as below)
        stream = io.BytesIO()
        _Pickler(stream, blank).dump(pickle.loads(content))  # noqa: S301 (its checksum was right)
        return _Unpickler(stream.getvalue(), self._base).load()


def _encoded(text: str) -> bytes:
    """Return the bytes of a text as pickle has them."""
    return text.encode("utf-8", "surrogatepass")


def _blank(base: str, pickled: list[bytes]) -> str:
    """Return what has as many bytes as *base* and stands nowhere in what was *pickled*."""
    blanks = (chr(code) * len(_encoded(base)) for code in range(1, 128))
    return next(blank for blank in blanks if not any(_encoded(blank) in data for data in pickled)) if base else ""


def _section(file: io.BufferedReader, key: str, number: int) -> tuple[bytes, str, str] | None:
    """Return the bytes of one section, the folder's checksum and what is blank; None when the file is of another key.

    Raises `ValueError` for a damaged file.
    """
    checksum, _space, head = file.readline(_LONGEST_HEAD).rstrip(b"\n").partition(b" ")
    if checksum.decode("ascii", "replace") != _checksum(head):
        msg = "it is damaged or not ours"
        raise ValueError(msg)
    known = json.loads(head)
    if known["key"] != key:
        return None
    lengths = [length for length, _checksum in known["sections"]]
    file.seek(sum(lengths[:number]), io.SEEK_CUR)
    content = file.read(lengths[number])
    if _checksum(content) != known["sections"][number][1]:
        msg = "it is damaged"
        raise ValueError(msg)
    return content, known["base"], known["blank"]


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class _Pickler(pickle.Pickler):
    """Sets strings apart that begin with a blank."""

    def __init__(self, stream: io.BytesIO, blank: str) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._blank = blank
        self._known: dict[str, str] = {}

    def persistent_id(self, obj: Any) -> str | None:
        """Return the rest of such a string, always the same object, which is pickled but once."""
        if type(obj) is not str or self._blank not in obj:
            return None
        before, _blank, rest = obj.partition(self._blank)
        if before or self._blank in rest:
            msg = "it is of another folder"
            raise ValueError(msg)
        return self._known.setdefault(rest, rest)


class _Unpickler(pickle.Unpickler):
    """Puts *base* in front of them."""

    def __init__(self, content: bytes, base: str) -> None:
        super().__init__(io.BytesIO(content))
        self._base = base
        self._known: dict[str, str] = {}

    def persistent_load(self, pid: Any) -> str:
        """Return the whole string, always the same object."""
        return self._known.setdefault(pid, f"{self._base}{pid}")
