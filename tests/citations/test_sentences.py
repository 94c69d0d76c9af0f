"""Translated sentences, into which nodes and mark-up are put where the translator wants them."""

from __future__ import annotations

from docutils import nodes
from markupsafe import Markup

from sphinx_paper_table.cards.html import filled
from sphinx_paper_table.citations.sentences import sentence


def texts(*pieces: nodes.Node) -> list[str]:
    return [piece.astext() for piece in pieces]


def test_nodes_stand_where_the_translation_names_them() -> None:
    page, places = nodes.inline("", "Page"), [nodes.Text("a"), nodes.Text(", "), nodes.Text("b")]
    assert texts(*sentence("{page} ({places})", page=[page], places=places)) == ["Page", " (", "a", ", ", "b", ")"]
    assert texts(*sentence("（{places}）{page}", page=[page], places=places)) == ["（", "a", ", ", "b", "）", "Page"]


def test_a_name_that_nobody_gives_stays() -> None:
    assert texts(*sentence("{pge}: {page}", page=[nodes.Text("x")])) == ["{pge}", ": ", "x"]


def test_values_are_escaped_and_markup_is_not() -> None:
    assert filled("{label} & {text}", label=Markup("<b>x</b>"), text="<i>") == "<b>x</b> &amp; &lt;i&gt;"


def test_a_translation_with_a_slip_of_the_pen_ends_no_build() -> None:
    assert filled("{nme}: {name}", name="x") == "{nme}: x"
    assert filled("{name", name="x") == "{name"
