"""Which papers a view shows, and in which order: the options of ``paper-table`` as a question to the catalogue."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.entities import Group, Links, Paper, Survey
from sphinx_paper_table.survey.fingerprint import paper_facts
from sphinx_paper_table.survey.initials import initial_of
from sphinx_paper_table.survey.paper_fields import shown_fields
from sphinx_paper_table.survey.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Item
    from sphinx_paper_table.survey.located import Located

_YEAR: Final = re.compile(r"\d{4}")
UNDATED: Final = (0, 0)
"""The range of years that asks for what has none."""
_HAVING: Final = {
    shown.name or field: (record, field, shown)
    for record in (Links, Paper)
    for field, shown in shown_fields(record).items()
    if shown.has
}
"""What ``:has:`` can ask for, with the record and the field that have it."""
OWN: Final = {name: shown.label for name, (_record, _field, shown) in _HAVING.items() if not shown.filter}
"""What readers can filter papers by that have it, with its English label."""
HAS: Final = {name: _HAVING[name][2].has for name in sorted(_HAVING, key=lambda name: name not in OWN)}
"""What ``:has:`` can ask for, explained; what has a filter of its own stands last."""
SORTS: Final[dict[str, str]] = {
    "survey": "the order of the YAML file",
    "year": "the date of first publication, the oldest first",
    "newest": "the date of first publication, the newest first",
    "name": "the name, without regard to case",
    "venue": "the venue, then the date",
}
"""The values of ``:sort:``, each with its explanation."""


@dataclass(frozen=True, slots=True)
class Selection(Query["View"]):
    """A view's target, filters and order. Empty filters admit everything; several must all admit a paper."""

    target: str = ""
    tags: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    venues: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    sort: str = "survey"

    @property
    def is_whole(self) -> bool:
        """Whether the view leaves nothing out; such a view owns the anchors of the papers at home in it."""
        return bool(self.target) and not (self.tags or self.is_part or self.venues or self.ids or self.has)

    @property
    def is_part(self) -> bool:
        """Whether the view is cut by years or by letters, as long lists are: other views show the rest."""
        return self.years is not None or bool(self.letters)

    def shown_surveys(self, catalogue: Catalogue) -> frozenset[str] | None:
        """Return the survey of the view, and those at home in which others of its papers are."""
        survey = catalogue.former_groups.get(self.target, self.target).partition("#")[0]
        return catalogue.shown_in.get(catalogue.survey_aliases.get(survey, survey))

    def answer(self, catalogue: Catalogue) -> View | None:
        """Return the view; None when the target does not exist."""
        return select(catalogue, self)

    def fingerprint_of(self, answer: View, catalogue: Catalogue) -> str:
        """Return a hash of the records in the view and of what cards derive from them: places in files do not count."""
        survey = answer.survey
        shown = hashlib.blake2b(digest_size=16)
        if survey is not None:
            anchors = [catalogue.anchor("survey", name) for name in (survey.survey, *survey.aliases)]
            shown.update(repr((survey.title, anchors, survey.summary, survey.videos)).encode())
        for section in answer.all_sections():
            anchor = catalogue.anchor("group", section.address)
            former = catalogue.former_of_groups.get(section.address, ())
            facts = (section.address, anchor, former, section.title, section.depth, section.period, section.summary)
            shown.update(repr((*facts, len(section.entries))).encode())
        for entry in answer.all_entries():
            shown.update(repr((entry.note, entry.is_home, paper_facts(entry.paper, catalogue))).encode())
        return shown.hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in a view; *note* is what the survey says of it at this place when its home is elsewhere."""

    paper: Paper
    note: Located | None = None
    is_home: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A group of a view, or a survey in a view of the whole catalogue; ``depth`` counts from 0."""

    address: str
    title: Located
    depth: int
    period: Located | None = None
    summary: Located | None = None
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def count(self) -> int:
        """Papers in this section and those within it."""
        return len(self.entries) + sum(section.count for section in self.sections)


@dataclass(frozen=True, slots=True)
class View:
    """The answer to a selection: loose entries first, then sections; *survey* when all of one is asked for."""

    selection: Selection
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    survey: Survey | None = None
    address: str = field(default="")

    @property
    def count(self) -> int:
        """Papers in the view."""
        return len(self.entries) + sum(section.count for section in self.sections)

    def all_entries(self) -> tuple[Entry, ...]:
        """Return every entry, in the order shown."""
        return (*self.entries, *(entry for section in self.all_sections() for entry in section.entries))

    def all_sections(self) -> tuple[Section, ...]:
        """Return every section, parents before children."""
        return tuple(inner for section in self.sections for inner in _flatten(section))


def _flatten(section: Section) -> tuple[Section, ...]:
    return (section, *(deeper for inner in section.sections for deeper in _flatten(inner)))


def flat(view: View, catalogue: Catalogue) -> View:
    """Return a view with the papers alone, each once and in the order that is asked for, without their groups."""
    once: dict[str, Entry] = {}
    for entry in view.all_entries():
        once.setdefault(entry.paper.id, entry)
    return View(view.selection, ordered([*once.values()], view.selection.sort, catalogue))


