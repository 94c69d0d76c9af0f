"""The layout ``cards``: a heading and a grid of cards for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.sphinx_host.layouts import Layout

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import View


def layout_cards(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return loose cards first, then the groups."""
    return [*canvas.grid(view.entries, 0), *(canvas.group(section) for section in view.sections)]


CARDS: Final = Layout("cards", layout_cards, "a heading and a grid of cards for each group")
