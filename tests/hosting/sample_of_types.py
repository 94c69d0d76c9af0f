"""What a project that is checked by mypy or Pyright writes with the extension's public names; wrong uses are marked."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_type

from sphinx.util.typing import ExtensionMetadata

import sphinx_paper_table
from sphinx_paper_table import add_paper_layout

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def in_a_column(view: Any, canvas: Any) -> list[nodes.Node]:
    """Return the cards of a view, one below the other."""
    return [canvas.card(entry, "card", depth=0) for entry in view.all_entries()]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Use the public names, and misuse them where an error is expected."""
    add_paper_layout(app, "column", in_a_column, "one card below the other")
    add_paper_layout(app, "column", "in_a_column", "no function")  # type: ignore[arg-type]
    add_paper_layout(app, "column")  # type: ignore[call-arg]
    return assert_type(sphinx_paper_table.setup(app), ExtensionMetadata)
