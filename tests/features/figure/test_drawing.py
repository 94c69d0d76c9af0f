"""Drawings: what is kept of an SVG file, what is left out with its place, and which texts are translated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.util import texescape

from sphinx_paper_table.features.figure import printers
from sphinx_paper_table.features.figure.printers import svg
from sphinx_paper_table.features.figure.tikz import figure_tikz
from sphinx_paper_table.reading.drawings import STYLES, Drawing, Shape, read_drawing

if TYPE_CHECKING:
    from sphinx_paper_table.survey.problems import Problem

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'


def read(body: str, head: str = HEAD) -> tuple[Drawing, list[Problem]]:
    drawing, problems = read_drawing(f"{head}\n{body}\n</svg>".encode(), "a.svg")
    assert drawing is not None
    return drawing, problems


def printed(body: str) -> str:
    return svg(read(body)[0], {}, "one")


def test_shapes_keep_what_is_allowed_and_texts_their_words() -> None:
    drawing, problems = read(
        '<g transform="translate(3, 4) rotate(5)"><rect class="a dashed" x="1" y="2" width="3" height="4"/></g>'
        '<text x="1" y="2">two\n   words <tspan dy="4">low</tspan></text>'
    )
    assert problems == []
    assert list(drawing.box) == [0, 0, 100, 50]
    group, text = drawing.shapes
    assert group.attributes == (("transform", "translate(3, 4) rotate(5)"),)
    assert text.children == ("two words ", Shape("tspan", (("dy", "4"),), ("low",)))
    assert drawing.labels == ("two words", "low")


def test_names_and_numbers_are_no_labels() -> None:
    body = '<g translate="no"><text>MoCo</text></g><text>12</text><text>key</text><text>key</text>'
    assert read(body)[0].labels == ("key",)


def test_a_label_is_said_in_the_language_of_the_page_and_a_name_is_not() -> None:
    drawing, _problems = read('<text>key <tspan>new</tspan></text><text translate="no">key</text>')
    assert svg(drawing, {"key": "键"}, "one") == "<text>键 <tspan>new</tspan></text><text>key</text>"


@pytest.mark.parametrize("style", STYLES)
def test_every_class_has_a_look_in_books(style: str) -> None:
    texescape.init()
    name = "text" if style in {"strong", "quiet", "small", "formula", "middle", "end"} else "rect"
    shape = f'<{name} class="{{}}" width="9" height="9">x</{name}>'
    assert figure_tikz(read(shape.format(style))[0], "", {}) != figure_tikz(read(shape.format(""))[0], "", {})


def test_a_book_says_labels_in_its_language_and_the_text_alternative_escaped() -> None:
    texescape.init()
    tex = figure_tikz(read('<text class="a">key</text>')[0], "50 % of {it}", {"key": "键"})
    assert tex.startswith("\\papertablefigure{50 \\% of \\{it\\}}{%\n")
    assert r"\color{papertablea!55!black} 键}" in tex
    assert "\n\n" not in tex, "no paragraph ends within the argument by chance"


def test_arrows_bring_their_head_and_classes_their_own_names() -> None:
    found = printed('<path class="arrow" d="M0 0H5"/>')
    assert '<marker id="one-head"' in found
    assert found.endswith('<path class="pt-d-arrow" marker-end="url(#one-head)" d="M0 0H5"></path>')
    assert "marker" not in printed('<path class="line" d="M0 0H5"/>')


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<script>alert(1)</script>", "a.svg:2:1: the element 'script' is left out of the drawing"),
        ('<g onload="alert(1)"/>', "a.svg:2:1: the attribute 'onload' is left out of the drawing"),
        ('<g style="fill:red"/>', "a class says what a shape looks like"),
        ('<rect fill="url(https://evil.example/)"/>', "the attribute 'fill' is left out"),
        ('<rect width="10%"/>', "the value of 'width' is left out of the drawing; write plain numbers"),
        ('<path d="M0 0\\"/>', "the value of 'd' is left out"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "the element 'a' is left out"),
        ('<image href="https://evil.example/"/>', "the element 'image' is left out"),
        ('<foreignObject><b onclick="x">x</b></foreignObject>', "the element 'foreignObject' is left out"),
        ('<rect class="dashd"/>', "a drawing has no class 'dashd'; did you mean 'dashed'?"),
        ('<rectt x="1"/>', "did you mean 'rect'?"),
    ],
)
def test_what_else_a_file_has_is_left_out_and_named(body: str, says: str) -> None:
    drawing, problems = read(body)
    assert [says in str(problem) for problem in problems] == [True], problems
    found = svg(drawing, {}, "one")
    for word in ("alert", "evil", "fill", "href", "on", "%", "dashd"):
        assert word not in found


def test_texts_are_escaped() -> None:
    assert printed('<text>&lt;script&gt; &amp; "</text>') == "<text>&lt;script&gt; &amp; &quot;</text>"
    drawing = read("<text>key</text>")[0]
    assert svg(drawing, {"key": "<b>"}, "one") == "<text>&lt;b&gt;</text>"


def test_what_is_for_the_file_alone_is_left_out_without_a_word() -> None:
    drawing, problems = read("<title>T</title><style>rect{}</style><desc><b/>D</desc><metadata/><!-- c --><rect/>")
    assert problems == []
    assert drawing.shapes == (Shape("rect"),)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"<svg", "no XML that can be read"),
        (b"", "no XML that can be read"),
        (b"\xff\xfe\x00", "no XML that can be read"),
        (b'<svg viewBox="0 0 1"/>', "this is no drawing"),
        (b'<svg viewBox="0 0 0 5"/>', "this is no drawing"),
        (b'<svg viewBox="0 0 nan 5"/>', "this is no drawing"),
        (b"<html/>", "this is no drawing"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg viewBox="0 0 1 1"><text>&b;</text></svg>',
            "entity",
        ),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg viewBox="0 0 1 1"/>', "entity"),
        (b"<svg>" + b" " * 1_000_001, "too large"),
    ],
)
def test_a_file_that_is_no_drawing_is_named(source: bytes, says: str) -> None:
    drawing, problems = read_drawing(source, "a.svg")
    assert drawing is None
    assert says in str(problems[0])
    assert str(problems[0]).startswith("a.svg")


def test_groups_in_groups_have_an_end() -> None:
    _drawing, problems = read("<g>" * 5000 + "</g>" * 5000)
    assert len(problems) == 1


def test_the_style_sheets_know_every_class() -> None:
    sheet = Path(printers.__file__).with_name("paper_figure.css").read_text("utf-8")
    for text in (sheet, printers.BOOK_STYLE):
        assert [name for name in STYLES if f".pt-d-{name}" not in text] == []
