"""References in HTML as a list with items: docutils gives them a role that WAI-ARIA has withdrawn.

For sites with paper tables; where the engine stands alone, pages are those of sphinxcontrib-bibtex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def visit_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a reference, and before the first of several their list."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", classes=["citation"], role="listitem"))


def depart_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Close it, and after the last one the list."""
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        self.body.append("</div>\n")


def setup_html_visitors(app: Sphinx) -> None:
    """Put these in the place of docutils' own."""
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
