"""Style sheet and script, on the pages that need them only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.citations.assets import add_files
from sphinx_paper_table.host.domain import paper_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STYLE: Final = "sphinx_paper_table.css"
SCRIPT: Final = "sphinx_paper_table.js"


def add_to_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link our style and script, and those of citations, from pages with a paper table."""
    page = paper_domain(app.env).pages.get(pagename)
    if doctree is not None and page is not None and page.views:
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")
        add_files(app)


def setup_assets(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", add_to_page)
