"""The card of a paper, its layouts, and how each builder prints them: the directive ``paper-table``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.contents import setup_contents
from sphinx_paper_table.cards.directive import setup_paper_table
from sphinx_paper_table.cards.expand import setup_standard
from sphinx_paper_table.cards.facets import Facets
from sphinx_paper_table.cards.filter import setup_filter
from sphinx_paper_table.cards.html import setup_html
from sphinx_paper_table.cards.layouts import setup_layouts
from sphinx_paper_table.cards.links import setup_links
from sphinx_paper_table.cards.node_types import Card
from sphinx_paper_table.citations.html_visitors import setup_printing

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Card, Facets)
"""What the nodes hold, besides what these hold themselves: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register the nodes with their printers, the layouts and the directive."""
    setup_html(app)
    setup_printing(app)
    setup_filter(app)
    setup_links(app)
    setup_contents(app)
    setup_standard(app)
    setup_layouts()
    setup_paper_table(app)
