"""Ids in singlehtml: what two pages show alike, each with the same id, stands on one page there.

Addresses of ours are those of the first; what shows the same again, such as an example in a guide, gets a number, as a
second one on a page has. Links to it lead to the first, which says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.node_types import paper_groups

if TYPE_CHECKING:
    from sphinx.application import Sphinx

GiveAnchors = Callable[[Any, Callable[[str], str]], None]
"""Lets a function see each anchor that a node keeps, and keeps what this returns."""
_KEPT: Final[dict[type[nodes.Element], GiveAnchors]] = {}


def register_anchors(kind: type[nodes.Element], give: GiveAnchors) -> None:
    """Let *give* change the anchors of nodes of this *kind*; the attribute ``anchor`` of any node needs none."""
    _KEPT[kind] = give


class _Anchors:
    """The anchors of ours that a page has so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        """Return *wanted*, or with a number what nothing before has."""
        numbered = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
        name = next(name for name in numbered if name not in self._taken)
        self._taken.add(name)
        return name


def number_anchors(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Give each node of ours an anchor of its own where all pages are one."""
    if app.builder.name != "singlehtml":
        return
    anchors = _Anchors()
    for node in doctree.findall(nodes.Element):
        if node.get("anchor"):
            node["anchor"] = anchors.free(node["anchor"])
        if give := _KEPT.get(type(node)):
            give(node, anchors.free)
    for node in doctree.findall(paper_groups):
        shown: Any = zip(node.children, node["groups"], strict=True)
        node["groups"] = tuple((child["anchor"], *listed[1:]) for child, listed in shown)


def setup_single_page(app: Sphinx) -> None:
    """Connect."""
    app.connect("doctree-resolved", number_anchors)
