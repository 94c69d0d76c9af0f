"""What entries said before the files were read anew, where an edit has changed few of them and no key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.bibliography.reader import Bibliography
    from sphinx_paper_table.survey.references import Reference

MOST: Final = 50
"""Entries of an edit; after more of them, what is made of all costs as much as what is made of each."""


@dataclass(frozen=True, slots=True)
class FormerEntries:
    """The entries of a bibliography that say something else now, by key, as they were."""

    digest: str
    """That of the former files."""
    references: Mapping[str, Reference]
    entries: Mapping[str, Entry]


def former_entries(digest: str, before: Bibliography, now: Bibliography) -> FormerEntries | None:
    """Return what has another text or content *now* than *before*, whose files had the *digest*.

    What inherits from an entry by ``crossref`` is published with it, and counts too. None where another key, another
    order of keys or another parent makes more than these entries another one, or where there are many.
    """
    if list(before.references) != list(now.references) or before.keys_of != now.keys_of:
        return None
    changed = {
        key
        for key, reference in now.references.items()
        if reference != before.references[key] or now.contents[key] != before.contents[key]
    }
    if len(changed) > MOST or any(_parent(key, before) != _parent(key, now) for key in changed):
        return None
    named = {key.casefold() for key in changed}
    changed.update(key for key in now.references if _parent(key, now) in named)
    references = {key: before.references[key] for key in before.references if key in changed}
    return FormerEntries(digest, references, {key: before.database.entries[key] for key in references})


def _parent(key: str, bibliography: Bibliography) -> str:
    return str(bibliography.database.entries[key].fields.get("crossref", "")).casefold()
