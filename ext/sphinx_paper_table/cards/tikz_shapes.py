"""Shapes, which pages show as SVG, as a drawing in TikZ: the same outlines, transformations, texts and classes."""

from __future__ import annotations

import re
from cmath import phase
from math import cos, degrees, radians, sin
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.cards.tikz import PIXEL, picture
from sphinx_paper_table.cards.tikz_paths import FARTHEST, Matrix, path_of, point
from sphinx_paper_table.compat.sphinx import tex_escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_paper_table.reading.drawings import Shape

_LARGEST: Final = FARTHEST / 2
"""Pixels of the longer side of a drawing."""
_HUGE: Final = 1e9
_MARGIN: Final = 8
"""How far over its edge a drawing is seen: letters of the book may be wider than those of a page."""
_NUMBER: Final = re.compile(r"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?")
_TRANSFORM: Final = re.compile(r"(translate|rotate|scale)\(([^()]*)\)")
_ANCHORS: Final = {"middle": "base", "end": "base east"}
Classes = tuple[str, ...]


class Look(NamedTuple):
    """How what has some classes looks: options of TikZ for a shape, commands of LaTeX for a text."""

    shape: Callable[[Classes], str]
    text: Callable[[Classes], str]


def shapes_picture(
    shapes: Iterable[Shape], box: tuple[float, float, float, float], look: Look, said: Callable[[str], str] = str
) -> str:
    """Return *shapes* on the field *box* (x, y, width, height) as a picture; *said* gives the words of a label."""
    x, y, width, height = box
    scale = min(1, _LARGEST / max(width, height))
    right, bottom = width * scale, height * scale
    printer, start = _Printer(look, said), Matrix(scale, 0, 0, scale, -x * scale, -y * scale)
    return picture(
        [
            rf"\path[use as bounding box] (0,0) rectangle ({right:g},{bottom:g});",
            rf"\clip ({-_MARGIN},{-_MARGIN}) rectangle ({right + _MARGIN:g},{bottom + _MARGIN:g});",
            *(line for shape in shapes for line in printer.lines(shape, start, (), 1)),
        ]
    )


class _Printer:
    """Prints shapes in a look."""

    def __init__(self, look: Look, said: Callable[[str], str]) -> None:
        self._look, self._said = look, said

    def lines(self, shape: Shape, matrix: Matrix, classes: Classes, opacity: float) -> Iterator[str]:
        """Yield the commands of a shape: what is around it is moved by *matrix*, and has these *classes*."""
        values = dict(shape.attributes)
        classes += _classes(shape)
        matrix = matrix.after(_transformation(values.get("transform", "")))
        opacity *= max(0, min(1, _number(values, "opacity", 1)))
        faded = f", opacity={opacity:g}" if opacity < 1 else ""
        if shape.name == "g":
            for child in shape.children:
                if not isinstance(child, str):
                    yield from self.lines(child, matrix, classes, opacity)
        elif shape.name == "text":
            yield from _Text(self._look, self._said).nodes(shape, matrix, classes, faded)
        elif path := path_of(_outline(shape.name, values), matrix):
            yield rf"\path[{self._look.shape(classes)}{faded}] {path};"


class _Text:
    """Prints a text: a node for each place that it names, within which parts may be raised."""

    def __init__(self, look: Look, said: Callable[[str], str]) -> None:
        self._look, self._said = look, said
        self._pieces: list[tuple[complex, str, list[str]]] = []
        self._raised = 0.0

    def nodes(self, shape: Shape, matrix: Matrix, classes: Classes, faded: str) -> Iterator[str]:
        """Yield the nodes."""
        self._read(shape, classes)
        angle = round(-degrees(phase(complex(matrix.a, matrix.b))), 2)
        style = f"inner sep=0pt{faded}" + (f", rotate={angle:g}" if angle else "")
        for place, anchor, parts in self._pieces:
            if parts:
                yield rf"\node[{style}, anchor={anchor}] at {point(matrix(place))} {{{''.join(parts)}}};"

    def _read(self, shape: Shape, classes: Classes) -> None:
        values = dict(shape.attributes)
        shift = complex(_number(values, "dx"), _number(values, "dy"))
        if not self._pieces or "x" in values or "y" in values:
            before = self._pieces[-1][0] - complex(0, self._raised) if self._pieces else complex(0)
            place = complex(_number(values, "x", before.real), _number(values, "y", before.imag))
            anchor = next((_ANCHORS[name] for name in reversed(classes) if name in _ANCHORS), "base west")
            self._pieces.append((place + shift, anchor, []))
            self._raised = 0.0
        else:
            self._raised -= shift.imag
            if shift.real:
                self._pieces[-1][2].append(rf"\hspace{{{_length(shift.real)}}}")
        for child in shape.children:
            if isinstance(child, str):
                self._write(child, classes, is_label=shape.is_translated)
            else:
                self._read(child, classes + _classes(child))

    def _write(self, text: str, classes: Classes, *, is_label: bool) -> None:
        label = text.strip()
        written = text.replace(label, self._said(label)) if is_label and label else text
        part = f"{{{self._look.text(classes)}{tex_escaped(written)}}}"
        self._pieces[-1][2].append(rf"\raisebox{{{_length(self._raised)}}}{part}" if self._raised else part)


