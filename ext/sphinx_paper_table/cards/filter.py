"""The bar by which readers filter and sort: hidden until its script shows it, and nothing where none can run."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import register_expansion
from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.node_types import paper_card, paper_filter
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.selection import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.cards.facets import Facets

CLASS: Final = "pt-filter"
ORDERS: Final = {
    "": _("Default order"),
    "year": _("Oldest first"),
    "-year": _("Newest first"),
    "name": _("Name"),
}
"""The orders to choose from; the names are those in addresses."""


def build_filter(facets: Facets, *, sortable: bool) -> paper_filter:
    """Return the node of the bar; *sortable* says whether it offers orders."""
    return paper_filter("", facets=dataclasses.replace(facets, facts={}), classes=[CLASS], sortable=sortable)


def facts_of(facets: Facets) -> dict[str, str]:
    """Return what the script of the bar reads of each paper, by id: ``TAGS,VENUE,RELATIONS,HAS,YEAR,DATE``, then more.

    More are the fields that have a choice of their own on the bar, in its order. Indexes of choices are joined by
    dots. Short, because every paper on a page has one.
    """
    return {
        paper: ",".join(
            (
                *map(_dotted, (facts.tags, facts.venues, facts.relations, facts.has)),
                *(facts.year, facts.date),
                *map(_dotted, ((facts.status,) if facets.status else ()) + facts.more),
            )
        )
        for paper, facts in facets.facts.items()
    }


def _dotted(indexes: Iterable[int]) -> str:
    return ".".join(map(str, indexes))


def add_facts(view: nodes.Element, facets: Facets) -> None:
    """Tell every card in *view* what the bar filters it by."""
    facts = facts_of(facets)
    for card in view.findall(paper_card):
        card["card"] = dataclasses.replace(card["card"], facts=facts[card["card"].id])


def visit_filter(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the bar, unless for a book."""
    if self.builder.name != "epub":
        html = templates().get_template("cards/filter.html")
        section = _section_of(node) if len(list(self.document.findall(paper_filter))) > 1 else ""
        self.body.append(html.render(node=node, facets=node["facets"], section=section, OWN=OWN, ORDERS=ORDERS) + "\n")
    raise nodes.SkipNode


def _section_of(node: nodes.Element) -> str:
    """Return the title of the section that a filter stands in: landmarks of one page need different names."""
    while node.parent and not isinstance(node, nodes.section):
        node = node.parent
    title = node.next_node(nodes.title)
    return title.astext() if title else ""


def expand_filter(_node: Any, _builder: Builder, _docname: str) -> list[nodes.Node]:
    """Return nothing: there is nobody who could filter."""
    return []


def setup_filter(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_filter, html=(visit_filter, None))
    register_expansion(paper_filter, expand_filter)
