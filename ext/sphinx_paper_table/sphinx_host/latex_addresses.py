"""Addresses in LaTeX go on in the next line: TeX breaks words at hyphens only, and spreads a line before a long one.

An address that is its own link is broken by LaTeX's package url. Where the text of a link is a part
of its address, such as ``github.com/facebookresearch/moco``, a sign without width stands behind each sign that parts
it; ``sphinxpapertable.sty`` says what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PARTS: Final = re.compile(r"[/._-](?=\w)")


class BreakAddresses(SphinxPostTransform):
    """Lets each link that shows a part of its address go on in the next line."""

    default_priority: ClassVar[int] = 990
    """Behind all that makes links."""
    formats = ("latex",)

    def run(self, **_options: Any) -> None:
        """Change the texts of links."""
        for link in self.document.findall(nodes.reference):
            text, address = link.astext(), str(link.get("refuri", ""))
            if "/" in text and text in address and text != address and len(link) == 1:
                link[0] = nodes.Text(_PARTS.sub("\\g<0>\u200b", text))


def setup_latex_addresses(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(BreakAddresses)