def select(catalogue: Catalogue, selection: Selection) -> View | None:
    """Return what *catalogue* has for *selection*; None when its target does not exist."""
    if not selection.target:
        surveys = tuple(_survey_section(survey, catalogue, selection) for survey in catalogue.surveys.values())
        return View(selection, sections=_without_empty(surveys))
    if "#" in selection.target:
        group = catalogue.group(selection.target)
        if group is None:
            return None
        address = catalogue.former_groups.get(selection.target, selection.target)
        section = _section(group, address.partition("#")[0], 0, catalogue, selection)
        return View(selection, sections=(section,) if section.count else (), address=section.address)
    survey = catalogue.survey(selection.target)
    return None if survey is None else view_of(survey, catalogue, selection)


def view_of(survey: Survey, catalogue: Catalogue, selection: Selection) -> View:
    """Return what *selection* admits of one survey."""
    whole = _survey_section(survey, catalogue, selection, depth=-1)
    return View(selection, whole.entries, whole.sections, survey, survey.survey)


def _survey_section(survey: Survey, catalogue: Catalogue, selection: Selection, depth: int = 0) -> Section:
    return Section(
        survey.survey,
        survey.title,
        depth,
        summary=survey.summary,
        entries=_entries(survey.papers, catalogue, selection),
        sections=_without_empty(
            tuple(_section(group, survey.survey, depth + 1, catalogue, selection) for group in survey.groups)
        ),
    )


def _section(group: Group, survey_id: str, depth: int, catalogue: Catalogue, selection: Selection) -> Section:
    return Section(
        f"{survey_id}#{group.id}",
        group.title,
        depth,
        group.period,
        group.summary,
        _entries(group.papers, catalogue, selection),
        _without_empty(tuple(_section(inner, survey_id, depth + 1, catalogue, selection) for inner in group.groups)),
    )


def _without_empty(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.count)


def _entries(items: tuple[Item, ...], catalogue: Catalogue, selection: Selection) -> tuple[Entry, ...]:
    admitted = [entry for item in items if (entry := _entry(item, catalogue)) and _admits(selection, entry, catalogue)]
    return ordered(admitted, selection.sort, catalogue)


def ordered(entries: list[Entry], sort: str, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return *entries* in one of the `SORTS`; equal ones keep their order."""
    key = _sort_key(sort, catalogue)
    return tuple(entries if key is None else sorted(entries, key=key, reverse=sort == "newest"))


def _entry(item: Item, catalogue: Catalogue) -> Entry | None:
    if isinstance(item, Paper):
        return Entry(item)
    paper = catalogue.paper(item.ref)
    return Entry(paper, item.note, is_home=False) if paper else None


def _admits(selection: Selection, entry: Entry, catalogue: Catalogue) -> bool:
    paper = entry.paper
    reference = catalogue.reference(paper)
    return (
        (
            not selection.tags
            or not {catalogue.tag_aliases.get(tag, tag) for tag in selection.tags}.isdisjoint(paper.tags)
        )
        and (not selection.ids or not {*selection.ids}.isdisjoint((paper.id, *paper.aliases)))
        and (selection.years is None or in_years(year_of(paper, catalogue), selection.years))
        and (not selection.letters or initial_of(paper.name) in selection.letters)
        and (
            not selection.venues
            or catalogue.venue(reference).casefold()
            in {catalogue.venues.label(venue).casefold() for venue in selection.venues}
        )
        and all(has(kind, paper, catalogue) for kind in selection.has)
    )


def year_of(paper: Paper, catalogue: Catalogue) -> str:
    """Return the year of publication, or of first appearance where there is none; empty when neither is known."""
    reference = catalogue.reference(paper)
    year = _YEAR.match((reference.year if reference else "") or catalogue.date(paper))
    return year[0] if year else ""


def in_years(year: str, years: tuple[int, int]) -> bool:
    """Return whether a *year*, empty where there is none, lies in a range."""
    return years[0] <= int(year) <= years[1] if year else years == UNDATED


def has(kind: str, paper: Paper, catalogue: Catalogue) -> bool:
    """Return whether a paper has something of a kind that `HAS` names."""
    if kind == "relations":
        return bool(catalogue.relations_of(paper.id))
    if kind == "status":
        return catalogue.status(paper) is not None
    record, field, _shown = _HAVING[kind]
    return bool(getattr(paper if record is Paper else paper.links, field))


def _sort_key(sort: str, catalogue: Catalogue) -> Callable[[Entry], tuple[str, ...]] | None:
    keys: dict[str, Callable[[Entry], tuple[str, ...]]] = {
        "year": lambda entry: (catalogue.date(entry.paper),),
        "newest": lambda entry: (catalogue.date(entry.paper),),
        "name": lambda entry: (entry.paper.name.casefold(), entry.paper.name),
        "venue": lambda entry: (catalogue.venue(catalogue.reference(entry.paper)), catalogue.date(entry.paper)),
    }
    return keys.get(sort)
