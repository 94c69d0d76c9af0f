"""Authors' files as they are edited: their text for the edits, their bytes for the disk.

Edits count characters of a text with line feeds only. Here they meet the file: its encoding, its byte-order mark, its
line ends, even where they differ from line to line. Bytes that no edit touches are never written anew.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.store.replacing import Replacement, replace_files
from sphinx_paper_table.survey.edits import OverlapError, TextEdit, apply_edits, merged, unified_diff
from sphinx_paper_table.survey.located import NOWHERE, Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import MAX_BYTES, read_bytes, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class EditError(Exception):
    """Something that cannot be changed safely: where, what, and what to do; nothing has been written."""

    def __init__(self, message: str, position: Position = NOWHERE, hint: str = "") -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.position, self.hint = position, hint

    def __str__(self) -> str:
        """Return the line an author reads."""
        place = f"{self.position}: " if self.position != NOWHERE else ""
        return f"{place}{self.args[0]}{f'; {self.hint}' if self.hint else ''}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read; ``text`` has line feeds only and no byte-order mark, as edits count it."""

    name: str
    path: Path
    data: bytes
    text: str
    encoding: str = "utf-8"

    def edited(self, edits: Iterable[TextEdit]) -> bytes:
        """Return the file's bytes with *edits* made; new lines end as most lines of the file do.

        Raises `EditError` when the edits do not fit together, or need a letter that the file's encoding lacks.
        """
        start = len(codecs.BOM_UTF8) if self.data.startswith(codecs.BOM_UTF8) else 0
        raw = self.data[start:].decode(self.encoding)
        ends = list(_LINE_END.finditer(raw))
        usual = Counter(end[0] for end in ends).most_common(1)[0][0] if ends else "\n"
        # Where the text counts one character and the file has two.
        pairs = [end.start() - number for number, end in enumerate(end for end in ends if end[0] == "\r\n")]

        def shifted(offset: int) -> int:
            return offset + bisect_left(pairs, offset)

        try:
            moved = [
                TextEdit(edit.path, shifted(edit.start), shifted(edit.end), edit.replacement.replace("\n", usual))
                for edit in merged(edits)
            ]
            return self.data[:start] + apply_edits(raw, moved).encode(self.encoding)
        except OverlapError as error:
            raise EditError(str(error)) from error
        except UnicodeEncodeError as error:
            msg = f"the file is {self.encoding}, which has no '{error.object[error.start]}'"
            raise EditError(msg, Position(self.name, 1, 1), "convert it to UTF-8 first") from error


def open_document(path: Path, name: str, *, legacy: bool = False) -> Document:
    """Return the file at *path*, which messages call *name*; *legacy* ones may be Windows-1252, as BibTeX's are.

    Raises `EditError` where it cannot be read, or not without a guess about its letters.
    """
    place = Position(name, 1, 1)
    try:
        data = read_bytes(path)
    except OSError as error:
        msg = f"the file cannot be read: {error.strerror or type(error).__name__}"
        raise EditError(msg, place) from error
    if len(data) > MAX_BYTES:
        msg = "the file is too large to be edited"
        raise EditError(msg, place)
    text = data.removeprefix(codecs.BOM_UTF8)
    if text[:4].count(0) <= 1:
        for encoding in ("utf-8", "cp1252") if legacy else ("utf-8",):
            try:
                return Document(name, path, data, tidy(text.decode(encoding), name, Problems()), encoding)
            except UnicodeDecodeError:
                continue
    msg = "the file is not UTF-8"
    raise EditError(msg, place, "convert it first; it is left alone")


def difference(one: Replacement, encoding: str) -> str:
    """Return what changes in a file, with its own line ends, so that ``git apply`` takes it."""
    before, after = (None if data is None else data.decode(encoding) for data in (one.before, one.after))
    return unified_diff(str(one.path), before, after)


@dataclass(slots=True)
class Changes:
    """What a command wants to do to the files of a project: edits of those that are there, and new ones."""

    documents: dict[str, Document] = field(default_factory=dict)
    edits: dict[str, list[TextEdit]] = field(default_factory=dict)
    new: dict[Path, str] = field(default_factory=dict)

    def add(self, document: Document, edits: Iterable[TextEdit]) -> None:
        """Take in *edits* of *document*."""
        if found := list(edits):
            self.documents[document.name] = document
            self.edits.setdefault(document.name, []).extend(found)

    def take(self, document: Document, start: int, end: int) -> tuple[str, list[TextEdit]]:
        """Return the text between two offsets with the edits made so far, and these edits."""
        edits = [edit for edit in self.edits.get(document.name, ()) if start <= edit.start and edit.end <= end]
        moved = [TextEdit(edit.path, edit.start - start, edit.end - start, edit.replacement) for edit in edits]
        return apply_edits(document.text[start:end], moved), edits

    def replacements(self) -> list[Replacement]:
        """Return what is to be written."""
        return [
            *(
                Replacement(document.path, document.data, document.edited(self.edits[name]))
                for name, document in sorted(self.documents.items())
            ),
            *(Replacement(path, None, text.encode()) for path, text in self.new.items()),
        ]

    def diff(self) -> str:
        """Return all changes as ``git diff`` shows them."""
        encodings = {document.path: document.encoding for document in self.documents.values()}
        return "".join(difference(one, encodings.get(one.path, "utf-8")) for one in self.replacements())

    def write(self) -> None:
        """Write all files, or none.

        Raises `EditError` when one has changed since it was read, or cannot be written.
        """
        try:
            replace_files(one for one in self.replacements() if one.before != one.after)
        except OSError as error:
            raise EditError(str(error), hint="nothing was written; run the command again") from error
