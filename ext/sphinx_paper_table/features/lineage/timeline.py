"""The layout of a lineage: time runs to the right, rows are chosen for short, clear lines.

Pure geometry, in pixels. The same lineage always gives the same drawing: nothing here is random or depends on a clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.drawing import text_width
from sphinx_paper_table.features.lineage.routing import HEIGHT, PITCH, Box, Routes, routes
from sphinx_paper_table.features.lineage.row_assignment import choose_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.features.lineage.query import Lane, Lineage
    from sphinx_paper_table.features.lineage.row_assignment import LineageEdge, Span

_PADDING: Final = 18
_EDGE: Final = 24
_TOP: Final = 46
"""Left and right of everything, and above it for the years."""
_GLYPH: Final = 15
"""What the mark of a group takes beside a name."""
_STRIP: Final = 22
"""Above the members of a lane, for its title, which nothing else may cover."""
_QUIET_YEAR: Final = 44
_BREAK: Final = 62
"""Widths of a year without members, and of several such years, which stand together."""
_PER_MEMBER: Final = 22
_PER_FEW: Final = 90
_NARROWEST: Final = 640
"""What each member adds to its year, and more where there are few, up to the width of a page."""
_WIDEST: Final = 1000
_PER_MANY: Final = 13
_WIDEST_MAP: Final = 2600
"""The width at which more members make more rows instead; of very many, whose lines need room, each adds a little."""
_MONTHS: Final = 12
_TRIES: Final = 4
_WORK: Final = 20_000
"""How many other drawings are tried at most, and pairs of lines in all of them: a bound on the time."""
_LANES: Final = 7
"""Of more lanes, not every order is tried."""


@dataclass(frozen=True, slots=True)
class Year:
    """A line of the time axis; *label* is empty at its end, and names first and last of several empty years."""

    label: str
    x: int
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as an SVG path, from the member that is spoken of to the one that speaks."""

    edge: int
    path: str


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of a lane: *y* and *height* of all of them."""

    title: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole: boxes by member, in their order, and lines by edge; *undated* is where those without a date begin."""

    width: int
    height: int
    years: tuple[Year, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    undated: int = 0
    bands: tuple[Band, ...] = ()


def draw(lineage: Lineage, labels: Sequence[str] = ()) -> Drawing:
    """Return the drawing of *lineage*; *labels* stand in its boxes, the names of its members unless given."""
    widest = min(max(_WIDEST, _PER_MANY * len(lineage.members)), _WIDEST_MAP)
    years, lefts = _time_axis([member.date for member in lineage.members], widest)
    padding = _PADDING + (_GLYPH if lineage.groups else 0)
    widths = [text_width(label) + padding for label in labels or [member.name for member in lineage.members]]
    index = {member.paper: number for number, member in enumerate(lineage.members)}
    edges = [(index[edge.target], index[edge.source]) for edge in lineage.edges]
    spans = [(x, x + width) for x, width in zip(lefts, widths, strict=True)]
    order = _lane_order(lineage)
    place = {lane.survey: number for number, lane in enumerate(order)}
    lanes = [place.get(member.lane, 0) for member in lineage.members]
    rows, boxes, lines = _best_layout(spans, edges, lanes if order else [])
    right = max([box.x + box.width for box in boxes] + [year.x for year in years], default=0)
    bottom = _TOP + (max(rows, default=0) + 1) * PITCH + _STRIP * len(order)
    undated = next((x for x, member in zip(lefts, lineage.members, strict=True) if not member.date), 0)
    paths = tuple(Line(number, path) for number, path in enumerate(lines.paths))
    bands = tuple(_bands([lane.title for lane in order], lanes, rows))
    return Drawing(right + _EDGE, bottom, years, tuple(boxes), paths, undated, bands)


def _best_layout(spans: list[Span], edges: list[LineageEdge], lanes: list[int]) -> tuple[list[int], list[Box], Routes]:
    """Return the rows, boxes and lines that cross least, of several tries where there is time for them."""
    tries = []
    strips = [_STRIP * (lane + 1) for lane in lanes] or [0] * len(spans)
    for number in range(1 + min(_TRIES, _WORK // (1 + len(edges)) ** 2)):
        rows = choose_rows(spans, edges, lanes, number)
        boxes = [
            Box(left, _TOP + row * PITCH + strip, right - left)
            for (left, right), row, strip in zip(spans, rows, strips, strict=True)
        ]
        lines = routes(boxes, edges)
        tries.append((lines.crossings + max(rows, default=0) / 2, number, (rows, boxes, lines)))
        if not lines.crossings:
            break
    return min(tries)[2]


def _bands(titles: list[str], lanes: list[int], rows: list[int]) -> Iterator[Band]:
    """Yield the rows of each lane."""
    top = 0
    for lane, title in enumerate(titles):
        end = max(row for row, own in zip(rows, lanes, strict=True) if own == lane) + 1
        y = _TOP + top * PITCH - (PITCH - HEIGHT) // 2 + _STRIP * lane
        yield Band(title, y, (end - top) * PITCH + _STRIP)
        top = end


def _lane_order(lineage: Lineage) -> tuple[Lane, ...]:
    """Return the lanes, those with relations to each other near, and of an order and its reverse what begins earlier.

    Many stay in the order of the surveys.
    """
    if not 1 < len(lineage.lanes) <= _LANES:
        return lineage.lanes
    lane_of = {member.paper: member.lane for member in lineage.members}
    pairs = Counter(tuple(sorted((lane_of[edge.source], lane_of[edge.target]))) for edge in lineage.edges)

    first = {member.lane: member.date or "9999" for member in reversed(lineage.members)}

    def cost(lanes: tuple[Lane, ...]) -> tuple[int, str]:
        place = {lane.survey: number for number, lane in enumerate(lanes)}
        distance = sum(count * abs(place[one] - place[other]) for (one, other), count in pairs.items())
        return distance, first[lanes[0].survey]

    return min(permutations(lineage.lanes), key=cost)


def _time_axis(dates: list[str], widest: int) -> tuple[tuple[Year, ...], list[int]]:
    """Return the years, and the x of each date.

    Within a year, months are in proportion. A year is as wide as what happened in it needs, so that busy years can be
    read and quiet ones do not push them apart; the lines of the axis show where each begins. Several years without
    members are one place on it.
    """
    counts: dict[int, int] = defaultdict(int)
    for date in dates:
        if date:
            counts[_year(date)] += 1
    count = max(len(dates), 1)
    share = min(max(_PER_MEMBER, min(_PER_FEW, _NARROWEST / count)), widest / count)
    starts, ends, years, x = {}, {}, [], float(_EDGE)
    for first, last in _periods(sorted(counts)):
        years.append(Year(str(first) if first == last else f"{first}–{last % 100:02}", round(x), first < last))
        starts[first] = x
        x += _BREAK if first < last else max(_QUIET_YEAR, share * (counts.get(first, 0) + 0.5))
        ends[first] = x
    lefts = [_x_of(date, starts[year], ends[year]) if (year := _year(date)) else round(x) + _EDGE for date in dates]
    return (*years, *([Year("", round(x))] if years else [])), lefts


def _periods(years: list[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last year of each part of the axis: *years*, and what lies between them together."""
    for before, year in zip([None, *years], years, strict=False):
        if before is not None and year - before > 1:
            yield before + 1, year - 1
        yield year, year


def _year(date: str) -> int:
    return int(date[:4]) if date else 0


def _x_of(date: str, start: float, end: float) -> int:
    """Return the place of a date in its year; a month alone stands in its middle, and so does a year."""
    if len(date) == len("2019"):
        return round((start + end) / 2)
    day = (int(date[8:10]) - 1) / 31 if date[8:10] else 0.5
    return round(start + (end - start) * (int(date[5:7]) - 1 + day) / _MONTHS)


__all__ = ["HEIGHT", "Box", "Drawing", "Line", "Year", "draw"]
