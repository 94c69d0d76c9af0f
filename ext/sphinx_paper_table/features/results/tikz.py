"""The chart of a ranking as TikZ, for LaTeX: the shapes of the page, without what pointers make visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.tikz import fitted_to_page
from sphinx_paper_table.cards.tikz_shapes import Look, shapes_picture
from sphinx_paper_table.compat.sphinx import tex_escaped
from sphinx_paper_table.features.results.chart import HEIGHT, WIDTH
from sphinx_paper_table.reading.drawings import Shape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_paper_table.cards.tikz_shapes import Classes

_LETTER: Final = 13
"""Pixels of an ``em``, as the style sheet has it."""
_SAID: Final = frozenset({"pt-near", "pt-said"})
_SIZE: Final = f"{_LETTER * 0.75:g}bp"


def chart_tikz(chart: Element, alt: str) -> str:
    """Return a chart with its text alternative."""
    (shape,) = _shapes(chart)
    picture = shapes_picture([shape], (0, 0, WIDTH, HEIGHT), Look(_shape, _text))
    return f"\\papertablefigure{{{tex_escaped(alt)}}}{{%\n{fitted_to_page(picture, WIDTH, HEIGHT)}}}\n"


def _shapes(element: Element) -> tuple[Shape, ...]:
    """Return an element as a shape, or nothing where it is seen only while a pointer is there."""
    values = dict(element.attrib)
    classes = values.pop("class", "").split()
    if _SAID.intersection(classes):
        return ()
    classes += [anchor] if (anchor := values.pop("text-anchor", "")) else []
    if values.get("dy", "").endswith("em"):
        values["dy"] = str(float(values["dy"].removesuffix("em")) * _LETTER)
    inner = tuple(shape for child in element for shape in _shapes(child))
    children = (element.text,) if element.text else inner
    name = "g" if element.tag == "a" else element.tag
    return (Shape(name, (*values.items(), ("class", " ".join(classes))), children, is_translated=False),)


def _shape(classes: Classes) -> str:
    if "pt-dot" in classes:
        fill = "white" if "pt-secondary" in classes else "papertablea" if "pt-record" in classes else "papertablea!45"
        return f"fill={fill}, draw=papertablea, line width=0.75bp"
    if "pt-best" in classes:
        return "draw=black!60, line width=1.2bp"
    return "draw=black!20, line width=0.6bp"


def _text(_classes: Classes) -> str:
    return rf"\sffamily\fontsize{{{_SIZE}}}{{{_SIZE}}}\selectfont "
