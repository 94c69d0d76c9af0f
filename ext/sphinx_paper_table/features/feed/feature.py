"""The feed of what is new: whether a site has one, and how its pages say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_paper_table.citations import label_words
from sphinx_paper_table.features.feed.atom import FEED, TYPE, Feed, feed_xml, is_feed
from sphinx_paper_table.sphinx_host.outputs import FileSource, register_files
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.exports.site import Site

_LINK: Final = Markup('<link rel="alternate" type="{}" title="{}" href="{}">\n')


def feed_of(app: Sphinx) -> Feed | None:
    """Return what the feed says of itself; None where there is none: it needs the site's address."""
    config = app.config
    is_site = isinstance(app.builder, StandaloneHTMLBuilder) and app.builder.name != "epub"
    if not (is_site and config.html_baseurl and config.paper_table_feed):
        return None
    author = config.author if config.author != "Author name not set" else config.project
    title = str(_("{site}: What is new")).format(site=config.html_title)
    return Feed(title, author, config.paper_table_feed, label_words())


def feed_files(app: Sphinx, site: Site) -> dict[str, str]:
    """Return the feed, if the site has one."""
    feed = feed_of(app)
    return {} if feed is None else {FEED: feed_xml(session_of(app.env).catalogue, site, feed)}


def announce(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Let browsers and readers of feeds find it from every page (``html-page-context``)."""
    feed = feed_of(app)
    if feed is not None:
        link = _LINK.format(TYPE, feed.title, f"{app.config.html_baseurl.rstrip('/')}/{FEED}")
        context["metatags"] = context.get("metatags", "") + str(link)


def former_files(text: str) -> set[str]:
    """Return the address of a feed that was made here."""
    return {FEED} if is_feed(text) else set()


FILES: Final = FileSource(FEED, feed_of, feed_files, former_files)


def setup_feed(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", announce)
    register_files(FILES)
