"""The BibTeX of a reference as others get it, on pages and in files: without addresses that must not be linked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.addresses import UNSAFE_TEX_LINK

if TYPE_CHECKING:
    from pybtex.database import Entry

    from sphinx_paper_table.survey.references import Reference

_URL: Final = re.compile(r"\burl\s*=", re.IGNORECASE)


def harmless_source(reference: Reference, entry: Entry) -> str:
    """Return the author's own text, or the fields as they were read where it has an address that must not be linked."""
    return written_anew(entry) if _has_refused_link(reference.source, entry) else reference.source


def written_anew(entry: Entry) -> str:
    """Return the fields of *entry* as BibTeX reads them."""
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    fields = "".join(f"  {name.lower()} = {{{value}}},\n" for name, value in {**people, **entry.fields}.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}"


def _has_refused_link(source: str, entry: Entry) -> bool:
    """Return whether reading has left out an address that the author's text has."""
    return UNSAFE_TEX_LINK.search(source) is not None or (_URL.search(source) is not None and "url" not in entry.fields)
