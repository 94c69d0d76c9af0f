"""References as nodes: few of them, and the same text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docutils import nodes

from sphinx_paper_table.citations.reference_text import join_texts


def paragraph(*texts: str) -> nodes.paragraph:
    """Return a paragraph with these texts, a link and emphasis that hold them too, and a formula."""
    children = [
        *map(nodes.Text, texts),
        nodes.reference("", "", *map(nodes.Text, texts), nodes.emphasis("", "", *map(nodes.Text, texts))),
        nodes.math("", "x"),
        *map(nodes.Text, texts),
    ]
    return nodes.paragraph("", "", *children)


def test_texts_that_follow_each_other_are_one() -> None:
    node = paragraph("Neur", "IPS", ", ", "2020")
    before = node.astext()
    join_texts(node)
    assert node.astext() == before
    assert [str(text) for text in node.findall(nodes.Text)] == ["NeurIPS, 2020"] * 3 + ["x", "NeurIPS, 2020"]
    for element in node.findall(nodes.Element):
        assert all(child.parent is element for child in element.children)
        kinds = [isinstance(child, nodes.Text) for child in element.children]
        assert not any(one and two for one, two in pairwise(kinds))
    assert [type(child) for child in node.children] == [nodes.Text, nodes.reference, nodes.math, nodes.Text]


@pytest.mark.parametrize("texts", [("李", " ", "雷"), ("（", "a", "）")])
def test_beside_wide_characters_they_stay(texts: tuple[str, ...]) -> None:
    node = paragraph(*texts)
    count = len(list(node.findall(nodes.Text)))
    join_texts(node)
    assert len(list(node.findall(nodes.Text))) == count
