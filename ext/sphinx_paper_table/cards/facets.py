"""What readers can filter papers by: the choices that a view offers, and what each of its papers has of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from sphinx_paper_table.survey.entities import METHOD
from sphinx_paper_table.survey.selection import HAS, has, year_of
from sphinx_paper_table.survey.venues import present_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.selection import View

OWN: Final = tuple(kind for kind in HAS if kind != "relations")
"""What a paper can have of its own; its relations are choices of their own."""
BACKWARDS: Final = "-by"
"""Ends the name of a relation as its target shows it: ``extends-by`` for "extended by"."""
_Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its name in addresses, what readers see, and how many papers have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of a view; what all its papers have is none.

    *facts* says of each paper, by id, the places of its choices in these lists, then its year and its date:
    ``TAGS,VENUE,RELATIONS,HAS,YEAR,DATE`` with places joined by dots. Short, because every paper on a page has one.
    """

    tags: tuple[Choice, ...] = ()
    venues: tuple[Choice, ...] = ()
    relations: tuple[Choice, ...] = ()
    has: tuple[Choice, ...] = ()
    years: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    is_mixed: bool = False
    """Whether some of the papers are no methods."""

    @property
    def count(self) -> int:
        """Papers in the view, each once."""
        return len(self.facts)


_known: WeakKeyDictionary[Catalogue, dict[frozenset[str], Facets]] = WeakKeyDictionary()
"""The facets of sets of papers: several lists of a site show the same thousands."""


def facets(view: View, catalogue: Catalogue) -> Facets:
    """Return the choices that *view* offers; views of the same papers share them."""
    papers = {str(entry.paper.id): entry.paper for entry in view.all_entries()}
    known, key = _known.setdefault(catalogue, {}), frozenset(papers)
    if key not in known:
        known[key] = _facets(dict(sorted(papers.items())), catalogue)
    return known[key]


def _facets(papers: dict[str, Paper], catalogue: Catalogue) -> Facets:
    tags, tag_facts = _facet({name: _tags(paper, catalogue) for name, paper in papers.items()})
    venues, venue_facts = _facet({name: _venue(paper, catalogue) for name, paper in papers.items()})
    relations, relation_facts = _facet(
        {name: _relations(name, catalogue) for name in papers}, _all_relations(catalogue)
    )
    having, has_facts = _facet({name: _having(paper, catalogue) for name, paper in papers.items()}, OWN)
    years = {name: year_of(paper, catalogue) for name, paper in papers.items()}
    places = (tag_facts, venue_facts, relation_facts, has_facts)
    is_mixed = any(catalogue.kind(paper) != METHOD for paper in papers.values())
    facts = {
        name: ",".join((*(place[name] for place in places), years[name], catalogue.date(paper)))
        for name, paper in papers.items()
    }
    return Facets(tags, venues, relations, having, tuple(sorted({*years.values()} - {""})), facts, is_mixed)


def _facet(found: Mapping[str, _Labels], order: Iterable[str] = ()) -> tuple[tuple[Choice, ...], dict[str, str]]:
    """Return the choices, in *order* or else by label, and of every paper the places of its own."""
    counts = Counter(value for labels in found.values() for value in labels)
    known = {value: label for labels in found.values() for value, label in labels.items()}
    names = [value for value in order if value in known] or sorted(known, key=lambda value: known[value].casefold())
    choices = tuple(Choice(name, known[name], counts[name]) for name in names if counts[name] < len(found))
    places = {choice.value: place for place, choice in enumerate(choices)}
    return choices, {
        name: ".".join(str(places[value]) for value in labels if value in places) for name, labels in found.items()
    }


def _tags(paper: Paper, catalogue: Catalogue) -> _Labels:
    terms = catalogue.vocabulary.tags
    return {str(tag): str(terms[tag].name if tag in terms else tag) for tag in paper.tags}


def _venue(paper: Paper, catalogue: Catalogue) -> _Labels:
    reference = catalogue.reference(paper)
    venue = present_name(reference.venue) if reference else ""
    return {venue: venue} if venue else {}


def _relations(name: str, catalogue: Catalogue) -> _Labels:
    """Return the relations of a paper in both directions."""
    found = {}
    for edge in catalogue.outgoing.get(name, ()):
        found[edge.type] = str(catalogue.relation_type(edge.type).name)
    for edge in catalogue.incoming.get(name, ()):
        kind = catalogue.relation_type(edge.type)
        found[edge.type if kind.symmetric else edge.type + BACKWARDS] = str(catalogue.backward_label(edge.type))
    return {str(value): label for value, label in found.items()}


def _all_relations(catalogue: Catalogue) -> list[str]:
    """Return the names of all relations, each before its other direction."""
    kinds = dict.fromkeys((*map(str, catalogue.vocabulary.relations), *(str(edge.type) for edge in catalogue.edges)))
    return [name for kind in kinds for name in (kind, kind + BACKWARDS)]


def _having(paper: Paper, catalogue: Catalogue) -> _Labels:
    return {kind: kind for kind in OWN if has(kind, paper, catalogue)}
