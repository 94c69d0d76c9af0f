"""New papers: one entry in the bibliography, one record in its group, and their names in the file of public names.

What an author has to write is left open and marked. What is there already is found and not added again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.conversion import in_dialect
from sphinx_paper_table.bibliography.duplicates import nearly_equal
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.tex_text import ACRONYM
from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.editing.blocks import new_block, paste_all
from sphinx_paper_table.editing.documents import EditError, open_document
from sphinx_paper_table.editing.moving import record_in, target_of
from sphinx_paper_table.editing.names_file import edits_of
from sphinx_paper_table.editing.proposals import proposed_id, proposed_key, proposed_name, proposed_tags, with_likes
from sphinx_paper_table.editing.scalars import written
from sphinx_paper_table.exports.names import public_names
from sphinx_paper_table.survey.anchors import key_anchor
from sphinx_paper_table.survey.located import NOWHERE, Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.references import BibtexEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_paper_table.editing.bibtex_editor import BibtexEditor
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.survey.references import Reference

OPEN: Final = "# TODO: the summary, two or three sentences of your own"
"""Stands in a new record in the place of what its author has to write."""
_WORD: Final = re.compile(r"[^\W_]+")
_SUBTITLE: Final = re.compile(r"\A([A-Z][\w-]{1,40})(?=: )")
_SHORT: Final = re.compile(r"[\w .:-]{1,60}")
_BIBLATEX: Final = frozenset({"date", "journaltitle", "location", "eprinttype"})


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be added: *fields* in TeX, as BibTeX names them."""

    given: str
    """What the author has asked for."""
    type: str
    fields: Mapping[str, str]
    abstract: str = ""
    """For the proposal of tags; it is not written anywhere."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a publication."""

    given: str
    id: str
    name: str
    key: str
    has_entry: bool = False
    """Whether the bibliography had it already."""
    place: Position = NOWHERE
    """Where its record stood already; nothing is changed then."""


def add(
    workspace: Workspace, publications: Iterable[Publication], target: str, today: str, before: str = ""
) -> list[Outcome]:
    """Add records to a survey or group, at its end or *before* another record there, and entries that are missing.

    Raises `EditError` when one cannot be added: nothing is changed then.
    """
    editor, goal = target_of(workspace, target)
    beside = record_in(goal, target, before) if before else None
    bibliography = _bibliography(workspace, str(editor.document.path))
    adding = _Adding(workspace, bibliography, today)
    outcomes = [adding.outcome(publication) for publication in publications]
    blocks = [new_block(editor, lines) for lines in adding.records]
    if blocks:
        bibliography.insert(in_dialect(entry, _dialect(bibliography)) for entry in adding.entries)
        paste_all(editor, goal, "papers", blocks, beside)
        workspace.collect()
        record_names(workspace)
    return outcomes


def record_names(workspace: Workspace) -> None:
    """Put the names that the changes make into the file of public names, where there is one."""
    if workspace.recorded is None:
        return
    present = set(public_names(workspace.catalogue))
    new = [name for name in public_names(workspace.after().catalogue) if name not in present]
    document = open_document(workspace.names_file, str(workspace.names_file))
    workspace.changes.add(document, edits_of(document, workspace.new_names(new)))


