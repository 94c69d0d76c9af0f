"""Files to text: which there are, what cannot be read, encodings, byte-order marks, line ends."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.characters import UNPRINTABLE, name_of
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MAX_BYTES: Final = 64 * 2**20
"""A file beyond this size is not read; a survey of 10,000 papers is a tenth of it."""
MAX_TEXT: Final = 100_000
"""Characters in one text: a YAML scalar, a BibTeX field."""


def read_text(path: Path, name: str, problems: Problems) -> str | None:
    """Return the text of the file at *path* with line feeds only, or None when it cannot be read.

    *name* is how the file is called in messages. Bytes that are not UTF-8 become U+FFFD, so that one of them
    does not hide the rest of the file.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "check that the file exists and may be read"
        if isinstance(error, IsADirectoryError):
            reason, hint = "this is a folder", "name the files in it, as in 'surveys/**/*.yaml'"
        problems.add(Code.UNREADABLE, f"the file cannot be read: {reason}", Position(name, 1, 1), hint)
        return None
    if len(data) > MAX_BYTES:
        hint = f"split it; the limit is {MAX_BYTES // 2**20} MB"
        problems.add(Code.TOO_LARGE, "the file is too large to be read", Position(name, 1, 1), hint)
        return None
    return decode(data, name, problems)


_UNSAVED: ContextVar[Mapping[Path, bytes]] = ContextVar("unsaved", default=MappingProxyType({}))
"""What files shall have, before they have it."""


@contextmanager
def unsaved(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Let files be read as if they had *contents*: an edit is checked before anything is written."""
    token = _UNSAVED.set({**_UNSAVED.get(), **contents})
    try:
        yield
    finally:
        _UNSAVED.reset(token)


def read_bytes(path: Path) -> bytes:
    """Return what is in the file, and at most a byte more than `MAX_BYTES`: what a file says of its size may be wrong.

    Raises `OSError` where there is none, or something that is no file: a pipe would be waited for, a device has no end.
    """
    if path in _UNSAVED.get():
        return _UNSAVED.get()[path]
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "Is neither a file nor a link to one")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)


def find_files(source: Path, patterns: Iterable[str], problems: Problems, known: Collection[Path] = ()) -> list[Path]:
    """Return the files below *source* that *patterns* match, sorted, without those of a build and those *known*.

    Nobody has named these files, so that a link among them is followed within *source* only; one that leads elsewhere
    is noted. A pattern that begins with ``..`` has its own place to stay in.
    """
    roots: dict[Path, Path] = {}
    for pattern in patterns:
        parts = Path(pattern).parts
        above = next((number for number, part in enumerate(parts) if part != ".."), len(parts))
        root = source.joinpath(*parts[:above])
        matching = (path for path in source.glob(pattern) if "_build" not in path.parts[len(source.parts) :])
        roots.update((path, root) for path in matching if path not in known)
    kept = []
    resolved = {root: root.resolve() for root in set(roots.values())}
    for path, root in sorted(roots.items()):
        if _is_within(path, resolved[root]):
            kept.append(path)
        else:
            hint = "put the file itself here; links are followed within the source directory only"
            problems.add(Code.UNREADABLE, "the link leads out of the source directory", Position(str(path), 1, 1), hint)
    return kept


def _is_within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links in a circle
        return False


def decode(data: bytes, name: str, problems: Problems) -> str:
    """Return *data* as text with line feeds only and without control characters, noting what is odd about it."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        hint = "save it as plain UTF-8"
        problems.add(Code.ENCODING, "the file begins with a byte-order mark", Position(name, 1, 1), hint)
    if data[:4].count(0) > 1 or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return tidy(_from_utf_16(data, name, problems), name, problems)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = place_after(data[: error.start].decode("utf-8"), name)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.add(Code.ENCODING, message, place, "convert the file to UTF-8 (`iconv -t UTF-8`)")
        text = data.decode("utf-8", errors="replace")
    return tidy(text, name, problems)


def _from_utf_16(data: bytes, name: str, problems: Problems) -> str:
    """Return the text of a file that has two bytes for each letter, as some editors of Windows save it."""
    hint = "convert the file to UTF-8 (`iconv -f UTF-16 -t UTF-8`)"
    problems.add(Code.ENCODING, "the file is UTF-16", Position(name, 1, 1), hint)
    is_big = data.startswith((codecs.BOM_UTF16_BE, b"\0"))
    return data.decode("utf-16-be" if is_big else "utf-16-le", errors="replace").removeprefix("\ufeff")


def tidy(text: str, name: str, problems: Problems) -> str:
    """Return *text* with line feeds only, and with spaces in the place of control characters; note both."""
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        hint = "save it with LF; the line `*.yaml text eol=lf` in .gitattributes keeps git from changing it back"
        problems.add(Code.ENCODING, "lines end with CR LF", Position(name, line, 1), hint)
        text = _unix_lines(text)
    if unprintable := UNPRINTABLE.search(text):
        message = f"there is the control character {name_of(unprintable[0])}"
        hint = "take it out, and others if there are more; each is read as a space"
        problems.add(Code.ENCODING, message, place_after(text[: unprintable.start()], name), hint)
        text = UNPRINTABLE.sub(" ", text)
    return text


def place_after(before: str, name: str) -> Position:
    """Return the place of what follows the text *before*, from its file's beginning."""
    lines = _unix_lines(before)
    return Position(name, lines.count("\n") + 1, len(lines) - lines.rfind("\n"))


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
