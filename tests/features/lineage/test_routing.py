"""How lines run between boxes, measured on the paths themselves; and that these measures measure."""

from __future__ import annotations

import itertools

import pytest
from tests.features.lineage.drawings import cross, enters, length, meet, pieces, polyline, through_boxes

from sphinx_paper_table.features.lineage.query import Kind, Lineage, Member
from sphinx_paper_table.features.lineage.routing import HEIGHT, PITCH, Box, routes
from sphinx_paper_table.features.lineage.row_assignment import choose_rows
from sphinx_paper_table.features.lineage.timeline import Drawing, Line
from sphinx_paper_table.survey.catalogue import Edge

TOP = 40


def box(x: int, row: int, width: int = 60) -> Box:
    return Box(x, TOP + row * PITCH, width)


def lines(boxes: list[Box], *bonds: tuple[int, int]) -> list[list[tuple[float, float]]]:
    return [polyline(path) for path in routes(boxes, list(bonds)).paths]


def test_a_free_way_in_a_row_is_straight() -> None:
    boxes = [box(0, 0), box(200, 0)]
    (line,) = lines(boxes, (0, 1))
    assert {round(y, 6) for _x, y in line} == {TOP + HEIGHT / 2}
    assert length(line) == pytest.approx(140)


def test_a_line_leaves_on_the_right_and_arrives_on_the_left() -> None:
    boxes = [box(0, 0), box(300, 2)]
    (line,) = lines(boxes, (0, 1))
    assert [line[0], line[-1]] == [(boxes[0].right, boxes[0].middle), (boxes[1].x, boxes[1].middle)]
    assert all(one[0] <= other[0] for one, other in itertools.pairwise(line)), "never back in time"


def test_a_line_goes_round_what_is_in_its_way() -> None:
    boxes = [box(0, 0), box(150, 0), box(300, 0)]
    (line,) = lines(boxes, (0, 2))
    assert not enters(pieces(line), boxes[1])
    assert length(line) < 1.5 * 240


def test_a_line_goes_round_a_whole_wall() -> None:
    boxes = [box(0, 1), *(box(150 + 5 * row, row) for row in range(3)), box(400, 1)]
    (line,) = lines(boxes, (0, 4))
    assert [wall for wall in boxes[1:4] if enters(pieces(line), wall)] == []


def test_lines_of_one_box_begin_apart_in_the_order_of_their_ends() -> None:
    boxes = [box(0, 1), box(300, 0), box(300, 1), box(300, 2)]
    found = lines(boxes, (0, 3), (0, 1), (0, 2))
    begins = [line[0][1] for line in found]
    assert begins[1] < begins[2] < begins[0]
    assert not any(meet(pieces(one), pieces(other)) for one in found for other in found if one is not other)


def test_twenty_lines_still_begin_at_their_box() -> None:
    boxes = [box(0, 10), *(box(300, row) for row in range(20))]
    for line in lines(boxes, *((0, end) for end in range(1, 21))):
        assert boxes[0].y <= line[0][1] <= boxes[0].y + HEIGHT


def test_lines_round_the_same_corner_lie_side_by_side() -> None:
    wall = [box(0, 1), box(30, 2), *(box(200 + 5 * row, row) for row in range(1, 4)), box(400, 1), box(420, 2)]
    first, second = lines(wall, (0, 5), (1, 6))
    for line in (first, second):
        assert not any(enters(pieces(line), foreign) for foreign in wall[2:5])
    lowest = [max(y for _x, y in line) for line in (first, second)]
    assert abs(lowest[0] - lowest[1]) >= 3


@pytest.mark.parametrize("row", [0, 4])
def test_a_line_turns_to_cross_fewer_others(row: int) -> None:
    """Past a box, it keeps to the side from which no line comes."""
    boxes = [box(0, 2), box(200, 2), box(400, 2), box(0, row)]
    first, second = lines(boxes, (0, 2), (3, 1))
    assert not meet(pieces(first), pieces(second))
    ys = [y for _x, y in first]
    assert (max(ys) > boxes[1].y + HEIGHT) == (row == 0)
    assert (min(ys) < boxes[1].y) == (row == 4)


