"""Who follows whom: the papers of a view in time, and the relations among them, each drawn from the earlier paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.selection import View


@dataclass(frozen=True, slots=True)
class Member:
    """A paper of a lineage; *date* is empty when it is not known."""

    paper: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of relation that a lineage shows; one that reads the same in both directions has no arrow."""

    id: str
    label: str
    is_symmetric: bool


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation between two members: the paper *source* states it of the paper *target*."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Members by date, the kinds of relation among them in the vocabulary's order, and the relations."""

    members: tuple[Member, ...]
    kinds: tuple[Kind, ...]
    bonds: tuple[Bond, ...]


def lineage_of(view: View, catalogue: Catalogue, kinds: Iterable[str] = ()) -> Lineage:
    """Return the lineage of the papers of *view*; without *kinds*, every relation with a direction is part of it."""
    papers = {str(entry.paper.id): entry.paper for entry in view.all_entries()}
    wanted = frozenset(kinds) or {
        edge.type for edge in catalogue.edges if not catalogue.relation_type(edge.type).symmetric
    }
    bonds = dict.fromkeys(
        Bond(str(edge.type), str(edge.source), str(edge.target))
        for edge in catalogue.edges
        if edge.type in wanted and edge.source in papers and edge.target in papers
    )
    shown = {bond.kind for bond in bonds}
    order = [name for name in (*catalogue.vocabulary.relations, *sorted(shown)) if name in shown]
    terms = {str(name): catalogue.relation_type(name) for name in order}
    dated = (Member(name, str(paper.name), catalogue.date(paper)) for name, paper in papers.items())
    return Lineage(
        tuple(sorted(dated, key=lambda member: member.date or "9999")),
        tuple(Kind(name, str(term.name), term.symmetric) for name, term in terms.items()),
        tuple(bonds),
    )
