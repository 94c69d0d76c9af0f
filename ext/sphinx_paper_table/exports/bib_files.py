"""The references as BibTeX files: the entries as their authors wrote them, each in a form that stands alone."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.bibtex_source import source_beside_parent
from sphinx_paper_table.bibliography.entries import CompleteEntry
from sphinx_paper_table.survey.entities import Paper
from sphinx_paper_table.survey.markdown import role_targets
from sphinx_paper_table.survey.status import STATUS_WORDS
from sphinx_paper_table.survey.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Group, Item, Survey
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.status_lines import StatusLine

NO_STATES: Final[Mapping[str, StatusLine]] = MappingProxyType({})
_PLAIN: Final = re.compile(r"[A-Za-z0-9 .,:()-]+")
"""Text that is the same in TeX."""


def bib_file(
    keys: Iterable[str],
    references: Mapping[str, Reference],
    entries: Mapping[str, Entry],
    states: Mapping[str, StatusLine] = NO_STATES,
) -> str:
    """Return the BibTeX file of *keys* and of the entries that these inherit from, sorted by key.

    Entries that others inherit from (``crossref``) stand at the end: BibTeX reads no file twice. *states* say what
    became of publications, which their entries say in a note.
    """
    wanted = {key for key in keys if key in references}
    parents = {parent for key in wanted if (parent := _parent(key, references, entries))}
    ordered = sorted(wanted | parents, key=lambda key: (key in parents, key.casefold(), key))
    return "\n".join(entry_text(references[key], entries[key], states.get(key)) for key in ordered)


def entry_text(reference: Reference, entry: Entry, state: StatusLine | None) -> str:
    """Return an entry as it stands in a file."""
    return f"{with_note(_text(reference, entry), entry, state)}\n"


def with_note(source: str, entry: Entry, line: StatusLine | None) -> str:
    """Return the BibTeX *source* with what became of the publication, in ``note``, or else in biblatex's ``pubstate``.

    It is the first field. An entry that has both is as it was.
    """
    field = next((name for name in ("note", "pubstate") if name not in entry.fields), "")
    head, comma, rest = source.partition(",")
    if line is None or not field or not comma:
        return source
    says_which = line.other and _PLAIN.fullmatch(line.other)
    text = line.message.replace("{other}", line.other) if says_which else STATUS_WORDS[line.kind][0]
    return f"{head},\n  {field} = {{{text}}},{rest}"


def _parent(key: str, references: Mapping[str, Reference], entries: Mapping[str, Entry]) -> str:
    """Return the key of the entry that this one inherits from, as it is written there, or the empty string."""
    name = entries[key].fields.get("crossref", "")
    return str(entries[name].key) if name in entries and entries[name].key in references else ""


def _text(reference: Reference, entry: Entry) -> str:
    """Return the BibTeX to copy, or the same with the parent's key, whose entry is in the file too."""
    has_parent = isinstance(entry, CompleteEntry) and "crossref" in entry.complete
    return source_beside_parent(entry) if has_parent else reference.source


def keys_of(survey: Survey, catalogue: Catalogue) -> set[str]:
    """Return every key that a survey cites: its papers, those it refers to, the sources of numbers, and its texts."""
    keys: set[str] = set()
    records: list[object] = [survey]
    for item in _items(survey):
        paper = item if isinstance(item, Paper) else catalogue.paper(item.ref)
        if paper is not None:
            records.append(paper)
            keys.update((*paper.cite, *(result.source for result in paper.results)))
    for record in records:
        for text, markup in texts(record):
            keys.update(named.target for named in role_targets(text, markup) if named.role.startswith("cite"))
    return {catalogue.former_keys.get(key, str(key)) for key in keys}


def _items(holder: Survey | Group) -> Iterator[Item]:
    yield from holder.papers
    for group in holder.groups:
        yield from _items(group)
