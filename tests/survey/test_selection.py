"""A view shows what its options admit, in the order they ask for, within the groups of the survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited, load_files, load_good

from sphinx_paper_table.survey.selection import HAS, SORTS, Selection, View, flat, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return the good catalogue."""
    return load_good().catalogue


def view_of(catalogue: Catalogue, **options: Any) -> View:
    """Return a view that exists."""
    view = select(catalogue, Selection(**options))
    assert view is not None
    return view


def ids(view: View) -> list[str]:
    """Return the papers of a view in order."""
    return [str(entry.paper.id) for entry in view.all_entries()]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["old", "new", "third", "old"]),
        ({"tags": ("red",)}, ["new"]),
        ({"tags": ("red", "blue")}, ["old", "new", "old"]),
        ({"tags": ("green",)}, []),
        ({"years": (2019, 2020)}, ["new", "third"]),
        ({"years": (0, 2018)}, ["old", "old"]),
        ({"years": (2020, 9999)}, ["new"]),
        ({"venues": ("cot",)}, ["old", "old"]),
        ({"venues": ("Journal of Things", "arXiv")}, ["new", "third"]),
        ({"ids": ("third", "new")}, ["new", "third"]),
        ({"ids": ("former",)}, ["new"]),
        ({"has": ("code",)}, ["old", "old"]),
        ({"has": ("project",)}, ["third"]),
        ({"has": ("video",)}, ["old", "old"]),
        ({"has": ("results",)}, ["new"]),
        ({"has": ("relations",)}, ["old", "new", "third", "old"]),
        ({"has": ("code", "results")}, []),
        ({"tags": ("blue",), "years": (2020, 2020)}, ["new"]),
    ],
)
def test_options_admit_papers(catalogue: Catalogue, options: dict[str, Any], expected: list[str]) -> None:
    assert ids(view_of(catalogue, target="s", **options)) == expected


@pytest.mark.parametrize("kind", sorted(HAS))
def test_everything_that_can_be_asked_for_is_answered(kind: str, catalogue: Catalogue) -> None:
    assert set(ids(view_of(catalogue, target="s", has=(kind,)))) <= {"old", "new", "third"}


FLAT = """\
survey: flat
title: Flat
papers:
  - {id: b, name: beta, cite: new2020}
  - {id: a, name: Alpha, cite: third2019}
  - {id: c, name: Gamma, cite: old2018}
  - {id: d, name: delta}
"""


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("survey", ["b", "a", "c", "d"]),
        ("name", ["a", "b", "d", "c"]),
        ("year", ["d", "c", "a", "b"]),
        ("newest", ["b", "a", "c", "d"]),
        ("venue", ["d", "c", "a", "b"]),
    ],
)
def test_sorting_is_within_the_group(sort: str, expected: list[str]) -> None:
    catalogue = load_files({"f.yaml": FLAT}, {"refs.bib": BIB}).catalogue
    assert ids(view_of(catalogue, target="flat", sort=sort)) == expected
    assert sort in SORTS


def test_a_group_shows_itself_and_what_is_in_it(catalogue: Catalogue) -> None:
    view = view_of(catalogue, target="s#first")
    assert ids(view) == ["old", "new", "third"]
    assert [section.address for section in view.all_sections()] == ["s#first", "s#inner"]
    assert view.survey is None
    assert ids(view_of(catalogue, target="s#inner")) == ["third"]


def test_the_whole_catalogue_has_a_section_for_each_survey() -> None:
    catalogue = load_files({"f.yaml": FLAT, "s.yaml": SURVEY, "v.yaml": VOCABULARY}, {"refs.bib": BIB}).catalogue
    view = view_of(catalogue)
    assert [(section.address, section.depth, section.count) for section in view.sections] == [
        ("flat", 0, 4),
        ("s", 0, 4),
    ]
    assert [section.depth for section in view.all_sections()] == [0, 0, 1, 2, 1]
    assert view.count == 8


@pytest.mark.parametrize("target", ["nothing", "s#nothing", "nothing#first"])
def test_what_does_not_exist_is_none(catalogue: Catalogue, target: str) -> None:
    assert select(catalogue, Selection(target)) is None


def test_groups_without_admitted_papers_are_left_out(catalogue: Catalogue) -> None:
    view = view_of(catalogue, target="s", ids=("third",))
    assert [(section.address, section.count) for section in view.all_sections()] == [("s#first", 1), ("s#inner", 1)]


def test_groups_nest_to_any_depth() -> None:
    head = "survey: deep\ntitle: Deep\n"
    lines = []
    for depth in range(5):
        pad = "    " * depth
        lines += [f"{pad}groups:", f"{pad}  - id: g{depth}", f"{pad}    title: G{depth}"]
        lines += [f"{pad}    papers: [{{id: p{depth}, name: P{depth}}}]"]
    view = view_of(load_files({"d.yaml": head + "\n".join(lines) + "\n"}).catalogue, target="deep")
    assert [(section.address, section.depth, section.count) for section in view.all_sections()] == [
        (f"deep#g{depth}", depth, 5 - depth) for depth in range(5)
    ]
    assert ids(view) == [f"p{depth}" for depth in range(5)]


def test_an_entry_away_from_home_has_its_note(catalogue: Catalogue) -> None:
    *_, last = view_of(catalogue, target="s").all_entries()
    assert (str(last.paper.id), last.note, last.is_home) == ("old", "Here again.", False)


def test_an_entry_whose_paper_is_missing_is_left_out() -> None:
    assert ids(view_of(load_good(edited(SURVEY, "ref: old", "ref: nothing")).catalogue, target="s#first")) == [
        "old",
        "new",
        "third",
    ]


@pytest.mark.parametrize(
    ("options", "whole"),
    [
        ({"target": "s"}, True),
        ({"target": "s#first"}, True),
        ({"target": "s", "sort": "name"}, True),
        ({}, False),
        ({"target": "s", "tags": ("red",)}, False),
        ({"target": "s", "years": (0, 1)}, False),
        ({"target": "s", "ids": ("new",)}, False),
        ({"target": "s", "has": ("code",)}, False),
        ({"target": "s", "venues": ("x",)}, False),
    ],
)
def test_only_a_view_without_filters_is_whole(options: dict[str, Any], whole: bool) -> None:  # noqa: FBT001
    assert Selection(**options).is_whole is whole


def test_a_survey_alias_selects_the_survey() -> None:
    catalogue = load_good(edited(SURVEY, "title: Survey", "title: Survey\naliases: [past]")).catalogue
    assert view_of(catalogue, target="past").address == "s"
    assert view_of(catalogue, target="past#first").address == "s#first"


def test_a_flat_view_has_each_paper_once_and_no_group(catalogue: Catalogue) -> None:
    shown = flat(view_of(catalogue), catalogue)
    assert (ids(shown), shown.sections) == (["old", "new", "third"], ())
    newest = [paper.id for paper in sorted(catalogue.papers.values(), key=catalogue.date, reverse=True)]
    assert ids(flat(view_of(catalogue, sort="newest"), catalogue)) == newest
