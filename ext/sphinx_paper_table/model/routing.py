"""How lines run between the members of a time line: straight where the way is free, else between the rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

HEIGHT: Final = 28
PITCH: Final = 52
"""Of a member, and from row to row."""
_LANE: Final = (HEIGHT + PITCH) / 2
_OFFSETS: Final = (0, 4, -4, 7, -7)
"""Lines that share a lane lie side by side."""
_CLEAR: Final = 3
_NEAR: Final = 18
"""Distance that a line keeps from members, and that it needs between two of them to run from side to side."""
_AWAY: Final = 1
"""Rows beyond its ends that a line may go to where the way between them is not free."""
_SAMPLES: Final = 20
_BENDS: Final = (44, 24, 14, 90)
_SPREAD: Final = 18

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a member: its upper left corner and its width; all are `HEIGHT` high."""

    x: int
    y: int
    width: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + HEIGHT / 2


def routes(boxes: list[Box], bonds: list[tuple[int, int]], top: int) -> list[str]:
    """Return an SVG path for each bond, from its first box to its second; *top* is where the first row begins."""
    router = _Router(boxes, top)
    starts, ends = _ports(boxes, bonds)
    order = sorted(
        range(len(bonds)), key=lambda number: (abs(boxes[bonds[number][1]].x - boxes[bonds[number][0]].x), number)
    )
    found = {number: router.route(bonds[number], starts[number], ends[number]) for number in order}
    return [found[number] for number in range(len(bonds))]


def _ports(boxes: list[Box], bonds: list[tuple[int, int]]) -> tuple[list[float], list[float]]:
    """Return the heights where lines leave and arrive: those of one box lie apart, in the order of the other ends."""
    found: list[list[float]] = [[0.0] * len(bonds), [0.0] * len(bonds)]
    for side in (0, 1):
        at: dict[int, list[int]] = defaultdict(list)
        for number, bond in enumerate(bonds):
            at[bond[side]].append(number)
        for box, numbers in at.items():
            numbers.sort(
                key=lambda number: (boxes[bonds[number][1 - side]].middle, boxes[bonds[number][1 - side]].x, number)
            )
            step = min(6.0, _SPREAD / max(len(numbers) - 1, 1))
            for place, number in enumerate(numbers):
                found[side][number] = boxes[box].middle + step * (place - (len(numbers) - 1) / 2)
    return found[0], found[1]


