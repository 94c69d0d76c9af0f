"""The bar above a long list of references: its HTML, with the style and the script of the pages that have one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.citations.assets import add_files
from sphinx_paper_table.exports.addresses import BIBLIOGRAPHY, CSL, RIS
from sphinx_paper_table.features.references.node import reference_bar
from sphinx_paper_table.sphinx_host.assets import STYLE, add_scripts, serve_assets
from sphinx_paper_table.sphinx_host.page_kinds import has_kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_STYLE: Final = "paper_references.css"
_SCRIPT: Final = "paper_references.js"
FILES: Final = {"BibTeX": BIBLIOGRAPHY, "RIS": RIS, "CSL-JSON": CSL}
"""What readers take along: the files with all references of the site, by their format."""


def visit_bar(self: HTML5Translator, node: nodes.Element) -> None:
    """Print it."""
    links = PageLinks(self.builder, self.builder.current_docname)
    files = {form: address for form, path in FILES.items() if (address := links.file(path))}
    bar = templates().get_template("features/references/bar.html")
    self.body.append(bar.render(count=node["count"], letters=node["letters"], files=files) + "\n")
    raise nodes.SkipNode


def add_to_page(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style and the script from pages with a bar (``html-page-context``)."""
    if doctree is not None and has_kind(doctree, reference_bar):
        add_scripts(app, _SCRIPT)
        add_files(app, context, STYLE, _STYLE)


def setup_bar(app: Sphinx) -> None:
    """Register the node and its files."""
    app.add_node(reference_bar, html=(visit_bar, None))
    serve_assets(Path(__file__).parent, _STYLE, _SCRIPT)
    app.connect("html-page-context", add_to_page)
