"""Paths of SVG as paths of TikZ: straight lines and cubic curves. svg.path reads them."""

from __future__ import annotations

from math import cos, radians, sin, tan
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FARTHEST: Final = 10_000
"""Pixels, in each direction: beyond, TeX does not count."""
Curve = tuple[complex, complex, complex]
"""Two control points and the end."""


class Matrix(NamedTuple):
    """An affine map, as SVG's ``matrix(a b c d e f)``."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __call__(self, point: complex) -> complex:
        """Return where a point is put."""
        x, y = point.real, point.imag
        return complex(self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def after(self, inner: Matrix) -> Matrix:
        """Return the map that does *inner* first."""
        origin = self(complex(inner.e, inner.f))
        x, y = self(complex(inner.a, inner.b)) - self(0), self(complex(inner.c, inner.d)) - self(0)
        return Matrix(x.real, x.imag, y.real, y.imag, origin.real, origin.imag)


UNMOVED: Final = Matrix()


def path_of(drawn: str, matrix: Matrix = UNMOVED) -> str:
    """Return the path in SVG's attribute ``d`` as one of TikZ; one that breaks the grammar of SVG is empty."""
    from svg.path import parse_path  # noqa: PLC0415 (only books need it)

    try:
        return " ".join(_commands(parse_path(drawn), matrix))
    except (ValueError, ArithmeticError, AssertionError, LookupError, TypeError, AttributeError):
        return ""


def point(place: complex) -> str:
    """Return a point; what is far outside a drawing is brought nearer, where TeX can count."""
    x, y = (round(max(-FARTHEST, min(FARTHEST, number)), 2) for number in (place.real, place.imag))
    return f"({x:g},{y:g})"


def _commands(segments: Iterable[Any], matrix: Matrix) -> Iterator[str]:
    has_begun = False
    for segment in segments:
        kind = type(segment).__name__
        if kind == "Move" or not has_begun:
            yield point(matrix(segment.start))
        has_begun = kind != "Close"
        if kind == "Close":
            yield "-- cycle"
        elif kind == "Line":
            yield f"-- {point(matrix(segment.end))}"
        elif kind != "Move":
            for one, two, end in _curves(segment):
                yield f".. controls {point(matrix(one))} and {point(matrix(two))} .. {point(matrix(end))}"


def _curves(segment: Any) -> Iterator[Curve]:
    """Yield the cubic curves that a curve is made of."""
    if hasattr(segment, "radius"):
        yield from _arc(segment)
    elif hasattr(segment, "control"):  # a quadratic one
        start, control, end = segment.start, segment.control, segment.end
        yield start + (control - start) * 2 / 3, end + (control - end) * 2 / 3, end
    else:
        yield segment.control1, segment.control2, segment.end


def _arc(arc: Any) -> Iterator[Curve]:
    """Yield curves of 90 degrees at most, see https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes."""
    if arc.start == arc.end or not arc.radius.real or not arc.radius.imag:
        yield arc.start, arc.end, arc.end
        return
    count = max(1, round(abs(arc.delta) / 90 + 0.499))
    reach = 4 / 3 * tan(radians(arc.delta) / count / 4)
    for number in range(count):
        begin, end = number / count, (number + 1) / count
        yield arc.point(begin) + reach * _slope(arc, begin), arc.point(end) - reach * _slope(arc, end), arc.point(end)


def _slope(arc: Any, place: float) -> complex:
    """Return the derivative of an arc by its angle."""
    turn, angle, radius = radians(arc.rotation), radians(arc.theta + arc.delta * place), arc.radius * arc.radius_scale
    return complex(cos(turn), sin(turn)) * complex(-radius.real * sin(angle), radius.imag * cos(angle))
