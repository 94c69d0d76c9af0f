"""Lineages: the papers of a view in time, and the relations among them, each drawn from the earlier paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.catalogue import Edge
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.readable import first_sentence, readable
from sphinx_paper_table.survey.references import ENGLISH, LabelWords
from sphinx_paper_table.survey.selection import Selection, View, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper


@dataclass(frozen=True, slots=True)
class Member:
    """A paper of a lineage.

    *date* is empty when it is not known, *lane* is the survey where it is at home, *group* the key of one of the
    lineage's groups or empty, *status* a key of `STATUS_WORDS` or empty, *summary* the first sentence of its summary.
    """

    paper: str
    name: str
    date: str
    lane: str = ""
    group: str = ""
    status: str = ""
    summary: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """What it says of papers on other sites, whose dates are not known: kind of relation, and paper as ``SITE:ID``."""


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
class MemberGroup:
    """Members that are drawn alike: those of a group of a survey, or of a survey on a map."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Members by date, the kinds of relation among them in the vocabulary's order, and the relations.

    *lanes* are the surveys of a map across several, in their order; empty when the members are not set apart by them.
    *of* is the member whose relatives the others are. *groups* are told apart by colour and shape; there are none, or
    at least two.
    """

    members: tuple[Member, ...]
    kinds: tuple[Kind, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Lane, ...] = ()
    of: str = ""
    groups: tuple[MemberGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class LineageQuery(Query[Lineage]):
    """Which part of the lineage of a *selection* to show; without *relations*, every type that has a direction.

    With *of*, only that paper, what leads to it in *steps* relations, and what it leads to in as many; a paper that
    does not exist asks for nothing. *words* are those of labels in summaries.
    """

    selection: Selection
    relations: tuple[str, ...] = ()
    of: str = ""
    steps: int = 1
    words: LabelWords = ENGLISH

    def answer(self, catalogue: Catalogue) -> Lineage | None:
        """Return the lineage; None when the selection's target does not exist."""
        view = select(catalogue, self.selection)
        return None if view is None else lineage_of(view, catalogue, self)


def lineage_of(view: View, catalogue: Catalogue, query: LineageQuery | None = None) -> Lineage:
    """Return the lineage of the papers of *view*, which the *query* has selected; without one, all of it."""
    query = query or LineageQuery(view.selection)
    whole = _whole_lineage(view, catalogue, query)
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
    members = tuple(member for member in whole.members if member.paper in near)
    kinds = {edge.type for edge in edges} | {kind for member in members for kind, _paper in member.elsewhere}
    return Lineage(
        members,
        tuple(kind for kind in whole.kinds if kind.id in kinds),
        edges,
        of=paper,
        groups=_used(whole.groups, members),
    )


def _used(groups: Iterable[MemberGroup], members: Iterable[Member]) -> tuple[MemberGroup, ...]:
    """Return the groups that have members; one alone tells nothing apart."""
    having = {member.group for member in members}
    found = tuple(group for group in groups if group.key in having)
    return found if len(found) > 1 else ()


def _groups_of(view: View) -> dict[str, MemberGroup]:
    """Return for each paper the outermost section of *view* that it stands in: a group, or a survey of a map."""
    outer = view.sections
    if view.survey is None and len(outer) == 1:
        outer = outer[0].sections
    return {
        str(entry.paper.id): MemberGroup(str(section.address), str(section.title))
        for section in reversed(outer)
        for inner in View(view.selection, sections=(section,)).all_sections()
        for entry in inner.entries
    }


def _whole_lineage(view: View, catalogue: Catalogue, query: LineageQuery) -> Lineage:
    kinds = query.relations
    papers = {str(entry.paper.id): entry.paper for entry in view.all_entries()}
    admitted = frozenset(kinds) or {
        edge.type
        for edge in (*catalogue.edges, *catalogue.edges_elsewhere)
        if not catalogue.relation_type(edge.type).symmetric
    }
    elsewhere = {
        name: tuple(
            (str(edge.type), str(edge.target)) for edge in catalogue.elsewhere.get(name, ()) if edge.type in admitted
        )
        for name in papers
    }
    edges = dict.fromkeys(
        Edge(str(edge.type), str(edge.source), str(edge.target))
        for edge in catalogue.edges
        if edge.type in admitted and edge.source in papers and edge.target in papers
    )
    shown = {edge.type for edge in edges} | {kind for stated in elsewhere.values() for kind, _paper in stated}
    order = [*dict.fromkeys((*map(str, catalogue.vocabulary.relations), *sorted(shown)))]
    terms = {name: catalogue.relation_type(name) for name in order if name in shown}
    homes = {name: str(catalogue.homes[paper.id].survey) for name, paper in papers.items()}
    group_of = _groups_of(view)
    if not view.selection.target:  # a paper that several surveys show stands on the map where it is at home
        titles = {str(name): MemberGroup(str(name), str(survey.title)) for name, survey in catalogue.surveys.items()}
        group_of = {name: titles[home] for name, home in homes.items()}
    order_of_groups = dict.fromkeys(group for name in papers if (group := group_of.get(name)))
    dated = (
        replace(_member(paper, homes[name], group_of.get(name), catalogue, query.words), elsewhere=elsewhere[name])
        for name, paper in papers.items()
    )
    members = tuple(sorted(dated, key=lambda member: member.date or "9999"))
    return Lineage(
        members,
        tuple(
            Kind(name, str(term.name), term.symmetric, order.index(name), str(term.inverse or term.name))
            for name, term in terms.items()
        ),
        tuple(edges),
        groups=_used(order_of_groups, members),
    )


def _member(paper: Paper, home: str, group: MemberGroup | None, catalogue: Catalogue, words: LabelWords) -> Member:
    status = catalogue.status(paper)
    return Member(
        str(paper.id),
        str(paper.name),
        catalogue.date(paper),
        home,
        group.key if group else "",
        str(status.kind) if status else "",
        first_sentence(readable(paper.summary, catalogue, words)) if paper.summary else "",
    )
