"""The drawing of a lineage for LaTeX: the same boxes and lines as in HTML, in TikZ, safe with every name."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from sphinx.util import texescape
from tests.features.lineage.drawings import drawn, synthetic

from sphinx_paper_table.features.lineage.query import Kind, Lane, Lineage, Member
from sphinx_paper_table.features.lineage.tikz import tikz
from sphinx_paper_table.survey.catalogue import Edge

KINDS = (
    Kind("extends", "extends", is_symmetric=False),
    Kind("uses", "uses 100%", is_symmetric=False, number=1),
    Kind("compares", "compared with", is_symmetric=True, number=2),
)
MEMBERS = (
    Member("a", "A_1 & {co}", "2018-03"),
    Member("b", "动量 #2", "2019"),
    Member("c", "C", "2021-05"),
    Member("d", "D", ""),
)
BONDS = (Edge("extends", "b", "a"), Edge("uses", "c", "a"), Edge("compares", "c", "b"))
SMALL = Lineage(MEMBERS, KINDS, BONDS)


@pytest.fixture(autouse=True)
def _escapes() -> None:
    """Sphinx prepares its table of escapes when it starts."""
    texescape.init()


def made(lineage: Lineage) -> str:
    labels = [member.name for member in lineage.members]
    return tikz(lineage, labels, drawn(lineage), ("date unknown", "too wide"))


def texts(tex: str) -> list[str]:
    return re.findall(r"\\node\[[^\n]*?\] at \([^)]*\) \{(.*)\};", tex)


def test_every_member_is_a_box_with_its_name() -> None:
    tex = made(SMALL)
    assert tex.count(r"\filldraw") == len(MEMBERS)
    assert set(texts(tex)) >= {r"A\_1 \& \{co\}", r"动量 \#2", "C", "D", "2018", "2021", "date unknown"}


def test_every_relation_is_a_line_with_the_pattern_of_its_kind() -> None:
    tex = made(SMALL)
    lines = [line for line in tex.splitlines() if line.startswith(r"\draw[") and "black!20" not in line]
    drawn, legend = lines[: len(BONDS)], lines[len(BONDS) :]
    styles = [re.match(r"\\draw\[(.*)\] \(", line)[1] for line in drawn]  # type: ignore[index]
    assert len(set(styles)) == 3
    assert [re.match(r"\\draw\[(.*)\] \(", line)[1] for line in legend] == styles  # type: ignore[index]
    assert ["Triangle" in style for style in styles] == [True, True, False], (
        "one that reads alike both ways has no arrow"
    )
    assert texts(tex)[-3:] == ["extends", r"uses 100\%", "compared with"]


def test_curves_become_curves() -> None:
    tex = made(SMALL)
    drawing = drawn(SMALL)
    assert tex.count(".. controls ") == sum(line.path.count("C") for line in drawing.lines)
    assert "C" not in re.sub(
        r"\{[^}]*\}|\\[A-Za-z]+", "", "".join(line for line in tex.splitlines() if "\\draw" in line)
    )


def yearly(count: int) -> Lineage:
    """Return a lineage of a method a year: a long and low drawing."""
    members = tuple(Member(f"m{year}", f"Method {year}", str(year)) for year in range(1990, 1990 + count))
    edges = tuple(Edge("uses", after.paper, before.paper) for before, after in pairwise(members))
    return Lineage(members, synthetic(2).kinds, edges)


@pytest.mark.parametrize(("found", "parts"), [(synthetic(2), 1), (yearly(40), 2), (synthetic(140), 1)])
def test_groups_are_balanced_and_parts_fit_the_page(found: Lineage, parts: int) -> None:
    """What is too high for a page on its side as well is not taken apart: it gets a sheet of its own."""
    count = len(found.members)
    tex = made(found)
    plain = re.sub(r"\\[{}]", "", tex)
    assert plain.count("{") == plain.count("}")
    assert plain.count("[") == plain.count("]")
    assert tex.count(r"\begin{tikzpicture}") == tex.count(r"\end{tikzpicture}") == parts
    assert tex.count(r"\papertablefit") == (parts if count < 100 else 0)
    assert tex.count(r"\papertablefoldout") == (count > 100)
    assert (r"\rotatebox{90}" in tex) == (count == 40), "long ones lie on their side"
    assert ("too wide" in tex) == (count == 140)
    assert tex.count("{uses}") == 1, "one legend"


def test_every_method_is_whole_in_some_part() -> None:
    found = yearly(40)
    parts = re.findall(r"\\clip \(([\d.]+),0\) rectangle \(([\d.]+),", made(found))
    assert len(parts) == 2
    for box in drawn(found).boxes:
        assert any(float(left) <= box.x and box.right <= float(right) for left, right in parts)


def test_lanes_and_the_method_in_question_are_marked() -> None:
    members = (Member("a", "A", "2018", "s"), Member("b", "B", "2019", "t"))
    lanes = (Lane("s", "Survey_S"), Lane("t", "T"))
    tex = made(Lineage(members, (), (), lanes))
    assert {r"Survey\_S", "T"} <= set(texts(tex))
    assert tex.count("black!4]") == 1, "every second lane"
    near = made(Lineage(members, (), (), of="b"))
    assert near.count("line width=1.4bp") == 1
    assert tex.count("line width=1.4bp") == 0


def test_an_installation_without_tikz_prints_the_list_alone() -> None:
    assert made(SMALL).startswith("\\papertabledrawing{%\n")
    assert made(SMALL).endswith("}\n")
    assert "\n\n" not in made(SMALL), "no paragraph ends within the argument by chance"
