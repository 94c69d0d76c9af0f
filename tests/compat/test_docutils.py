"""What `compat.docutils` names is there, and is what we take it for."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.parsers.rst.directives.misc import Raw
from docutils.utils import new_document

from sphinx_paper_table.compat import docutils as compat


@pytest.fixture
def document() -> nodes.document:
    """Return an empty document."""
    return new_document("page.rst", get_default_settings(Parser))


def test_directives_of_docutils_itself() -> None:
    assert compat.own_directive("raw") is Raw
    assert compat.own_directive("none") is None


def test_an_id_can_be_reserved(document: nodes.document) -> None:
    compat.reserve_id(document, "part")
    section = nodes.section(names=["part"])
    document.note_implicit_target(section, section)
    assert section["ids"]
    assert section["ids"] != ["part"]


def test_names_are_forgotten(document: nodes.document) -> None:
    first, second = nodes.section(names=["part"]), nodes.section(names=["part"])
    document.note_implicit_target(first, first)
    compat.forget_names(document, first)
    assert (first["ids"], first["names"]) == ([], [])
    document.note_implicit_target(second, second)
    assert second["ids"] == ["part"]
    assert second["names"] == ["part"]


def test_messages_stand_at_another_place(document: nodes.document) -> None:
    reporter: Any = document.reporter
    reporter.report_level = 5
    with compat.standing_at(document, "x.yaml", 7):
        inside = document.reporter.warning("wrong")
        assert document["source"] == "x.yaml"
        assert not document.settings.file_insertion_enabled
        assert not document.settings.raw_enabled
    assert (inside["source"], inside["line"]) == ("x.yaml", 7)
    assert document["source"] == "page.rst"
    assert document.settings.file_insertion_enabled
    assert document.settings.raw_enabled
    assert reporter.get_source_and_line is None


def test_the_place_is_given_back_after_an_error(document: nodes.document) -> None:
    with pytest.raises(ZeroDivisionError), compat.standing_at(document, "", 7):
        _ = 1 / 0
    assert document["source"] == "page.rst"
    assert document.settings.raw_enabled


class _Walked(compat.QuicklyWalked):
    """An element with nodes in it."""


def _a_tree(make: type[nodes.Element]) -> Any:
    """Return a document with an element of the kind *make* between two paragraphs, and nodes in it."""
    document = new_document("page.rst", get_default_settings(Parser))
    inner = make()
    text = nodes.inline(
        "", "a", nodes.emphasis("", "b", nodes.strong("", "c")), nodes.Text("d"), nodes.literal("", "e")
    )
    inner += [nodes.paragraph("", "", text), nodes.title("", "f"), make("", nodes.image(), nodes.paragraph("", "g"))]
    document += [nodes.paragraph("", "before"), inner, nodes.paragraph("", "", nodes.reference("", "after"))]
    return document


_CONDITIONS: list[Any] = [
    *(None, nodes.Text, nodes.Element, nodes.TextElement, nodes.reference, nodes.footnote, nodes.Inline),
    *((nodes.image, nodes.title), (nodes.table, nodes.target), lambda node: "d" in node.astext()),
]


@pytest.mark.parametrize("condition", _CONDITIONS)
@pytest.mark.parametrize(
    "ways", [{}, {"include_self": False}, {"descend": False}, {"siblings": True}, {"ascend": True}], ids=str
)
def test_a_quick_walk_finds_what_docutils_finds(condition: Any, ways: dict[str, bool]) -> None:
    walks = [
        [
            [node.astext() for node in start.findall(condition, **ways)]
            for start in (tree, tree[1], tree[1][2], tree[1][0][0])
        ]
        for tree in map(_a_tree, (_Walked, nodes.container))
    ]
    assert walks[0] == walks[1]


def test_a_quick_walk_meets_what_is_changed_meanwhile() -> None:
    seen: list[list[str]] = []
    for kind in (_Walked, nodes.container):
        tree = _a_tree(kind)
        seen.append([])
        for node in tree.findall(nodes.TextElement):
            seen[-1].append(node.astext())
            if isinstance(node, nodes.title):
                node.parent.append(nodes.paragraph("", "appended"))
            if isinstance(node, nodes.emphasis):
                node.parent.remove(node)
            if node.astext() == "g":
                node.append(nodes.strong("", "put in"))
    assert seen[0] == seen[1]
    assert {"appended", "put in"} <= set(seen[0])
