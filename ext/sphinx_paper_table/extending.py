"""What other extensions may call: public, typed, and named in the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import View


def add_paper_layout(
    app: Sphinx, name: str, build: Callable[[View, Canvas], list[nodes.Node]], summary: str, **traits: bool
) -> None:
    """Give ``paper-table`` a layout of another extension, from its ``setup``.

    *build* makes the nodes of a view; its *canvas* makes cards, groups and their anchors. *summary* says in a few words
    how the layout looks. *traits* are ``has_sections``, for nodes that are sections of the page, and ``has_columns``,
    for tables with headings to sort by. Raises ValueError when the *name* is none, or that of another layout.
    """
    # Here, because the command line imports this package and needs no Sphinx.
    from sphinx_paper_table.sphinx_host.layouts import Layout, register_layout  # noqa: PLC0415

    app.setup_extension("sphinx_paper_table")  # which begins with its own layouts
    register_layout(Layout(name, build, summary, **traits))
