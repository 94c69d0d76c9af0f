"""Rows for the members of a time line: first near what each follows, then where lines are short and clear."""

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
"""Each attempt places members in another order: as if their times were shifted by less than `_MIXED` pixels."""
_CROSSING: Final = 7.0
_COVERED: Final = 7.0
_STACKED: Final = 5.0
"""What a crossing, a member in the way of a line, and a row between members of the same time weigh against a line that
is one row longer."""
_HALF: Final = 0.4
"""A line that comes nearer to the middle of a member than this, in rows, counts as covering it."""

Span = tuple[int, int]
"""Left and right end of a member, in pixels."""
LineageEdge = tuple[int, int]
"""The numbers of two members that a line joins."""


def choose_rows(
    spans: Sequence[Span], edges: Sequence[LineageEdge], lanes: Sequence[int] = (), attempt: int = 0
) -> list[int]:
    """Return a row for each span, so that none overlap and lines between linked ones are short and clear.

    *lanes* has the number of the lane where each one stands: the rows of a lane are below those of the lanes before.
    Another *attempt* begins with another order, and may end with another choice.
    """
    return _RowAssignment(spans, edges, lanes or [0] * len(spans), attempt).solve() if spans else []


class _RowAssignment:
    """The search for rows.

    Members move between rows only, never in time: which lines can cross, and which members they can pass, is listed
    once, with the part of the line where that is.
    """

    def __init__(self, spans: Sequence[Span], edges: Sequence[LineageEdge], lanes: Sequence[int], attempt: int) -> None:
        self._spans = spans
        pairs = (sorted(edge, key=lambda number: spans[number]) for edge in edges)
        self._edges = [(left, right) for left, right in dict.fromkeys(map(tuple, pairs)) if left != right]
        early = [
            left + attempt * _MIXED * ((number * _STRIDE) % len(spans)) / len(spans)
            for number, (left, _) in enumerate(spans)
        ]
        self._order = sorted(range(len(spans)), key=lambda number: (early[number], spans[number], number))
        self._lane_rows, count = _rows_by_lane(spans, lanes)
        self._members_in: list[list[int]] = [[] for _ in range(count)]
        self._row = [-1] * len(spans)
        self._runs = [_run_of(spans[start], spans[end]) for start, end in self._edges]
        self._edges_of: list[list[int]] = [[] for _ in spans]
        self._passing_edges: list[list[tuple[int, float, float]]] = [[] for _ in spans]
        self._passed_members: list[list[tuple[int, float, float]]] = [[] for _ in self._edges]
        self._possible_crossings: list[list[tuple[int, float, float, float, float]]] = [[] for _ in self._edges]
        self._list_passed_members()
        self._list_possible_crossings()

    def _list_passed_members(self) -> None:
        for index, (x1, x2) in enumerate(self._runs):
            for number, (left, right) in enumerate(self._spans):
                if number in self._edges[index]:
                    self._edges_of[number].append(index)
                elif left <= x2 and right >= x1:
                    parts = _parts((x1, x2), (max(left, x1), min(right, x2)))
                    self._passing_edges[number].append((index, *parts))
                    self._passed_members[index].append((number, *parts))

    def _list_possible_crossings(self) -> None:
        for one, other in combinations(range(len(self._edges)), 2):
            if {*self._edges[one]}.isdisjoint(self._edges[other]):
                here, there = self._runs[one], self._runs[other]
                both = (max(here[0], there[0]), min(here[1], there[1]))
                if both[0] < both[1] or (both[0] == both[1] and (here[0] == here[1]) != (there[0] == there[1])):
                    mine, theirs = _parts(here, both), _parts(there, both)
                    self._possible_crossings[one].append((other, *mine, *theirs))
                    self._possible_crossings[other].append((one, *theirs, *mine))

    def solve(self) -> list[int]:
        """Return the rows."""
        for number in self._order:
            self._place_in_row(number, self._first_row(number))
        for sweep in range(_SWEEPS):
            order = self._order if sweep % 2 else self._order[::-1]
            if not sum([self._move_to_cheapest_row(number) for number in order]):
                break
        used = {row: place for place, row in enumerate(sorted(set(self._row)))}
        return [used[row] for row in self._row]

    def _place_in_row(self, number: int, row: int) -> None:
        self._row[number] = row
        self._members_in[row].append(number)

    def _free_rows(self, number: int) -> list[int]:
        """Return the rows where a member fits."""
        left, right = self._spans[number][0] - _GAP, self._spans[number][1] + _GAP
        return [
            row
            for row in self._lane_rows[number]
            if all(self._spans[other][0] >= right or self._spans[other][1] <= left for other in self._members_in[row])
        ]

    def _first_row(self, number: int) -> int:
        """Return the free row nearest to those of earlier members that it has an edge with, else the emptiest one."""
        known = [
            self._row[end] for index in self._edges_of[number] for end in self._edges[index] if self._row[end] >= 0
        ]
        rows = self._lane_rows[number]
        centre = sum(known) / len(known) if known else (rows[0] + rows[-1] + 1) / 2
        weight = 0 if known else 1
        return min(
            self._free_rows(number), key=lambda row: (weight * len(self._members_in[row]), abs(row - centre), row)
        )

    def _move_to_cheapest_row(self, number: int) -> bool:
        """Put a member where it costs least; return whether it has moved."""
        old = self._row[number]
        self._members_in[old].remove(number)
        costs = []
        for row in self._free_rows(number):
            self._row[number] = row
            costs.append((self._cost(number), row != old, row))
        _cost, has_moved, row = min(costs)
        self._place_in_row(number, row)
        return has_moved

    def _cost(self, number: int) -> float:
        """Return what the lines of a member, and those that pass it, cost."""
        rows, here = self._row, self._row[number]
        covered = 0
        for index, one, other in self._passing_edges[number]:
            start, end = self._edges[index]
            covered += _covers(here, rows[start], rows[end], one, other)
        cost = 0.0
        for index in self._edges_of[number]:
            start, end = self._edges[index]
            y1, y2 = rows[start], rows[end]
            for third, one, other in self._passed_members[index]:
                covered += _covers(rows[third], y1, y2, one, other)
            cost += abs(y2 - y1) + _CROSSING * self._crossings(index, y1, y2)
            if self._runs[index][0] == self._runs[index][1]:
                cost += _STACKED * (abs(y2 - y1) - 1)
        return cost + _COVERED * covered

    def _crossings(self, index: int, y1: int, y2: int) -> int:
        """Return how many straight lines are on one side of a line where both begin, and on the other at the end."""
        rows, edges, height, crossings = self._row, self._edges, y2 - y1, 0
        for other, mine1, mine2, theirs1, theirs2 in self._possible_crossings[index]:
            start, end = edges[other]
            y3 = rows[start]
            slope = rows[end] - y3
            if (y1 + height * mine1 - y3 - slope * theirs1) * (y1 + height * mine2 - y3 - slope * theirs2) < 0:
                crossings += 1
        return crossings


