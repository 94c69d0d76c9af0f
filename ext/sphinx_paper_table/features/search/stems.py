"""Words in Sphinx's own index are stemmed once a build, and not once a page: that was an eighth of a full build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.compat.sphinx import remember_stems

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def _begin(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
    remember_stems(app.builder)


def setup_stems(app: Sphinx) -> None:
    """Look at the index before each page: it is made after the event that announces writing."""
    app.connect("doctree-resolved", _begin)
