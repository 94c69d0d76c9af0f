"""Which row each member of a time line stands in: near what it follows, then where lines are short and clear."""

from __future__ import annotations

from itertools import combinations
from typing import Final

_GAP: Final = 16
"""Between two members of a row."""
_SPARE: Final = 4
"""Rows beyond those that are needed: lines go straighter where there is room."""
_SWEEPS: Final = 8
_TESTS: Final = 250_000
"""Comparisons of lines that the moves may make: a bound on their time that is the same on every machine."""
_CROSSING: Final = 3.0
_COVERED: Final = 3.0
_STACKED: Final = 1.5
"""What a crossing, a member in the way of a line, and a row between members of the same time weigh against a line
that is one row longer."""
_HALF: Final = 0.4
"""How near to the middle of a member, in rows, a line is in its way."""

Span = tuple[int, int]
Bond = tuple[int, int]
End = tuple[int, int]


def choose_rows(spans: list[Span], bonds: list[Bond]) -> list[int]:
    """Return a row for each span, so that none overlap and lines between bonded ones are short and clear."""
    return _Rows(spans, bonds).solve() if spans else []


class _Rows:
    """Horizontal places never change, so what can meet at all is listed once."""

    def __init__(self, spans: list[Span], bonds: list[Bond]) -> None:
        self._spans = spans
        self._bonds = [bond for bond in dict.fromkeys(bonds) if bond[0] != bond[1]]
        self._order = sorted(range(len(spans)), key=lambda number: (spans[number], number))
        self._count = _depth(spans) + (_SPARE if len(spans) > _SPARE else 0)
        self._held: list[list[int]] = [[] for _ in range(self._count)]
        self._row = [-1] * len(spans)
        self._tests = 0
        self._reach = [(spans[start][1], spans[end][0]) for start, end in self._bonds]
        ranges = [(min(reach), max(reach)) for reach in self._reach]
        self._of: list[list[int]] = [[] for _ in spans]
        self._over: list[list[int]] = [[] for _ in spans]
        for index, (left, right) in enumerate(ranges):
            for number, (start, end) in enumerate(spans):
                if number in self._bonds[index]:
                    self._of[number].append(index)
                elif start <= right and end >= left:
                    self._over[number].append(index)
        self._under: list[list[int]] = [[] for _ in self._bonds]
        for number, found in enumerate(self._over):
            for index in found:
                self._under[index].append(number)
        self._meet: list[list[int]] = [[] for _ in self._bonds]
        for one, other in combinations(range(len(ranges)), 2):
            apart = ranges[one][1] <= ranges[other][0] or ranges[other][1] <= ranges[one][0]
            if not apart and {*self._bonds[one]}.isdisjoint(self._bonds[other]):
                self._meet[one].append(other)
                self._meet[other].append(one)

    def solve(self) -> list[int]:
        """Return the rows."""
        for number in self._order:
            self._put(number, self._first(number))
        for sweep in range(_SWEEPS):
            order = self._order if sweep % 2 else self._order[::-1]
            if not sum([self._move(number) for number in order]) or self._tests > _TESTS:
                break
        used = {row: place for place, row in enumerate(sorted(set(self._row)))}
        return [used[row] for row in self._row]

    def _put(self, number: int, row: int) -> None:
        self._row[number] = row
        self._held[row].append(number)

    def _free(self, number: int) -> list[int]:
        """Return the rows where a member fits."""
        left, right = self._spans[number][0] - _GAP, self._spans[number][1] + _GAP
        return [
            row
            for row, held in enumerate(self._held)
            if all(self._spans[other][0] >= right or self._spans[other][1] <= left for other in held)
        ]

    def _first(self, number: int) -> int:
        """Return the free row nearest to those of earlier members with a bond, else the emptiest one."""
        known = [self._row[end] for index in self._of[number] for end in self._bonds[index] if self._row[end] >= 0]
        centre = sum(known) / len(known) if known else self._count / 2
        weight = 0 if known else 1
        return min(self._free(number), key=lambda row: (weight * len(self._held[row]), abs(row - centre), row))

    def _move(self, number: int) -> bool:
        """Put a member where it costs least; return whether it has moved."""
        old = self._row[number]
        self._held[old].remove(number)
        costs = []
        for row in self._free(number):
            self._row[number] = row
            costs.append((self._cost(number), row != old, row))
        _cost, has_moved, row = min(costs)
        self._put(number, row)
        return has_moved

    def _cost(self, number: int) -> float:
        """Return what the lines of a member, and those that pass it, cost."""
        cost = _COVERED * sum(self._covers(number, index) for index in self._over[number])
        for index in self._of[number]:
            start, end = self._bonds[index]
            distance = abs(self._row[start] - self._row[end])
            cost += distance + _COVERED * sum(self._covers(other, index) for other in self._under[index])
            if self._reach[index][1] <= self._reach[index][0]:
                cost += _STACKED * (distance - 1)
            cost += _CROSSING * sum(self._cross(index, other) for other in self._meet[index])
        return cost

    def _covers(self, number: int, index: int) -> bool:
        """Return whether a member stands in the way of a line, were that straight."""
        self._tests += 1
        (x1, x2), (start, end) = self._reach[index], self._bonds[index]
        row, y1, y2 = self._row[number], self._row[start], self._row[end]
        if row < min(y1, y2) or row > max(y1, y2):
            return False
        if y1 == y2 or x2 <= x1:
            return y1 == y2 == row or row not in {y1, y2}
        left, right = self._spans[number]
        here, there = (y1 + (y2 - y1) * (min(max(x, x1), x2) - x1) / (x2 - x1) - row for x in (left, right))
        return here * there <= 0 or min(abs(here), abs(there)) < _HALF

    def _cross(self, one: int, other: int) -> bool:
        """Return whether two straight lines cross."""
        self._tests += 1
        (ax, bx), (cx, dx) = self._reach[one], self._reach[other]
        ay, by = (self._row[end] for end in self._bonds[one])
        cy, dy = (self._row[end] for end in self._bonds[other])
        if max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
            return False
        left = ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) * ((bx - ax) * (dy - ay) - (by - ay) * (dx - ax))
        right = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) * ((dx - cx) * (by - cy) - (dy - cy) * (bx - cx))
        return left < 0 and right < 0


def _depth(spans: list[Span]) -> int:
    """Return how many spans are at most side by side, the gap counted."""
    steps = sorted([(left, 1) for left, _ in spans] + [(right + _GAP, -1) for _, right in spans])
    depth = most = 0
    for _, step in steps:
        depth += step
        most = max(most, depth)
    return most
