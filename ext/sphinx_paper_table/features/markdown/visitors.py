"""What sphinx-markdown-builder lacks: references, captions, anchors in places of their own; cards as items of lists.

Its lists of definitions are those of PHP Markdown Extra, which CommonMark has not, with a tag for each break of a line.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    Visitor = Callable[[Any, nodes.Element], None]

BUILDER: Final = "markdown"
"""The name of the builder, which its translators are looked up by."""


def visit_anchored(self: Any, node: nodes.Element) -> None:
    """Print the ids of a node that has no mark-up of its own."""
    self.add("".join(f'<a id="{escape(anchor)}"></a>' for anchor in _own_ids(node)))


def _own_ids(node: nodes.Element) -> list[str]:
    """Return the ids of a node; a target that only refers to the next node gives it its id already."""
    return [node["refid"]] if "refid" in node else list(node["ids"])


def visit_rubric(self: Any, node: nodes.Element) -> None:
    """Begin a heading that is none of the page's sections, with its anchors."""
    self.ensure_eol(2)
    visit_anchored(self, node)
    self.add("**", prefix_eol=2 if node["ids"] else 0)


def depart_rubric(self: Any, _node: nodes.Element) -> None:
    """End it."""
    self.add("**", suffix_eol=2)


def visit_definition_list(self: Any, node: nodes.Element) -> None:
    """Begin a list of terms."""
    self.visit_bullet_list(node)


def depart_definition_list(self: Any, node: nodes.Element) -> None:
    """End it."""
    self.depart_bullet_list(node)


def visit_definition_list_item(self: Any, node: nodes.Element) -> None:
    """Begin a term with what is said of it."""
    self.visit_list_item(node)


def depart_definition_list_item(self: Any, node: nodes.Element) -> None:
    """End it."""
    self.depart_list_item(node)


def visit_term(self: Any, node: nodes.Element) -> None:
    """Begin a term; ours are set off already."""
    visit_anchored(self, node)
    if not any(isinstance(child, nodes.strong) for child in node):
        self.add("**")


def depart_term(self: Any, node: nodes.Element) -> None:
    """End it."""
    if not any(isinstance(child, nodes.strong) for child in node):
        self.add("**")
    self.ensure_eol(2)


def visit_citation(self: Any, node: nodes.Element) -> None:
    """Begin a reference: its first paragraph has the label, and the anchors of its key and of former keys."""
    self.ensure_eol(2)
    label, first = node.next_node(nodes.label), node.next_node(nodes.paragraph)
    if label is not None and first is not None:
        node.remove(label)
        first[:0] = [nodes.target("", "", ids=list(node["ids"])), nodes.Text(f"[{label.astext()}] ")]


def depart_citation(self: Any, _node: nodes.Element) -> None:
    """End it."""
    self.ensure_eol(2)


def visit_block(self: Any, _node: nodes.Element) -> None:
    """Begin a paragraph."""
    self.ensure_eol(2)


def depart_block(self: Any, _node: nodes.Element) -> None:
    """End it."""
    self.ensure_eol(2)


def _depart_nothing(self: Any, _node: nodes.Element) -> None:
    """Leave a node that ends with its content."""


VISITORS: Final[dict[type[nodes.Element], tuple[Visitor, Visitor]]] = {
    nodes.citation: (visit_citation, depart_citation),
    nodes.caption: (visit_block, depart_block),
    nodes.legend: (visit_block, depart_block),
    nodes.target: (visit_anchored, _depart_nothing),
    nodes.rubric: (visit_rubric, depart_rubric),
    nodes.definition_list: (visit_definition_list, depart_definition_list),
    nodes.definition_list_item: (visit_definition_list_item, depart_definition_list_item),
    nodes.term: (visit_term, depart_term),
    nodes.definition: (visit_block, _depart_nothing),
}


def setup_markdown_visitors(app: Sphinx) -> None:
    """Register the visitors for that builder, whether or not the project loads it."""
    for node, functions in VISITORS.items():
        app.add_node(node, override=True, **{BUILDER: functions})
