"""The lineage of a survey, and its drawing: in time, without overlap, the same every time."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from tests.features.lineage.drawings import (
    REAL,
    cross,
    crossings,
    drawn,
    numbers_in,
    overlapping,
    pairs_that_share_time,
    synthetic,
    through_boxes,
)
from tests.support.sites import real_catalogue
from tests.support.texts import load_files

from sphinx_paper_table.cards.drawing import text_width
from sphinx_paper_table.features.lineage import kept
from sphinx_paper_table.features.lineage.query import Kind, Lineage, LineageQuery, Member, lineage_of
from sphinx_paper_table.features.lineage.routing import HEIGHT
from sphinx_paper_table.features.lineage.timeline import Drawing, draw
from sphinx_paper_table.features.lineage.upright import ROW, draw_upright
from sphinx_paper_table.survey.catalogue import Edge
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from pathlib import Path

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
    return lineage_of(view, catalogue, LineageQuery(view.selection, kinds))


def test_members_stand_by_date_and_those_without_one_last() -> None:
    assert [member.name for member in lineage().members] == ["Early", "Middle", "Late", "Dateless"]


def test_relations_with_a_direction_within_the_survey_are_its_bonds() -> None:
    """One with a paper that the survey does not show, and one that reads alike both ways, are not."""
    found = lineage()
    assert set(found.edges) == {
        Edge("extends", "late", "early"),
        Edge("uses", "late", "middle"),
        Edge("builds-on", "middle", "early"),
    }
    assert [kind.label for kind in found.kinds] == ["extends", "builds on", "uses"], "the vocabulary's order"


def test_the_author_may_choose_the_relations() -> None:
    found = lineage("s", "compares-with")
    assert found.edges == (Edge("compares-with", "late", "early"),)
    (kind,) = found.kinds
    assert kind == Kind("compares-with", "compared with", is_symmetric=True, number=3, forward="compared with")


def test_a_survey_draws_papers_at_home_elsewhere() -> None:
    assert [member.paper for member in lineage("t").members] == ["early", "outside"]


def near(of: str, steps: int = 1) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the names and the lines around a method of a chain a ← b ← c ← d, with e beside b."""
    chain = "survey: s\ntitle: S\npapers:\n" + "".join(
        f"  - {{id: {name}, name: {name.upper()}, date: 20{20 + number}, relations: {{extends: [{to}]}}}}\n"
        for number, (name, to) in enumerate([("a", ""), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "a")])
    ).replace("a, relations: {extends: []}", "a")
    catalogue = load_files({"s.yaml": chain.replace("extends: []", "")}).catalogue
    view = select(catalogue, Selection())
    assert view is not None
    found = lineage_of(view, catalogue, LineageQuery(view.selection, (), of, steps))
    assert found.of == of
    assert found.lanes == ()
    return [member.paper for member in found.members], {(bond.source, bond.target) for bond in found.edges}


def test_the_neighbourhood_of_a_method_is_what_it_follows_and_what_follows_it() -> None:
    """Not what merely follows the same: e does not stand in the line of b."""
    assert near("b") == (["a", "b", "c"], {("b", "a"), ("c", "b")})
    assert near("b", 2) == (["a", "b", "c", "d"], {("b", "a"), ("c", "b"), ("d", "c")})
    assert near("a") == (["a", "b", "e"], {("b", "a"), ("e", "a")})


def test_a_query_about_a_missing_method_is_answered_when_the_method_comes() -> None:
    query = LineageQuery(Selection("s"), of="latest")
    without = load_files({"s.yaml": SURVEY.replace("past", "early")}).catalogue
    more = "  - {id: latest, name: Latest, relations: {builds-on: [early]}}\n"
    with_it = load_files({"s.yaml": SURVEY.replace("past", "early") + more}).catalogue
    assert query.answer(without) == LineageQuery(Selection("s")).answer(without)
    found = query.answer(with_it)
    assert found is not None
    assert {member.paper for member in found.members} == {"early", "latest"}
    assert query.fingerprint(with_it) != query.fingerprint(without) != ""
    assert LineageQuery(Selection("nothing")).fingerprint(without) == ""


