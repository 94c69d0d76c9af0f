"""The lineage of a survey, and its drawing: in time, without overlap, the same every time."""

from __future__ import annotations

import random
import re
import time
from itertools import combinations

import pytest
from tests.extension.sites import real_catalogue
from tests.unit.support import load_files

from sphinx_paper_table.model.lineage import Bond, Kind, Lineage, Member, lineage_of
from sphinx_paper_table.model.routing import HEIGHT
from sphinx_paper_table.model.selection import Selection, select
from sphinx_paper_table.model.timeline import Drawing, draw, text_width

SURVEY = """\
survey: s
title: S
papers:
  - {id: late, name: Late, date: 2021-03, relations: {extends: [early], uses: [middle, outside],
     compares-with: [early]}}
  - {id: early, name: Early, date: 2018}
  - {id: middle, name: Middle, date: 2019-07-15, relations: {builds-on: [past]}}
  - {id: dateless, name: Dateless}
"""
OTHER = "survey: t\ntitle: T\npapers:\n  - {id: outside, name: Out, aliases: [gone]}\n  - {ref: early}\n"


def lineage(target: str = "s", *kinds: str) -> Lineage:
    files: dict[str, str | bytes] = {"s.yaml": SURVEY.replace("past", "early"), "t.yaml": OTHER}
    catalogue = load_files(files).catalogue
    view = select(catalogue, Selection(target))
    assert view is not None
    return lineage_of(view, catalogue, kinds)


def synthetic(count: int, seed: int = 1) -> Lineage:
    """Return a lineage like those of surveys: most papers follow one or two that came not long before."""
    numbers = random.Random(seed)  # noqa: S311 (not for secrets)
    dates = sorted(
        f"{numbers.choice([2015, 2018, 2019, 2020, 2020, 2021, 2021])}-{numbers.randint(1, 12):02}"
        for _ in range(count)
    )
    members = tuple(Member(f"m{n}", "Method" + "x" * numbers.randint(0, 12), date) for n, date in enumerate(dates))
    bonds = dict.fromkeys(
        Bond(numbers.choice(["extends", "uses"]), f"m{n}", f"m{numbers.randint(max(0, n - 25), n - 1)}")
        for n in range(1, count)
        for _ in range(numbers.choice([0, 1, 1, 2, 3]))
    )
    return Lineage(
        members,
        (Kind("extends", "extends", is_symmetric=False), Kind("uses", "uses", is_symmetric=False)),
        tuple(bonds),
    )


def overlapping(drawing: Drawing) -> list[tuple[int, int]]:
    boxes = drawing.boxes
    return [
        (one, other)
        for one, other in combinations(range(len(boxes)), 2)
        if boxes[one].y == boxes[other].y and boxes[one].x < boxes[other].right and boxes[other].x < boxes[one].right
    ]


