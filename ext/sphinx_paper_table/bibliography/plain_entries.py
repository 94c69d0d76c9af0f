"""Entries that are written as nearly all are, read by one pattern a field: pybtex asks for ten tokens more an entry.

What this does not read, or not all of, is left to the `scanner`; it would give the same entry.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.references import BibtexEntry

if TYPE_CHECKING:
    from sphinx_paper_table.bibliography.file_parts import Part
    from sphinx_paper_table.survey.located import Position

VERBATIM: Final = frozenset({"doi", "eprint", "file", "ids", "pdf", "url", "crossref", "xdata"})
"""Fields that are no LaTeX (biblatex manual, section 2.2.1)."""
FIELD: Final = re.compile(
    r"[\s,]{0,200}+([A-Za-z][\w-]{0,60}+)\s{0,20}+=(\s{0,20}+\{((?:[^{}]++|\{[^{}]*+\})*+)\})\s{0,20}+,", re.ASCII
)
"""A field as nearly all are written: a value in braces, and a comma."""
_HEAD: Final = re.compile(r"([ \t]{0,99}+)@([A-Za-z]{1,40}+)\{([A-Za-z0-9][\w:.+/-]{0,200}+),", re.ASCII)
_END: Final = re.compile(r"\s{0,200}+\}(?=\s*+@?\Z)")
_NO_ENTRIES: Final = frozenset({"string", "preamble", "comment"})


def plain_entry(part: Part, place: Position) -> BibtexEntry | None:
    """Return the entry that is all of *part*, which begins at *place*; None where the scanner has to read it."""
    text = part.text
    head = _HEAD.match(text)
    if head is None or "%" in text or head[2].lower() in _NO_ENTRIES:
        return None
    start, at = head.end(1), head.end()
    fields: list[tuple[str, str]] = []
    latex: list[tuple[int, int]] = []
    while found := FIELD.match(text, at):
        fields.append((intern(found[1]), found[3]))
        if found[1].lower() not in VERBATIM:
            first, last = found.span(2)
            latex.append((first - start, last - start))
        at = found.end()
    end = _END.match(text, at)
    if end is None or not fields:
        return None
    return BibtexEntry(
        type=intern(head[2].lower()),
        key=head[3],
        fields=tuple(fields),
        source=text[start : end.end()],
        position=place._replace(column=place.column + start),
        latex=tuple(latex),
    )
