"""Shapes of SVG as TikZ: outlines, transformations, texts; what is hostile stays within what TeX can count."""

from __future__ import annotations

import re
from math import hypot, isclose
from typing import Final

import pytest
from sphinx.util import texescape

from sphinx_paper_table.cards.tikz_paths import FARTHEST, Matrix, path_of
from sphinx_paper_table.cards.tikz_shapes import Look, shapes_picture
from sphinx_paper_table.reading.drawings import Drawing, read_drawing

LOOK: Final = Look(lambda classes: "/".join(("s", *classes)), lambda classes: "/".join(("t", *classes)) + " ")
POINT: Final = re.compile(r"\((-?[\d.]+),(-?[\d.]+)\)")


@pytest.fixture(autouse=True)
def _escapes() -> None:
    """Sphinx prepares its table of escapes when it starts."""
    texescape.init()


def drawn(body: str, box: str = "0 0 100 50") -> Drawing:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'
    drawing, _problems = read_drawing(source.encode(), "a.svg")
    assert drawing is not None
    return drawing


def lines(body: str, box: str = "0 0 100 50") -> list[str]:
    """Return the commands for the shapes, less the frame."""
    found = drawn(body, box)
    return shapes_picture(found.shapes, found.box, LOOK).splitlines()[3:-1]


@pytest.mark.parametrize(
    ("svg", "tikz"),
    [
        ("M1 2L3 4", "(1,2) -- (3,4)"),
        ("m1 2 3 4h5v-6z", "(1,2) -- (4,6) -- (9,6) -- (9,0) -- cycle"),
        ("M0 0C1 2 3 4 5 6", "(0,0) .. controls (1,2) and (3,4) .. (5,6)"),
        ("M0 0Q3 3 6 0", "(0,0) .. controls (2,2) and (4,2) .. (6,0)"),
        ("M0 0zl5 5", "(0,0) -- cycle (0,0) -- (5,5)"),
        ("M0 0A0 5 0 0 1 4 4", "(0,0) .. controls (0,0) and (4,4) .. (4,4)"),
        ("", ""),
        ("M1", ""),
        ("L", ""),
        ("M0 0A1 1 0 2", ""),
        ("z", ""),
    ],
)
def test_paths_keep_their_points(svg: str, tikz: str) -> None:
    assert path_of(svg) == tikz


def test_an_arc_keeps_its_radius_in_every_curve() -> None:
    path = path_of("M10 0A10 10 0 1 1 0 -10")
    assert path.count("controls") == 3, "three quarters of a circle"
    points = [(float(x), float(y)) for x, y in POINT.findall(path)]
    assert all(isclose(hypot(*point), 10, abs_tol=0.02) for point in points[::3])
    for start, one, two, end in zip(points[::3], points[1::3], points[2::3], points[3::3], strict=False):
        middle = [(a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip(start, one, two, end, strict=True)]
        assert isclose(hypot(*middle), 10, abs_tol=0.02)


def test_transformations_are_done_from_the_inside() -> None:
    moved = Matrix(e=10).after(Matrix(a=2, d=3))
    assert moved(complex(1, 1)) == complex(12, 3)
    (line,) = lines('<g transform="translate(10,20)"><path transform="rotate(90) scale(2)" d="M0 0H3"/></g>')
    assert line == r"\path[s] (10,20) -- (10,26);"
    (line,) = lines('<line x1="1" y1="1" x2="2" y2="1" transform="rotate(180 1 1)"/>')
    assert line == r"\path[s] (1,1) -- (0,1);"


@pytest.mark.parametrize(
    ("shape", "tikz"),
    [
        ('<rect x="1" y="2" width="3" height="4"/>', "(1,2) -- (4,2) -- (4,6) -- (1,6) -- cycle"),
        ('<rect width="0" height="4"/>', ""),
        ('<polyline points="0,0 1,1 2"/>', "(0,0) -- (1,1)"),
        ('<polygon points="0 0 1 1 2 0"/>', "(0,0) -- (1,1) -- (2,0) -- cycle"),
        ('<polygon points=""/>', ""),
        ('<circle cx="1" cy="1" r="0"/>', ""),
    ],
)
def test_basic_shapes_are_paths(shape: str, tikz: str) -> None:
    assert lines(shape) == ([rf"\path[s] {tikz};"] if tikz else [])


def test_round_shapes_touch_their_edges() -> None:
    for shape, edges in (
        ('<circle cx="5" cy="5" r="2"/>', {(3, 5), (7, 5)}),
        ('<ellipse cx="5" cy="5" rx="4" ry="1"/>', {(1, 5), (9, 5)}),
        ('<rect x="0" y="0" width="9" height="6" rx="2"/>', {(2, 0), (7, 0), (9, 2), (0, 4)}),
    ):
        (line,) = lines(shape)
        assert edges <= {(float(x), float(y)) for x, y in POINT.findall(line)}
        assert line.endswith("-- cycle;")


def test_classes_go_down_and_opacities_multiply() -> None:
    (line,) = lines('<g class="a" opacity="0.5"><g opacity="0.5"><path class="thin" d="M0 0H1"/></g></g>')
    assert line == r"\path[s/a/thin, opacity=0.25] (0,0) -- (1,0);"


def test_texts_stand_where_they_stood() -> None:
    assert lines('<text class="middle small" x="3" y="4">50 % &amp; {x}</text>') == [
        r"\node[inner sep=0pt, anchor=base] at (3,4) {{t/middle/small 50 \% \& \{x\}}};"
    ]
    (line,) = lines('<text x="1" y="2">a<tspan class="small" dy="4">b</tspan><tspan dx="2" dy="-4">c</tspan></text>')
    assert line.endswith(r"{{t a}\raisebox{-3bp}{t/small b}\hspace{1.5bp}{t c}};")
    first, second = lines('<text x="1" y="2" class="end">a<tspan x="1" dy="9">b</tspan></text>')
    assert ["anchor=base east" in line for line in (first, second)] == [True, True]
    assert "(1,2)" in first
    assert "(1,11)" in second
    (line,) = lines('<text transform="rotate(-90)">up</text>')
    assert ", rotate=90" in line
    assert lines("<text/>") == []


def test_labels_are_said_and_names_are_not() -> None:
    found = drawn('<text>key <tspan>new</tspan></text><text translate="no">key</text>')
    tex = shapes_picture(found.shapes, found.box, LOOK, {"key": "键", "new": "新"}.__getitem__)
    assert [*re.findall(r"\{t ([^}]*)\}", tex)] == ["键 ", "新", "key"]


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M1e9 1e99L1e999 5"/>',
        '<path d="M0 0' + "l9000 9000" * 50 + '"/>',
        '<g transform="scale(1e9)"><g transform="scale(1e9 1e300)"><circle r="1e300"/></g></g>',
        '<text x="1e30" dx="1e30">far<tspan dx="1e30" dy="-1e30">er</tspan></text>',
        '<rect x="-1e30" width="1e30" height="1e30" rx="1e29"/>',
    ],
)
def test_nothing_is_farther_than_tex_can_count(body: str) -> None:
    for box in ("0 0 100 50", "0 0 900000 900000", "-1e9 0 0.001 5"):
        numbers = [abs(float(number)) for line in lines(body, box) for point in POINT.findall(line) for number in point]
        assert max(numbers, default=0) <= FARTHEST
        lengths = re.findall(r"\{(-?[\d.e+]+)bp\}", "".join(lines(body, box)))
        assert all(abs(float(length)) < 10_000 for length in lengths)