@pytest.mark.parametrize("rows", [(0, 1), (1, 0), (0, 3), (3, 0)])
def test_boxes_of_the_same_time_are_joined_along_their_sides(rows: tuple[int, int]) -> None:
    boxes = [box(100, rows[0]), box(110, rows[1])]
    (line,) = lines(boxes, (0, 1))
    for (x, y), end in ((line[0], boxes[0]), (line[-1], boxes[1])):
        assert end.x <= x <= end.right
        assert end.y <= y <= end.y + HEIGHT
    assert max(x for x, _y in line) <= boxes[1].right + 40


def test_the_order_of_bonds_does_not_change_where_a_line_ends() -> None:
    boxes = [box(0, 0), box(0, 2), box(300, 1)]
    forth, back = lines(boxes, (0, 2), (1, 2)), lines(boxes, (1, 2), (0, 2))
    assert [forth[0][-1], forth[1][-1]] == [back[1][-1], back[0][-1]]


def test_rows_leave_room_between_neighbours() -> None:
    assert len(set(choose_rows([(0, 60), (60, 120), (70, 130)], []))) > 1
    assert choose_rows([], []) == []


def test_a_chain_stays_in_one_row() -> None:
    spans = [(number * 100, number * 100 + 60) for number in range(8)]
    assert len(set(choose_rows(spans, [(number, number + 1) for number in range(7)]))) == 1


def test_two_chains_do_not_cross() -> None:
    spans = [(number * 50, number * 50 + 40) for number in range(10)]
    rows = choose_rows(spans, [(number, number + 2) for number in range(8)])
    assert len(set(rows[::2])) == len(set(rows[1::2])) == 1
    assert rows[0] != rows[1]


def test_a_star_is_spread_around_its_middle() -> None:
    spans = [(0, 60), *((200, 260) for _ in range(5))]
    rows = choose_rows(spans, [(0, end) for end in range(1, 6)])
    assert sorted(rows[1:]) == list(range(5))
    assert rows[0] == 2


def test_a_bond_to_itself_is_no_reason_to_move() -> None:
    assert choose_rows([(0, 60), (100, 160)], [(0, 0), (0, 1)]) == [0, 0]


def test_the_measure_of_crossings() -> None:
    assert cross((0, 0), (10, 10), (0, 10), (10, 0))
    assert not cross((0, 0), (10, 10), (0, 1), (10, 11))
    assert meet(pieces([(0, 0), (5, 5), (10, 0)]), pieces([(0, 3), (10, 3)]))
    assert not meet(pieces([(0, 0), (5, 2), (10, 0)]), pieces([(0, 3), (10, 3)]))


def test_the_measure_of_what_a_line_runs_through() -> None:
    boxes = (box(0, 0), box(150, 0), box(300, 0))
    members = tuple(Member(name, name, "2020") for name in "abc")
    kinds = (Kind("uses", "uses", is_symmetric=False),)
    lineage = Lineage(members, kinds, (Edge("uses", "c", "a"),))
    drawing = Drawing(400, 100, (), boxes, (Line(0, "M60 54C100 54 200 54 300 54"),))
    assert through_boxes(lineage, drawing) == [("c", "b")]
    round_it = Drawing(400, 100, (), boxes, (Line(0, "M60 54C100 20 200 20 300 54"),))
    assert through_boxes(lineage, round_it) == []


def test_the_measure_of_a_path() -> None:
    assert polyline("M0 0L3 4L3 -4.5") == [(0, 0), (3, 4), (3, -4.5)]
    curve = polyline("M0 0C0 10 10 10 10 0")
    assert [curve[0], curve[-1]] == [(0, 0), (10, 0)]
    assert max(y for _x, y in curve) == pytest.approx(7.5)
    assert length(polyline("M0 0L3 4")) == 5
