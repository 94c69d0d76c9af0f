"""Changes of a text at known places: what a command does to an author's file, and nothing else of it.

Offsets count characters of the text as the readers return it: decoded, with line feeds only and without a byte-order
mark. `sphinx_paper_table.reading.documents` puts the file's own line ends back. The model is that of the Language
Server Protocol (https://microsoft.github.io/language-server-protocol, *TextEdit*): all edits of a list are meant for
the same text, and none may touch what another one replaces.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.survey.located import Position


class OverlapError(ValueError):
    """Two edits want to replace the same characters, or to insert different texts at one place."""


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """Replaces the characters from ``start`` up to ``end`` of the file ``path``; equal offsets insert."""

    path: str
    start: int
    end: int
    replacement: str

    def __post_init__(self) -> None:
        """Refuse offsets that are none: a mistake in a program, never in a file."""
        if not 0 <= self.start <= self.end:
            msg = f"an edit from {self.start} to {self.end}"
            raise ValueError(msg)

    @classmethod
    def at(cls, text: str, place: Position, length: int, replacement: str) -> TextEdit:
        """Return the edit of *length* characters from *place*, in the file whose text is *text*."""
        start = offset_at(text, place.line, place.column)
        return cls(place.path, start, start + length, replacement)


def offset_at(text: str, line: int, column: int) -> int:
    """Return the offset of a place; lines and columns count from 1.

    Raises `ValueError` where the text has no such place: it is not the one that the place was found in.
    """
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            msg = f"the text has no line {line}"
            raise ValueError(msg)
    end = text.find("\n", start)
    if line < 1 or not 1 <= column <= (len(text) if end < 0 else end) - start + 1:
        msg = f"the text has no column {column} in line {line}"
        raise ValueError(msg)
    return start + column - 1


def merged(edits: Iterable[TextEdit]) -> list[TextEdit]:
    """Return *edits*, of one or several files, in the order of their places: equal ones once, adjacent ones as one.

    Raises `OverlapError` when they do not fit together.
    """
    done: list[TextEdit] = []
    for edit in sorted(set(edits)):
        last = done[-1] if done and done[-1].path == edit.path else None
        if last is None or edit.start > last.end:
            done.append(edit)
        elif edit.start < last.end or edit.start == edit.end == last.start:
            msg = f"{edit.path}: two changes at one place, '{last.replacement}' and '{edit.replacement}'"
            raise OverlapError(msg)
        else:
            done[-1] = TextEdit(edit.path, last.start, edit.end, last.replacement + edit.replacement)
    return done


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return *text*, that of one file, with all *edits* of it made; their order does not matter.

    Raises `OverlapError` when they do not fit together, and `ValueError` when one ends behind the text.
    """
    parts, done = [], 0
    for edit in merged(edits):
        if edit.end > len(text):
            msg = f"{edit.path}: the text ends before the change at {edit.start}"
            raise ValueError(msg)
        parts += [text[done : edit.start], edit.replacement]
        done = edit.end
    return "".join((*parts, text[done:]))


def inverse(text: str, edits: Iterable[TextEdit]) -> list[TextEdit]:
    """Return the edits that make *text* again of what ``apply_edits(text, edits)`` returns."""
    back, moved = [], 0
    for edit in merged(edits):
        start = edit.start + moved
        back.append(TextEdit(edit.path, start, start + len(edit.replacement), text[edit.start : edit.end]))
        moved += len(edit.replacement) - (edit.end - edit.start)
    return back


def unified_diff(name: str, before: str | None, after: str | None) -> str:
    """Return the difference as ``diff -u`` and ``git diff`` write it, empty for equal texts; *name* is the file's.

    None stands for a file that is not there.
    """
    names = ("/dev/null" if before is None else f"a/{name}"), ("/dev/null" if after is None else f"b/{name}")
    lines = difflib.unified_diff(_lines(before or ""), _lines(after or ""), *names)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> Sequence[str]:
    """Return the lines of *text* with their ends, which line feeds alone are: `str.splitlines` knows ten others."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *filter(None, lines[-1:])]
