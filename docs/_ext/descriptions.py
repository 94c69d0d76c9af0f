"""What search engines show of a page: the beginning of its first paragraph."""

from __future__ import annotations

from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_LONGEST: Final = 200


def describe(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the description to the head of a page."""
    paragraph = doctree.next_node(nodes.paragraph) if doctree is not None else None
    text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
    short = shorten(text, _LONGEST, placeholder=" …") if " " in text[:_LONGEST] else text[:_LONGEST]
    if short:
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="description" content="{escape(short)}" />'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect."""
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
