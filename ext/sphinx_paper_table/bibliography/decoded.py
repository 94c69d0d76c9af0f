"""An entry in readable Unicode: the `Reference` that cards, labels, search and exports are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.bibtex_source import published_source
from sphinx_paper_table.bibliography.dialect import date_of, whole_title
from sphinx_paper_table.bibliography.identifiers import identifiers
from sphinx_paper_table.bibliography.names import author
from sphinx_paper_table.bibliography.tex import readable, text_and_formulas
from sphinx_paper_table.survey.references import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.bibliography.entries import CompleteEntry
    from sphinx_paper_table.survey.references import BibtexEntry

_VENUE_FIELDS: Final = (
    *("venue", "shortjournal", "journal", "journaltitle", "event", "eventtitle", "booktitle", "maintitle", "series"),
    *("howpublished", "publisher", "school", "institution", "organization"),
)
_EVENT: Final = re.compile(r"[^\W\d_][\w-]{1,15}[ '’]{0,2}\d{2,4}")
"""A series of the ACM, "KDD '20", is the event itself; others are series of books."""
_ARXIV: Final = re.compile(r"arxiv|computing research repository", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://|\\url\b", re.IGNORECASE)
_NATIVE: Final = "author+an:native"
"""Names of authors in signs of their own, as biblatex annotates them (manual, section 3.7)."""
_ANNOTATION: Final = re.compile(r'(?:^|;)\s*+\d++\s*+=\s*+"([^"]*+)"')
"""The annotation of one name."""


def reference(raw: BibtexEntry, fields: Mapping[str, str], entry: CompleteEntry, former: tuple[str, ...]) -> Reference:
    """Return what an entry says; *fields* are its own with what it inherits, *entry* has BibTeX's names too."""
    known = identifiers(fields)
    date = date_of(fields)
    title = whole_title(fields) or fields.get("maintitle", "")
    return Reference(
        key=raw.key,
        type=entry.type,
        title=readable(title),
        title_parts=text_and_formulas(title, entry.math),
        authors=tuple(map(author, entry.persons.get("author") or entry.persons.get("editor") or ())),
        native=tuple(map(readable, _ANNOTATION.findall(fields.get(_NATIVE, "")))),
        year=date.year,
        date=date.date,
        venue=_venue(entry.fields, known),
        doi=known.get("doi", ""),
        arxiv=known.get("arxiv", ""),
        url=fields.get("url", ""),
        identifiers=tuple((archive, name) for archive, name in known.items() if archive not in {"doi", "arxiv"}),
        source=published_source(raw, entry),
        position=raw.position,
        former=former,
    )


def _venue(fields: Any, known: Mapping[str, str]) -> str:
    """Return the short name of where it was published; of preprints, that of their server."""
    series = fields.get("series", "")
    named = {**fields, "event": series if _EVENT.fullmatch(series) else ""}
    value = next((named[name] for name in _VENUE_FIELDS if named.get(name)), "")
    if known.get("arxiv") and (
        not value or _ARXIV.search(value) or value.strip("{}") == "CoRR" or _ADDRESS.match(value)
    ):
        return "arXiv"
    return readable(value)
