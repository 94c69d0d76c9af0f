"""References in HTML as a list with items: docutils gives them a role that WAI-ARIA has withdrawn.

For sites with paper tables; where the engine stands alone, pages are those of sphinxcontrib-bibtex.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_known: Final[WeakKeyDictionary[nodes.Element, tuple[set[int], set[int]]]] = WeakKeyDictionary()
"""By parents of lists; the nodes themselves would hold these."""


def visit_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a reference, and before the first of several their list."""
    if id(node) in _ends(node.parent)[0]:
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", classes=["citation"], role="listitem"))


def depart_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Close it, and after the last one the list."""
    self.body.append("</div>\n")
    if id(node) in _ends(node.parent)[1]:
        self.body.append("</div>\n")


def _ends(parent: nodes.Element) -> tuple[set[int], set[int]]:
    """Return the ids, in Python's sense, of the first and of the last references of the lists in *parent*.

    Each reference that asked for its neighbours would look through the list. One that is printed does not change.
    """
    if parent not in _known:
        runs = [list(run) for is_list, run in groupby(parent.children, _is_reference) if is_list]
        _known[parent] = {id(run[0]) for run in runs}, {id(run[-1]) for run in runs}
    return _known[parent]


def _is_reference(node: nodes.Node) -> bool:
    return isinstance(node, nodes.citation)


def setup_html_visitors(app: Sphinx) -> None:
    """Put these in the place of docutils' own."""
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
