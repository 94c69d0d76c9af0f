"""What Sphinx leaves out of books: in an EPUB what EPUBCheck asks for, on paper where code may go on in the next line.

See https://www.w3.org/TR/epub-33/: languages are tags of BCP 47, ``zh-CN`` for Sphinx's ``zh_CN``, and the manifest
says which pages have formulas, drawings, scripts or what another host keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from xml.dom import minidom
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_PROPERTIES: Final = {
    "{http://www.w3.org/1998/Math/MathML}math": "mathml",
    "{http://www.w3.org/2000/svg}svg": "svg",
    f"{_XHTML}script": "scripted",
    f"{_XHTML}form": "scripted",
}
"""Elements, and what a page that has them declares, see https://www.w3.org/TR/epub-33/#sec-item-resource-properties."""
_REMOTE: Final = "remote-resources"


def properties(page: Path) -> str:
    """Return what the manifest must say of a page, in the order of the alphabet."""
    elements = [*ET.parse(page).iter()]  # noqa: S314 (Sphinx has just written it)
    found = {_PROPERTIES[element.tag] for element in elements if element.tag in _PROPERTIES}
    if any(element.get("src", "").startswith(("http:", "https:")) for element in elements):
        found.add(_REMOTE)
    return " ".join(sorted(found))


class Book(Epub3Builder):
    """Sphinx's builder, with a whole manifest."""

    def build_content(self) -> None:
        """Write ``content.opf``, then add to it what each page has."""
        super().build_content()
        path = self.outdir / "content.opf"
        document = minidom.parse(str(path))  # noqa: S318 (as above)
        for item in document.getElementsByTagName("item"):
            page = self.outdir / unquote(item.getAttribute("href"))
            if item.getAttribute("media-type") == "application/xhtml+xml" and not item.hasAttribute("properties"):
                found = properties(page)
                if found:
                    item.setAttribute("properties", found)
        path.write_bytes(document.toxml(encoding="utf-8"))


class BreakCode(SphinxPostTransform):
    """Lets code in a line of a PDF break at bars and brackets too, by signs without width."""

    default_priority = 900
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Put the signs in."""
        for code in self.document.findall(nodes.literal):
            for text in [*code.findall(nodes.Text)]:
                text.parent.replace(text, nodes.Text(text.replace("|", "|\u200b").replace("[", "\u200b[")))


def name_language(_app: Sphinx, config: Config) -> None:
    """Give the language as EPUB calls it."""
    config.epub_language = config.language.replace("_", "-")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the builder in the place of Sphinx's own."""
    app.add_builder(Book, override=True)
    app.add_post_transform(BreakCode)
    app.connect("config-inited", name_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
