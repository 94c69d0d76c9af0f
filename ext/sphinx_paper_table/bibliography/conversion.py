"""Entries in the other dialect: BibTeX's names of types and fields to biblatex's, and back.

Names: biblatex's manual, sections 2.1.2 and 2.2.5. What has no name in the other dialect stays as it is, and a field is
not renamed where the entry has one of the new name, so nothing is lost.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import BibtexEntry

DIALECTS: Final = ("bibtex", "biblatex")
_FIELDS: Final = {
    "journal": "journaltitle",
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
_TYPES: Final = {
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
}
"""BibTeX's types, each with biblatex's and the value of its ``type``."""


def in_dialect(entry: BibtexEntry, dialect: str) -> BibtexEntry:
    """Return *entry* with the names that it has in *dialect*; as it is where that is empty."""
    if not dialect:
        return entry
    present = {name.lower() for name, _value in entry.fields}
    values = {name.lower(): value for name, value in entry.fields}
    new, fields, written = dict(_FIELDS), list(entry.fields), dict(entry.written)
    kind = entry.type
    if dialect == "biblatex":
        if kind in _TYPES:
            kind, value = _TYPES[kind]
            new["school"] = "institution"
            if "type" not in present:
                fields.append(("type", value))
    else:
        new = {modern: name for name, modern in _FIELDS.items()}
        for name, (modern, value) in _TYPES.items():
            if (kind, values.get("type")) == (modern, value):
                kind = name
                place = next(number for number, (field, _) in enumerate(fields) if field.lower() == "type")
                fields.pop(place)
                written = {number - (number > place): text for number, text in written.items() if number != place}
                new |= {"institution": "school"} if modern == "thesis" else {}
                break
    renamed = tuple(
        (new[name.lower()] if name.lower() in new and new[name.lower()] not in present else name, value)
        for name, value in fields
    )
    return dataclasses.replace(entry, type=kind, fields=renamed, written=tuple(written.items()))
