"""The BibTeX of a reference as others get it, on pages and in files: without addresses that must not be linked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.entries import CompleteEntry, has_unsafe_link

if TYPE_CHECKING:
    from pybtex.database import Entry

    from sphinx_paper_table.survey.references import Reference

_URL: Final = re.compile(r"\burl\s*=", re.IGNORECASE)


def harmless_source(reference: Reference, entry: Entry) -> str:
    """Return the author's own text, or the fields as they were read where it has an address that must not be linked."""
    return written_anew(entry) if _has_refused_link(reference.source, entry) else reference.source


def written_anew(entry: Entry) -> str:
    """Return the fields of *entry* under their own names, with nothing left to look up."""
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    complete = entry.complete if isinstance(entry, CompleteEntry) else {**people, **entry.fields}
    fields = "".join(f"  {name.lower()} = {{{value}}},\n" for name, value in complete.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}"


def _has_refused_link(source: str, entry: Entry) -> bool:
    """Return whether reading has left out an address that the author's text has."""
    return has_unsafe_link(source) or (_URL.search(source) is not None and "url" not in entry.fields)
