"""Lineages: the papers of a view in time, and the relations among them, each drawn from the earlier paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.catalogue import Edge
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.selection import View


@dataclass(frozen=True, slots=True)
class Member:
    """A paper of a lineage; *date* is empty when it is not known, *lane* is the survey where it is at home."""

    paper: str
    name: str
    date: str
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of relation that a lineage shows; one that reads the same in both directions has no arrow.

    *number* is its place in the vocabulary, so that it is drawn alike everywhere; *forward* is what it is called in the
    direction of the arrow, from the earlier method to the later one.
    """

    id: str
    label: str
    is_symmetric: bool
    number: int = 0
    forward: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A survey that has members of a lineage."""

    survey: str
    title: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Members by date, the kinds of relation among them in the vocabulary's order, and the relations.

    *lanes* are the surveys of a map across several, in their order; empty when the members are not set apart by them.
    *of* is the member whose relatives the others are.
    """

    members: tuple[Member, ...]
    kinds: tuple[Kind, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Lane, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class LineageQuery(Query[Lineage]):
    """Which part of the lineage of a *selection* to show; without *relations*, every type that has a direction.

    With *of*, only that paper, what leads to it in *steps* relations, and what it leads to in as many; a paper that
    does not exist asks for nothing.
    """

    selection: Selection
    relations: tuple[str, ...] = ()
    of: str = ""
    steps: int = 1

    def answer(self, catalogue: Catalogue) -> Lineage | None:
        """Return the lineage; None when the selection's target does not exist."""
        view = select(catalogue, self.selection)
        return None if view is None else lineage_of(view, catalogue, self)


def lineage_of(view: View, catalogue: Catalogue, query: LineageQuery | None = None) -> Lineage:
    """Return the lineage of the papers of *view*, which the *query* has selected; without one, all of it."""
    query = query or LineageQuery(view.selection)
    whole = _whole_lineage(view, catalogue, query.relations)
    centre = catalogue.paper(query.of) if query.of else None
    if centre is not None:
        return _part_around(whole, str(centre.id), query.steps)
    if view.selection.target:
        return whole
    used = {member.lane for member in whole.members}
    lanes = tuple(Lane(str(name), str(survey.title)) for name, survey in catalogue.surveys.items() if name in used)
    return replace(whole, lanes=lanes if len(lanes) > 1 else ())


def _part_around(whole: Lineage, paper: str, steps: int) -> Lineage:
    """Return the part of a lineage around *paper*."""
    near = {paper}
    for forth in (True, False):
        reached = {paper}
        for _ in range(steps):
            reached |= {
                edge.source if forth else edge.target
                for edge in whole.edges
                if (edge.target if forth else edge.source) in reached
            }
        near |= reached
    edges = tuple(edge for edge in whole.edges if {edge.source, edge.target} <= near)
    kinds = {edge.type for edge in edges}
    return Lineage(
        tuple(member for member in whole.members if member.paper in near),
        tuple(kind for kind in whole.kinds if kind.id in kinds),
        edges,
        of=paper,
    )


def _whole_lineage(view: View, catalogue: Catalogue, kinds: Iterable[str]) -> Lineage:
    papers = {str(entry.paper.id): entry.paper for entry in view.all_entries()}
    admitted = frozenset(kinds) or {
        edge.type for edge in catalogue.edges if not catalogue.relation_type(edge.type).symmetric
    }
    edges = dict.fromkeys(
        Edge(str(edge.type), str(edge.source), str(edge.target))
        for edge in catalogue.edges
        if edge.type in admitted and edge.source in papers and edge.target in papers
    )
    shown = {edge.type for edge in edges}
    order = [*dict.fromkeys((*map(str, catalogue.vocabulary.relations), *sorted(shown)))]
    terms = {name: catalogue.relation_type(name) for name in order if name in shown}
    dated = (
        Member(name, str(paper.name), catalogue.date(paper), str(catalogue.homes[paper.id].survey))
        for name, paper in papers.items()
    )
    return Lineage(
        tuple(sorted(dated, key=lambda member: member.date or "9999")),
        tuple(
            Kind(name, str(term.name), term.symmetric, order.index(name), str(term.inverse or term.name))
            for name, term in terms.items()
        ),
        tuple(edges),
    )
