"""All methods for looking up: the papers of a view as short lines, grouped by what readers remember of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.cards.facets import facets
from sphinx_paper_table.reading.directive_rules import was_changed
from sphinx_paper_table.survey.initials import DIGIT, initial_of
from sphinx_paper_table.survey.paper_fields import tags_of
from sphinx_paper_table.survey.query import Query, digest
from sphinx_paper_table.survey.readable import first_sentence, readable
from sphinx_paper_table.survey.references import ENGLISH, LabelWords
from sphinx_paper_table.survey.selection import Selection, ordered, select, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.selection import Entry, View

DIGITS: Final = "0–9"
_LAST: Final = "\U0010ffff"
_MIRRORED: Final = str.maketrans("0123456789", "9876543210")


@dataclass(frozen=True, slots=True)
class Line:
    """A paper in an index; *survey* is the id of its home."""

    paper: str
    name: str
    title: str
    published: str
    year: str
    survey: str
    survey_title: str
    status: str = ""
    """What became of it: a key of `STATUS_WORDS`."""
    authors: str = ""
    others: str = ""
    """All authors, where *authors* names the first only."""
    summary: str = ""
    """The first sentence of its summary; only in lists where a paper stands once."""
    key: str = ""
    """The cite key of the paper itself."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The papers that share a letter, year, venue, tag or survey; *key* and *title* are empty when they have none.

    On a page it has *anchors*, its own and then former ones, and its description is the child *text* of the node (-1:
    none).
    """

    key: str
    title: str
    lines: tuple[Line, ...]
    description: Located | None = None
    former: tuple[str, ...] = ()
    """Keys that it had before, which old links may name."""
    anchors: tuple[str, ...] = ()
    text: int = -1


@dataclass(frozen=True, slots=True)
class Index:
    """The papers of *view* in groups."""

    view: View
    groups: tuple[IndexGroup, ...]


@dataclass(frozen=True, slots=True)
class IndexQuery(Query[Index]):
    """A selection, grouped by one of `directive_options.BY`."""

    selection: Selection
    by: str
    words: LabelWords = ENGLISH
    """Those of the page, for names of authors."""
    first: int = 0
    """How many papers it has at most; 0: all."""

    def answer(self, catalogue: Catalogue) -> Index | None:
        """Return the index; None when the selection's target does not exist."""
        view = select(catalogue, self.selection)
        if view is None:
            return None
        return Index(view, first_of(index_groups(view, catalogue, self.by, self.words), self.first))

    def fingerprint_of(self, answer: Index, catalogue: Catalogue) -> str:
        """Return a hash of what the index lists, and of what readers filter it by."""
        return digest((answer.groups, facets(answer.view, catalogue)))


class _Label(NamedTuple):
    """A group's sort key, its key for anchors, and its title."""

    order: str
    key: str
    title: str


def index_groups(view: View, catalogue: Catalogue, by: str, words: LabelWords = ENGLISH) -> tuple[IndexGroup, ...]:
    """Return the papers of *view*, in its order within each group; what has no year, venue or tag stands last."""
    groups: dict[str, tuple[_Label, list[Entry]]] = {}
    for survey, entry in _placed(view, in_each=by == "survey"):
        for label in _labels(entry.paper, survey, catalogue, by):
            groups.setdefault(label.key, (label, []))[1].append(entry)
    tags = catalogue.vocabulary.tags if by == "tag" else {}
    return tuple(
        IndexGroup(
            label.key,
            label.title,
            tuple(_line(entry, catalogue, by, words) for entry in ordered(entries, view.selection.sort, catalogue)),
            tags[label.key].description if label.key in tags else None,  # type: ignore[index]  # an id is text
            _former(label, catalogue, by),
        )
        for label, entries in sorted(groups.values(), key=lambda group: group[0])
    )


def first_of(groups: tuple[IndexGroup, ...], count: int) -> tuple[IndexGroup, ...]:
    """Return the groups with the first *count* lines of them all, or as they are where that is 0."""
    if not count:
        return groups
    found, left = [], count
    for group in groups:
        if left > 0:
            found.append(replace(group, lines=group.lines[:left]))
            left -= len(group.lines)
    return tuple(found)


def _former(label: _Label, catalogue: Catalogue, by: str) -> tuple[str, ...]:
    """Return the former keys of a venue or a tag."""
    if by == "venue":
        return tuple(map(str.casefold, catalogue.venue_spellings.get(label.title, ())))
    term = catalogue.vocabulary.tags.get(label.key) if by == "tag" else None  # type: ignore[call-overload]  # as above
    return tuple(map(str, term.aliases)) if term else ()


def _placed(view: View, *, in_each: bool) -> Iterator[tuple[str, Entry]]:
    """Yield every paper once, or once for *each* survey that shows it, with the survey's id."""
    seen = set()
    places = [(view.address, view.entries), *((section.address, section.entries) for section in view.all_sections())]
    for address, entries in places:
        survey = address.partition("#")[0]
        for entry in entries:
            mark = (survey if in_each else "", entry.paper.id)
            if mark not in seen:
                seen.add(mark)
                yield survey, entry


def _labels(paper: Paper, survey: str, catalogue: Catalogue, by: str) -> Iterator[_Label]:
    if by == "name":
        yield _letter(paper.name)
    elif by == "year":
        year = year_of(paper, catalogue)
        yield _Label(f"{9999 - int(year):04}", year, year) if year else _Label(_LAST, "", "")
    elif by == "venue":
        venue = catalogue.venue(catalogue.reference(paper))
        yield _Label(venue.casefold() or _LAST, venue.casefold(), venue)
    elif by == "added":
        day = str(paper.added or "")
        yield _Label(_reversed_digits(day) or _LAST, day, day)
    elif by == "changed":
        if was_changed(paper):
            day = str(paper.reviewed)
            yield _Label(_reversed_digits(day), day, day)
    elif by == "tag":
        names = tags_of(paper, catalogue)
        yield from (_Label(name.casefold(), tag, name) for tag, name in names.items())
        if not names:
            yield _Label(_LAST, "", "")
    else:
        yield _Label(f"{catalogue.survey_order[survey]:06}", survey, str(catalogue.surveys[survey].title))


def _reversed_digits(day: str) -> str:
    """Return a text that sorts against the order of days: 2026-11-22 becomes 7973-88-77."""
    return day.translate(_MIRRORED)


def _letter(name: str) -> _Label:
    """Return the Latin letter that a name begins with, without its accents; digits and others have a group each."""
    first = initial_of(name).upper()
    if first == DIGIT:
        return _Label(DIGIT, DIGITS, DIGITS)
    return _Label(first, first, first) if first else _Label(_LAST, "", "")


def _line(entry: Entry, catalogue: Catalogue, by: str, words: LabelWords) -> Line:
    paper = entry.paper
    reference, home = catalogue.reference(paper), catalogue.homes[paper.id].survey
    return Line(
        str(paper.id),
        str(paper.name),
        reference.title if reference else "",
        catalogue.published(reference) or catalogue.date(paper)[:4],
        year_of(paper, catalogue),
        str(home),
        str(catalogue.surveys[home].title),
        str(status.kind) if (status := catalogue.status(paper)) else "",
        reference.short_authors_in(words) if reference else "",
        ", ".join(reference.authors_in(words)) if reference and by == "name" else "",
        first_sentence(readable(paper.summary, catalogue, words)) if paper.summary and by == "name" else "",
        str(reference.key) if reference else "",
    )
