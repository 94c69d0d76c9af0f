"""What is read without MyST's parser reads as its parser has it."""

from __future__ import annotations

from random import Random
from typing import Final

import pytest
from docutils import nodes

from sphinx_paper_table.compat.docutils import standing_at
from sphinx_paper_table.compat.myst_parser import MdParserConfig, make_document, new_parser
from sphinx_paper_table.sphinx_host.renderer import RecordRenderer
from sphinx_paper_table.sphinx_host.simple_texts import RULES, simple_nodes
from sphinx_paper_table.survey.cjk_spacing import without_spaces
from sphinx_paper_table.survey.located import Position

PLACE: Final = Position("survey.yaml", 7)
PIECES: Final = (
    *(
        "a",
        "word",
        "two words",
        "词",
        "句子。",
        "3",
        "é",
        " ",
        "  ",
        "\t",
        "\N{NO-BREAK SPACE}",
        ".",
        ",",
        ":",
        "?",
        "-",
    ),
    *("(", ")", "'", '"', "+", "=", "#", "1. ", "- ", "%", "*", "**", "***", "`", "``", "_", "http:", "\\", "{a}", "$"),
    *(" *one*", " **two words**", " `code`", "*a* ", "`a b` ", "(*词*)", " `*`", " * ", " *a *", "*a*b"),
)


def parsed(text: str) -> list[nodes.Node]:
    """Return what MyST makes of *text*, closed up as all texts of records are."""
    document = make_document()
    parser = new_parser(MdParserConfig(), RecordRenderer, document)
    holder = nodes.inline()
    with standing_at(document, PLACE.path, PLACE.line), parser.renderer.current_node_context(holder):  # type: ignore[attr-defined]
        parser.renderer.nested_render_text(text, 6, inline=True)  # type: ignore[attr-defined]
    for words in list(holder.findall(nodes.Text)):
        if not isinstance(words.parent, nodes.literal):
            words.parent.replace(words, nodes.Text(without_spaces(str(words))))
    return holder.children


def shape(found: list[nodes.Node]) -> list[tuple[object, ...]]:
    """Return all that there is to say of nodes; the parser has an empty text behind strong words at the end."""
    return [
        (type(node), str(node), getattr(node, "rawsource", ""), node.source, node.line)
        for top in found
        for node in top.findall()
        if node.astext()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "No mark-up at all: 3 of 5.",
        "It learns a *linear visual* and a `distilled` for **batch deep**.",
        "*All of it*",
        "`a  b`, (**b**) 中文 *词* 和。",
        "2 - 3 = 4 # not a title",
    ],
)
def test_simple_texts(text: str) -> None:
    found = simple_nodes(text, PLACE)
    assert found is not None
    assert shape(found) == shape(parsed(text))


@pytest.mark.parametrize(
    "text", ["{cite}`a`", "a*b*", "*a**b*", "``a``", "* a*", "$x$", "<b>", "&amp;", "a\\*", "https://example.org", "*a"]
)
def test_what_the_parser_has_to_see(text: str) -> None:
    assert simple_nodes(text, PLACE) is None


def test_random_texts_read_as_the_parser_has_them() -> None:
    random = Random(4)  # noqa: S311 (of texts)
    texts = ["".join(random.choices(PIECES, k=random.randint(1, 7))) for _ in range(4000)]
    simple = {text: found for text in texts if (found := simple_nodes(text, PLACE)) is not None}
    assert len(simple) > len(texts) // 10
    for text, found in simple.items():
        assert shape(found) == shape(parsed(text)), text


def test_the_rules_that_are_spared_have_these_names() -> None:
    active = new_parser(MdParserConfig(), RecordRenderer, make_document()).get_active_rules()
    assert set().union(*active.values()) >= RULES
