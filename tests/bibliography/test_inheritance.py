"""What entries inherit, by the rules of biblatex and of BibTeX; circles and long lines cost nothing."""

from __future__ import annotations

import pytest
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.exports.bib_files import bib_file
from sphinx_paper_table.survey.problems import Problems

WHO = "author = {Moss, Ann}, title = {Part}"


def fields(text: str, key: str = "child") -> dict[str, str]:
    """Return the fields of an entry under BibTeX's names, with those that it inherits."""
    found, _problems = bibliography_of(text)
    return {name.lower(): value for name, value in found.database.entries[key].fields.items()}


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ("inproceedings", "proceedings", {"booktitle": "Whole: More", "title": "Part", "year": "1999"}),
        ("inbook", "book", {"booktitle": "Whole: More", "bookauthor": "Old, Bo"}),
        ("incollection", "collection", {"booktitle": "Whole: More"}),
        ("incollection", "book", {"booktitle": "Whole"}),
        ("article", "periodical", {"journal": "Whole"}),
        ("book", "mvbook", {"maintitle": "Whole", "title": "Part"}),
        ("conference", "proceedings", {"booktitle": "Whole: More"}),
        ("misc", "misc", {"publisher": "Press", "title": "Part"}),
    ],
)
def test_titles_of_the_whole(child: str, parent: str, expected: dict[str, str]) -> None:
    whole = "title = {Whole}, subtitle = {More}, author = {Old, Bo}, publisher = {Press}, year = 1999"
    found = fields(f"@{child}{{child, {WHO}, crossref = {{Parent}}}}\n@{parent}{{parent, {whole}, ids = {{p}}}}\n")
    whole_book = f"{found.get('booktitle')}: {found['booksubtitle']}" if "booksubtitle" in found else None
    shown = {**found, **({"booktitle": whole_book} if whole_book else {})}
    assert {name: shown.get(name) for name in expected} == expected
    assert "ids" not in found


def test_the_child_has_its_own_date_and_what_tells_of_the_parent_alone_stays_there() -> None:
    parent = "@proceedings{p, title = {W}, date = {1999-05}, doi = {10.1000/w}, url = {https://w.example}, isbn = {1}}"
    found = fields(f"@inproceedings{{child, {WHO}, year = 2000, crossref = {{p}}}}\n{parent}\n")
    assert (found["year"], found.get("month"), found.get("doi"), found.get("url")) == ("2000", None, None, None)


def test_grandparents_and_data_of_others() -> None:
    text = (
        f"@inbook{{child, {WHO}, crossref = {{volume}}, xdata = {{house, place}}, note = {{xdata=house-note}}}}\n"
        "@book{volume, title = {Volume}, crossref = {all}}\n@mvbook{all, title = {All}, date = {1990/1995}}\n"
        "@xdata{house, publisher = {Press}, note = {A note}}\n@xdata{place, location = {Rome}, xdata = {house}}\n"
    )
    found = fields(text)
    assert {name: found[name] for name in ("booktitle", "maintitle", "publisher", "address", "note", "year")} == {
        "booktitle": "Volume",
        "maintitle": "All",
        "publisher": "Press",
        "address": "Rome",
        "note": "A note",
        "year": "1990–1995",
    }
    assert "house" not in bibliography_of(text)[0].references


def test_parents_stand_in_any_file_and_order() -> None:
    problems = Problems()
    child = f"@inproceedings{{child, {WHO}, crossref = {{P}}}}\n"
    found = parse_bibtex({"a.bib": "@proceedings{p, title = {W}, year = 1999}\n", "b.bib": child}, problems)
    assert (found.references["child"].venue, found.references["child"].year) == ("W", "1999")
    assert problems.sorted() == ()


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_a_circle_is_reported_once_and_each_keeps_its_own(count: int) -> None:
    entries = "".join(
        f"@misc{{k{number}, {WHO}, year = 2000, crossref = {{k{(number + 1) % count}}}}}\n" for number in range(count)
    )
    found, problems = bibliography_of(entries)
    assert len(found.references) == count
    (problem,) = (said for said in problems if "bibtex-similar" not in said and "nearly the title" not in said)
    assert "entries inherit in a circle: " in problem


def test_a_line_of_thousands_and_a_net_take_no_time_to_speak_of() -> None:
    line = "".join(f"@misc{{k{number}, {WHO}, crossref = {{k{number + 1}}}}}\n" for number in range(3000))
    found, _problems = bibliography_of(f"{line}@misc{{k3000, {WHO}, publisher = {{P}}, year = 2000}}\n")
    assert found.database.entries["k0"].fields["publisher"] == "P"
    net = "".join(f"@misc{{k{number}, {WHO}, xdata = {{k{number + 1}, k{number + 2}}}}}\n" for number in range(300))
    assert len(bibliography_of(net)[0].references) == 300


@pytest.mark.parametrize("link", ["crossref = {OLD}", "xdata = {old}", "publisher = {xdata=old-publisher}"])
def test_a_parent_may_be_named_by_a_former_key(link: str) -> None:
    kind = "proceedings" if "crossref" in link else "xdata"
    parent = f"@{kind}{{p, title = {{W}}, publisher = {{House}}, year = 1999, ids = {{older, old}}}}\n"
    problems = Problems()
    found = parse_bibtex({"a.bib": f"@inproceedings{{child, title = {{T}}, {WHO}, {link}}}\n{parent}"}, problems)
    assert [problem for problem in problems.sorted() if problem.code == "bibtex-parent"] == []
    assert found.database.entries["child"].fields["publisher"] == "House"
    if "crossref" in link:
        assert "crossref = {p}" in bib_file(["child"], found.references, found.database.entries)
