"""Style sheet and script of references, on the pages that show some."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.locale import get_translation

from sphinx_paper_table.compat.sphinx import take_style_sheets

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_: Final = get_translation("sphinx_paper_table")
STYLE: Final = "sphinx_citations.css"
SCRIPT: Final = "sphinx_citations.js"
_PRIORITY: Final = 500
"""Sphinx's own for sheets of extensions; those of themes come before, those of projects after."""

_FOR_PRINT: Final = "_print.css"
"""How the names of style sheets for printers end."""
_PRINTING: Final = ("html", "dirhtml", "singlehtml")
"""Builders whose own templates print the pages; others, such as ``json``, make no links to files."""


def serve(config: Config, *paths: Path) -> None:
    """Let the site have files of ours, under their names.

    Call it at ``config-inited``: later, the next build would report a changed configuration.
    """
    config.html_static_path.extend(str(path) for path in paths if str(path) not in config.html_static_path)
    keep_out_of_books(config, *(path.name for path in paths if path.name.endswith((".js", _FOR_PRINT))))


def keep_out_of_books(config: Config, *names: str) -> None:
    """Let an EPUB have none of the files of ours that no page of it links to (``config-inited``)."""
    config.epub_exclude_files = [*config.epub_exclude_files, *(f"_static/{name}" for name in names)]


def serve_ours(_app: Sphinx, config: Config) -> None:
    """Let the site have the files of citations (``config-inited``)."""
    serve(config, *(Path(__file__).with_name(name) for name in (STYLE, SCRIPT)))


def add_styles(app: Sphinx, context: dict[str, Any], *names: str) -> None:
    """Link style sheets of ours from the page that is being written, at the beginning of its body.

    In the head it would keep the whole page from being shown; there, browsers show what stands before it, the theme's
    header and navigation. The project's own sheets, which Sphinx links after ours, are linked once more, from the
    browser's cache, so that they still have the last word. What has no place in a body (EPUB; pages without one) gets
    the link in the head, and so do pages that other programs print (JSON).
    """
    if app.builder.name == "epub":
        names = tuple(name for name in names if not name.endswith(_FOR_PRINT))
    if app.builder.name not in _PRINTING or not {"body", "css_tag"} <= context.keys():
        for name in names:
            app.add_css_file(name, priority=_PRIORITY, **_attributes(name))
        return
    sheets = {name: _attributes(name) for name in names}
    ours, later = take_style_sheets(app, context, sheets, _PRIORITY)
    tag, body = context["css_tag"], context["body"]
    if new := [link for link in map(tag, ours) if link not in body]:
        context["body"] = "\n".join((*new, *map(tag, later), body))


def _attributes(name: str) -> dict[str, str]:
    """Return the attributes of a link to a style sheet: browsers load what is for printers last."""
    return {"media": "print"} if name.endswith(_FOR_PRINT) else {}


def add_files(app: Sphinx, context: dict[str, Any], *styles: str) -> None:
    """Link both from the page that is being written, and before ours other *styles*."""
    add_styles(app, context, *styles, STYLE)
    words = {"data-copy": str(_("Copy")), "data-copied": str(_("Copied"))}
    app.add_js_file(SCRIPT, loading_method="defer", **words)  # type: ignore[arg-type]  # attributes of the element


def add_to_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link both from pages with a list of references that has extras."""
    domain: Any = app.env.get_domain("cite")
    has_list = bool(domain.bibliographies_on(pagename))
    if doctree is not None and has_list and (app.config.citations_bibtex or app.config.citations_cited_on):
        add_files(app, context)


def setup_assets(app: Sphinx) -> None:
    """Connect both."""
    app.connect("config-inited", serve_ours)
    app.connect("html-page-context", add_to_page)
