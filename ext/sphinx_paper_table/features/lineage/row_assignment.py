"""Which row each member of a time line stands in: near what it follows, then where lines are short and clear."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP: Final = 16
"""Between two members of a row."""
_SPARE: Final = 4
"""Rows beyond those that are needed: lines go straighter where there is room."""
_SWEEPS: Final = 8
_MIXED: Final = 60
_STRIDE: Final = 37
"""What makes each attempt's order another one: members are moved in time, by less than this, some more than others."""
_CROSSING: Final = 7.0
_COVERED: Final = 7.0
_STACKED: Final = 5.0
"""What a crossing, a member in the way of a line, and a row between members of the same time weigh against a line that
is one row longer."""
_HALF: Final = 0.4
"""How near to the middle of a member, in rows, a line is in its way."""

Span = tuple[int, int]
Bond = tuple[int, int]


def choose_rows(spans: Sequence[Span], bonds: Sequence[Bond], lanes: Sequence[int] = (), attempt: int = 0) -> list[int]:
    """Return a row for each span, so that none overlap and lines between bonded ones are short and clear.

    *lanes* has the number of the lane where each one stands: the rows of a lane are below those of the lanes before.
    Another *attempt* begins with another order, and may end with another choice.
    """
    return _Rows(spans, bonds, lanes or [0] * len(spans), attempt).solve() if spans else []


class _Rows:
    """Places in time never change, so what can meet at all is listed once, with where it does."""

    def __init__(self, spans: Sequence[Span], bonds: Sequence[Bond], lanes: Sequence[int], attempt: int) -> None:
        self._spans = spans
        pairs = (sorted(bond, key=lambda number: spans[number]) for bond in bonds)
        self._bonds = [(left, right) for left, right in dict.fromkeys(map(tuple, pairs)) if left != right]
        early = [
            left + attempt * _MIXED * ((number * _STRIDE) % len(spans)) / len(spans)
            for number, (left, _) in enumerate(spans)
        ]
        self._order = sorted(range(len(spans)), key=lambda number: (early[number], spans[number], number))
        self._room, count = _rooms(spans, lanes)
        self._held: list[list[int]] = [[] for _ in range(count)]
        self._row = [-1] * len(spans)
        self._reach = [_reach(spans[start], spans[end]) for start, end in self._bonds]
        self._of: list[list[int]] = [[] for _ in spans]
        self._over: list[list[tuple[int, float, float]]] = [[] for _ in spans]
        self._under: list[list[tuple[int, float, float]]] = [[] for _ in self._bonds]
        self._meet: list[list[tuple[int, float, float, float, float]]] = [[] for _ in self._bonds]
        self._list_covers()
        self._list_crossings()

    def _list_covers(self) -> None:
        for index, (x1, x2) in enumerate(self._reach):
            for number, (left, right) in enumerate(self._spans):
                if number in self._bonds[index]:
                    self._of[number].append(index)
                elif left <= x2 and right >= x1:
                    parts = _parts((x1, x2), (max(left, x1), min(right, x2)))
                    self._over[number].append((index, *parts))
                    self._under[index].append((number, *parts))

    def _list_crossings(self) -> None:
        for one, other in combinations(range(len(self._bonds)), 2):
            if {*self._bonds[one]}.isdisjoint(self._bonds[other]):
                here, there = self._reach[one], self._reach[other]
                both = (max(here[0], there[0]), min(here[1], there[1]))
                if both[0] < both[1] or (both[0] == both[1] and (here[0] == here[1]) != (there[0] == there[1])):
                    mine, its = _parts(here, both), _parts(there, both)
                    self._meet[one].append((other, *mine, *its))
                    self._meet[other].append((one, *its, *mine))

    def solve(self) -> list[int]:
        """Return the rows."""
        for number in self._order:
            self._put(number, self._first(number))
        for sweep in range(_SWEEPS):
            order = self._order if sweep % 2 else self._order[::-1]
            if not sum([self._move(number) for number in order]):
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
            for row in self._room[number]
            if all(self._spans[other][0] >= right or self._spans[other][1] <= left for other in self._held[row])
        ]

    def _first(self, number: int) -> int:
        """Return the free row nearest to those of earlier members with a bond, else the emptiest one."""
        known = [self._row[end] for index in self._of[number] for end in self._bonds[index] if self._row[end] >= 0]
        room = self._room[number]
        centre = sum(known) / len(known) if known else (room[0] + room[-1] + 1) / 2
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
        rows, here = self._row, self._row[number]
        covered = 0
        for index, one, other in self._over[number]:
            start, end = self._bonds[index]
            covered += _covers(here, rows[start], rows[end], one, other)
        cost = 0.0
        for index in self._of[number]:
            start, end = self._bonds[index]
            y1, y2 = rows[start], rows[end]
            covered += sum(_covers(rows[third], y1, y2, one, other) for third, one, other in self._under[index])
            cost += abs(y2 - y1) + _CROSSING * self._crossings(index, y1, y2)
            if self._reach[index][0] == self._reach[index][1]:
                cost += _STACKED * (abs(y2 - y1) - 1)
        return cost + _COVERED * covered

    def _crossings(self, index: int, y1: int, y2: int) -> int:
        """Return how many straight lines are on one side of a line where both begin, and on the other at the end."""
        rows, bonds, height, found = self._row, self._bonds, y2 - y1, 0
        for other, mine1, mine2, its1, its2 in self._meet[index]:
            start, end = bonds[other]
            y3 = rows[start]
            slope = rows[end] - y3
            if (y1 + height * mine1 - y3 - slope * its1) * (y1 + height * mine2 - y3 - slope * its2) < 0:
                found += 1
        return found


def _covers(row: int, y1: int, y2: int, one: float, other: float) -> bool:
    """Return whether a member in *row* is in the way of a line, of which it sees the part from *one* to *other*."""
    first, last = y1 + (y2 - y1) * one - row, y1 + (y2 - y1) * other - row
    return first * last < 0 or -_HALF < first < _HALF or -_HALF < last < _HALF


def _reach(one: Span, other: Span) -> tuple[float, float]:
    """Return from where to where a line runs between two spans: nowhere, if they are of about the same time."""
    if other < one:
        one, other = other, one
    if other[0] > one[1]:
        return one[1], other[0]
    middle = (other[0] + min(one[1], other[1])) / 2
    return middle, middle


def _parts(whole: tuple[float, float], part: tuple[float, float]) -> tuple[float, float]:
    """Return where in the *whole* a part begins and ends; an upright line is all there."""
    length = whole[1] - whole[0]
    return ((part[0] - whole[0]) / length, (part[1] - whole[0]) / length) if length else (0.0, 1.0)


def _rooms(spans: Sequence[Span], lanes: Sequence[int]) -> tuple[list[range], int]:
    """Return the rows of each span's lane, and how many there are in all."""
    rooms, top = {}, 0
    for lane in sorted(set(lanes)):
        inside = [span for span, its in zip(spans, lanes, strict=True) if its == lane]
        count = _depth(inside) + (_SPARE if len(inside) > _SPARE else 0)
        rooms[lane] = range(top, top + count)
        top += count
    return [rooms[lane] for lane in lanes], top


def _depth(spans: Sequence[Span]) -> int:
    """Return how many spans are at most side by side, the gap counted."""
    steps = sorted([(left, 1) for left, _ in spans] + [(right + _GAP, -1) for _, right in spans])
    depth = most = 0
    for _, step in steps:
        depth += step
        most = max(most, depth)
    return most
