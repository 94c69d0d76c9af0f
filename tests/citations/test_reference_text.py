"""References as nodes: few of them, and the same text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docutils import nodes
from pybtex.richtext import HRef, Symbol, Tag, Text
from tests.citations import printed

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.settings import BibtexSettings
from sphinx_paper_table.citations.formatting import _nodes_of, formatted, formatted_as_stock
from sphinx_paper_table.citations.reference_text import join_texts, kept_reference
from sphinx_paper_table.citations.rich_text import Formula
from sphinx_paper_table.citations.style_registry import style_of, types_of
from sphinx_paper_table.survey.problems import Problems


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


def test_what_is_kept_is_what_nodes_give() -> None:
    style, kept = style_of("plain"), 0
    found = parse_bibtex({"printed.bib": printed.BIB}, Problems(), BibtexSettings(types=types_of("plain")))
    for entry in found.database.entries.values():
        for text in (formatted(style, entry), formatted_as_stock(style, entry)):
            try:
                reference = kept_reference(text)
            except ValueError:
                continue
            kept += 1
            assert reference == _nodes_of(text), entry.key
    assert kept > 100


@pytest.mark.parametrize(
    "text",
    [
        Text("a", Symbol("nbsp"), "b", Symbol("ndash"), Tag("em", "c", Tag("b", "d")), Tag("unknown", "e"), "f"),
        Text("a ", HRef("https://a.example/", "b ", Tag("tt", "c")), HRef("javascript:alert(1)", "d"), " e"),
        Text("a ", HRef("www.example.org", "b", HRef("https://a.example/", "c")), Formula("x^2"), Tag("sup", "2")),
        Text(),
    ],
)
def test_texts_of_every_kind_are_kept_as_nodes_give_them(text: Text) -> None:
    assert kept_reference(text) == _nodes_of(text)


class Noded(Symbol):  # type: ignore[misc]  # pybtex has no types
    """A text of a project's own, which makes a node."""

    def render(self, backend: object) -> list[nodes.Node]:
        """Return the node."""
        return [nodes.inline("", self.name)]


@pytest.mark.parametrize("text", [Text("李雷"), Text(Noded("x")), Text("\\url ", Symbol("nbsp"), "https://a.example/")])
def test_what_takes_nodes_is_left_to_them(text: Text) -> None:
    with pytest.raises(ValueError, match="node"):
        kept_reference(text)
