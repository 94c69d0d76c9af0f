"""What a link to a method or a reference leads to, shown beside the link.

Previews work for links alone, so that other projects that load the extension have them for links to our site.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from sphinx_paper_table.citations.assets import keep_out_of_books
from sphinx_paper_table.compat.sphinx import address_from
from sphinx_paper_table.sphinx_host.assets import add_scripts, serve_assets
from sphinx_paper_table.sphinx_host.content_policy import preview_origins
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_FOLDER: Final = Path(__file__).parent
_SCRIPT: Final = "paper_preview.js"
_STYLE: Final = "paper_preview.css"
_PREVIEWED: Final = re.compile(r'<a class="[^"]*\breference [^>]*#(?:paper|cite)-')
"""A link to a method or a reference, of this site or of another one."""


def add_to_page(
    app: Sphinx, pagename: str, _name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the script from pages with a paper table, or a link that it works on (``html-page-context``).

    The script asks for its style sheet when the first preview is to be shown: until then, no page has a request more.
    """
    if doctree is None or not app.config.paper_table_previews:
        return
    page = paper_domain(app.env).pages.get(pagename)
    if (page is not None and page.views) or _PREVIEWED.search(context.get("body", "")):
        style = address_from(app.builder.get_target_uri(pagename), f"_static/{_STYLE}")
        version = f"{crc32((_FOLDER / _STYLE).read_bytes()):08x}"  # as Sphinx tells browsers of a changed file
        attributes = {
            "data-open": str(_("Open")),
            "data-origins": " ".join(preview_origins(app.config)) or None,
            "data-style": f"{style}?v={version}",
        }
        add_scripts(app, _SCRIPT, **attributes)


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    serve_assets(_FOLDER, _SCRIPT, _STYLE)
    app.connect("config-inited", lambda _app, config: keep_out_of_books(config, _STYLE))  # its script asks for it
    app.connect("html-page-context", add_to_page)
