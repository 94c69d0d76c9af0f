"""Files of a site after an edit of which others see nothing: what they say of the edited surveys is replaced in them.

Ten thousand papers take seconds to be written anew, and one of them milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_paper_table.exports.addresses import PAPERS, bib_address
from sphinx_paper_table.exports.bib_files import bib_file, keys_of
from sphinx_paper_table.exports.papers import survey_texts
from sphinx_paper_table.survey.status_lines import statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue


class Edit(NamedTuple):
    """What the *surveys* said before, and what they say now; the faces of all are the same (`survey.faces`)."""

    before: Catalogue
    now: Catalogue
    surveys: frozenset[str]


def edited_files(
    edit: Edit, entries: Mapping[str, Entry], site: Site, read: Callable[[str], str]
) -> dict[str, str] | None:
    """Return those files of `export_files` that say something else after *edit*, by their addresses.

    *read* returns what a file says now. None where that is not what it said of the surveys before.
    """
    pairs = [
        pair
        for name in sorted(edit.surveys)
        for pair in zip(survey_texts(name, edit.before, site), survey_texts(name, edit.now, site), strict=True)
    ]
    papers = replaced(read(PAPERS), pairs)
    if papers is None:
        return None
    files, now = {PAPERS: papers}, edit.now
    states = statuses_of_references(now)
    for name in sorted(edit.surveys):
        survey = now.surveys[name]
        text = bib_file(keys_of(survey, now), now.references, entries, states)
        files.update(dict.fromkeys(map(bib_address, (survey.survey, *survey.aliases)), text))
    return files


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str | None:
    """Return *text* with the second of each pair in the place of the first; None where that stands there not once."""
    for old, new in pairs:
        if old != new:
            before, found, after = text.partition(old)
            if not found or old in after:
                return None
            text = f"{before}{new}{after}"
    return text
