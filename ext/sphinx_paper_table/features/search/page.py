"""The page that readers search on when the site is indexed by Pagefind: what was found, with survey, venue and year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.citations.assets import add_styles
from sphinx_paper_table.features.search.pagefind import BUNDLE, replaces_search, stems_of
from sphinx_paper_table.sphinx_host.assets import STYLE, add_scripts, serve_assets
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_STYLE: Final = "paper_pagefind.css"
_SCRIPT: Final = "paper_pagefind.js"
_OF_SPHINX: Final = "paper_search.js"
"""What adds to the list of results on Sphinx's own page."""
_PAGE: Final = "page.html"
"""The template of a plain page: every theme has it, and none of Sphinx's search is on it."""
_EARLY: Final = Markup('<meta name="robots" content="noindex">\n<link rel="modulepreload" href="{}">\n')
_PROGRAM: Final = Markup('<link rel="preload" as="fetch" href="{}" crossorigin>\n')
"""Files that the script would ask for one after the other begin to load with the page."""


def fill_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> str | None:
    """Put ours in the place of Sphinx's search page, or a script onto that."""
    if pagename != "search":
        return None
    if not replaces_search(app):
        if not app.config.paper_table_pagefind:
            add_scripts(app, _OF_SPHINX, **{"data-in": str(_("In: {methods}"))})
        return None
    add_scripts(app, _SCRIPT)
    context["title"] = str(_("Search"))
    address = context["pathto"]
    bundle, start = address(f"{BUNDLE}/pagefind.js", 1), address(app.config.root_doc)
    early = _EARLY.format(bundle)
    if stems_of(app.config.language) == "en":  # others may have none of their own
        early += _PROGRAM.format(address(f"{BUNDLE}/wasm.en.pagefind", 1))
    context["metatags"] = context.get("metatags", "") + str(early)  # else what is there already would be escaped
    template = templates().get_template("features/search/search.html")
    context["body"] = template.render(bundle=bundle, start=start)
    add_styles(app, context, STYLE, _STYLE)
    return _PAGE


def setup_search_page(app: Sphinx) -> None:
    """Connect."""
    serve_assets(Path(__file__).parent, _STYLE, _SCRIPT, _OF_SPHINX)
    app.connect("html-page-context", fill_page)