def _classes(shape: Shape) -> Classes:
    return tuple(dict(shape.attributes).get("class", "").split())


def _length(pixels: float) -> str:
    return f"{round(max(-_LARGEST, min(_LARGEST, pixels)) * PIXEL, 2):g}bp"


def _numbers(text: str) -> list[float]:
    return [max(-_HUGE, min(_HUGE, float(number))) for number in _NUMBER.findall(text)]


def _number(values: Mapping[str, str], name: str, otherwise: float = 0) -> float:
    return next(iter(_numbers(values.get(name, ""))), otherwise)


def _transformation(text: str) -> Matrix:
    """Return what the attribute ``transform`` does, from its functions that a drawing may have."""
    found = Matrix()
    for name, inner in _TRANSFORM.findall(text):
        one, two, three = [*_numbers(inner), *[None] * 3][:3]
        if one is None:
            continue
        if name == "translate":
            found = found.after(Matrix(e=one, f=two or 0))
        elif name == "scale":
            found = found.after(Matrix(a=one, d=one if two is None else two))
        else:
            turn, x, y = radians(one), two or 0, three or 0
            about = Matrix(cos(turn), sin(turn), -sin(turn), cos(turn))
            found = found.after(Matrix(e=x, f=y)).after(about).after(Matrix(e=-x, f=-y))
    return found


def _outline(name: str, values: Mapping[str, str]) -> str:
    """Return a basic shape as a path, see https://www.w3.org/TR/SVG2/shapes.html."""
    if name == "path":
        return values.get("d", "")
    if name == "rect":
        return _rectangle(values)
    if name in {"circle", "ellipse"}:
        x, y = _number(values, "cx"), _number(values, "cy")
        across = _number(values, "r") or _number(values, "rx")
        up = _number(values, "r") or _number(values, "ry")
        arc = f"A{across} {up} 0 0 1"
        return f"M{x - across} {y}{arc} {x + across} {y}{arc} {x - across} {y}Z" if across > 0 < up else ""
    if name == "line":
        return "M{x1} {y1}L{x2} {y2}".format(**{key: _number(values, key) for key in ("x1", "y1", "x2", "y2")})
    numbers = _numbers(values.get("points", ""))
    joined = "L".join(f"{x} {y}" for x, y in zip(numbers[::2], numbers[1::2], strict=False))
    return f"M{joined}" + ("Z" if name == "polygon" else "") if joined else ""


def _rectangle(values: Mapping[str, str]) -> str:
    x, y, width, height = (_number(values, key) for key in ("x", "y", "width", "height"))
    rounded = _number(values, "rx", _number(values, "ry"))
    across, up = min(max(rounded, 0), width / 2), min(max(_number(values, "ry", rounded), 0), height / 2)
    if width <= 0 or height <= 0:
        return ""
    if not (across and up):
        return f"M{x} {y}h{width}v{height}h{-width}Z"
    arc, flat, upright = f"a{across} {up} 0 0 1", width - 2 * across, height - 2 * up
    top = f"M{x + across} {y}h{flat}{arc} {across} {up}v{upright}"
    return f"{top}{arc} {-across} {up}h{-flat}{arc} {-across} {-up}v{-upright}{arc} {across} {-up}Z"