class _Adding:
    """The names that are taken, and what is new so far."""

    def __init__(self, workspace: Workspace, bibliography: BibtexEditor, today: str) -> None:
        catalogue = workspace.catalogue
        self.workspace, self.today = workspace, today
        self.references = list(catalogue.references.values())
        cited = ((str(paper.cite[0]), paper) for paper in catalogue.papers.values() if paper.cite)
        self.papers = {catalogue.former_keys.get(key, key): paper for key, paper in cited}
        self.keys = {name.lower() for key in (*catalogue.references, *catalogue.former_keys) for name in _names(key)}
        self.ids = with_likes(map(str, (*catalogue.papers, *catalogue.aliases)))
        self.has_venues = 2 * sum(bool(entry.value("venue")) for entry in bibliography.entries) > len(
            bibliography.entries
        )
        self.entries: list[BibtexEntry] = []
        self.records: list[list[str]] = []
        self.done: dict[str, Outcome] = {}

    def outcome(self, publication: Publication) -> Outcome:
        """Add a publication unless it is there."""
        entry, reference = self._read(publication)
        known = next((other for other in self.references if is_same(reference, other)), None)
        key = known.key if known else proposed_key(reference, self.keys)
        if key in self.done:
            return Outcome(publication.given, self.done[key].id, self.done[key].name, key, has_entry=True)
        if key in self.papers:
            paper = self.papers[key]
            return Outcome(publication.given, str(paper.id), str(paper.name), key, has_entry=True, place=paper.position)
        name = proposed_name(reference.title, key)
        outcome = Outcome(publication.given, proposed_id(name, key, self.ids), name, key, has_entry=bool(known))
        if known is None:
            self.entries.append(BibtexEntry(entry.type, key, (*entry.fields, *self._venue(entry, reference))))
            self.references.append(replace(reference, key=key))
        self.keys.update(name.lower() for name in _names(key))
        self.ids |= with_likes([outcome.id])
        self.done[key] = outcome
        self.records.append(self._record(outcome, f"{reference.title} {publication.abstract}"))
        return outcome

    def _venue(self, entry: BibtexEntry, reference: Reference) -> list[tuple[str, str]]:
        """Return the field with the short name of a venue, where most entries have one and it is known."""
        label = self.workspace.catalogue.venues.label(reference.venue)
        known = any(name == "venue" for name, _value in entry.fields) or label in {"", reference.venue}
        return [("venue", label)] if self.has_venues and not known and _SHORT.fullmatch(label) else []

    def _record(self, outcome: Outcome, text: str) -> list[str]:
        """Return the lines of a new record."""
        tags = proposed_tags(text, self.workspace.catalogue.vocabulary)
        return [
            f"id: {written(outcome.id)}",
            f"name: {written(outcome.name)}",
            f"cite: {written(outcome.key)}",
            OPEN,
            *([f"tags: [{', '.join(written(tag, in_brackets=True) for tag in tags)}]"] if tags else []),
            f"added: {self.today}",
        ]

    def _read(self, publication: Publication) -> tuple[BibtexEntry, Reference]:
        """Return the entry, of type ``misc`` where it lacks what its own needs, and what the site makes of it."""
        fields = {**publication.fields, "title": protected(publication.fields.get("title", ""))}
        found = Problems()
        for kind in dict.fromkeys((publication.type, "misc")):
            entry = BibtexEntry(kind, "new", tuple(fields.items()))
            found = Problems()
            read = parse_bibtex({publication.given: entry_text(entry)}, found, self.workspace.project.bibtex)
            if "new" in read.references and not found.sorted():
                return entry, read.references["new"]
        problem = next(iter(found.sorted()), None)
        reason = problem.text.replace("entry 'new'", "what is known of it") if problem else "it cannot be read"
        raise EditError(f"{publication.given}: {reason}", hint="nothing was written; give BibTeX on standard input")


def is_same(one: Reference, other: Reference) -> bool:
    """Return whether two references are of one publication, by DOI, arXiv id, another identifier or the title."""
    if any(
        mine and mine.casefold() == theirs.casefold()
        for mine, theirs in ((one.doi, other.doi), (one.arxiv, other.arxiv))
    ):
        return True
    if {*one.identifiers} & {pair for pair in other.identifiers if pair[0] not in _SHARED}:
        return True
    if (one.doi and other.doi) or (one.arxiv and other.arxiv) or not one.authors or not other.authors:
        return False
    is_by_the_same = one.authors[0].family.casefold() == other.authors[0].family.casefold()
    words = [_WORD.findall(reference.title.casefold()) for reference in (one, other)]
    return is_by_the_same and bool(words[0]) and nearly_equal(*words)


def protected(title: str) -> str:
    """Return a title in TeX in which styles that write small letters keep the capitals of names such as "MoCo".

    One with braces has been written with care, and stays.
    """
    if "{" in title or "$" in title:
        return title
    marked = title if "\\" in title else ACRONYM.sub(lambda found: f"{{{found[0]}}}", title)
    return _SUBTITLE.sub(r"{\1}", marked)


_SHARED: Final = frozenset({"isbn"})
"""Identifiers that several publications have: the chapters of a book."""


def _names(key: str) -> tuple[str, str]:
    """Return what nothing else may be called: a key, and its anchor."""
    return key, key_anchor(key)


def _bibliography(workspace: Workspace, survey: str) -> BibtexEditor:
    """Return the file for new entries: of several, the one that has most of what the survey file cites."""
    if not workspace.bibliographies:
        msg = "there is no bibliography"
        raise EditError(msg, hint="name one in bibtex_bibfiles in conf.py, or with --bib; it may be empty")
    catalogue = workspace.catalogue
    cited = {str(key) for paper in catalogue.papers.values() if paper.position.path == survey for key in paper.cite}
    places = Counter(catalogue.references[key].position.path for key in cited if key in catalogue.references)
    return max(workspace.bibliographies, key=lambda one: places[one.document.name])


def _dialect(bibliography: BibtexEditor) -> str:
    """Return the dialect that a file is written in, where it is not BibTeX's own."""
    names = Counter(name.lower() in _BIBLATEX for entry in bibliography.entries for name, _value in entry.raw.fields)
    return "biblatex" if names[True] >= max(1, len(bibliography.entries) // 2) else ""
