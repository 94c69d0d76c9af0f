"""BibTeX entries to the text of a file, in one form: sorted, indented, with the fields in one order.

Two files with the same entries become the same text, and values are not touched, so that a difference of two versions
shows what has changed and nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.references import BibtexEntry

FIELDS: Final = (
    *("author", "editor", "title"),
    *("booktitle", "journal", "edition", "chapter", "series", "volume", "number", "pages", "type"),
    *("howpublished", "publisher", "institution", "organization", "school", "address"),
    *("year", "month", "venue", "doi", "isbn", "issn", "eprint", "archiveprefix", "primaryclass"),
    *("url", "urldate", "note"),
)
"""The usual fields in the order of the output: who and what, where, when, and how to find it. Others follow by name."""
_WORD: Final = re.compile(r"\S+")
_PLACES: Final = {name: place for place, name in enumerate(FIELDS)}


def bibtex_text(entries: Iterable[BibtexEntry]) -> str:
    """Return the content of a BibTeX file with *entries*, sorted by key.

    Entries that others name in ``crossref`` come last, as BibTeX asks for.
    """
    known = tuple(entries)
    named = {value.strip().casefold() for entry in known for name, value in entry.fields if name.lower() == "crossref"}
    # Keys that differ in case only stay in their order: of two, the first is read.
    in_order = sorted(known, key=lambda entry: (entry.key.casefold() in named, entry.key.casefold()))
    return "\n".join(map(entry_text, in_order))


def entry_text(entry: BibtexEntry) -> str:
    """Return one entry, a line for each field."""
    fields = sorted(((name.lower(), value) for name, value in entry.fields), key=_place)
    lines = "".join(f"  {name} = {{{_one_line(value)}}},\n" for name, value in fields)
    return f"@{entry.type}{{{entry.key},\n{lines}}}\n"


def _place(item: tuple[str, str]) -> tuple[int, str]:
    name, _value = item
    return _PLACES.get(name, len(_PLACES)), name


def _one_line(value: str) -> str:
    """Return *value* with every run of white space as one space, which is how BibTeX reads it."""
    return " ".join(_WORD.findall(value))
