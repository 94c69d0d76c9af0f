"""Dates and names as people and exporters write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.dates import month_number
from sphinx_paper_table.survey.references import ENGLISH

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import Reference


def entry(fields: str) -> Reference:
    """Return an entry with these fields."""
    return bibliography_of(f"@misc{{x, title = {{T}}, {fields}}}\n")[0].references["x"]


@pytest.mark.parametrize(
    ("fields", "year", "date"),
    [
        ("year = 2019", "2019", "2019"),
        ("year = {2019}, month = sep", "2019", "2019-09"),
        ("year = {2019}, month = {9}", "2019", "2019-09"),
        ("year = {2019}, month = {Sept.}", "2019", "2019-09"),
        ('year = {2019}, month = 12 # "~" # sep', "2019", "2019-09"),
        ("year = {2019}, month = {März}", "2019", "2019-03"),
        ("year = {2019}, month = {июль}", "2019", "2019-07"),
        ("year = {2019-05-30}", "2019", "2019-05-30"),
        ("date = {2019-05-30}", "2019", "2019-05-30"),
        ("date = {2019-05}", "2019", "2019-05"),
        ("date = {2019-05-30T10:20:30Z}", "2019", "2019-05-30"),
        ("date = {2019-12-30/2020-01-02}", "2019–2020", "2019-12-30"),
        ("date = {2019-05-01/2019-05-03}", "2019", "2019-05-01"),
        ("date = {2019/}", "2019–", "2019"),
        ("date = {2019~}", "c. 2019", "2019"),
        ("date = {2019?}", "2019?", "2019"),
        ("date = {199X}", "1990s", ""),
        ("date = {-0044}", "45 BC", ""),
        ("date = {0850}", "850", ""),
        ("date = {2019-22}", "2019", "2019"),
        ("year = {in press}", "in press", ""),
        ("year = {n.d.}", "n.d.", ""),
        ("year = {2019b}", "2019b", "2019"),
        ("year = {ca. 1990}", "ca. 1990", "1990"),
        ("pubstate = {inpress}", "in press", ""),
        ("date = {last summer}", "last summer", ""),
        ("date = {May 2019}", "2019", "2019-05"),
        ("year = {30 Mai 2019}", "2019", "2019-05-30"),
        ("year = {May 3rd, 2019}", "2019", "2019-05-03"),
        ("date = {2019/05/30}", "2019", "2019-05-30"),
        ("date = {30.05.2019}", "2019", "2019-05-30"),
        ("year = {2019/20}", "2019/20", "2019"),
        ("year = {Spring 2019}", "Spring 2019", "2019"),
        ("author = {A, B}", "", ""),
    ],
)
def test_when(fields: str, year: str, date: str) -> None:
    found = entry(fields)
    assert (found.year, found.date) == (year, date)
    assert found.first_public == date


@pytest.mark.parametrize(
    ("text", "number"), [("Oct", 10), ("October 3", 10), ("3 October", 10), ("02", 2), ("13", 0), ("", 0), ("mai", 5)]
)
def test_months(text: str, number: int) -> None:
    assert month_number(text) == number


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ("family=Beer, given=Ann, prefix=van, useprefix=true and Moss, Bo", ["Ann van Beer", "Bo Moss"]),
        ('family="Beer, Inc.", given=Ann', ["Ann Beer, Inc."]),
        ("useprefix=false and Ann von Fern and Moss, Bo", ["Ann von Fern", "Bo Moss"]),
        ("sortingnamekeytemplatename=short, given={Ann}, middle={B.}, family={Moss}", ["Ann B. Moss"]),
        ("given={Ann B.}, family={Moss}, suffix={Jr}", ["Ann B. Moss Jr"]),
        (r"Moss, A.\,B.", ["A. B. Moss"]),
        (r"A.\,B. Moss and C.~Fern", ["A. B. Moss", "C. Fern"]),
        ("{{Fern and Sons}} and {The Moss Team}", ["Fern and Sons", "The Moss Team"]),
        ("Moss, Ann and others", ["Ann Moss", "et al."]),
        ("Moss, Ann et al.", ["Ann Moss", "et al."]),
        ("Moss, Ann and", ["Ann Moss"]),
        ("王, 小明 and 山田, 太郎", ["王小明", "山田太郎"]),
        ("王 小明 and 山田 太郎 and 김 철수", ["王小明", "山田太郎", "김철수"]),
        ("Wang, Xiaoming", ["Xiaoming Wang"]),
        ("Moss, Jr., Ann", ["Ann Moss Jr."]),
        ("de la Fern, Ann", ["Ann de la Fern"]),
        ("Ann Moss, Jr. and Bo Fern, III", ["Ann Moss Jr.", "Bo Fern III"]),
        ("Moss, A., Fern, B. C.", ["A. Moss", "B. C. Fern"]),
        ("Moss, Ann; Fern, Bo; Beer, C.", ["Ann Moss", "Bo Fern", "C. Beer"]),
        ("Moss, Ann and {et al.}", ["Ann Moss", "et al."]),
        ("Moss, Ann and {others}", ["Ann Moss", "et al."]),
        ("and Moss, Ann and and Fern, Bo and", ["Ann Moss", "Bo Fern"]),
        ("Andrew Sand and Rand, Andy", ["Andrew Sand", "Andy Rand"]),
        ("{Moss, A., Fern, B.}", ["Moss, A., Fern, B."]),
        ("Fern, Ann, M.D., Ph.D.", ["Fern, Ann, M.D., Ph.D."]),
    ],
)
def test_names(names: str, printed: list[str]) -> None:
    assert [str(author) for author in entry(f"author = {{{names}}}, year = 2000").authors] == printed


def test_a_collaboration_stands_for_authors_who_are_not_named() -> None:
    assert [str(author) for author in entry("collaboration = {MOSS}, year = 2000").authors] == ["MOSS Collaboration"]


def test_thousands_of_authors_are_kept_and_some_of_them_shown() -> None:
    names = " and ".join(f"Familyname{number}, Givenname{number} M." for number in range(3200))
    found, problems = bibliography_of(
        f"@article{{x, author = {{{names}}}, title = {{T}}, journal = {{J}}, year = 2000}}"
    )
    assert problems == []
    assert len(found.references["x"].authors) == 3200
    assert len(found.database.entries["x"].persons["author"]) == 3200
    shown = found.references["x"].authors_in(ENGLISH)
    assert (len(shown), shown[0], shown[-1]) == (11, "Givenname0 M. Familyname0", "et al.")
