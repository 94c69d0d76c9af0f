"""How lines run between the members of a time line: straight where the way is free, else round what stands in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, dist, sin
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.lineage.pathfinding import CORNER, HEIGHT, PITCH, Box, Corner, ObstacleMap, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NEAR: Final = 18
"""Boxes that are less apart are joined along their upper and lower sides."""
_STUB: Final = 6
"""Pixels that a line runs straight from a box before it turns."""
_APART: Final = 6.0
_SPREAD: Final = 20
"""Between the ends of two lines at a box, and of all; they are nearer where there are many."""
_CORNER_STEP: Final = 3.5
_CORNER_SPREAD: Final = 12.0
"""Between lines round the same corner, and between the first and the last."""
_CROSSING_COST: Final = 45.0
"""Pixels that a way may be longer for one crossing less."""
_ROUND: Final = 16.0
_CUT: Final = 2.5
"""Pixels: the greatest length of a bend's curve on either side, and of the corner that it cuts."""


_COLUMN: Final = 64.0
"""Pixels of the columns in which pieces of lines are looked for."""
_Piece = tuple[float, float, float, float, Point, Point]
"""A straight piece of a line: the upright box around it, and its ends."""


@dataclass(slots=True)
class _Line:
    """A line from its left box to its right one: where it begins and ends there, and what it bends round on its way."""

    left: Box
    right: Box
    ports: list[Point]
    is_level: bool
    corners: list[Corner] = field(default_factory=list)
    distances: list[float] = field(default_factory=list)

    def stubs(self) -> tuple[Point, Point]:
        """Return where the line is free to turn."""
        (x1, y1), (x2, y2) = self.ports
        if self.is_level:
            return (x1 + _STUB, y1), (x2 - _STUB, y2)
        down = 1 if y2 > y1 else -1
        return (x1, y1 + _STUB * down), (x2, y2 - _STUB * down)

    def points(self) -> list[Point]:
        """Return the whole line as the corners of straight pieces."""
        start, end = self.stubs()
        distances = self.distances or [CORNER] * len(self.corners)
        bends = [corner.at(distance) for corner, distance in zip(self.corners, distances, strict=True)]
        return [self.ports[0], start, *bends, end, self.ports[1]]


@dataclass(frozen=True, slots=True)
class Routes:
    """An SVG path for each line, and how many pairs of lines without a common end cross."""

    paths: tuple[str, ...]
    crossings: int


def routes(boxes: Sequence[Box], edges: Sequence[tuple[int, int]]) -> Routes:
    """Return the way of each edge, from its first box to its second.

    The first ways are the shortest; lines then begin in the order of their directions, and turn so as to cross few
    others.
    """
    obstacles = ObstacleMap(boxes)
    lines = [_line(*sorted((boxes[one], boxes[other]), key=lambda box: box.x)) for one, other in edges]
    others = [[number for number, other in enumerate(lines) if _can_meet(line, other)] for line in lines]
    for line in lines:
        line.corners = obstacles.shortest_path(*line.stubs(), _no_cost)
    for _ in range(2):
        _spread_ports(lines)
        pieces = list(map(_pieces, lines))
        for number, line in enumerate(lines):
            crossed = (piece for other in others[number] for piece in pieces[other])
            cost = _crossing_cost(crossed) if line.corners else _no_cost  # without a bend it has no choice
            line.corners = obstacles.shortest_path(*line.stubs(), cost)
            pieces[number] = _pieces(line)
    _separate_at_corners(lines, obstacles)
    paths = [
        _svg_path(line.points() if boxes[one] is line.left else line.points()[::-1])
        for line, (one, _) in zip(lines, edges, strict=True)
    ]
    pieces = list(map(_pieces, lines))
    crossings = sum(
        _lines_cross(pieces[one], pieces[other]) for one, met in enumerate(others) for other in met if one < other
    )
    return Routes(tuple(paths), crossings)


def _line(left: Box, right: Box) -> _Line:
    """Return a line between the facing sides of two boxes."""
    if right.x - left.right >= _NEAR:
        return _Line(left, right, [(left.right, left.middle), (right.x, right.middle)], is_level=True)
    down = right.y > left.y
    middle = (right.x + min(left.right, right.right)) / 2
    x1, x2 = (min(max(middle, box.x + 8), box.right - 8) for box in (left, right))
    return _Line(left, right, [(x1, left.y + HEIGHT * down), (x2, right.y + HEIGHT * (not down))], is_level=False)


def _no_cost(_start: Point, _end: Point) -> float:
    return 0.0


def _pieces(line: _Line) -> list[_Piece]:
    return [(*_frame(*piece), *piece) for piece in pairwise(line.points())]


