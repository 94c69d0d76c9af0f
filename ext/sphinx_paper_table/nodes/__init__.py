"""The nodes of a paper table and how each builder prints them.

Between `host` and `components`: components build these nodes, and never need to know of a builder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.citations.printing import setup_printing
from sphinx_paper_table.nodes.compare import setup_compare
from sphinx_paper_table.nodes.contents import setup_contents
from sphinx_paper_table.nodes.elements import shape
from sphinx_paper_table.nodes.filter import setup_filter
from sphinx_paper_table.nodes.html import setup_html
from sphinx_paper_table.nodes.index import setup_index
from sphinx_paper_table.nodes.lineage import setup_lineage
from sphinx_paper_table.nodes.links import setup_links
from sphinx_paper_table.nodes.results import setup_results
from sphinx_paper_table.nodes.standard import setup_standard
from sphinx_paper_table.nodes.surveys import setup_surveys

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup", "shape"]


def setup(app: Sphinx) -> None:
    """Register the nodes with their printers, and their expansion for builders without one."""
    setup_html(app)
    setup_printing(app)
    setup_filter(app)
    setup_compare(app)
    setup_index(app)
    setup_surveys(app)
    setup_results(app)
    setup_lineage(app)
    setup_links(app)
    setup_contents(app)
    setup_standard(app)
