"""A figure: the nodes of its drawing and of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.reading.drawings import Drawing


class paper_drawing(nodes.General, nodes.Element, addnodes.translatable):  # noqa: N801 (docutils names node classes in lower case)
    """A drawing: ``drawing`` (a `Drawing`), ``alt`` in its place, ``said`` (each label to what a page says for it).

    ``number`` tells it from others of its page.
    """

    def preserve_original_messages(self) -> None:
        """Keep labels and text alternative for the gettext builder."""
        drawing: Drawing = self["drawing"]
        self["original"] = tuple(dict.fromkeys((self["alt"], *drawing.labels)))

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Say a label, or the text alternative, in another language."""
        if self["alt"] == original_message:
            self["alt"] = translated_message
        self["said"] = {**self["said"], original_message: translated_message}

    def extract_original_messages(self) -> Sequence[str]:
        """Return what is to be translated."""
        found: Sequence[str] = [message for message in self["original"] if message]
        return found


class paper_shown(nodes.General, nodes.Element):  # noqa: N801 (as above)
    """What a figure shows: ``methods`` as (id, name), ``cites`` (cite keys)."""
