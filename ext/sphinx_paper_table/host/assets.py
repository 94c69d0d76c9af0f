"""Style sheet and scripts, on the pages that need them only.

A feature has one script, ``static/paper_FEATURE.js``. Its component registers it with the class of the elements that it
works on, and pages with such an element link to it: never blocking, and in the order of registration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.citations.assets import add_files
from sphinx_paper_table.host.domain import paper_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE: Final = "sphinx_paper_table.css"
_SCRIPTS: Final[dict[str, str]] = {}


def register_script(name: str, css_class: str) -> None:
    """Load the script *name* of ``static/`` on pages with a docutils element of this class."""
    _SCRIPTS[name] = css_class


def scripts_for(doctree: nodes.document) -> list[str]:
    """Return the registered scripts that a page needs."""
    classes: set[str] = set()
    for node in doctree.findall(nodes.Element):
        classes.update(node.get("classes", ()))
    return [name for name, css_class in _SCRIPTS.items() if css_class in classes]


def add_to_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link our style and scripts, and those of citations, from pages with a paper table."""
    page = paper_domain(app.env).pages.get(pagename)
    if doctree is not None and page is not None and page.views:
        app.add_css_file(STYLE)
        for name in scripts_for(doctree):
            app.add_js_file(name, loading_method="defer")
        add_files(app)


def setup_assets(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", add_to_page)