def numbers_in(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_members_stand_by_date_and_those_without_one_last() -> None:
    assert [member.name for member in lineage().members] == ["Early", "Middle", "Late", "Dateless"]


def test_relations_with_a_direction_within_the_survey_are_its_bonds() -> None:
    """One with a paper that the survey does not show, and one that reads alike both ways, are not."""
    found = lineage()
    assert set(found.bonds) == {
        Bond("extends", "late", "early"),
        Bond("uses", "late", "middle"),
        Bond("builds-on", "middle", "early"),
    }
    assert [kind.label for kind in found.kinds] == ["extends", "builds on", "uses"], "the vocabulary's order"


def test_the_author_may_choose_the_relations() -> None:
    found = lineage("s", "compares-with")
    assert found.bonds == (Bond("compares-with", "late", "early"),)
    assert found.kinds == (Kind("compares-with", "compared with", is_symmetric=True),)


def test_a_survey_draws_papers_at_home_elsewhere() -> None:
    assert [member.paper for member in lineage("t").members] == ["early", "outside"]


def test_time_runs_to_the_right() -> None:
    found = lineage()
    drawing = draw(found)
    dated = [box.x for box in drawing.boxes[:3]]
    assert dated == sorted(dated)
    starts = {year.label: year.x for year in drawing.years}
    assert list(starts) == ["2018", "2019", "2020", "2021", ""]
    assert starts["2018"] < drawing.boxes[0].x < starts["2019"], "a year alone stands in its middle"
    assert (starts["2019"] + starts["2020"]) / 2 == pytest.approx(drawing.boxes[1].x, abs=3), "15 July"
    assert drawing.undated == drawing.boxes[3].x > starts[""]


def test_lines_lead_from_the_earlier_to_the_later() -> None:
    found = lineage()
    drawing = draw(found)
    index = {member.paper: drawing.boxes[number] for number, member in enumerate(found.members)}
    for line in drawing.lines:
        bond = found.bonds[line.bond]
        first, last = numbers_in(line.path)[:2], numbers_in(line.path)[-2:]
        for (x, y), box in ((first, index[bond.target]), (last, index[bond.source])):
            assert box.x <= x <= box.right
            assert box.y <= y <= box.y + HEIGHT


@pytest.mark.parametrize(
    "survey", ["contrastive-learning", "clip", "video-understanding", "multimodal", "diffusion-models"]
)
def test_the_real_surveys_are_drawn_without_overlap(survey: str) -> None:
    catalogue = real_catalogue()
    view = select(catalogue, Selection(survey))
    assert view is not None
    found = lineage_of(view, catalogue)
    drawing = draw(found)
    assert (len(drawing.boxes), len(drawing.lines)) == (len(found.members), len(found.bonds))
    assert overlapping(drawing) == []
    assert max(box.right for box in drawing.boxes) < drawing.width < 2600
    assert max(box.y + HEIGHT for box in drawing.boxes) < drawing.height < 700
    assert all(0 <= y <= drawing.height for line in drawing.lines for y in numbers_in(line.path)[1::2])


def test_the_same_lineage_gives_the_same_drawing() -> None:
    assert draw(synthetic(60)) == draw(synthetic(60))


@pytest.mark.parametrize("count", [0, 1, 2, 50, 200])
def test_up_to_two_hundred_members(count: int) -> None:
    began = time.process_time()
    drawing = draw(synthetic(count) if count > 1 else Lineage(synthetic(2).members[:count], (), ()))
    assert overlapping(drawing) == []
    assert len(drawing.boxes) == count
    assert time.process_time() - began < 5, "about one second on the machine where this was written"


def test_rows_are_chosen_for_few_crossings() -> None:
    """Counted on straight lines: at least a third fewer than with the same rows in another order."""
    for count in (20, 60):
        found = synthetic(count)
        assert crossings(found, draw(found)) < 0.67 * crossings(found, shuffled(draw(found)))


def shuffled(drawing: Drawing) -> Drawing:
    """Return the drawing with its rows in another order, every member at its time."""
    rows = sorted({box.y for box in drawing.boxes})
    other = dict(zip(rows, random.Random(3).sample(rows, len(rows)), strict=True))  # noqa: S311
    boxes = tuple(type(box)(box.x, other[box.y], box.width) for box in drawing.boxes)
    return Drawing(drawing.width, drawing.height, drawing.years, boxes, drawing.lines)


def crossings(lineage: Lineage, drawing: Drawing) -> int:
    index = {member.paper: drawing.boxes[number] for number, member in enumerate(lineage.members)}
    lines = [
        ((index[bond.target].right, index[bond.target].y), (index[bond.source].x, index[bond.source].y))
        for bond in lineage.bonds
    ]
    return sum(cross(*one, *other) for one, other in combinations(lines, 2))


def cross(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> bool:
    def side(p: tuple[int, int], q: tuple[int, int], r: tuple[int, int]) -> int:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_chinese_letters_are_wider() -> None:
    assert text_width("动量") > text_width("MoC")
