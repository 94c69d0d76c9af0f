"""BibTeX entries to the text of a file, in one form: sorted, indented, with the fields in one order.

Two files with the same entries become the same text, and values are not touched, so that a difference of two versions
shows what has changed and nothing else. What is no entry is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.conversion import RENAMED, in_dialect, kept_names
from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.survey.problems import Problems, Severity

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import BibtexEntry

FIELDS: Final = (
    *("author", "author+an:native", "editor", "title"),
    *("booktitle", "journal", "edition", "chapter", "series", "volume", "number", "pages", "type"),
    *("howpublished", "publisher", "institution", "organization", "school", "address"),
    *("year", "month", "venue", "doi", "isbn", "issn", "eprint", "archiveprefix", "primaryclass"),
    *("url", "urldate", "note"),
)
"""The usual fields in the order of the output: who and what, where, when, and how to find it. Others follow by name."""
_DEFINITION: Final = re.compile(r"@[ \t]*(?:string|preamble)\b", re.IGNORECASE)
_STRING: Final = re.compile(r"@[ \t]*string[ \t]*[({][ \t\n]*([^\s=]+)", re.IGNORECASE)
_YEAR: Final = re.compile(r"[0-9]{4}")
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*")
_WORD: Final = re.compile(r"\S+")
_PLACES: Final = {
    **{RENAMED.get(name, name): place for place, name in enumerate(FIELDS)},
    **{name: place for place, name in enumerate(FIELDS)},
    "issue": FIELDS.index("number"),
    "date": FIELDS.index("year"),
}
"""Where a field stands; biblatex's stand in the places of BibTeX's."""


def format_bibtex(text: str, name: str, problems: Problems, sort: str = "key", dialect: str = "") -> str:
    """Return the content of the BibTeX file *name* in its form; what is no entry stays as it is written.

    *sort* is one of `SORTS`. Entries that others name in ``crossref`` come last, as BibTeX asks for. A comment stays
    with the entry below it, and ``@string`` and ``@preamble`` come first. Nothing is moved in a file with mistakes, or
    one that gives a string two values.
    """
    pieces, rest = _pieces(text, name, problems)
    names = [found.casefold() for found in _STRING.findall(text)]
    has_mistakes = any(problem.severity is Severity.ERROR for problem in problems.sorted())
    if has_mistakes or len(set(names)) < len(names):
        sort = "none"
    head, chunks = _chunks(pieces, is_sorted=sort != "none", dialect=dialect)
    if sort != "none":
        named = {value.strip().casefold() for _, entry in pieces for field, value in entry.fields if _is_parent(field)}
        # Keys that differ in case only stay in their order: of two, the first is read.
        chunks.sort(key=lambda chunk: (chunk[0].key.casefold() in named, *_order(chunk[0], sort)))
    parts = [*(f"{part}\n" for part in head), *(chunk for _, chunk in chunks), f"{rest}\n" if rest else ""]
    return "\n".join(part for part in parts if part)


def kept_as_they_are(text: str, name: str, dialect: str) -> Counter[str]:
    """Return the types, as ``@type``, and fields of a formatted file for which *dialect* has no name."""
    entries = raw_entries(text, name, Macros(is_complete=False), Problems())
    return Counter(kept for entry in entries for kept in kept_names(entry, dialect))


def _pieces(text: str, name: str, problems: Problems) -> tuple[list[tuple[str, BibtexEntry]], str]:
    """Return the entries of a file, each with what stands before it, and what stands after the last."""
    pieces, done = [], 0
    for entry in raw_entries(text, name, Macros(is_complete=False), problems):
        start = text.index(entry.source, done)
        pieces.append((text[done:start], entry))
        done = start + len(entry.source)
    return pieces, text[done:].strip()


def _chunks(
    pieces: list[tuple[str, BibtexEntry]], *, is_sorted: bool, dialect: str
) -> tuple[list[str], list[tuple[BibtexEntry, str]]]:
    """Return what comes first in a file that *is_sorted*, and its entries, each with what is written for it."""
    head: list[str] = []
    chunks: list[tuple[BibtexEntry, str]] = []
    for before, entry in pieces:
        loose, above = _divided(before)
        if is_sorted and (not chunks or _DEFINITION.search(before)):
            is_definition = _DEFINITION.search(above) is not None
            head += [part for part in (loose, above if is_definition else "") if part]
            loose, above = "", "" if is_definition else above
        written = f"{entry.source}\n" if entry.is_damaged else entry_text(in_dialect(entry, dialect))
        chunks.append((entry, (f"{loose}\n\n" if loose else "") + (f"{above}\n" if above else "") + written))
    return head, chunks


def _is_parent(field: str) -> bool:
    return field.lower() == "crossref"


def _divided(before: str) -> tuple[str, str]:
    """Return what stands before an entry in two parts, of which the second stands right above it."""
    text = before.strip()
    if not text or before[len(before.rstrip()) :].count("\n") > 1:
        return text, ""
    loose, _, above = text.rpartition("\n\n")
    return loose.strip(), above


def _order(entry: BibtexEntry, sort: str) -> tuple[str, str]:
    fields = {name.lower(): value for name, value in entry.fields}
    found = _YEAR.search(fields.get("date") or fields.get("year", "")) if sort == "year" else None
    return (found[0] if found else "9999"), entry.key.casefold()


def entry_text(entry: BibtexEntry) -> str:
    """Return one entry, a line for each field, below its comments; values that name an ``@string`` are as they were."""
    written = dict(entry.written)
    fields = [(name.lower(), written.get(place, f"{{{value}}}")) for place, (name, value) in enumerate(entry.fields)]
    lines = "".join(f"  {name} = {_tidy(value)},\n" for name, value in sorted(fields, key=_place))
    begin, end = "()" if "}" in entry.key else "{}"
    comments = "".join(f"{comment}\n" for comment in entry.comments)
    return f"{comments}@{entry.type}{begin}{entry.key},\n{lines}{end}\n"


def _place(item: tuple[str, str]) -> tuple[int, str]:
    name, _value = item
    return _PLACES.get(name, len(_PLACES)), name


def _tidy(value: str) -> str:
    """Return *value* with every run of white space as one space, which is how BibTeX reads it; paragraphs stay."""
    return "\n\n".join(" ".join(_WORD.findall(part)) for part in _PARAGRAPH.split(value))
