"""What kinds of nodes a page has is found in one pass."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from sphinx_paper_table.sphinx_host.page_kinds import has_kind


class formula(nodes.math_block):  # noqa: N801 (docutils names node classes in lower case)
    """A kind of formula."""


def test_kinds_and_those_derived_from_them() -> None:
    page = new_document("page")
    page += nodes.paragraph("", "", nodes.emphasis("", "word"), formula("", "x"))
    assert has_kind(page, nodes.math_block)
    assert has_kind(page, nodes.image, nodes.emphasis)
    assert not has_kind(page, nodes.image, nodes.strong)


def test_the_nodes_are_visited_once() -> None:
    page = new_document("page")
    assert not has_kind(page, nodes.emphasis)
    page += nodes.emphasis("", "word")
    assert not has_kind(page, nodes.emphasis), "which is asked of finished pages only"
