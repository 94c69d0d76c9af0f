"""Files to text: which there are, what cannot be read, encodings, byte-order marks, line ends."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.model.located import Position
from sphinx_paper_table.model.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        problems.add(Code.UNREADABLE, f"the file cannot be read: {reason}", Position(name, 1, 1), hint)
        return None
    if len(data) > MAX_BYTES:
        hint = f"split it; the limit is {MAX_BYTES // 2**20} MB"
        problems.add(Code.TOO_LARGE, "the file is too large to be read", Position(name, 1, 1), hint)
        return None
    return decode(data, name, problems)


def read_bytes(path: Path) -> bytes:
    """Return what is in the file, and at most a byte more than `MAX_BYTES`: what a file says of its size may be wrong.

    Raises `OSError` where there is none, or something that is no file: a pipe would be waited for, a device has no end.
    """
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


def find_files(source: Path, patterns: Iterable[str], problems: Problems) -> list[Path]:
    """Return the files below *source* that *patterns* match, sorted, without those of a build.

    Nobody has named these files, so that a link among them is followed within *source* only; one that leads elsewhere
    is noted. A pattern that begins with ``..`` has its own place to stay in.
    """
    found: dict[Path, Path] = {}
    for pattern in patterns:
        parts = Path(pattern).parts
        above = next((number for number, part in enumerate(parts) if part != ".."), len(parts))
        root = source.joinpath(*parts[:above])
        matching = (path for path in source.glob(pattern) if "_build" not in path.parts[len(source.parts) :])
        found.update(dict.fromkeys(matching, root))
    kept = []
    for path, root in sorted(found.items()):
        if _is_within(path, root):
            kept.append(path)
        else:
            hint = "put the file itself here; links are followed within the source directory only"
            problems.add(Code.UNREADABLE, "the link leads out of the source directory", Position(str(path), 1, 1), hint)
    return kept


def _is_within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False


def decode(data: bytes, name: str, problems: Problems) -> str:
    """Return *data* as text with line feeds only, noting what is odd about its encoding."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        hint = "save it as plain UTF-8"
        problems.add(Code.ENCODING, "the file begins with a byte-order mark", Position(name, 1, 1), hint)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Position(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.add(Code.ENCODING, message, place, "convert the file to UTF-8 (`iconv -t UTF-8`)")
        text = data.decode("utf-8", errors="replace")
    return _unix_lines(text, name, problems)


def _unix_lines(text: str, name: str, problems: Problems) -> str:
    if "\r" not in text:
        return text
    line = text[: text.index("\r")].count("\n") + 1
    hint = "save it with LF; the line `*.yaml text eol=lf` in .gitattributes keeps git from changing it back"
    problems.add(Code.ENCODING, "lines end with CR LF", Position(name, line, 1), hint)
    return text.replace("\r\n", "\n").replace("\r", "\n")
