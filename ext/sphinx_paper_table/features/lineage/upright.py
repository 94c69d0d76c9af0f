"""The layout of a lineage for narrow screens: time runs down, a row a member, relations in a margin beside them.

Pure geometry, in pixels, like `timeline`. What follows a member hangs on one line down from it, as in drawings of the
history of a repository: short ones are nearest to the members.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.drawing import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.features.lineage.query import Lineage, Member

ROW: Final = 32
"""From member to member: what a finger can hit."""
_HEAD: Final = 30
"""Of a year, and of the title of a lane."""
_WIDTH: Final = 344
"""What a phone of 360 pixels has."""
_MARGIN: Final = 12
_NARROWEST: Final = 84
"""The least room for lines."""
_TEXT: Final = 14
"""From the mark of a member to its name."""
_STEP: Final = 10.0
_TURN: Final = 5
"""Between two lines at most, and the radius of their turns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A member: the number of it in the lineage, and the middle of its line."""

    member: int
    y: int


@dataclass(frozen=True, slots=True)
class Head:
    """A year, or the title of a lane."""

    text: str
    y: int
    is_lane: bool = False


@dataclass(frozen=True, slots=True)
class Trunk:
    """A relation as an SVG path, by the number of its edge."""

    edge: int
    path: str


@dataclass(frozen=True, slots=True)
class UprightDrawing:
    """The whole; *x* is where the marks of the members stand, names begin `_TEXT` behind it."""

    width: int
    height: int
    x: int
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    lines: tuple[Trunk, ...]


def draw_upright(lineage: Lineage, labels: Sequence[str] = (), undated: str = "") -> UprightDrawing:
    """Return the drawing of *lineage*, with *labels* beside its marks; *undated* stands above what has no date.

    On a map, each lane has its own time; relations between lanes are left to the wide drawing and to the list.
    """
    heads, rows, height = _column(lineage, undated)
    names = labels or [member.name for member in lineage.members]
    needed = max(map(text_width, names), default=0) + _TEXT + _MARGIN
    place = {lineage.members[row.member].paper: number for number, row in enumerate(rows)}
    trunks = _trunks(lineage, place)
    count = max(trunks.values(), default=-1) + 1
    x = max(_NARROWEST, min(round(count * _STEP) + 2 * _MARGIN, _WIDTH - needed))
    step = min(_STEP, (x - 2 * _MARGIN) / max(count, 1))
    lines = tuple(
        Trunk(number, _path(x, x - _MARGIN - step * trunks[edge.target], rows[start].y, rows[end].y))
        for number, edge in enumerate(lineage.edges)
        if edge.target in trunks
        for start, end in [(place[edge.target], place[edge.source])]
        if not _are_apart(lineage, rows[start], rows[end])
    )
    return UprightDrawing(max(_WIDTH, x + needed), height, x, tuple(heads), tuple(rows), lines)


def _column(lineage: Lineage, undated: str) -> tuple[list[Head], list[Row], int]:
    """Return the heads and the members from the top down, and the height of all."""
    heads: list[Head] = []
    rows: list[Row] = []
    y = 0
    for title, members in _lanes(lineage):
        if title:
            heads.append(Head(title, y + _HEAD // 2, is_lane=True))
            y += _HEAD
        year = None
        for number, member in members:
            if (member.date[:4] or undated) != year:
                year = member.date[:4] or undated
                heads.append(Head(year, y + _HEAD // 2))
                y += _HEAD
            rows.append(Row(number, y + ROW // 2))
            y += ROW
    return heads, rows, y + _MARGIN


def _lanes(lineage: Lineage) -> list[tuple[str, list[tuple[int, Member]]]]:
    """Return the members of each lane, numbered, with its title; all of them where there are no lanes."""
    numbered = list(enumerate(lineage.members))
    if not lineage.lanes:
        return [("", numbered)]
    return [(lane.title, [one for one in numbered if one[1].lane == lane.survey]) for lane in lineage.lanes]


def _are_apart(lineage: Lineage, one: Row, other: Row) -> bool:
    """Return whether two members stand in different lanes."""
    return bool(lineage.lanes) and lineage.members[one.member].lane != lineage.members[other.member].lane


def _trunks(lineage: Lineage, place: dict[str, int]) -> dict[str, int]:
    """Return for each member that others follow which line to the left is that of it, counted from the right."""
    lane = {member.paper: member.lane if lineage.lanes else "" for member in lineage.members}
    ends: dict[str, list[int]] = defaultdict(list)
    for edge in lineage.edges:
        if lane[edge.source] == lane[edge.target]:
            ends[edge.target].append(place[edge.source])
    spans = {paper: (min(place[paper], *rows), max(place[paper], *rows)) for paper, rows in ends.items()}
    found: dict[str, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for paper, (top, bottom) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        free = (n for n, used in enumerate(taken) if all(bottom < other[0] or top > other[1] for other in used))
        number = next(free, len(taken))
        taken += [[]] if number == len(taken) else []
        taken[number].append((top, bottom))
        found[paper] = number
    return found


def _path(x: int, trunk: float, start: int, end: int) -> str:
    """Return the path from one member to another: to the left, along its line, and back."""
    down = _TURN if end > start else -_TURN
    left, turn, near = round(trunk, 1), round(trunk + _TURN, 1), x - _MARGIN // 2
    return (
        f"M{near} {start}H{turn:g}Q{left:g} {start} {left:g} {start + down}"
        f"V{end - down}Q{left:g} {end} {turn:g} {end}H{near - 1}"
    )
