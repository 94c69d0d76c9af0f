"""Links from every page to the same page in the other languages, each of which is a build with an address of its own.

Templates put ``{{ language_switch }}`` where they want it; the links for search engines, which want whole addresses,
stand in the head of every page. A script adds to the links what the address of the page says beyond its place: tab,
filter, methods, words.
"""

from __future__ import annotations

from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.sphinx_host.assets import serve_assets
from sphinx_paper_table.sphinx_host.languages import absolute_bases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

SCRIPT: Final = "paper_languages.js"
_LINK: Final = Markup('<link rel="alternate" hreflang="{}" href="{}">\n')
_BUILDERS: Final = ("html", "dirhtml")
"""Those whose pages have the same addresses in every language; books and single pages have no others to lead to."""


class Language(NamedTuple):
    """A language as a page links to it; *tag* is the code of HTML, ``zh-CN`` for Sphinx's ``zh_CN``."""

    tag: str
    name: str
    url: str
    is_current: bool


def languages(app: Sphinx, pagename: str) -> Iterator[Language]:
    """Yield the languages of the site, each with the address of this page in it."""
    page = app.builder.get_target_uri(pagename)
    root = "../" * page.count("/")
    for code, language in app.config.paper_table_languages.items():
        base = language["url"].rstrip("/") + "/"
        tag = code.replace("_", "-")
        is_current = tag.lower() == app.config.language.replace("_", "-").lower()
        yield Language(tag, language["name"], f"{base if is_absolute(base) else root + base}{page}", is_current)


def is_absolute(url: str) -> bool:
    """Return whether an address is the same from every page."""
    return url.startswith("/") or bool(urlsplit(url).scheme)


def add_to_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Give templates the switch, and the head of the page the same links."""
    context["language_switch"] = ""
    if app.builder.name not in _BUILDERS or not app.config.paper_table_languages:
        return
    if pagename == getattr(app.config, "notfound_pagename", None):  # sphinx-notfound-page: it is shown at any address
        return
    links = tuple(languages(app, pagename))
    context["language_switch"] = templates().get_template("features/languages/languages.html").render(languages=links)
    app.add_js_file(SCRIPT, loading_method="defer")
    shown = {item.tag: item.url for item in links if is_absolute(item.url) or not item.is_current}
    page = app.builder.get_target_uri(pagename)
    told = {tag: base + page for tag, base in absolute_bases(app.config).items()} or shown
    context["metatags"] = context.get("metatags", "") + "".join(starmap(_LINK.format, told.items()))


def setup_language_switch(app: Sphinx) -> None:
    """Connect."""
    serve_assets(Path(__file__).parent, SCRIPT)
    app.connect("html-page-context", add_to_page)
