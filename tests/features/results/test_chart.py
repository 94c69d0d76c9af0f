"""The chart of a ranking: which numbers were the best of their time, where marks stand, and what is labelled."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from sphinx.util import texescape

from sphinx_paper_table.features.results.chart import HEIGHT, WIDTH, chart
from sphinx_paper_table.features.results.tikz import chart_tikz
from sphinx_paper_table.survey.rankings import best_so_far, moment
from sphinx_paper_table.survey.result_lines import ResultLine

MEASURE = "accuracy (%), higher is better"
ROWS = [("a", "2018-01", "50"), ("b", "2019-06", "60.5"), ("c", "2020-03", "58"), ("d", "2021-09", "70")]


def rows(*found: tuple[str, str, str], others: str = "") -> list[ResultLine]:
    """Return rows of (method, date, number); *others* are the methods whose number others report."""
    return [
        ResultLine(name, name.upper(), date, "b", "B", "", value, f"{value} %", "", "", is_secondary=name in others)
        for name, date, value in found
    ]


def drawn(*found: tuple[str, str, str], direction: str = "higher", others: str = "") -> ET.Element:
    found_chart = chart(rows(*found, others=others), direction, MEASURE)
    assert found_chart is not None
    return found_chart


def shown(root: ET.Element) -> dict[str, ET.Element]:
    """Return the marks by what is said of them."""
    return {link.findtext("text") or "": link[1] for link in root.iter("a")}


def marks(root: ET.Element) -> dict[str, tuple[float, float]]:
    """Return the places by the first word of the titles."""
    return {
        said.split(",")[0]: (float(mark.attrib["cx"]), float(mark.attrib["cy"]))
        for said, mark in shown(root).items()
        if mark.tag == "circle"
    }


def names(root: ET.Element) -> dict[str, tuple[float, float]]:
    """Return the labels that are children of the drawing itself, with their places."""
    return {text.text or "": (float(text.attrib["x"]), float(text.attrib["y"])) for text in root.findall("text")}


@pytest.mark.parametrize(
    ("date", "year"), [("2019", 2019.5), ("2019-01", 2019.0417), ("2019-12", 2019.9583), ("2019-07-01", 2019.5)]
)
def test_a_date_is_a_moment(date: str, year: float) -> None:
    assert moment(date) == pytest.approx(year, abs=0.001)


def points(*values: tuple[float, str]) -> list[tuple[float, Decimal]]:
    return [(x, Decimal(y)) for x, y in values]


def test_the_days_of_a_month_follow_each_other_within_it() -> None:
    days = [moment(f"2020-03-{day:02}") for day in range(1, 32)]
    assert days == sorted(set(days))
    assert days[0] == pytest.approx(2020 + 2 / 12, abs=0.0001)
    assert days[-1] == pytest.approx(2020.25 - 1 / 12 / 31, abs=0.0001)
    assert days[-1] < moment("2020-04-01") == 2020.25


def test_the_best_so_far_beats_all_before() -> None:
    found = points((3, "7"), (1, "5"), (2, "4"), (4, "7"), (5, "8"))
    assert best_so_far(found, "higher") == (1, 0, 4), "an equal number is not better"
    assert best_so_far(found, "lower") == (1, 2)


def test_of_one_moment_only_the_best_counts() -> None:
    assert best_so_far(points((1, "5"), (1, "6"), (1, "4")), "higher") == (1,)
    assert best_so_far(points((1, "5"), (1, "6"), (1, "4")), "lower") == (2,)
    assert best_so_far([], "higher") == ()


def test_two_dates_or_equal_numbers_make_no_chart() -> None:
    assert chart(rows(*ROWS[:2]), "higher", MEASURE) is None
    assert chart(rows(*ROWS[:2], ("x", "", "99")), "higher", MEASURE) is None, "an unknown date has no place"
    assert chart(rows(("a", "2018", "5"), ("b", "2019", "5"), ("c", "2020", "5")), "higher", MEASURE) is None
    assert chart([], "higher", MEASURE) is None


def test_time_runs_to_the_right_and_numbers_up() -> None:
    found = marks(drawn(*ROWS))
    assert sorted(found, key=lambda name: found[name][0]) == ["A", "B", "C", "D"]
    assert sorted(found, key=lambda name: -found[name][1]) == ["A", "C", "B", "D"]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found.values())


def test_the_line_is_level_until_something_better_comes() -> None:
    root, found = drawn(*ROWS), marks(drawn(*ROWS))
    (line,) = (path.attrib["d"] for path in root.iter("path"))
    ends = [f"{coordinate:g}" for name in "ABD" for coordinate in found[name]]
    assert line.startswith(f"M{ends[0]} {ends[1]}H{ends[2]}V{ends[3]}H{ends[4]}V{ends[5]}H")
    assert line.count("V") == 2, "C was never the best"


def test_settings_that_differ_have_no_line_of_the_best_and_marks_are_links() -> None:
    root = chart(rows(*ROWS), "higher", MEASURE, "#paper-{}".format, is_comparable=False)
    assert root is not None
    assert list(root.iter("path")) == []
    assert records(root) == set()
    links = {link.attrib["href"]: link.attrib["aria-label"] for link in root.iter("a")}
    assert links["#paper-a"] == "A, 50 %, 2018-01"


def test_lower_numbers_may_be_better() -> None:
    root = drawn(*ROWS, ("e", "2022", "49"), direction="lower")
    assert {said for said, mark in shown(root).items() if "pt-record" in mark.attrib["class"]} == {
        "A, 50 %, 2018-01",
        "E, 49 %, 2022",
    }


def test_numbers_of_others_have_another_shape() -> None:
    root = drawn(*ROWS, others="bc")
    assert [said for said, mark in shown(root).items() if mark.tag == "rect"] == [
        "B, 60.5 %, 2019-06",
        "C, 58 %, 2020-03",
    ]
    assert set(marks(root)) == {"A", "D"}


def records(root: ET.Element) -> set[str]:
    return {said[0] for said, mark in shown(root).items() if "pt-record" in mark.attrib["class"]}


def test_numbers_of_others_were_not_the_best_of_their_time_unless_there_is_nothing_else() -> None:
    assert records(drawn(*ROWS)) == {"A", "B", "D"}
    assert records(drawn(*ROWS, others="b")) == {"A", "C", "D"}
    assert records(drawn(*ROWS, others="abcd")) == {"A", "B", "D"}


def test_what_was_the_best_is_named_and_no_two_names_touch() -> None:
    crowd = [
        (f"method{number}", f"{2015 + number // 4}-{1 + number % 4 * 2:02}", str(50 + number)) for number in range(24)
    ]
    root = drawn(*crowd)
    assert set(names(drawn(*ROWS))) == {"A", "B", "D"}
    found = names(root)
    assert 6 <= len(found) < 24
    for (_one, (x1, y1)), (_other, (x2, y2)) in combinations(found.items(), 2):
        assert abs(y1 - y2) >= 15 or abs(x1 - x2) > 20


def test_names_stand_clear_of_the_line() -> None:
    """It comes from the left and leaves up- or downwards."""
    rising, falling = drawn(*ROWS), drawn(*((name, date, f"-{value}") for name, date, value in ROWS), direction="lower")
    for root, is_above in ((rising, True), (falling, False)):
        places, labels = marks(root), names(root)
        for name in ("B", "D"):
            assert (labels[name][1] < places[name][1]) == is_above
            assert labels[name][0] < places[name][0]


def test_years_stand_below_and_never_crowd() -> None:
    root = drawn(("a", "1998", "1"), ("b", "2011", "2"), ("c", "2024", "3"))
    below, left = root.findall("g")
    years = [int(text.text or 0) for text in below.iter("text")]
    assert years == sorted(years)
    assert len(years) <= 16
    assert {b - a for a, b in pairwise(years)} == {years[1] - years[0]}
    *numbers, title = (text.text or "" for text in left.iter("text"))
    assert title == MEASURE
    assert len(numbers) >= 3
    assert all("." not in number or len(number) < 6 for number in numbers)


def test_the_title_of_the_numbers_stands_above_them_and_apart_from_names() -> None:
    root = drawn(*ROWS, ("e", "2021-12", "90"))
    title = next(text for text in root.iter("text") if text.text == MEASURE)
    others = [text for text in root.iter("text") if text is not title and "pt-said" not in text.get("class", "")]
    assert float(title.attrib["x"]) == min(float(text.attrib["x"]) for text in root.iter("text"))
    assert float(title.attrib["y"]) < min(float(text.attrib.get("y", 0)) for text in others) - 12
    assert "E" in names(root)


def test_the_style_sheet_colours_everything() -> None:
    for element in drawn(*ROWS).iter():
        assert not {"fill", "stroke", "font-family", "font-size", "style"} & element.attrib.keys()


def test_a_book_has_the_same_marks_and_names() -> None:
    texescape.init()
    root = drawn(*ROWS, ("e_1", "2020-05", "55"), others="e_1")
    tex = chart_tikz(root, "Chart: 50 %")
    marks = [line for line in tex.splitlines() if "line width=0.75bp" in line]
    assert len(marks) == len(ROWS) + 1
    assert sum("fill=white" in line for line in marks) == 1
    assert sum("fill=papertablea," in line for line in marks) == len(records(root))
    assert tex.count("draw=black!60") == 1, "the line of the best"
    said = re.findall(r"selectfont ([^}]*)\}", tex)
    assert {"2018", "2021", "accuracy (\\%), higher is better", "A", "B", "D"} <= set(said)
    assert "58 " not in tex, "nothing that a pointer shows"
    assert tex.startswith("\\papertablefigure{Chart: 50 \\%}")


def test_the_same_rows_give_the_same_chart() -> None:
    assert ET.tostring(drawn(*ROWS)) == ET.tostring(drawn(*ROWS))
