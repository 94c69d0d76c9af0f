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

    from sphinx_paper_table.features.survey_cards.query import Drawn, SurveySummary
    from sphinx_paper_table.sphinx_host.markup import MarkupParser

WIDTH: Final = 300
TALLEST: Final = 110
"""The size of a drawing, in its own units."""
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


def _counts(survey: SurveySummary, *, with_years: bool = True) -> list[tuple[Any, str]]:
    """Return what was counted as (label, number), without what there is none of; years stand at a drawing too."""
    kinds = [kind for kind in COUNTED if with_years or kind != "years"]
    numbers = {kind: str(number) for kind in kinds if (number := getattr(survey, kind))}
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
    drawing = (lambda _drawn: None) if self.builder.name == "epub" else drawing_of  # a book would have to declare it
    self.body.append(
        html.render(node=node, texts=texts, links=links, counts=_counts, level=level, drawing=drawing) + "\n"
    )
    raise nodes.SkipNode


def drawing_of(drawn: Drawn | None) -> dict[str, str] | None:
    """Return a drawing as the paths of its ``lines`` and ``dots``, and how high it is; None without one.

    Time goes to the right, groups go down. Papers of a group stand by turns a little above and below its middle, so
    that those of a few months are told apart.
    """
    if drawn is None:
        return None
    height = min(TALLEST, 16 + 9 * drawn.lanes)
    lane_height = (height - 12) / drawn.lanes
    points = []
    for number, (moment, lane) in enumerate(drawn.dots):
        across = 6 + (WIDTH - 12) * (moment - drawn.first) / (drawn.last + 1 - drawn.first)
        down = 6 + lane_height * (lane + 0.5 + 0.25 * (number % 3 - 1))
        points.append((round(across), round(down)))
    curves = (_curve(points[start], points[end]) for start, end in drawn.lines)
    dots = (f"M{across} {down}h0" for across, down in points)
    return {"height": str(height), "lines": "".join(curves), "dots": "".join(dots)}


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


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
