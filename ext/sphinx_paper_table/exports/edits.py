"""Files of a site after an edit of which others see nothing: what they say of what was edited is replaced in them.

Ten thousand papers take seconds to be written anew, and one of them milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_paper_table.bibliography.csl import csl_items, csl_line
from sphinx_paper_table.bibliography.ris import ris_text
from sphinx_paper_table.exports.addresses import BIBLIOGRAPHY, CSL, PAPERS, RIS, bib_address
from sphinx_paper_table.exports.bib_files import bib_file, entry_text, keys_of
from sphinx_paper_table.exports.papers import reference_text, survey_texts
from sphinx_paper_table.survey.status_lines import statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.bibliography.former_entries import FormerEntries
    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.status_lines import StatusLine


class Edit(NamedTuple):
    """What surveys and entries said before, and what they say now; the faces of all are the same (`survey.faces`)."""

    before: Catalogue
    now: Catalogue
    surveys: frozenset[str]
    """Those that were edited, and those that name an entry that was."""
    entries: FormerEntries | None = None

    @property
    def keys(self) -> list[str]:
        """The keys of the entries that were edited."""
        return list(self.entries.references) if self.entries else []


def edited_files(
    edit: Edit, entries: Mapping[str, Entry], site: Site, read: Callable[[str], bytes]
) -> dict[str, bytes] | None:
    """Return those files of `export_files` that say something else after *edit*, by their addresses.

    *read* returns what a file says now. None where that is not what it said of the surveys before.
    """
    pairs = [
        pair
        for name in sorted(edit.surveys)
        for pair in zip(survey_texts(name, edit.before, site), survey_texts(name, edit.now, site), strict=True)
    ]
    pairs += [(reference_text(key, edit.before, site), reference_text(key, edit.now, site)) for key in edit.keys]
    states = statuses_of_references(edit.now)
    files = {}
    for address, changes in {PAPERS: pairs, **_in_references(edit, entries, states)}.items():
        text = replaced(read(address), changes)
        if text is None:
            return None
        files[address] = text
    return files | {address: text.encode() for address, text in _survey_files(edit, entries, states).items()}


def _in_references(
    edit: Edit, entries: Mapping[str, Entry], states: Mapping[str, StatusLine]
) -> dict[str, list[tuple[str, str]]]:
    """Return what the files of all references said of those that were edited, and what they say now, by address."""
    if edit.entries is None:
        return {}
    found: dict[str, list[tuple[str, str]]] = {BIBLIOGRAPHY: [], CSL: [], RIS: []}
    for key in edit.keys:
        former = _texts_of(edit.entries.references[key], edit.entries.entries[key], states.get(key))
        present = _texts_of(edit.now.references[key], entries[key], states.get(key))
        for address, pair in zip(found, zip(former, present, strict=True), strict=True):
            found[address].append(pair)
    return found


def _texts_of(reference: Reference, entry: Entry, state: StatusLine | None) -> tuple[str, str, str]:
    """Return a reference as it stands in the files of all, whose addresses are sorted so."""
    kinds = {reference.key: state.kind} if state else {}
    items = csl_items({reference.key: reference}, {reference.key: entry}, kinds)
    return entry_text(reference, entry, state), csl_line(*items), ris_text(items)


def _survey_files(edit: Edit, entries: Mapping[str, Entry], states: Mapping[str, StatusLine]) -> dict[str, str]:
    """Return the BibTeX files of the surveys that show papers at home in those that were edited."""
    files, now = {}, edit.now
    for name in sorted(name for name, shown in now.shown_in.items() if not shown.isdisjoint(edit.surveys)):
        survey = now.surveys[name]
        text = bib_file(keys_of(survey, now), now.references, entries, states)
        files.update(dict.fromkeys(map(bib_address, (survey.survey, *survey.aliases)), text))
    return files


def replaced(text: bytes, pairs: Iterable[tuple[str, str]]) -> bytes | None:
    """Return *text* with the second of each pair in the place of the first; None where that stands there not once.

    Of a file of a site of ten thousand papers there are two copies at a time, in bytes: text takes twice as much.
    """
    for old, new in pairs:
        if old != new:
            before = old.encode()
            start = text.find(before)
            end = start + len(before)
            if start < 0 or text.find(before, end) >= 0:
                return None
            whole = memoryview(text)
            text = b"".join((whole[:start], new.encode(), whole[end:]))
    return text
