"""A list of references that its author has cut: nothing is lost, labels are those of the whole, parts lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import BIB, KEYS, Built, Project, bibliography, contents, rst, words

if TYPE_CHECKING:
    from pathlib import Path

WITH_UNDATED: Final = (
    BIB + "@misc{zed, author = {Zed, Al}, title = {Seven}}\n@misc{han, author = {何, 凯}, title = {八}}\n"
)
ALL: Final = {*KEYS, "zed", "han"}
LETTERS: Final = ("a-k", "l-y", "z, other")
YEARS: Final = ("-2015", "2016-", "undated")


def cut(option: str, *parts: str) -> dict[str, str]:
    """Return a project with a page for each part of its list."""
    names = [f"part{number}" for number, _ in enumerate(parts)]
    pages = {
        f"{name}.rst": rst(name, bibliography("all:", f"{option}: {part}"))
        for name, part in zip(names, parts, strict=True)
    }
    return {"index.rst": rst("Start", contents(*names), ":cite:p:`zed`"), **pages, "refs.bib": WITH_UNDATED}


def ways(built: Built, name: str) -> list[str]:
    return [
        f"{words(item)} {item.get('href', '')}".strip() for item in built.page(name).select(".pt-parts :is(a, strong)")
    ]


@pytest.fixture(scope="module", params=[("letters", LETTERS), ("years", YEARS)], ids=["letters", "years"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    option, parts = request.param
    numbered = "bibtex_default_style = 'plain'"
    return Project(tmp_path_factory.mktemp("parts"), cut(option, *parts), numbered).build()


def test_each_reference_stands_in_one_part(built: Built) -> None:
    assert built.warnings == []
    found = [
        str(entry["id"]).removeprefix("cite-")
        for number in range(3)
        for entry in built.page(f"part{number}.html").select(".citation")
    ]
    assert len(found) == len(ALL)
    assert {name.partition("-")[0] for name in found} == ALL


def test_numbers_go_on_from_part_to_part(built: Built) -> None:
    """They are those of the whole list: no two references have the same."""
    labels = [words(item) for number in range(3) for item in built.page(f"part{number}.html").select(".label")]
    assert sorted(labels) == sorted(f"[{number}]" for number in range(1, len(ALL) + 1))


def test_each_part_leads_to_the_others(tmp_path: Path) -> None:
    project = Project(tmp_path, cut("letters", *LETTERS))
    built = project.build(place="kept")
    assert ways(built, "part1.html") == ["A–K part0.html", "L–Y", "Z, other part2.html"]
    assert built.page("part1.html").select_one(".pt-parts strong[aria-current=page]")
    (project.source / "part2.rst").write_text(rst("part2", bibliography("all:", "letters: z")), "utf-8")
    built = project.build(place="kept")
    assert ways(built, "part0.html") == ["A–K", "L–Y part1.html", "Z part2.html"]
    assert built.files(".html") == project.build(place="clean").files(".html")


def test_other_lists_are_no_parts_of_it_and_one_document_needs_no_way(tmp_path: Path) -> None:
    files = {**cut("letters", "a-k", "l-z"), "other.rst": rst("Other", ":orphan:", bibliography("letters: z"))}
    project = Project(tmp_path, files)
    assert ways(project.build(), "other.html") == []
    assert "A–K" not in project.build(builder="text").text("part1.txt")


def test_what_is_no_range_is_named_and_the_whole_is_listed(tmp_path: Path) -> None:
    project = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:", "letters: k-a")), "refs.bib": BIB})
    built = project.build()
    (warning,) = built.warnings
    assert "the option 'letters' is left out: 'k-a' is no range of letters; write a-f" in warning
    assert len(built.page().select(".citation")) == len(KEYS)
