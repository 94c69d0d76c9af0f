"""Texts of cards in which there are no quotation marks to set are passed over by what sets them.

It takes a tenth of a millisecond for each, and puts new nodes into the place of all that is in them. So their nodes
are taken out of them before, and put back after.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinx.transforms import SphinxSmartQuotes, SphinxTransform

from sphinx_paper_table.cards.node_types import paper_search, paper_text

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_CHANGED: Final = re.compile(r"[\"'`\\&\x00]|--|\.\.\.|\. \. \.")
"""What SmartQuotes changes, or might: also what escapes, or stands for, such a sign."""
_TAKEN: Final = "paper-table-quiet-texts"


class TakeQuietTexts(SphinxTransform):
    """Takes out the nodes of such texts."""

    default_priority = SphinxSmartQuotes.default_priority - 1

    def apply(self, **_kwargs: Any) -> None:
        """Note what was taken out of what."""
        taken: list[tuple[nodes.Element, list[nodes.Node]]] = []
        marks = SphinxSmartQuotes(self.document, None)
        # Numbers among the actions may ask for ASCII in the place of other signs.
        if marks.is_available() and self.config.smartquotes_action.isalpha():
            for text in self.document.findall((paper_text, paper_search)):
                if text.get("support_smartquotes") is False or not _CHANGED.search(text.astext()):
                    taken.append((text, text.children))
                    text.children = []
        self.env.temp_data[_TAKEN] = taken


class PutQuietTexts(SphinxTransform):
    """Puts them back."""

    default_priority = SphinxSmartQuotes.default_priority + 1

    def apply(self, **_kwargs: Any) -> None:
        """Leave everything as it was."""
        for text, children in self.env.temp_data.pop(_TAKEN, None) or ():
            text.children = children


def setup_quiet_texts(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(TakeQuietTexts)
    app.add_transform(PutQuietTexts)
