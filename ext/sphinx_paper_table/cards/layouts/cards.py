"""The layout ``cards``: a heading and a grid of cards for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.cards.layout import register_layout

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import View


def layout_cards(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return loose cards first, then the groups."""
    return [*canvas.grid(view.entries, 0), *(canvas.group(section) for section in view.sections)]


def setup_cards(_app: Sphinx) -> None:
    """Register the layout."""
    register_layout("cards", layout_cards)
