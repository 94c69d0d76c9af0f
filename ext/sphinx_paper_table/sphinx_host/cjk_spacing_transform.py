"""No space between Chinese characters where a source only had a line end or the edge of mark-up.

MyST and reStructuredText need a space after most mark-up (``**Sign.** Text``) and make one of a line end. Links have
their text only once they are resolved, so this is done to what is about to be printed.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.citations.said_later import finish_references
from sphinx_paper_table.sphinx_host.markup import AS_WRITTEN
from sphinx_paper_table.survey.cjk_spacing import closed_up, has_wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

_OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what is not read as text: formulas, code, images."""


class CloseUpChinese(SphinxPostTransform):
    """Takes such spaces out of every paragraph."""

    default_priority: ClassVar[int] = 900

    def run(self, **_options: Any) -> None:
        """Change the document's texts where they stand."""
        close_up([self.document])


def close_up(found: Sequence[nodes.Element]) -> None:
    """Change the texts of nodes where they stand."""
    if not any(has_wide(text) for node in found for text in node.findall(nodes.Text)):
        return  # as on most pages, where looking for blocks would visit every node several times
    leaves = [leaf for node in found for leaf in node.findall() if not leaf.children]
    for _block, group in groupby(leaves, _block_of):
        _close_up(list(group))


def _close_up(leaves: list[nodes.Node]) -> None:
    parts = [str(leaf) if _is_read(leaf) else _OBJECT for leaf in leaves]
    if not any(map(has_wide, parts)):
        return
    for leaf, old, new in zip(leaves, parts, closed_up(parts), strict=True):
        if old != new:
            _put(new, leaf)


def _put(text: str, old: nodes.Node) -> None:
    """Replace a text; docutils would replace the first of its siblings that reads the same."""
    parent: Any = old.parent
    number = next(number for number, child in enumerate(parent.children) if child is old)
    parent[number] = nodes.Text(text)


def _block_of(node: nodes.Node) -> int:
    """Return what tells apart the blocks of text: the outermost element around *node* that has text."""
    while isinstance(node.parent, nodes.TextElement):
        node = node.parent
    return id(node)


def _is_read(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Text):
        return False
    parent = node.parent
    while isinstance(parent, nodes.TextElement):
        if isinstance(parent, AS_WRITTEN):
            return False
        parent = parent.parent
    return True


def setup_cjk_spacing(app: Sphinx) -> None:
    """Register the transform, and what does the same to references."""
    app.add_post_transform(CloseUpChinese)
    finish_references(app, close_up)
