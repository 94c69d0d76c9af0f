"""BibTeX files to text, in whatever encoding and with whatever line ends they were exported."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import MAX_BYTES, decode, place_after, read_bytes, read_text, tidy

if TYPE_CHECKING:
    from pathlib import Path


_UTF8: Final = frozenset({"utf-8", "utf8", "utf-8-sig"})


def read_bibtex(path: Path, name: str, problems: Problems, encoding: str = "utf-8") -> str:
    """Return the text of the file at *path*, which messages call *name*; empty when it cannot be read."""
    try:
        data = read_bytes(path)
    except OSError:
        return read_text(path, name, problems) or ""
    if len(data) > MAX_BYTES:
        return read_text(path, name, problems) or ""
    return decode_bibtex_in(encoding, data, name, problems)


def decode_bibtex_in(encoding: str, data: bytes, name: str, problems: Problems) -> str:
    """Return *data* as text, in the *encoding* that the project says."""
    if encoding.replace("_", "-").lower() in _UTF8:
        return decode_bibtex(data, name, problems)
    try:
        return tidy(data.decode(encoding), name, problems)
    except (UnicodeDecodeError, LookupError) as error:
        end = error.start if isinstance(error, UnicodeDecodeError) else 0
        before = data[:end].decode(encoding, "replace") if end else ""
        hint = "mend the file, or the value of bibtex_encoding in conf.py"
        message = f"the file is not in the encoding '{encoding}': {error}"
        problems.add(Code.ENCODING, message, place_after(before, name), hint)
        return tidy(data.decode("utf-8", "replace"), name, problems)


def decode_bibtex(data: bytes, name: str, problems: Problems) -> str:
    """Return *data* as text with line feeds only.

    A byte-order mark and CR LF are no fault: editors of Windows, and git there, make them, and every program that
    reads BibTeX takes them. Bytes that are not UTF-8 are read as Windows-1252, of which Latin-1 is a part: what was
    written is most likely that; it is reported.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if data[:4].count(0) > 1 or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name, problems)
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return tidy(data.decode("utf-8"), name, problems)
    except UnicodeDecodeError as error:
        place, byte = place_after(data[: error.start].decode("utf-8"), name), data[error.start]
    message = f"byte 0x{byte:02x} is not UTF-8; the file is read as Windows-1252"
    problems.add(Code.ENCODING, message, place, "convert it to UTF-8 (`iconv -f WINDOWS-1252 -t UTF-8`)")
    return tidy(data.decode("cp1252", "replace"), name, problems)