class _Router:
    def __init__(self, boxes: list[Box], top: int) -> None:
        self._boxes = boxes
        self._top = top
        self._rows: dict[int, list[Box]] = defaultdict(list)
        for box in boxes:
            self._rows[(box.y - top) // PITCH].append(box)
        self._lanes: dict[int, list[tuple[float, float]]] = defaultdict(list)

    def route(self, bond: tuple[int, int], y1: float, y2: float) -> str:
        start, end = (self._boxes[number] for number in bond)
        if end.x - start.right < _NEAR:
            return _written(self._around(start, end, y1, y2))
        best = self._clearest((start.right, y1), (end.x, y2), start, end)
        if len(best) > 1:
            self._lanes[self._lane_at(best[1][0][1])].append((best[1][0][0], best[1][3][0]))
        return _written(best)

    def _clearest(self, leaves: Point, arrives: Point, start: Box, end: Box) -> list[Curve]:
        """Return the first way that no box is in, else the one with the least in it."""
        found: list[tuple[int, int, list[Curve]]] = []
        for way in (self._direct(leaves, arrives), *self._detours(leaves, arrives)):
            hits = self._hits(way, start, end)
            if not hits:
                return way
            found.append((hits, len(found), way))
        return min(found)[2]

    @staticmethod
    def _direct(start: Point, end: Point) -> list[Curve]:
        middle = (start[0] + end[0]) / 2
        return [(start, (middle, start[1]), (middle, end[1]), end)]

    def _detours(self, start: Point, end: Point) -> Iterator[list[Curve]]:
        """Yield ways that run between two rows, the shortest first."""
        (x1, y1), (x2, y2) = start, end
        near = sorted((self._lane_at(y1), self._lane_at(y2)))
        lanes = range(max(-1, near[0] - _AWAY), min(max(self._rows), near[1] + _AWAY) + 1)
        for lane in sorted(lanes, key=lambda lane: (abs(self._height(lane) - y1) + abs(self._height(lane) - y2), lane)):
            shared = sum(left < x2 and right > x1 for left, right in self._lanes[lane])
            y = self._height(lane) + _OFFSETS[shared % len(_OFFSETS)]
            for bend in dict.fromkeys(min(bend, (x2 - x1) / 2) for bend in _BENDS):
                yield _by_lane(start, end, y, bend)

    def _around(self, start: Box, end: Box, y1: float, y2: float) -> list[Curve]:
        """Return the way between boxes one above the other: down the side where less is in the way."""
        if abs(end.y - start.y) == PITCH:
            down = end.y > start.y
            (ax, ay), (bx, by) = _facing(start, end, down=down)
            middle = (ay + by) / 2
            return [((ax, ay), (ax, middle), (bx, middle), (bx, by))]
        right, left = max(start.right, end.right), min(start.x, end.x)
        sides: list[list[Curve]] = []
        for side, a, b in ((right, start.right, end.right), (left, start.x, end.x)):
            bow = side + (_NEAR + abs(y2 - y1) / 12) * (1 if side == right else -1)
            sides.append([((a, y1), (bow, y1), (bow, y2), (b, y2))])
        return min(sides, key=lambda way: self._hits(way, start, end))

    def _height(self, lane: int) -> float:
        return self._top + lane * PITCH + _LANE

    def _lane_at(self, y: float) -> int:
        return round((y - _LANE - self._top) / PITCH)

    def _hits(self, way: list[Curve], start: Box, end: Box) -> int:
        """Return how many points of a way lie in other boxes."""
        return sum(self._is_hit(point, start, end) for curve in way for point in _samples(curve))

    def _is_hit(self, point: Point, start: Box, end: Box) -> bool:
        x, y = point
        row = int((y - self._top) // PITCH)
        return any(
            box.x - _CLEAR < x < box.right + _CLEAR and box.y - _CLEAR < y < box.y + HEIGHT + _CLEAR
            for near in (row, row + 1)
            for box in self._rows.get(near, ())
            if box not in (start, end)
        )


def _by_lane(start: Point, end: Point, y: float, bend: float) -> list[Curve]:
    """Return the way at height *y*, with bends of this length at both ends."""
    (x1, y1), (x2, y2) = start, end
    left, right = (x1 + bend, y), (x2 - bend, y)
    return [
        (start, (x1 + bend / 2, y1), (x1 + bend / 2, y), left),
        (left, left, right, right),
        (right, (x2 - bend / 2, y), (x2 - bend / 2, y2), end),
    ]


def _facing(start: Box, end: Box, *, down: bool) -> tuple[Point, Point]:
    """Return where a line leaves and reaches boxes of neighbouring rows: above each other where they overlap."""
    left, right = max(start.x, end.x), min(start.right, end.right)
    overlap = right - left > _NEAR
    ax, bx = ((left + right) / 2,) * 2 if overlap else (start.x + start.width / 2, end.x + end.width / 2)
    return (ax, start.y + HEIGHT * down), (bx, end.y + HEIGHT * (not down))


def _samples(curve: Curve) -> list[Point]:
    a, b, c, d = curve
    found = []
    for number in range(_SAMPLES + 1):
        t = number / _SAMPLES
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        found.append(tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)))
    return found  # type: ignore[return-value]  # of two numbers each


def _written(way: list[Curve]) -> str:
    """Return a way as the ``d`` of an SVG path."""
    parts = [f"M{_pair(way[0][0])}"]
    for a, b, c, d in way:
        parts.append(f"L{_pair(d)}" if (a, c) == (b, d) else f"C{_pair(b)} {_pair(c)} {_pair(d)}")
    return "".join(parts)


def _pair(point: Point) -> str:
    return " ".join(f"{round(number, 1):g}" for number in point)
