"""What bibliographies list after an edit of few entries, which keep their places and labels: nothing is sorted anew.

Only orders and labels that are known to look at one entry at a time, pybtex's and ours, are answered for.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.for_styles import has_formula, in_text
from sphinx_paper_table.citations.style_registry import has_known_order, order_key, style_of
from sphinx_paper_table.citations.styles import author_year_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pybtex.database import Entry
    from pybtex.style.formatting import BaseStyle

    from sphinx_paper_table.bibliography.former_entries import FormerEntries
    from sphinx_paper_table.citations.library import StoredEntries
    from sphinx_paper_table.citations.listed import Listed, TextSource
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey

_KNOWN: Final = {"pybtex", "sphinx_paper_table"}


def edited_citations(
    lists: Mapping[BibliographyKey, Sequence[Listed]],
    former: FormerEntries,
    stored: StoredEntries,
    is_in: Callable[[BibliographyKey, Entry], bool],
) -> dict[BibliographyKey, list[Listed]] | None:
    """Return what *lists* has now that the *former* entries are as *stored*; None where more than their texts changes.

    *is_in* says whether an entry, as it is or as it was, belongs to a list.
    """
    edits = [(entry, stored.entries[key]) for key, entry in former.entries.items()]
    if any(has_formula(old) != has_formula(new) for old, new in edits):
        return None
    found = {}
    for key, listed in lists.items():
        if any(is_in(key, old) != is_in(key, new) for old, new in edits):
            return None
        if listed and not _stay(listed, edits, stored):
            return None
        found[key] = _with_contents(listed, {new.key for _old, new in edits}, stored)
    return found


def _stay(listed: Sequence[Listed], edits: Sequence[tuple[Entry, Entry]], stored: StoredEntries) -> bool:
    """Return whether the entries that were edited keep their places and labels in a list."""
    source = listed[0].source
    style: Any = style_of(source.style)
    labels = type(style.label_style).__module__.partition(".")[0], style.format_labels.__self__
    if source.as_stock or labels[0] not in _KNOWN or labels[1] is not style.label_style or not has_known_order(style):
        return False
    places = {one.entry_key: place for place, one in enumerate(listed)}
    for old, new in edits:
        before, now = in_text(old), in_text(new)
        if new.key in places and (
            list(style.format_labels([before])) != list(style.format_labels([now]))
            or list(author_year_labels([before])) != list(author_year_labels([now]))
            or (
                order_key(style, before) != order_key(style, now)
                and not _is_between(listed, places[new.key], style, stored)
            )
        ):
            return False
    return True


def _is_between(listed: Sequence[Listed], place: int, style: BaseStyle, stored: StoredEntries) -> bool:
    """Return whether what is listed at a *place* belongs there, behind the one before and before the one behind."""
    near = [stored.entries[one.entry_key] for one in listed[max(place - 1, 0) : place + 2]]
    keys = [order_key(style, in_text(entry)) for entry in near]
    return all(one < other for one, other in pairwise(keys))


def _with_contents(listed: Sequence[Listed], edited: set[str], stored: StoredEntries) -> list[Listed]:
    """Return what is listed with other contents for the entries that were *edited*, all from what is *stored* now."""
    contents, sources, found = stored.bibliography.contents, dict[int, "TextSource"](), []
    for one in listed:
        source = sources.setdefault(id(one.source), replace(one.source, stored=stored))
        content = one.content
        if one.entry_key in edited:
            content = f"{contents.get(one.entry_key, '')} {content.partition(' ')[2]}"
        found.append(one._replace(source=source, content=content))
    return found
