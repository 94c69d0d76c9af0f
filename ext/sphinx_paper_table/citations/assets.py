"""Style sheet and script of references, on the pages that show some."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC: Final = Path(__file__).parent.parent / "static"
STYLE: Final = "sphinx_citations.css"
SCRIPT: Final = "sphinx_citations.js"


def add_static_path(_app: Sphinx, config: Config) -> None:
    """Add the package's files at ``config-inited``: later, the next build would report a changed configuration."""
    if str(STATIC) not in config.html_static_path:
        config.html_static_path.append(str(STATIC))


def add_files(app: Sphinx) -> None:
    """Link both from the page that is being written."""
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer")


def add_to_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link both from pages with a list of references that has additions."""
    domain: Any = app.env.get_domain("cite")
    has_list = any(key.docname == pagename for key in domain.bibliographies)
    if doctree is not None and has_list and (app.config.citations_bibtex or app.config.citations_cited_on):
        add_files(app)


def setup_assets(app: Sphinx) -> None:
    """Connect both."""
    app.connect("config-inited", add_static_path)
    app.connect("html-page-context", add_to_page)
