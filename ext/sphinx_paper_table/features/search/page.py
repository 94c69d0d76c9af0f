"""The page that readers search on: methods and references first, from a file of ours, then what the index finds.

The index is Sphinx's own, on its own page, or Pagefind's, on a page of ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from sphinx.util import logging

from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.citations import label_words
from sphinx_paper_table.citations.assets import add_styles
from sphinx_paper_table.features.search.pagefind import BUNDLE, replaces_search, stems_of
from sphinx_paper_table.features.search.search_file import FILE, edited_search, former_files, search_file
from sphinx_paper_table.sphinx_host.assets import STYLE, add_scripts, serve_assets
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.outputs import FileSource, register_files
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.store import Cache, Memo, cache_key, installed_versions, program_digest
from sphinx_paper_table.survey.markdown import plain_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.exports.edits import Edit
    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.markdown import PlainParts

logger = logging.getLogger(__name__)

_STYLE: Final = "paper_pagefind.css"
_SCRIPT: Final = "paper_pagefind.js"
_OF_SPHINX: Final = "paper_search.js"
"""What adds to the list of results on Sphinx's own page."""
_FIND: Final = "paper_find.js"
"""What finds methods and references, for both pages."""
_FOUND_STYLE: Final = "paper_find.css"
_PAGE: Final = "page.html"
"""The template of a plain page: every theme has it, and none of Sphinx's search is on it."""
_SENTENCES: Final = "sentences.pickle"
"""What the summaries say, kept beside the doctrees."""
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
            add_scripts(app, _FIND)
            add_scripts(app, _OF_SPHINX, **_words(app))
            add_styles(app, context, _FOUND_STYLE)
        return None
    add_scripts(app, _FIND, _SCRIPT)
    context["title"] = str(_("Search"))
    address = context["pathto"]
    bundle, start = address(f"{BUNDLE}/pagefind.js", 1), address(app.config.root_doc)
    early = _EARLY.format(bundle)
    if stems_of(app.config.language) == "en":  # others may have none of their own
        early += _PROGRAM.format(address(f"{BUNDLE}/wasm.en.pagefind", 1))
    context["metatags"] = context.get("metatags", "") + str(early)  # else what is there already would be escaped
    template = templates().get_template("features/search/search.html")
    context["body"] = template.render(bundle=bundle, start=start, words=_words(app))
    add_styles(app, context, STYLE, _FOUND_STYLE, _STYLE)
    return _PAGE


def _words(app: Sphinx) -> dict[str, str]:
    """Return what the scripts say and know, as attributes of an element."""
    said = {
        "in": _("In: {methods}"),
        "methods": _("Methods ({count})"),
        "references": _("References ({count})"),
        "pages": _("Pages"),
        "more": _("More results"),
        "guess": _("Nothing has “{query}”. Did you mean {guess}?"),
    }
    known = {"last": json.dumps(app.config.paper_table_search_last), "records": "yes" if has_methods(app) else ""}
    return {f"data-{name}": str(text) for name, text in {**said, **known}.items() if text}


def has_methods(app: Sphinx) -> bool:
    """Return whether any page of the site shows a method."""
    return any(target.kind == "method" for page in paper_domain(app.env).pages.values() for target in page.targets)


def files(app: Sphinx, site: Site) -> dict[str, str]:
    """Return what the scripts read."""
    sentences = _sentences(app)
    found = search_file(session_of(app.env).catalogue, site, label_words(), sentences)
    sentences.save()
    logger.info("sentences read for the search: %d", sentences.count)
    return found


def files_after(app: Sphinx, site: Site, edit: Edit, read: Callable[[str], str]) -> dict[str, str] | None:
    """Return what the scripts read of the surveys that were edited; None where all is to be made."""
    sentences = _sentences(app)
    found = edited_search(edit, site, label_words(), read, sentences)
    if found is not None:
        sentences.save(sys.maxsize)  # those of other surveys too
        logger.info("sentences read for the search: %d", sentences.count)
    return found


def _sentences(app: Sphinx) -> Memo[PlainParts]:
    """Return what makes plain text of sentences, and knows those of earlier builds."""
    key = cache_key(more=[program_digest(), *installed_versions()])
    return Memo(Cache(Path(app.doctreedir, _SENTENCES), key, logger.info), plain_parts)


def setup_search_page(app: Sphinx) -> None:
    """Connect."""
    serve_assets(Path(__file__).parent, _FOUND_STYLE, _STYLE, _FIND, _SCRIPT, _OF_SPHINX)
    register_files(FileSource(FILE, has_methods, files, former_files, files_after))
    app.connect("html-page-context", fill_page)
