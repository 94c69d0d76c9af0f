"""A chart of a ranking: values over the dates when the methods were first public, and the best so far.

leather chooses the scales and draws the axes; what it would colour is left to the style sheet, so that a chart follows
the theme, dark or light, and needs no font or script of its own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.cards.drawing import text_width
from sphinx_paper_table.survey.rankings import best_so_far, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx_paper_table.survey.result_lines import ResultLine

WIDTH: Final = 720
HEIGHT: Final = 316
_TOP, _RIGHT, _BOTTOM, _LEFT = 32, 20, 30, 56
_SPARE: Final = 12
"""What names may take of the space above the axis; the axis's title has the rest."""
_LEAST: Final = 3
"""Dates that a chart needs: two points say nothing that the table does not."""
_YEARS: Final = 12
"""More labels of years would touch each other; then every second one is left out."""
_STYLES: Final = ("fill", "stroke", "stroke-width", "font-family", "font-size")
_RADIUS: Final = 4.5
_LINE: Final = 16
_ABOVE: Final = ((-9, -7, "end"), (0, -10, "middle"), (9, 15, "start"), (9, -7, "start"))
_BELOW: Final = ((-9, 16, "end"), (9, -7, "start"), (0, 20, "middle"), (9, 16, "start"))
"""Where a name may stand beside its mark: first where the line of the best, which rises or falls, is not."""
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number at its place."""

    x: float
    y: float
    row: ResultLine
    is_best: bool


def chart(
    rows: Sequence[ResultLine],
    direction: str,
    measure: str,
    link: Callable[[str], str] = lambda _paper: "",
    *,
    is_comparable: bool = True,
) -> ET.Element | None:
    """Return the content of an SVG of `WIDTH` by `HEIGHT`, or nothing when too few dates are known.

    *direction* says whether ``higher`` or ``lower`` numbers are better, *measure* is the title of their axis, *link*
    gives the address of a paper. Only numbers that are comparable have a line of what was best until then.
    """
    dated = [row for row in rows if row.date]
    points = [(moment(row.date), Decimal(row.number)) for row in dated]
    if len({x for x, _y in points}) < _LEAST or len({y for _x, y in points}) == 1:
        return None
    x_scale, y_scale = _scales(points)
    root = ET.Element("g", transform=f"translate({_LEFT} {_TOP})")
    across, up = _axes(x_scale, y_scale)
    up.append(_title(measure))
    root.extend((across, up))
    best = _best(points, dated, direction)
    marks = [
        _Mark(*_place(point, x_scale, y_scale), row, is_best=is_comparable and number in best)
        for number, (point, row) in enumerate(zip(points, dated, strict=True))
    ]
    if is_comparable:
        root.append(_steps([marks[number] for number in best]))
    root.extend(_linked(mark, link) for mark in sorted(marks, key=lambda mark: mark.is_best))
    root.extend(_labels([marks[number] for number in best], marks))
    _round(root)
    return root


def _best(points: Sequence[tuple[float, Decimal]], rows: Sequence[ResultLine], direction: str) -> list[int]:
    """Return the numbers of the points that were best in their time.

    What others report is another implementation or another measurement: it counts only where nothing else is.
    """
    own = [number for number, row in enumerate(rows) if not row.is_secondary] or range(len(rows))
    return [own[place] for place in best_so_far([points[number] for number in own], direction)]


def _round(root: ET.Element) -> None:
    """Shorten the many digits of places."""
    for element in root.iter():
        for name in element.attrib.keys() & {"x", "y", "x1", "y1", "x2", "y2"}:
            element.set(name, _short(float(element.attrib[name])))


def _scales(points: Sequence[tuple[float, Decimal]]) -> tuple[Any, Any]:
    from leather import Linear  # noqa: PLC0415 (few pages have charts)

    years, values = [x for x, _y in points], [y for _x, y in points]
    spare = (max(values) - min(values)) / 12
    return Linear(int(min(years)), int(max(years)) + 1), Linear(min(values) - spare, max(values) + spare)


def _axes(x_scale: Any, y_scale: Any) -> Iterable[ET.Element]:
    """Yield the axes, without what a style sheet says better."""
    from leather import Axis  # noqa: PLC0415 (as above)

    years = [tick for tick in range(int(x_scale.ticks()[0]), int(x_scale.ticks()[-1]) + 1) if x_scale.contains(tick)]
    step = 1 + len(years) // _YEARS
    axes = (
        (Axis(years[::step], lambda tick, _index, _count: str(tick)), x_scale, "bottom"),
        (Axis(None, lambda tick, _index, _count: f"{tick.normalize():f}"), y_scale, "left"),
    )
    for axis, scale, side in axes:
        group: ET.Element = axis.to_svg(_width(), _height(), scale, side)
        for element in group.iter():
            element.attrib.pop("class", None)
            for name in _STYLES:
                element.attrib.pop(name, None)
        group.set("class", "pt-axis")
        yield group


def _title(measure: str) -> ET.Element:
    """Return the title of the upright axis, above it: lying text is read with ease, and Chinese is not turned."""
    title = ET.Element("text", x=str(-_LEFT), y=str(_LINE - 4 - _TOP))
    title.text = measure
    return title


def _width() -> int:
    return WIDTH - _LEFT - _RIGHT


def _height() -> int:
    return HEIGHT - _TOP - _BOTTOM


def _place(point: tuple[float, Decimal], x_scale: Any, y_scale: Any) -> tuple[float, float]:
    x, y = Decimal(str(point[0])), point[1]
    return float(x_scale.project(x, 0, _width())), float(y_scale.project(y, _height(), 0))


def _steps(best: Sequence[_Mark]) -> ET.Element:
    """Return the line of the best so far: level until something better comes, and to the end of the axis."""
    parts = [f"M{_short(best[0].x)} {_short(best[0].y)}"]
    parts.extend(f"H{_short(mark.x)}V{_short(mark.y)}" for mark in best[1:])
    parts.append(f"H{_width()}")
    return ET.Element("path", {"class": "pt-best", "d": "".join(parts)})


def _dot(mark: _Mark) -> ET.Element:
    """Return a number: a disc, or a hollow square for one that others report."""
    line, kinds = mark.row, "pt-dot"
    if line.is_secondary:
        size = {"x": mark.x - _RADIUS + 0.5, "y": mark.y - _RADIUS + 0.5, "width": 8, "height": 8}
        shape = ET.Element("rect", {key: _short(value) for key, value in size.items()})
    else:
        shape = ET.Element("circle", cx=_short(mark.x), cy=_short(mark.y), r=str(_RADIUS))
    kinds += " pt-secondary" if line.is_secondary else ""
    shape.set("class", kinds + (" pt-record" if mark.is_best else ""))
    return shape


def _linked(mark: _Mark, link: Callable[[str], str]) -> ET.Element:
    """Return a number as a link to its paper; what it says stands above the chart while it has pointer or focus."""
    line = mark.row
    said = ", ".join(part for part in (line.name, line.value, line.setting, line.date) if part)
    address = link(line.paper)
    holder = ET.Element("a", {"href": address, "aria-label": said} if address else {})
    holder.append(ET.Element("circle", {"class": "pt-near", "cx": _short(mark.x), "cy": _short(mark.y), "r": "12"}))
    holder.append(_dot(mark))
    # The script that marks the words of a search would fail at what has no box.
    place = {"x": str(_width()), "y": str(_LINE - 4 - _TOP), "text-anchor": "end"}
    ET.SubElement(holder, "text", {"class": "pt-said nohighlight", **place}).text = said
    return holder


def _labels(best: Sequence[_Mark], marks: Sequence[_Mark]) -> Iterable[ET.Element]:
    """Yield the names of what was best in its time, the latest first, where they cover no mark and no other name."""
    sides = _BELOW if len(best) > 1 and best[0].y < best[-1].y else _ABOVE
    taken: list[Area] = [(mark.x - 5, mark.y - 5, mark.x + 5, mark.y + 5) for mark in marks]
    named = set()
    for mark in reversed(best):
        for x, y, anchor in sides:
            area = _area(mark, x, y, anchor)
            if mark.row.paper not in named and _is_free(area, taken):
                taken.append(area)
                named.add(mark.row.paper)
                label = ET.Element("text", {"x": str(mark.x + x), "y": str(mark.y + y), "text-anchor": anchor})
                label.text = mark.row.name
                yield label


def _area(mark: _Mark, x: float, y: float, anchor: str) -> Area:
    width = text_width(mark.row.name)
    left = mark.x + x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return left, mark.y + y - _LINE + 4, left + width, mark.y + y + 4


def _is_free(area: Area, taken: Iterable[Area]) -> bool:
    """Return whether an area is on the chart, and touches none of the others."""
    left, top, right, bottom = area
    inside = left >= 0 and right <= _width() + _RIGHT and top >= -_SPARE and bottom <= _height()
    return inside and all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)


def _short(number: float) -> str:
    return f"{round(number, 1):g}"
