"""The directive ``paper-search``: a field to search the site from, on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.cards.docutils_helpers import register_expansion
from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.citations.assets import add_styles
from sphinx_paper_table.sphinx_host.assets import STYLE
from sphinx_paper_table.sphinx_host.page_kinds import has_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator


class paper_search_box(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """A field to search the site from."""


class PaperSearch(SphinxDirective):
    """The field; it has no argument and no options."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {}

    def run(self) -> list[nodes.Node]:
        """Return it as one node."""
        node = paper_search_box("")
        self.set_source_info(node)
        return [node]


def visit_box(self: HTML5Translator, node: nodes.Element) -> None:
    """Print it where the site has a page to search on."""
    builder = self.builder
    address = PageLinks(builder, builder.current_docname).file(builder.get_target_uri("search"))
    has_page = getattr(builder, "search", False) and not isinstance(builder, SingleFileHTMLBuilder)
    if address and has_page:
        self.body.append(templates().get_template("features/search/box.html").render(address=address) + "\n")
    raise nodes.SkipNode


def expand_box(_node: Any, _builder: Builder, _docname: str) -> list[nodes.Node]:
    """Return nothing: who reads a book or a text searches with the program that shows it."""
    return []


def add_to_page(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style from pages with a field (``html-page-context``)."""
    if doctree is not None and has_kind(doctree, paper_search_box):
        add_styles(app, context, STYLE)


def setup_box(app: Sphinx) -> None:
    """Register the directive, and the node with its printer and its expansion."""
    app.add_directive("paper-search", PaperSearch)
    app.add_node(paper_search_box, html=(visit_box, None))
    register_expansion(paper_search_box, expand_box)
    app.connect("html-page-context", add_to_page)
