"""Manual pages have no links within themselves, and no captions: what docutils would print of these is taken out.

The writer of docutils 0.23 prints the address behind every link, whatever Sphinx's own does: ``MoCo <#paper-moco>`` for
one within the manual. It makes one paragraph of the text of a drawing, its caption and its legend. Needless when it
prints no address without a scheme, and begins captions and legends on lines of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}+:")
"""How an address begins that leads out of the manual."""


class FlattenManual(SphinxPostTransform):
    """Leaves of links within the manual their text, and makes paragraphs of what stands below a figure."""

    default_priority: ClassVar[int] = 990
    """Behind all that makes links."""
    builders = ("man",)

    def run(self, **_options: Any) -> None:
        """Change the document where they stand."""
        for link in list(self.document.findall(nodes.reference)):
            if not _ELSEWHERE.match(link.get("refuri", "")):
                link.parent.replace(link, link.children)
        for figure in list(self.document.findall(nodes.figure)):
            for part in list(figure.findall(lambda node: isinstance(node, (nodes.caption, nodes.legend)))):
                is_caption = isinstance(part, nodes.caption)
                part.parent.replace(part, [nodes.paragraph("", "", *part.children)] if is_caption else part.children)


def setup_manual_pages(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(FlattenManual)
