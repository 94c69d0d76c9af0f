"""Measures of a drawing, taken from the paths that readers see: what crosses, what runs through what, how long."""

from __future__ import annotations

import random
import re
from functools import cache
from itertools import combinations, pairwise
from math import hypot
from typing import TYPE_CHECKING

from sphinx_paper_table.features.lineage.query import Kind, Lineage, Member
from sphinx_paper_table.features.lineage.routing import HEIGHT
from sphinx_paper_table.features.lineage.timeline import draw
from sphinx_paper_table.survey.catalogue import Edge

if TYPE_CHECKING:
    from sphinx_paper_table.features.lineage.routing import Box
    from sphinx_paper_table.features.lineage.timeline import Drawing

Point = tuple[float, float]
Polyline = list[Point]
Frame = tuple[float, float, float, float]
Piece = tuple[Frame, Point, Point]
REAL = ("contrastive-learning", "clip", "video-understanding", "multimodal", "diffusion-models")
"""The surveys of the real site that are drawn."""
_STEPS = 12
_PARTS = 50
_COMMAND = re.compile(r"([MLC])([^MLC]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def numbers_in(path: str) -> list[float]:
    """Return the numbers of an SVG path, x and y in turn."""
    return [float(number) for number in _NUMBER.findall(path)]


def polyline(path: str) -> Polyline:
    """Return the points of an SVG path of the commands M, L and C; curves as short straight pieces."""
    found: Polyline = []
    for command, rest in _COMMAND.findall(path):
        numbers = numbers_in(rest)
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "C":
            found.extend(_curve(found[-1], *points))
        else:
            found.extend(points)
    return found


def _curve(a: Point, b: Point, c: Point, d: Point) -> Polyline:
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        x, y = (sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
        found.append((x, y))
    return found


def length(line: Polyline) -> float:
    """Return how long a line is."""
    return sum(hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(line))


def crossings(lineage: Lineage, drawing: Drawing) -> int:
    """Return how many pairs of lines without a common end cross."""
    lines = [pieces(polyline(line.path)) for line in drawing.lines]
    frames = [frame([point for piece in line for point in piece[1:]]) for line in lines]
    ends = [{bond.source, bond.target} for bond in lineage.edges]
    return sum(
        meet(lines[one], lines[other])
        for one, other in combinations(range(len(lines)), 2)
        if touch(frames[one], frames[other]) and ends[one].isdisjoint(ends[other])
    )


def frame(points: Polyline) -> Frame:
    """Return the smallest upright box around points: left, top, right, bottom."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def touch(one: Frame, other: Frame) -> bool:
    """Return whether two upright boxes have a place in common: most lines are told apart by that alone."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def pieces(line: Polyline) -> list[Piece]:
    """Return the straight pieces of a line, each with its frame."""
    return [(frame([a, b]), a, b) for a, b in pairwise(line)]


def meet(one: list[Piece], other: list[Piece]) -> bool:
    """Return whether two lines cross."""
    return any(touch(near, far) and cross(a, b, c, d) for near, a, b in one for far, c, d in other)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Return whether the straight pieces *ab* and *cd* cross."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def through_boxes(lineage: Lineage, drawing: Drawing) -> list[tuple[str, str]]:
    """Return which lines, by their later end, run through the box of a third member."""
    lines = [pieces(polyline(line.path)) for line in drawing.lines]
    return [
        (bond.source, member.paper)
        for bond, line in zip(lineage.edges, lines, strict=True)
        for whole in [frame([point for piece in line for point in piece[1:]])]
        for member, box in zip(lineage.members, drawing.boxes, strict=True)
        if touch(whole, around(box)) and member.paper not in {bond.source, bond.target} and enters(line, box)
    ]


def around(box: Box, margin: float = 2) -> Frame:
    """Return a box with so much around it that a line there seems to touch it."""
    return box.x - margin, box.y - margin, box.right + margin, box.y + HEIGHT + margin


def enters(line: list[Piece], box: Box) -> bool:
    """Return whether a line comes into a box, or so near that it seems to touch it."""
    left, top, right, bottom = edges = around(box)
    return any(
        left < x < right and top < y < bottom
        for near, (x1, y1), (x2, y2) in line
        if touch(near, edges)
        for part in range(_PARTS + 1)
        for x, y in [(x1 + (x2 - x1) * part / _PARTS, y1 + (y2 - y1) * part / _PARTS)]
    )


def overlapping(drawing: Drawing) -> list[tuple[int, int]]:
    """Return the boxes that lie over each other."""
    boxes = drawing.boxes
    return [
        (one, other)
        for one, other in combinations(range(len(boxes)), 2)
        if boxes[one].y == boxes[other].y and boxes[one].x < boxes[other].right and boxes[other].x < boxes[one].right
    ]


def pairs_that_share_time(lineage: Lineage, drawing: Drawing) -> int:
    """Return how many pairs of lines could cross: those without a common end that run at the same time."""
    index = {member.paper: drawing.boxes[number] for number, member in enumerate(lineage.members)}
    spans = [
        (sorted((index[bond.target].x, index[bond.source].x)), {bond.target, bond.source}) for bond in lineage.edges
    ]
    return sum(
        one[0] < other[1] and other[0] < one[1] and ends.isdisjoint(others)
        for (one, ends), (other, others) in combinations(spans, 2)
    )


drawn = cache(draw)
"""Each lineage is drawn once; large ones take seconds."""


@cache
def synthetic(count: int, seed: int = 1) -> Lineage:
    """Return a lineage like those of surveys: most papers follow one or two that came not long before."""
    numbers = random.Random(seed)  # noqa: S311 (not for secrets)
    dates = sorted(
        f"{numbers.choice([2015, 2018, 2019, 2020, 2020, 2021, 2021])}-{numbers.randint(1, 12):02}"
        for _ in range(count)
    )
    members = tuple(Member(f"m{n}", "Method" + "x" * numbers.randint(0, 12), date) for n, date in enumerate(dates))
    bonds = dict.fromkeys(
        Edge(numbers.choice(["extends", "uses"]), f"m{n}", f"m{numbers.randint(max(0, n - 25), n - 1)}")
        for n in range(1, count)
        for _ in range(numbers.choice([0, 1, 1, 2, 3]))
    )
    return Lineage(members, KINDS, tuple(bonds))


KINDS = (Kind("extends", "extends", is_symmetric=False), Kind("uses", "uses", is_symmetric=False))
