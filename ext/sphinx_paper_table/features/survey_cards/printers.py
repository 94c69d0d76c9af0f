"""Surveys at a glance, side by side: how they are built and how each builder prints them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import object_link, paragraph, register_expansion
from sphinx_paper_table.cards.html import MAX_LEVEL, templates, texts_of
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.cards.paper_nodes import text_node
from sphinx_paper_table.features.survey_cards.node import paper_surveys
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.features.survey_cards.query import SurveySummary
    from sphinx_paper_table.sphinx_host.markup import MarkupParser

COUNTED: Final = {
    "methods": (_("Method"), _("Methods")),
    "datasets": (_("Data set"), _("Data sets")),
    "surveys": (_("Survey"), _("Surveys")),
    "relations": (_("Relation"), _("Relations")),
    "results": (_("Result"), _("Results")),
    "years": (_("Year"), _("Years")),
}
"""The counts on a card, by attribute of `SurveySummary`, with their labels for one and for more."""


def build_surveys(summaries: tuple[SurveySummary, ...], markup: MarkupParser) -> paper_surveys:
    """Return the node of all *summaries*."""
    node = paper_surveys("")
    placed = []
    for survey in summaries:
        text = -1
        if survey.summary is not None:
            text = len(node.children)
            node += text_node("summary", survey.summary, markup)
        placed.append(replace(survey, summary=None, text=text))
    node["surveys"] = tuple(placed)
    return node


def _counts(survey: SurveySummary) -> list[tuple[Any, str]]:
    """Return what was counted as (label, number), without what there is none of."""
    numbers = {kind: str(number) for kind in COUNTED if (number := getattr(survey, kind))}
    return [
        (COUNTED[kind][number != "1" and not (kind == "years" and number.isdecimal())], number)
        for kind, number in numbers.items()
    ]


def visit_surveys(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the surveys as cards."""
    html = templates().get_template("features/survey_cards/survey_cards.html")
    texts = texts_of(self, node)
    links = PageLinks(self.builder, self.builder.current_docname)
    level = min(self.section_level + 1, MAX_LEVEL)
    years = sorted(year for survey in node["surveys"] for year, _number in survey.by_year)
    most = max((number for survey in node["surveys"] for _year, number in survey.by_year), default=0)
    is_drawn = len(set(years)) > 1 and self.builder.name != "epub"  # a book's drawings would have to be declared
    strip = {"first": years[0], "last": years[-1], "most": most} if is_drawn else None
    self.body.append(html.render(node=node, texts=texts, links=links, counts=_counts, level=level, strip=strip) + "\n")
    raise nodes.SkipNode


def expand_surveys(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a definition list: a survey's title, its summary and what was counted."""
    items = []
    for survey in node["surveys"]:
        link = object_link(builder, docname, "survey", survey.survey, survey.title)
        body = [paragraph(*node.children[survey.text].children)] if survey.text >= 0 else []
        counts = [str(_("{label}: ")).format(label=label) + number for label, number in _counts(survey)]
        if counts:
            body.append(paragraph(nodes.Text(str(_(", ")).join(counts))))
        definition = nodes.definition("", *body)
        items.append(nodes.definition_list_item("", nodes.term("", "", nodes.strong("", "", link)), definition))
    return [nodes.definition_list("", *items)]


def setup_surveys(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_surveys, html=(visit_surveys, None))
    register_expansion(paper_surveys, expand_surveys)
