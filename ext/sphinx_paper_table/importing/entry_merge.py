"""Three versions of an entry: what was imported, the project's own, and what the collection says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.importing.ledger import TYPE, Imported, digest, digests
from sphinx_paper_table.importing.plan import Difference, FieldChange, Plan

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import BibtexEntry

_OURS = "ids"
"""The field in which the import notes the key of the collection."""


def merge_entry(entry: BibtexEntry, own: BibtexEntry | None, imported: Imported, plan: Plan) -> None:
    """Add to *plan* what changes in the project's *own* entry, and note in *imported* what the collection says now.

    A field that only the collection has changed since the last import is taken; one that the author has changed, added
    or taken out stays, and the difference is noted. Nothing is done where the author has taken the entry out.
    """
    if own is None:
        return
    theirs, yours = _values(entry), _values(own)
    for name in sorted({*theirs, *imported.fields}):
        their, your = theirs.get(name, ""), yours.get(name, "")
        if name == _OURS or " ".join(their.split()) == " ".join(your.split()):
            continue
        if imported.fields.get(name, "") == (digest(your) if name in yours else ""):
            plan.changes.append(FieldChange(entry.key, name, their))
        else:
            plan.differences.append(Difference(entry.key, name, your, their))
    imported.fields = digests(entry.type, entry.fields)


def _values(entry: BibtexEntry) -> dict[str, str]:
    return {TYPE: entry.type, **{name.lower(): value for name, value in reversed(entry.fields)}}
