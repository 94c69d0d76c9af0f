"""Style sheets and scripts, on the pages that need them only.

Each stands in the folder of the feature that it belongs to, under the name that sites serve it by. The feature
registers it for the elements that it works on, and pages with such an element link to it: never blocking, and in the
order of registration, after what all features share.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.citations.assets import add_files, serve
from sphinx_paper_table.sphinx_host.domain import paper_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STYLE: Final = "sphinx_paper_table.css"
"""What all paper tables share; the room of the cards brings it."""
PRINT_STYLE: Final = "paper_print.css"
"""The same for printers."""
BOOK_STYLE: Final = "paper_book.css"
"""The same for books."""
SHARED: Final = "paper_shared.js"
"""What scripts share: it comes before them. They are no modules, which browsers do not load from a disk."""
_served: Final[dict[Path, None]] = {Path(__file__).with_name(SHARED): None}
_linked: Final[dict[str, str]] = {}


def register_assets(element: str, folder: Path, *names: str) -> None:
    """Let pages with a docutils element of this name or class have the scripts and style sheets *names* of *folder*."""
    serve_assets(folder, *names)
    _linked.update(dict.fromkeys(names, element))


def serve_assets(folder: Path, *names: str) -> None:
    """Let sites have files of *folder*; what links to them is the caller's business."""
    _served.update(dict.fromkeys(folder / name for name in names))


def add_scripts(app: Sphinx, *names: str, **attributes: str | None) -> None:
    """Link scripts of ours from the page that is being written, and before them what they share."""
    for name in (SHARED, *names):
        given = attributes if name != SHARED else {}
        app.add_js_file(name, loading_method="defer", **given)  # type: ignore[arg-type]  # attributes of the element


def assets_for(doctree: nodes.document) -> list[str]:
    """Return the names of the registered files that a page needs."""
    found: set[str] = set()
    for node in doctree.findall(nodes.Element):
        found.update((node.tagname, *node.get("classes", ())))
    return [name for name, element in _linked.items() if element in found]


def add_to_page(
    app: Sphinx, pagename: str, _name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link our styles and scripts, and those of citations, from pages with a paper table."""
    page = paper_domain(app.env).pages.get(pagename)
    if doctree is None or page is None or not page.views:
        return
    names = assets_for(doctree)
    if scripts := [name for name in names if name.endswith(".js")]:
        add_scripts(app, *scripts)
    styles = [name for name in names if name.endswith(".css")]
    add_files(app, context, STYLE, *styles, PRINT_STYLE, *([BOOK_STYLE] if app.builder.name == "epub" else []))


def serve_all(_app: Sphinx, config: Config) -> None:
    """Let the site have every file (``config-inited``)."""
    serve(config, *_served)


def setup_assets(app: Sphinx) -> None:
    """Connect both."""
    app.connect("config-inited", serve_all)
    app.connect("html-page-context", add_to_page)
