"""The drawings of the real site's surveys, as its build has kept them: to draw them again takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.features.lineage.drawings import (
    REAL,
    crossings,
    numbers_in,
    overlapping,
    pairs_that_share_time,
    through_boxes,
)
from tests.support.sites import real_catalogue

from sphinx_paper_table.features.lineage import kept
from sphinx_paper_table.features.lineage.printers import labels_of
from sphinx_paper_table.features.lineage.query import Lineage, lineage_of
from sphinx_paper_table.features.lineage.routing import HEIGHT
from sphinx_paper_table.features.lineage.timeline import Drawing
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from tests.conftest import RealSite

Drawn = Callable[[str], tuple[Lineage, Drawing]]
WIDE = 60
"""Points of width for each member; most members have others of their time above or below them."""
MAP = ("methods/map", "lineage-all")


@pytest.fixture
def drawn(real_site: RealSite, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Return the function that gives a survey's lineage and its drawing on the site; "" is the map of all."""
    doctrees = real_site().with_name("html-en.doctrees")

    def draw(*_arguments: Any) -> Drawing:
        pytest.fail("the site has another lineage on this page")

    monkeypatch.setattr(kept, "draw", draw)

    def find(survey: str) -> tuple[Lineage, Drawing]:
        view = select(real_catalogue(), Selection(survey))
        assert view is not None
        lineage = lineage_of(view, real_catalogue())
        page, anchor = (f"surveys/{survey}", f"lineage-{survey}") if survey else MAP
        return lineage, kept.kept_drawing(lineage, labels_of(lineage), doctrees, f"{page} {anchor}")

    return find


def test_the_map(drawn: Drawn) -> None:
    """Lanes with relations stand near each other: at most as far apart in all as in the order of the files."""
    found, drawing = drawn("")
    assert len(drawing.bands) == len(found.lanes) == 6
    assert overlapping(drawing) == []
    assert drawing.width < WIDE * len(found.members)
    assert distance(found, [band.title for band in drawing.bands]) <= distance(
        found, [lane.title for lane in found.lanes]
    )
    assert crossings(found, drawing) <= pairs_that_share_time(found, drawing) / 12
    assert through_boxes(found, drawing) == []


def distance(lineage: Lineage, titles: list[str]) -> int:
    place = {lane.survey: titles.index(lane.title) for lane in lineage.lanes}
    lanes = {member.paper: place[member.lane] for member in lineage.members}
    return sum(abs(lanes[bond.source] - lanes[bond.target]) for bond in lineage.edges)


def test_nothing_covers_the_titles_of_lanes(drawn: Drawn) -> None:
    """As boxes: where a title is printed, however often along its lane, there is no member."""
    _found, drawing = drawn("")
    for band in drawing.bands:
        inside = [box for box in drawing.boxes if band.y <= box.y < band.y + band.height]
        assert min(box.y for box in inside) >= band.y + 18 + 4, "its title stands on a line 18 below its edge"
        assert max(box.y + HEIGHT for box in inside) <= band.y + band.height


@pytest.mark.parametrize("survey", REAL)
def test_surveys_are_drawn_without_overlap(drawn: Drawn, survey: str) -> None:
    found, drawing = drawn(survey)
    assert (len(drawing.boxes), len(drawing.lines)) == (len(found.members), len(found.edges))
    assert overlapping(drawing) == []
    assert max(box.right for box in drawing.boxes) < drawing.width < WIDE * len(found.members)
    assert max(box.y + HEIGHT for box in drawing.boxes) < drawing.height < 560 + 7 * len(found.members)
    assert all(0 <= y <= drawing.height for line in drawing.lines for y in numbers_in(line.path)[1::2])


@pytest.mark.parametrize("survey", REAL)
def test_lines_seldom_cross(drawn: Drawn, survey: str) -> None:
    """Counted on the lines as they are drawn, among those that could; surveys grow, and their relations with them."""
    found, drawing = drawn(survey)
    assert crossings(found, drawing) <= pairs_that_share_time(found, drawing) / 8
    assert through_boxes(found, drawing) == []