def _covers(row: int, y1: int, y2: int, one: float, other: float) -> bool:
    """Return whether a member in *row* is in the way of a line, of which it sees the part from *one* to *other*."""
    height = y2 - y1
    first, last = y1 + height * one - row, y1 + height * other - row
    return first * last < 0 or -_HALF < first < _HALF or -_HALF < last < _HALF


def _run_of(one: Span, other: Span) -> tuple[float, float]:
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


def _rows_by_lane(spans: Sequence[Span], lanes: Sequence[int]) -> tuple[list[range], int]:
    """Return the rows of each span's lane, and how many there are in all."""
    rows_of, top = {}, 0
    for lane in sorted(set(lanes)):
        inside = [span for span, own in zip(spans, lanes, strict=True) if own == lane]
        count = _most_side_by_side(inside) + (_SPARE if len(inside) > _SPARE else 0)
        rows_of[lane] = range(top, top + count)
        top += count
    return [rows_of[lane] for lane in lanes], top


def _most_side_by_side(spans: Sequence[Span]) -> int:
    """Return how many spans are at most side by side, the gap counted."""
    steps = sorted([(left, 1) for left, _ in spans] + [(right + _GAP, -1) for _, right in spans])
    depth = most = 0
    for _, step in steps:
        depth += step
        most = max(most, depth)
    return most