def _crossing_cost(pieces: Iterable[_Piece]) -> Callable[[Point, Point], float]:
    """Return what it costs to cross the *pieces* of other lines."""
    columns: dict[int, list[tuple[int, _Piece]]] = defaultdict(list)
    for piece in pieces:
        first = int(piece[0] // _COLUMN)
        for column in range(first, int(piece[2] // _COLUMN) + 1):
            columns[column].append((first, piece))

    def cost(start: Point, end: Point) -> float:
        left, top, right, bottom = _frame(start, end)
        begin, crossed = int(left // _COLUMN), 0
        for column in range(begin, int(right // _COLUMN) + 1):
            for first, (x1, y1, x2, y2, a, b) in columns.get(column, ()):
                if column not in (first, begin):
                    continue  # it was looked at in an earlier column
                if x1 <= right and x2 >= left and y1 <= bottom and y2 >= top:  # most are told apart by that alone
                    crossed += _segments_cross(start, end, a, b)
        return _CROSSING_COST * crossed

    return cost


def _frame(a: Point, b: Point) -> tuple[float, float, float, float]:
    """Return the upright box around two points: left, top, right, bottom."""
    (ax, ay), (bx, by) = a, b
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _can_meet(one: _Line, other: _Line) -> bool:
    """Return whether two lines run at the same time, and between four boxes."""
    is_apart = one.right.right < other.left.x or other.right.right < one.left.x
    return not is_apart and {one.left, one.right}.isdisjoint((other.left, other.right))


def _lines_cross(one: list[_Piece], other: list[_Piece]) -> bool:
    """Return whether any pieces of two lines cross."""
    return any(
        x1 <= right and x2 >= left and y1 <= bottom and y2 >= top and _segments_cross(a, b, c, d)
        for left, top, right, bottom, a, b in one
        for x1, y1, x2, y2, c, d in other
    )


def _segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Return whether the straight pieces *ab* and *cd* cross."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    if (ax < cx and bx < cx and ax < dx and bx < dx) or (ax > cx and bx > cx and ax > dx and bx > dx):
        return False
    x, y = bx - ax, by - ay
    if (x * (cy - ay) - y * (cx - ax)) * (x * (dy - ay) - y * (dx - ax)) >= 0:
        return False
    x, y = dx - cx, dy - cy
    return (x * (ay - cy) - y * (ax - cx)) * (x * (by - cy) - y * (bx - cx)) < 0


def _spread_ports(lines: list[_Line]) -> None:
    """Spread the ends of lines along the sides of their boxes, in the order of the directions that they take."""
    for side in (0, 1):
        at: dict[Box, list[tuple[float, int]]] = defaultdict(list)
        for number, line in enumerate(lines):
            if line.is_level:
                points = line.points()[1:-1]
                (x1, y1), (x2, y2) = (points[0], points[1]) if side == 0 else (points[-1], points[-2])
                at[line.left if side == 0 else line.right].append((atan2(y2 - y1, abs(x2 - x1)), number))
        for box, ends in at.items():
            step = min(_APART, _SPREAD / max(len(ends) - 1, 1))
            for place, (_, number) in enumerate(sorted(ends)):
                x, _y = lines[number].ports[side]
                lines[number].ports[side] = (x, box.middle + step * (place - (len(ends) - 1) / 2))


def _separate_at_corners(lines: list[_Line], obstacles: ObstacleMap) -> None:
    """Keep lines round the same corner apart, that which turns most inside."""
    at: dict[Corner, list[tuple[float, int, int]]] = defaultdict(list)
    for number, line in enumerate(lines):
        points = line.points()[1:-1]
        for place, (corner, turn) in enumerate(zip(line.corners, _turns(points), strict=True)):
            at[corner].append((-abs(turn), number, place))
        line.distances = [CORNER] * len(line.corners)
    for bends in at.values():
        step = min(_CORNER_STEP, _CORNER_SPREAD / len(bends))
        for rank, (_, number, place) in enumerate(sorted(bends)):
            lines[number].distances[place] += step * rank
    for line in lines:
        if any(next(obstacles.obstacles_between(*piece), None) for piece in pairwise(line.points()[1:-1])):
            line.distances = []


def _turns(points: list[Point]) -> Iterator[float]:
    """Yield how far a line turns at each of its points but the first and the last."""
    for (x1, y1), (x2, y2), (x3, y3) in zip(points, points[1:], points[2:], strict=False):
        x, y, u, v = x2 - x1, y2 - y1, x3 - x2, y3 - y2
        yield atan2(x * v - y * u, x * u + y * v)


def _svg_path(points: list[Point]) -> str:
    """Return the ``d`` of an SVG path with round bends."""
    points = [point for point, after in zip(points, [*points[1:], None], strict=True) if point != after]
    parts = [f"M{_coordinates(points[0])}"]
    for before, place, after, turn in zip(points, points[1:], points[2:], _turns(points), strict=False):
        if abs(turn) > 0.01:  # noqa: PLR2004 (else it is straight)
            reach = min(_ROUND, 2 * _CUT / sin(abs(turn) / 2))
            start, end = (
                _point_between(place, other, min(reach / dist(place, other), 0.5)) for other in (before, after)
            )
            first, second = (_point_between(point, place, 2 / 3) for point in (start, end))
            parts.append(f"L{_coordinates(start)}C{_coordinates(first)} {_coordinates(second)} {_coordinates(end)}")
    return "".join(parts) + f"L{_coordinates(points[-1])}"


def _point_between(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _coordinates(point: Point) -> str:
    return " ".join(str(round(number)) for number in point)


__all__ = ["HEIGHT", "PITCH", "Box", "Routes", "routes"]
