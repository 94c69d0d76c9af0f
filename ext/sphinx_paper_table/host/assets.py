"""Style sheet and script, on the pages that need them only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.host.domain import paper_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC: Final = Path(__file__).parent.parent / "static"
STYLE: Final = "sphinx_paper_table.css"
SCRIPT: Final = "sphinx_paper_table.js"


def add_static_path(_app: Sphinx, config: Config) -> None:
    """Add our files at ``config-inited``: later, the next build would report a changed configuration."""
    if str(STATIC) not in config.html_static_path:
        config.html_static_path.append(str(STATIC))


def add_to_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link style and script from pages with a paper table."""
    page = paper_domain(app.env).pages.get(pagename)
    if doctree is not None and page is not None and page.views:
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def setup_assets(app: Sphinx) -> None:
    """Connect both."""
    app.connect("config-inited", add_static_path)
    app.connect("html-page-context", add_to_page)
