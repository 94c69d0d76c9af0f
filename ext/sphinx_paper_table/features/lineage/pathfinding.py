"""The shortest way from place to place that keeps clear of boxes.

Where the straight way is not free, the shortest is a taut string round corners of boxes (Lozano-Pérez and Wesley, "An
Algorithm for Planning Collision-Free Paths among Polyhedral Obstacles", 1979). Only corners of boxes that turn out to
be in the way are looked at, by A* (Hart, Nilsson and Raphael, 1968).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product
from math import dist
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEIGHT: Final = 28
PITCH: Final = 52
"""Of a member, and from row to row."""
CLEAR: Final = 5.0
"""Distance that a line keeps from members."""
CORNER: Final = CLEAR + 0.5
_BEND_COST: Final = 10.0
"""Pixels that a way may be longer for one bend less."""
_MAX_CORNERS: Final = 200
"""Corners that are looked at from one place: a bound on the time, which no drawing that can be read needs."""

Point = tuple[float, float]
CrossingCost = Callable[[Point, Point], float]


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


@dataclass(frozen=True, slots=True)
class Corner:
    """A bend of a way: at a box, on one side of it and at one end."""

    box: Box
    is_low: bool
    is_right: bool

    def at(self, distance: float = CORNER) -> Point:
        """Return the place that is this far from both edges."""
        x = self.box.right + distance if self.is_right else self.box.x - distance
        return x, self.box.y + HEIGHT + distance if self.is_low else self.box.y - distance


class ObstacleMap:
    """Boxes in rows, and what is free between them."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        rows: dict[int, list[Box]] = {}
        for box in sorted(set(boxes), key=lambda box: (box.y, box.x)):
            rows.setdefault(box.y, []).append(box)
        self._rows = [
            (y - CLEAR, y + HEIGHT + CLEAR, [box.right + CLEAR for box in row], row) for y, row in rows.items()
        ]
        """Of each row: its top and bottom, the right ends of its boxes, and the boxes."""
        self._corners = {
            box: [(one.at(), one) for one in (Corner(box, *ends) for ends in product((False, True), repeat=2))]
            for box in set(boxes)
        }
        self._obstacles: dict[tuple[Point, Point], tuple[Box, ...]] = {}
        """What stands between two places: most ways of a drawing lead from corner to corner."""

    def obstacles_between(self, start: Point, end: Point) -> Iterator[Box]:
        """Yield the boxes that the straight line between two places would come too near."""
        (x1, y1), (x2, y2) = start, end
        low, high = (y1, y2) if y1 < y2 else (y2, y1)
        slope = (x2 - x1) / (y2 - y1) if low < high else 0.0
        for top, bottom, ends, row in self._rows:
            if bottom <= low or top >= high:
                continue
            left, right = x1, x2
            if slope or x1 == x2:
                left = x1 + slope * ((max(low, top)) - y1)
                right = x1 + slope * ((min(high, bottom)) - y1)
            if left > right:
                left, right = right, left
            for number in range(bisect_right(ends, left), len(row)):
                if row[number].x - CLEAR >= right:
                    break
                yield row[number]

    def shortest_path(self, start: Point, end: Point, crossing_cost: CrossingCost) -> list[Corner]:
        """Return the corners of the cheapest way; *crossing_cost* is what a straight piece costs beside its length."""
        queue: list[tuple[float, int, float, Point, tuple[Corner, ...]]] = [(0.0, 0, 0.0, start, ())]
        done: set[Point] = set()
        number = count(1)
        while queue:
            _, _, cost, place, corners = heappop(queue)
            if place == end:
                return [*corners]
            if place in done:
                continue
            done.add(place)
            for target, corner in self._visible_from(place, end):
                if target not in done:
                    further = (*corners, corner) if corner else corners
                    total = cost + dist(place, target) + crossing_cost(place, target) + (_BEND_COST if corner else 0)
                    heappush(queue, (total + dist(target, end), next(number), total, target, further))
        return []

    def _visible_from(self, place: Point, end: Point) -> Iterator[tuple[Point, Corner | None]]:
        """Yield the end if the way to it is free, and what is seen of the corners of boxes that stand in the way."""
        pending: list[tuple[Point, Corner | None]] = [(end, None)]
        known: set[Box] = set()
        for target, corner in pending:
            obstacles = self._obstacles.get((place, target))
            if obstacles is None:
                obstacles = self._obstacles[place, target] = tuple(self.obstacles_between(place, target))
            if not obstacles:
                yield target, corner
            for box in obstacles:
                if box not in known and len(pending) < _MAX_CORNERS:
                    known.add(box)
                    pending += [found for found in self._corners[box] if found[0] != place]
