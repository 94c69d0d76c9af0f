"""How a view can be laid out: one module a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.cards.layouts.cards import setup_cards
from sphinx_paper_table.cards.layouts.sections import setup_sections
from sphinx_paper_table.cards.layouts.table import setup_table
from sphinx_paper_table.cards.layouts.tabs import setup_tabs

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_layouts(app: Sphinx) -> None:
    """Register them."""
    setup_cards(app)
    setup_tabs(app)
    setup_table(app)
    setup_sections(app)
