"""How a view can be laid out: one module a layout, and one name in `BUILT_IN`."""

from __future__ import annotations

from typing import Final

from sphinx_paper_table.cards.layouts.cards import CARDS
from sphinx_paper_table.cards.layouts.groups import GROUPS
from sphinx_paper_table.cards.layouts.sections import SECTIONS
from sphinx_paper_table.cards.layouts.table import TABLE
from sphinx_paper_table.cards.layouts.tabs import TABS
from sphinx_paper_table.sphinx_host.layouts import forget_layouts, register_layout

BUILT_IN: Final = (TABS, GROUPS, CARDS, TABLE, SECTIONS)


def setup_layouts() -> None:
    """Register them."""
    forget_layouts()
    for layout in BUILT_IN:
        register_layout(layout)
