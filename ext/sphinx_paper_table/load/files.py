"""Bytes to text: encodings, byte-order marks, line ends, files that cannot be read."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.model.located import Position
from sphinx_paper_table.model.problems import Code, Problems

if TYPE_CHECKING:
    from pathlib import Path

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
        if path.stat().st_size > MAX_BYTES:
            hint = f"split it; the limit is {MAX_BYTES // 2**20} MB"
            problems.add(Code.TOO_LARGE, "the file is too large to be read", Position(name, 1, 1), hint)
            return None
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "check that the file exists and may be read"
        problems.add(Code.UNREADABLE, f"the file cannot be read: {reason}", Position(name, 1, 1), hint)
        return None
    return decode(data, name, problems)


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
