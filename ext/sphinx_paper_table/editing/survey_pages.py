"""The pages of a new survey: one, or, where that would be too large for readers, one for each of its groups."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.editing.contents import add_to_contents
from sphinx_paper_table.editing.templates import filled
from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_paper_table.editing.documents import Document
    from sphinx_paper_table.editing.workspace import Workspace

_MARKUP: Final = {".md": re.compile(r"([\\`*_{}\[\]<>#$~|&^])"), ".rst": re.compile(r"([\\`*_|<>])")}
_TABLE: Final = re.compile(
    r"(?:\{paper-table\}|\.\. paper-table::)[ \t]{1,9}([^\s#]{1,250})(?:#(\S{1,250}))?[ \t]{0,9}$", re.MULTILINE
)
"""A table of a survey, or of a group of it."""


class SurveyPart(NamedTuple):
    """A group that has a page of its own: its id and its title."""

    id: str
    title: str


def survey_pages(suffix: str, values: Mapping[str, str], parts: Sequence[SurveyPart]) -> dict[str, str]:
    """Return the pages by their paths in the folder of surveys, that of the survey first.

    *values* are those of the templates, with the id of the survey; *suffix* says the markup.
    """
    survey = values["id"]
    if not parts:
        return {f"{survey}{suffix}": filled(f"survey{suffix}", values)}
    contents = "\n".join(f"{survey}/{part.id}" for part in parts)
    pages = {f"{survey}{suffix}": filled(f"survey-of-parts{suffix}", {**values, "parts": contents})}
    for part in parts:
        inner = {**values, **heading_of(part.title, suffix), "group": part.id}
        pages[f"{survey}/{part.id}{suffix}"] = filled(f"survey-part{suffix}", inner)
    return pages


class ShownParts(NamedTuple):
    """The groups of a survey that have pages of their own, and where these stand."""

    ids: frozenset[str]
    folder: Path
    suffix: str


def shown_parts(workspace: Workspace, survey: str) -> ShownParts | None:
    """Return the groups of *survey* with pages of their own; None where they have none, or a page has all."""
    found = [
        (page, table[2] or "") for page in workspace.pages for table in _TABLE.finditer(page.text) if table[1] == survey
    ]
    if not found or any(not group for _page, group in found):
        return None
    first = found[0][0].path
    return ShownParts(frozenset(group for _page, group in found), first.parent, first.suffix)


def add_parts(workspace: Workspace, survey: str, shown: ShownParts, parts: Sequence[SurveyPart]) -> Iterator[str]:
    """Give *parts* of a survey pages of their own, beside those that are *shown*; yield what has to be done by hand."""
    page = next((one for one in workspace.pages if one.path == shown.folder.with_suffix(shown.suffix)), None)
    added = []
    for part in parts:
        path = shown.folder / f"{part.id}{shown.suffix}"
        if page is None or path.exists():
            yield f"show the group '{part.id}' on a page: a paper-table of {survey}#{part.id}"
            continue
        values = {**heading_of(part.title, shown.suffix), "id": survey, "group": part.id}
        workspace.changes.new[path] = filled(f"survey-part{shown.suffix}", values)
        added.append(f"{shown.folder.name}/{part.id}")
    if page is not None and added:
        workspace.changes.add(page, _named_in(page, added))


def _named_in(page: Document, names: Sequence[str]) -> list[TextEdit]:
    """Return the edits that name pages last in the contents of *page*, which has some already."""
    edits = add_to_contents(page, names[0])
    return [
        TextEdit(edit.path, edit.start, edit.end, "".join(edit.replacement.replace(names[0], name) for name in names))
        for edit in edits
    ]


def heading_of(title: str, suffix: str) -> dict[str, str]:
    """Return *title* as the heading of a page, and the line below it that reStructuredText asks for."""
    heading = _MARKUP[suffix].sub(r"\\\1", title)
    return {"heading": heading, "line": "=" * width_of(heading)}


def width_of(text: str) -> int:
    """Return how many columns *text* takes in an editor."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
