"""What readers can filter papers by: the choices that a view offers, and what each of its papers has of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from sphinx_paper_table.survey.entities import METHOD
from sphinx_paper_table.survey.paper_fields import plain_fields, tags_of
from sphinx_paper_table.survey.selection import OWN, has, year_of
from sphinx_paper_table.survey.status import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.selection import View
    from sphinx_paper_table.survey.status import Status

BACKWARDS: Final = "-by"
"""Ends the name of a relation as its target shows it: ``extends-by`` for "extended by"."""
_Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its name in addresses, what readers see, how many papers have it, and its *former* names."""

    value: str
    label: str
    count: int
    former: tuple[str, ...] = ()
    """Names that it had before; addresses with them keep working."""


class FilterFacts(NamedTuple):
    """What a view's filter knows of one paper: for each list of choices, the indexes of the paper's own in it."""

    tags: tuple[int, ...]
    venues: tuple[int, ...]
    relations: tuple[int, ...]
    has: tuple[int, ...]
    year: str
    date: str
    status: tuple[int, ...]
    more: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of a view; what all its papers have is none. *facts* are those of each paper, by id.

    *more* are the choices of the fields that declare a filter, as (name of the field, its values).
    """

    tags: tuple[Choice, ...] = ()
    venues: tuple[Choice, ...] = ()
    relations: tuple[Choice, ...] = ()
    has: tuple[Choice, ...] = ()
    status: tuple[Choice, ...] = ()
    years: tuple[str, ...] = ()
    more: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    facts: Mapping[str, FilterFacts] = field(default_factory=dict)
    is_mixed: bool = False
    """Whether some of the papers are no methods."""

    @property
    def count(self) -> int:
        """Papers in the view, each once."""
        return len(self.facts)


_known: WeakKeyDictionary[Catalogue, dict[tuple[frozenset[str], bool], Facets]] = WeakKeyDictionary()
"""The facets of the last sets of papers: several lists of a site show the same thousands."""
_MOST: Final = 8
"""Sets of papers whose facets are held; pages of ten thousand papers show hundreds of small ones, each once."""


def facets(view: View, catalogue: Catalogue) -> Facets:
    """Return the choices that *view* offers; views of the same papers share them."""
    papers = {str(entry.paper.id): entry.paper for entry in view.all_entries()}
    across = not view.selection.target
    known, key = _known.setdefault(catalogue, {}), (frozenset(papers), across)
    found = known.pop(key, None) or _facets(dict(sorted(papers.items())), catalogue, across=across)
    known[key] = found
    if len(known) > _MOST:
        del known[next(iter(known))]
    return found


def _facets(papers: dict[str, Paper], catalogue: Catalogue, *, across: bool) -> Facets:
    """Return the choices of *papers*; their surveys are one where the view goes *across* all of them."""
    tags, tag_facts = _facet({name: tags_of(paper, catalogue) for name, paper in papers.items()})
    terms = catalogue.vocabulary.tags
    tags = tuple(
        replace(choice, former=tuple(map(str, terms[choice.value].aliases)))  # type: ignore[index]  # an id is text
        if choice.value in terms
        else choice
        for choice in tags
    )
    venues, venue_facts = _facet({name: _venue(paper, catalogue) for name, paper in papers.items()})
    relations, relation_facts = _facet(
        {name: _relations(name, catalogue) for name in papers}, _all_relations(catalogue)
    )
    having, has_facts = _facet(
        {name: {kind: kind for kind in OWN if has(kind, paper, catalogue)} for name, paper in papers.items()}, OWN
    )
    states, status_facts = _facet(
        {name: _state(catalogue.status(paper)) for name, paper in papers.items()}, STATUS_WORDS
    )
    more = {name: (choices, known) for name, choices, known in _declared(papers) if choices}
    if across:
        surveys = {name: str(catalogue.homes[name].survey) for name in papers if name in catalogue.homes}
        titles = {name: {home: str(catalogue.surveys[home].title)} for name, home in surveys.items()}
        if len(set(surveys.values())) > 1:
            more["survey"] = _facet({name: titles.get(name, {}) for name in papers})
    years = {name: year_of(paper, catalogue) for name, paper in papers.items()}
    facts = {
        name: FilterFacts(
            tags=tag_facts[name],
            venues=venue_facts[name],
            relations=relation_facts[name],
            has=has_facts[name],
            year=years[name],
            date=catalogue.date(paper),
            status=status_facts[name],
            more=tuple(known[name] for _choices, known in more.values()),
        )
        for name, paper in papers.items()
    }
    return Facets(
        tags,
        tuple(replace(choice, former=catalogue.venue_spellings.get(choice.value, ())) for choice in venues),
        relations,
        having,
        states,
        years=tuple(sorted({*years.values()} - {""})),
        more=tuple((name, choices) for name, (choices, _known) in more.items()),
        facts=facts,
        is_mixed=any(catalogue.kind(paper) != METHOD for paper in papers.values()),
    )


def _declared(papers: Mapping[str, Paper]) -> Iterator[tuple[str, tuple[Choice, ...], dict[str, tuple[int, ...]]]]:
    """Yield the name, the choices and the papers' own of every field that declares a filter."""
    for declared in plain_fields():
        if declared.shown.filter:
            labels = {name: {value: value for value in declared.values(paper)} for name, paper in papers.items()}
            yield declared.name, *_facet(labels)


def _facet(
    labels_of: Mapping[str, _Labels], order: Iterable[str] = ()
) -> tuple[tuple[Choice, ...], dict[str, tuple[int, ...]]]:
    """Return the choices, in *order* or else by label, and for every paper the indexes of its own."""
    counts = Counter(value for labels in labels_of.values() for value in labels)
    known = {value: label for labels in labels_of.values() for value, label in labels.items()}
    names = [value for value in order if value in known] or sorted(known, key=lambda value: known[value].casefold())
    choices = tuple(Choice(name, known[name], counts[name]) for name in names if counts[name] < len(labels_of))
    index = {choice.value: number for number, choice in enumerate(choices)}
    return choices, {
        name: tuple(index[value] for value in labels if value in index) for name, labels in labels_of.items()
    }


def _state(status: Status | None) -> _Labels:
    return {status.kind: STATUS_WORDS[status.kind][0]} if status else {}


def _venue(paper: Paper, catalogue: Catalogue) -> _Labels:
    venue = catalogue.venue(catalogue.reference(paper))
    return {venue: venue} if venue else {}


def _relations(name: str, catalogue: Catalogue) -> _Labels:
    """Return the relations of a paper in both directions."""
    labels = {}
    for edge in (*catalogue.outgoing.get(name, ()), *catalogue.elsewhere.get(name, ())):
        labels[edge.type] = str(catalogue.relation_type(edge.type).name)
    for edge in catalogue.incoming.get(name, ()):
        kind = catalogue.relation_type(edge.type)
        labels[edge.type if kind.symmetric else edge.type + BACKWARDS] = str(catalogue.backward_label(edge.type))
    return {str(value): label for value, label in labels.items()}


def _all_relations(catalogue: Catalogue) -> list[str]:
    """Return the names of all relations, each before its other direction."""
    kinds = dict.fromkeys((*map(str, catalogue.vocabulary.relations), *catalogue.stated_types))
    return [name for kind in kinds for name in (kind, kind + BACKWARDS)]