def test_a_map_has_a_lane_for_each_survey() -> None:
    files: dict[str, str | bytes] = {"s.yaml": SURVEY.replace("past", "early"), "t.yaml": OTHER}
    catalogue = load_files(files).catalogue
    view = select(catalogue, Selection())
    assert view is not None
    found = lineage_of(view, catalogue)
    assert [lane.title for lane in found.lanes] == ["S", "T"]
    drawing = drawn(found)
    lanes = {member.paper: member.lane for member in found.members}
    assert (lanes["outside"], lanes["early"]) == ("t", "s"), "a paper stands where it is at home"
    bands = {band.title.lower(): band for band in drawing.bands}
    for member, box in zip(found.members, drawing.boxes, strict=True):
        band = bands[member.lane]
        assert band.y <= box.y
        assert box.y + HEIGHT <= band.y + band.height
    first, second = drawing.bands
    assert first.y + first.height == second.y
    assert first.title == "S", "the one that begins earlier"
    assert overlapping(drawing) == []


def test_time_runs_to_the_right() -> None:
    found = lineage()
    drawing = drawn(found)
    dated = [box.x for box in drawing.boxes[:3]]
    assert dated == sorted(dated)
    starts = {year.label: year.x for year in drawing.years}
    assert list(starts) == ["2018", "2019", "2020", "2021", ""]
    assert not any(year.is_break for year in drawing.years)
    assert starts["2018"] < drawing.boxes[0].x < starts["2019"], "a year alone stands in its middle"
    assert (starts["2019"] + starts["2020"]) / 2 == pytest.approx(drawing.boxes[1].x, abs=6), "15 July"
    assert drawing.undated == drawing.boxes[3].x > starts[""]


def test_years_without_methods_stand_together() -> None:
    dates = ("2004", "2011", "2013", "2014")
    drawing = draw(Lineage(tuple(Member(f"m{date}", "M", date) for date in dates), (), ()))
    assert [(year.label, year.is_break) for year in drawing.years] == [
        ("2004", False),
        ("2005–10", True),
        ("2011", False),
        ("2012", False),
        ("2013", False),
        ("2014", False),
        ("", False),
    ]
    starts = {year.label: year.x for year in drawing.years}
    assert starts["2011"] - starts["2005–10"] < 2 * (starts["2013"] - starts["2012"])
    for before, after in pairwise(drawing.years[:-1]):
        assert before.x + 4 + text_width(before.label) * 0.9 < after.x, "no label touches the next one"


def test_members_say_their_group_their_status_and_what_they_are() -> None:
    text = SURVEY.replace("past", "early").replace("{id: early,", "{id: early, status: retracted, summary: One. Two.,")
    grouped = text.replace("papers:", "groups:\n- {id: g, title: G, papers: [{id: g1, name: G1}]}\n"
        "- {id: h, title: H, papers: [{id: h1, name: H1}]}\npapers:")  # fmt: skip
    catalogue = load_files({"s.yaml": grouped, "t.yaml": OTHER}).catalogue
    view = select(catalogue, Selection("s"))
    assert view is not None
    found = lineage_of(view, catalogue)
    members = {member.paper: member for member in found.members}
    assert (members["early"].status, members["early"].summary, members["early"].group) == ("retracted", "One.", "")
    assert [group.title for group in found.groups] == ["G", "H"]
    assert members["h1"].group == found.groups[1].key
    assert lineage().groups == (), "one alone tells nothing apart"
    wider = drawn(found).boxes[0].width - drawn(lineage()).boxes[0].width
    assert wider > 0, "there is room for the mark"


@pytest.mark.parametrize("survey", [*REAL, ""])
def test_upright_drawings_fit_a_phone(survey: str) -> None:
    view = select(real_catalogue(), Selection(survey))
    assert view is not None
    found = lineage_of(view, real_catalogue())
    drawing = draw_upright(found)
    assert sorted(row.member for row in drawing.rows) == list(range(len(found.members)))
    assert all(after.y - before.y >= ROW for before, after in pairwise(drawing.rows))
    taken = sorted([*((row.y, ROW) for row in drawing.rows), *((head.y, 24) for head in drawing.heads)])
    assert all(after[0] - before[0] >= (after[1] + before[1]) / 2 - 2 for before, after in pairwise(taken))
    assert drawing.width <= 400
    names = [found.members[row.member].name for row in drawing.rows]
    assert max(map(text_width, names)) + drawing.x <= drawing.width
    lane = {member.paper: member.lane if found.lanes else "" for member in found.members}
    inside = {number for number, edge in enumerate(found.edges) if lane[edge.source] == lane[edge.target]}
    assert {line.edge for line in drawing.lines} == inside
    assert all(x >= 0 for line in drawing.lines for x in numbers_in(line.path)[:1])


