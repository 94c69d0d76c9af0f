"""Surveys at a glance, side by side: how they are built and how each builder prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import object_link, paragraph, register_expansion
from sphinx_paper_table.cards.html import MAX_LEVEL, templates, texts_of
from sphinx_paper_table.cards.links import Links
from sphinx_paper_table.cards.records import text_node
from sphinx_paper_table.features.survey_cards.node import SurveyCard, paper_surveys
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.features.survey_cards.query import Glance
    from sphinx_paper_table.sphinx_host.markup import MarkupParser

COUNTED: Final = {
    "methods": _("Methods"),
    "datasets": _("Data sets"),
    "surveys": _("Surveys"),
    "relations": _("Relations"),
    "results": _("Results"),
    "years": _("Years"),
}
"""What a card counts, and its label."""


def build_surveys(glances: tuple[Glance, ...], markup: MarkupParser) -> paper_surveys:
    """Return the node of all *glances*."""
    node = paper_surveys("")
    cards = []
    for glance in glances:
        text = -1
        if glance.summary is not None:
            text = len(node.children)
            node += text_node("summary", glance.summary, markup)
        cards.append(SurveyCard(glance.survey, glance.title, _counts(glance), text, glance.by_year))
    node["cards"] = tuple(cards)
    return node


def _counts(glance: Glance) -> tuple[tuple[str, str], ...]:
    """Return what was counted as (kind, number), without what there is none of."""
    return tuple((kind, str(number)) for kind in COUNTED if (number := getattr(glance, kind)))


def visit_surveys(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the surveys as cards."""
    html = templates().get_template("surveys.html")
    texts = texts_of(self, node)
    links = Links(self.builder, self.builder.current_docname)
    level = min(self.section_level + 1, MAX_LEVEL)
    years = sorted(year for card in node["cards"] for year, _number in card.by_year)
    most = max((number for card in node["cards"] for _year, number in card.by_year), default=0)
    is_drawn = len(set(years)) > 1 and self.builder.name != "epub"  # a book's drawings would have to be declared
    strip = {"first": years[0], "last": years[-1], "most": most} if is_drawn else None
    self.body.append(html.render(node=node, texts=texts, links=links, labels=COUNTED, level=level, strip=strip) + "\n")
    raise nodes.SkipNode


def expand_surveys(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a definition list: a survey's title, its summary and what was counted."""
    items = []
    for card in node["cards"]:
        link = object_link(builder, docname, "survey", card.survey, card.title)
        body = [paragraph(*node.children[card.text].children)] if card.text >= 0 else []
        if card.counts:
            counts = [str(COUNTED[kind]) + str(_(": ")) + str(number) for kind, number in card.counts]
            body.append(paragraph(nodes.Text(str(_(", ")).join(counts))))
        definition = nodes.definition("", *body)
        items.append(nodes.definition_list_item("", nodes.term("", "", nodes.strong("", "", link)), definition))
    return [nodes.definition_list("", *items)]


def setup_surveys(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_surveys, html=(visit_surveys, None))
    register_expansion(paper_surveys, expand_surveys)
