"""The facts of the catalogue that a card shows: cards with equal facts are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.survey.status_lines import status_line

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper


def paper_facts(paper: Paper, catalogue: Catalogue) -> tuple[object, ...]:
    """Return everything that a card shows of *paper*."""
    terms = catalogue.vocabulary
    links = [
        (relation.label, relation.paper, catalogue.name_of(relation.paper), relation.edge.why)
        for relation in catalogue.relations_of(paper.id)
    ]
    return (
        paper,
        status_line(catalogue.status(paper), catalogue),
        catalogue.published_since(paper),
        [catalogue.anchor("method", name) for name in (paper.id, *paper.aliases)],
        [catalogue.references.get(key) for key in paper.cite],
        catalogue.venue(catalogue.reference(paper)),
        links,
        [terms.tags.get(tag) for tag in paper.tags],
        [terms.benchmarks.get(result.benchmark) for result in paper.results],
        [catalogue.references.get(result.source) for result in paper.results],
    )
