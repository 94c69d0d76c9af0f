"""An index of methods, one node whatever its length: how it is built and how each builder prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.contents import ContentsEntry, register_entries
from sphinx_paper_table.cards.docutils_helpers import (
    bullet_list,
    in_environment,
    joined,
    object_link,
    page_number,
    paragraph,
    register_expansion,
)
from sphinx_paper_table.cards.filter import build_filter, facts_of
from sphinx_paper_table.cards.html import MAX_LEVEL, permalink_of, rendered, templates, texts_of
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.cards.node_types import SORTABLE, paper_filter
from sphinx_paper_table.cards.paper_nodes import text_node
from sphinx_paper_table.cards.single_page import register_anchors
from sphinx_paper_table.features.index.node import paper_index
from sphinx_paper_table.sphinx_host.setting_words import state_mark
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.cards.facets import Facets
    from sphinx_paper_table.features.index.query import IndexGroup, Line
    from sphinx_paper_table.sphinx_host.markup import MarkupParser

NOTHING: Final = {
    "name": _("Other names"),
    "year": _("Year unknown"),
    "venue": _("No venue"),
    "tag": _("Without a tag"),
    "added": _("Earlier"),
}
"""Headings for papers without a letter, year, venue or tag."""
TABULAR: Final = "pt-tabular"
"""Marks the lists that readers can see as tables; its style sheet and script come with it."""
_COLUMNS: Final = (_("Name"), _("Year"), _("Venue"), _("Survey"), _("Tags"), _("Cite key"))
"""The headings of such a table, in the order of its script."""
_WITHOUT_LINKS: Final = ("text", "man", "latex")
"""Builders whose readers do not click: a list to jump from is of no use to them."""


def heading(group: IndexGroup, by: str) -> str:
    """Return the title of a group, in the language of the build where it is ours."""
    return group.title or str(NOTHING[by])


def build_index(
    groups: tuple[IndexGroup, ...], by: str, markup: MarkupParser, anchors: Callable[[IndexGroup], Iterator[str]]
) -> paper_index:
    """Return the node; *anchors* gives each heading its id, and those that it had before."""
    node = paper_index("", by=by, lines="", facts={})
    placed = []
    for group in groups:
        text = -1
        if group.description is not None:
            text = len(node.children)
            node += text_node("description", group.description, markup)
        placed.append(replace(group, description=None, anchors=tuple(anchors(group)), text=text))
    node["groups"] = tuple(placed)
    return node


def add_filter(node: paper_index, facets: Facets) -> None:
    """Let readers filter the lines."""
    node["facts"] = facts_of(facets)
    node += build_filter(facets, sortable=True)
    if node["lines"] != "short":
        node["classes"] += [SORTABLE, TABULAR]


def visit_index(self: HTML5Translator, node: nodes.Element) -> None:
    """Print an index whole."""
    html = templates().get_template("features/index/index.html")
    texts = texts_of(self, node)
    is_long = sum(len(group.lines) for group in node["groups"]) > self.config.paper_table_full_index
    bar = next(iter(node.findall(paper_filter)), None)
    self.body.append(
        html.render(
            node=node,
            titles=[heading(group, node["by"]) for group in node["groups"]],
            texts=texts,
            is_short=node["lines"] == "short" or (not node["lines"] and is_long),
            is_named=not is_long,
            bar=rendered(self, bar) if bar else "",
            links=PageLinks(self.builder, self.builder.current_docname),
            level=min(self.section_level + 1, MAX_LEVEL),
            permalink=permalink_of(self, "any"),
            words=_table_words() if TABULAR in node["classes"] and not is_long else {},
        )
        + "\n"
    )
    raise nodes.SkipNode


def _table_words() -> dict[str, Any]:
    """Return what the script says that shows the list as a table."""
    return {"table": str(_("Table")), "caption": str(_("Methods as a table")), "columns": list(map(str, _COLUMNS))}


def expand_index(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a paragraph to jump from, then a heading with a list for each group."""
    expanded: list[nodes.Node] = []
    if builder.name not in _WITHOUT_LINKS:
        jumps: list[list[nodes.Node]] = [
            [nodes.reference("", heading(group, node["by"]), refid=group.anchors[0], internal=True)]
            for group in node["groups"]
        ]
        expanded.append(paragraph(*joined(jumps, " · ")))
    for group in node["groups"]:
        expanded.append(nodes.target("", "", ids=list(group.anchors)))
        expanded.append(nodes.rubric("", heading(group, node["by"]), translatable=False))
        if group.text >= 0:
            expanded.append(paragraph(*node.children[group.text].children))
        lines = bullet_list(_line(line, group.key, builder, docname) for line in group.lines)
        expanded.extend(in_environment("papertableentries", lines) if builder.format == "latex" else lines)
    return expanded


def _line(line: Line, key: str, builder: Builder, docname: str) -> Iterator[nodes.Node]:
    yield object_link(builder, docname, "method", line.paper, line.name)
    if line.status:
        yield nodes.Text(state_mark(line.status))
    if line.published:
        yield nodes.Text(f" ({line.published})")
    if line.title:
        yield nodes.Text(": ")
        yield nodes.emphasis("", line.title)
    if line.survey != key:
        yield nodes.Text(" – ")
        yield object_link(builder, docname, "survey", line.survey, line.survey_title)
    yield from page_number(builder, "method", line.paper)


def _give_anchors(node: paper_index, give: Callable[[str], str]) -> None:
    node["groups"] = tuple(replace(group, anchors=tuple(map(give, group.anchors))) for group in node["groups"])


def setup_index(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_index, html=(visit_index, None))
    register_expansion(paper_index, expand_index)
    register_anchors(paper_index, _give_anchors)
    register_entries(
        paper_index,
        lambda node: [ContentsEntry(group.anchors[0], heading(group, node["by"])) for group in node["groups"]],
    )