def test_lines_of_different_methods_hang_apart_in_the_upright_drawing() -> None:
    """Two that run past the same member never share their way."""
    found = synthetic(20)
    drawing = draw_upright(found)
    where: dict[str, set[str]] = {}
    for line in drawing.lines:
        where.setdefault(found.edges[line.edge].target, set()).add(
            line.path.split("V")[0].rpartition("Q")[2].split()[0]
        )
    assert all(len(places) == 1 for places in where.values()), "what follows one hangs on one line"
    assert len({*map(min, where.values())}) > 1


def test_a_drawing_is_kept_by_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A summary changes nothing of it, a name does; a file that is damaged is made anew."""
    calls: list[int] = []

    def counted(lineage: Lineage, labels: list[str]) -> Drawing:
        calls.append(1)
        return draw(lineage, labels)

    monkeypatch.setattr(kept, "draw", counted)
    whole = lineage()
    labels = [member.name for member in whole.members]
    first = kept.kept_drawing(whole, labels, tmp_path, "page lineage-s")
    said = replace(whole, members=tuple(replace(member, summary="Other words.") for member in whole.members))
    assert kept.kept_drawing(said, labels, tmp_path, "page lineage-s") == first == draw(whole)
    assert len(calls) == 1
    assert kept.kept_drawing(whole, ["A longer name", *labels[1:]], tmp_path, "page lineage-s") != first
    assert len(calls) == 2
    (file,) = (tmp_path / kept.FOLDER).iterdir()
    file.write_bytes(b"damaged")
    assert kept.kept_drawing(whole, labels, tmp_path, "page lineage-s") == first
    assert len(calls) == 3


def test_lines_lead_from_the_earlier_to_the_later() -> None:
    found = lineage()
    drawing = drawn(found)
    index = {member.paper: drawing.boxes[number] for number, member in enumerate(found.members)}
    for line in drawing.lines:
        bond = found.edges[line.edge]
        first, last = numbers_in(line.path)[:2], numbers_in(line.path)[-2:]
        for (x, y), box in ((first, index[bond.target]), (last, index[bond.source])):
            assert box.x <= x <= box.right
            assert box.y <= y <= box.y + HEIGHT


def test_the_same_lineage_gives_the_same_drawing() -> None:
    assert draw(synthetic(20)) == drawn(synthetic(20))


@pytest.mark.parametrize("count", [0, 1, 2, 50, 200])
def test_up_to_two_hundred_members(count: int) -> None:
    drawing = drawn(synthetic(count) if count > 1 else Lineage(synthetic(2).members[:count], (), ()))
    assert overlapping(drawing) == []
    assert len(drawing.boxes) == count


@pytest.mark.parametrize(("count", "seed"), [(20, 1), (20, 2), (60, 1), (60, 2), (200, 1)])
def test_at_most_a_sixth_of_the_lines_that_could_cross_do(count: int, seed: int) -> None:
    """On random graphs; two random lines between the same rows and times would cross twice as often."""
    found = synthetic(count, seed)
    drawing = drawn(found)
    assert crossings(found, drawing) <= pairs_that_share_time(found, drawing) / 6
    assert through_boxes(found, drawing) == []


def test_rows_are_chosen_for_few_crossings() -> None:
    """At least a third fewer than with the same rows in another order, where lines go straight."""
    for count in (20, 60):
        found = synthetic(count)
        assert straight_crossings(found, drawn(found)) < 0.67 * straight_crossings(found, shuffled(drawn(found)))


def shuffled(drawing: Drawing) -> Drawing:
    """Return the drawing with its rows in another order, every member at its time."""
    rows = sorted({box.y for box in drawing.boxes})
    other = dict(zip(rows, random.Random(3).sample(rows, len(rows)), strict=True))  # noqa: S311
    boxes = tuple(type(box)(box.x, other[box.y], box.width) for box in drawing.boxes)
    return Drawing(drawing.width, drawing.height, drawing.years, boxes, drawing.lines)


def straight_crossings(lineage: Lineage, drawing: Drawing) -> int:
    index = {member.paper: drawing.boxes[number] for number, member in enumerate(lineage.members)}
    lines = [
        ((index[bond.target].right, index[bond.target].y), (index[bond.source].x, index[bond.source].y))
        for bond in lineage.edges
    ]
    return sum(cross(*one, *other) for one, other in combinations(lines, 2))


def test_chinese_letters_are_wider() -> None:
    assert text_width("动量") > text_width("MoC")
