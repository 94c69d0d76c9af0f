"""Style sheet and scripts, on the pages that need them only.

A feature has one script, ``static/paper_FEATURE.js``. Its component registers it with the class of the elements that it
works on, and pages with such an element link to it: never blocking, and in the order of registration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from docutils import nodes

from sphinx_paper_table.citations.assets import add_files
from sphinx_paper_table.compat.sphinx import project_addresses
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.addresses import WEB

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STYLE: Final = "sphinx_paper_table.css"
PREVIEW: Final = "paper_preview.js"
SEARCH: Final = "paper_search.js"
_SCRIPTS: Final[dict[str, str]] = {}
_PREVIEWED: Final = ("#paper-", "#cite-")
"""What the addresses of methods and references have, here and on other sites."""


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
    app: Sphinx, pagename: str, _name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link our style and scripts, and those of citations, from pages with a paper table.

    Previews work for links alone, so that other projects that load the extension have them for links to our site.
    """
    if pagename == "search" and not app.config.paper_table_pagefind:
        app.add_js_file(SEARCH, loading_method="defer", **{"data-in": str(_("In")) + str(_(": "))})  # type: ignore[arg-type]  # as below
    if doctree is None:
        return
    page = paper_domain(app.env).pages.get(pagename)
    has_view = page is not None and bool(page.views)
    if has_view:
        for name in scripts_for(doctree):
            app.add_js_file(name, loading_method="defer")
        add_files(app, context, STYLE)
    if app.config.paper_table_previews and (has_view or _has_previewed(doctree)):
        attributes = {"data-open": str(_("Open")), "data-origins": " ".join(preview_origins(app.config)) or None}
        app.add_js_file(PREVIEW, loading_method="defer", **attributes)  # type: ignore[arg-type]  # of the element


def preview_origins(config: Config) -> list[str]:
    """Return the other origins whose pages previews may ask for: those of inventories, and those of an option."""
    projects = map(urlsplit, project_addresses(config))
    found = {f"{parts.scheme}://{parts.netloc.lower()}" for parts in projects if parts.scheme in WEB and parts.netloc}
    return sorted(found | {f"https://{host}" for host in config.paper_table_preview_hosts})


def _has_previewed(doctree: nodes.document) -> bool:
    """Return whether a page links to a method or a reference, of this site or of another one."""
    addresses = (f"{node.get('refuri', '')}#{node.get('refid', '')}" for node in doctree.findall(nodes.reference))
    return any(part in address for address in addresses for part in _PREVIEWED)


def setup_assets(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", add_to_page)
