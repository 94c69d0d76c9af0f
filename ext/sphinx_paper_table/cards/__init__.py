"""The card of a paper, its layouts, and how each builder prints them: the directive ``paper-table``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.became import setup_became
from sphinx_paper_table.cards.contents import setup_contents
from sphinx_paper_table.cards.directive import setup_paper_table
from sphinx_paper_table.cards.expand import TABS_CLASS, setup_standard
from sphinx_paper_table.cards.facets import Facets
from sphinx_paper_table.cards.filter import CLASS as FILTER_CLASS
from sphinx_paper_table.cards.filter import setup_filter
from sphinx_paper_table.cards.html import setup_html
from sphinx_paper_table.cards.layouts import setup_layouts
from sphinx_paper_table.cards.links import setup_links
from sphinx_paper_table.cards.node_types import SORTABLE, Card
from sphinx_paper_table.cards.quiet_texts import setup_quiet_texts
from sphinx_paper_table.cards.single_page import setup_single_page
from sphinx_paper_table.cards.tikz import setup_tikz
from sphinx_paper_table.citations.html_visitors import setup_html_visitors
from sphinx_paper_table.sphinx_host.assets import BOOK_STYLE, PRINT_STYLE, STYLE, register_assets, serve_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Card, Facets)
"""What the nodes hold, besides what these hold themselves: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register the nodes with their printers, the layouts and the directive, style sheet and scripts."""
    setup_html(app)
    setup_html_visitors(app)
    setup_filter(app)
    setup_links(app)
    setup_single_page(app)
    setup_contents(app)
    setup_quiet_texts(app)
    setup_became(app)
    setup_standard(app)
    setup_tikz(app)
    setup_layouts()
    setup_paper_table(app)
    folder = Path(__file__).parent
    serve_assets(folder, STYLE, PRINT_STYLE, BOOK_STYLE)
    register_assets("paper_card", folder, "paper_print.js")
    register_assets(TABS_CLASS, folder, "paper_tabs.js")
    register_assets(SORTABLE, folder, "paper_sort.js")
    register_assets(FILTER_CLASS, folder, "paper_filter.js")  # behind that of tabs, whose buttons get numbers
