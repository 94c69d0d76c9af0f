"""Style sheet and scripts, on the pages that need them only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.citations.assets import add_files
from sphinx_paper_table.host.domain import paper_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STYLE: Final = "sphinx_paper_table.css"
SCRIPT: Final = "sphinx_paper_{}.js"
"""One file for each feature that a page may need."""


def add_to_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link our style and scripts, and those of citations, from pages with a paper table."""
    page = paper_domain(app.env).pages.get(pagename)
    if doctree is not None and page is not None and page.views:
        app.add_css_file(STYLE)
        add_files(app)
        for name in sorted(page.scripts):
            app.add_js_file(SCRIPT.format(name), loading_method="defer")


def setup_assets(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", add_to_page)
