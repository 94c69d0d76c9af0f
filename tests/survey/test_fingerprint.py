"""A page's fingerprint changes with every fact it shows, and with nothing else."""

from __future__ import annotations

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited, load_files

from sphinx_paper_table.survey.selection import Selection

OTHER = "survey: other\ntitle: Other\npapers:\n  - {id: far, name: Far, cite: far2021}\n"
FAR = "@misc{far2021, author = {Far, Ann}, title = {Far}, year = {2021}}\n"


def mark(
    survey: str = SURVEY, vocabulary: str = VOCABULARY, bib: str = BIB, other: str = OTHER, target: str = "s"
) -> str:
    """Return the fingerprint of a view of these files."""
    files: dict[str, str | bytes] = {"s.yaml": survey, "v.yaml": vocabulary, "o.yaml": other}
    catalogue = load_files(files, {"refs.bib": bib, "far.bib": FAR}).catalogue
    return Selection(target).fingerprint(catalogue)


BEFORE = mark()


def test_the_same_files_have_the_same_fingerprint() -> None:
    assert mark() == BEFORE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Survey", "title: A Survey"),
        ("title: Survey", "title: Survey\nsummary: Text."),
        ("title: Survey", "title: Survey\nvideos: [{title: V}]"),
        ("title: First", "title: The First"),
        ("title: Inner", "title: The Inner"),
        ("id: inner", "id: innermost"),
        ("period: 2018 – 2019", "period: 2018 – 2020"),
        ("summary: About the first.", "summary: About it."),
        ("name: Old", "name: Older"),
        ("summary: The *old* one.", "summary: The old one."),
        ("points: [One point.]", "points: [One point., Two.]"),
        ("tags: [blue]", "tags: [red]"),
        ("code: https://example.org/old", "code: https://example.org/older"),
        ("title: Talk", "title: Lecture"),
        ("why: it grew", "why: it shrank"),
        ("aliases: [former]", "aliases: [former, older]"),
        ("compares-with: [third]", "uses: [third]"),
        ("value: 41.0", "value: 41"),
        ("where: Table 1", "where: Table 2"),
        ("note: Here again.", "note: Once more."),
        ("cite: new2020", "cite: [new2020, third2019]"),
        ("cite: third2019", "cite: third2019\n            date: 2018-12"),
        ("cite: third2019", "cite: third2019\n            reviewed: 2026-01-01"),
    ],
)
def test_every_fact_of_the_survey_counts(old: str, new: str) -> None:
    assert mark(edited(SURVEY, old, new)) != BEFORE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Blue", "name: Azure"),
        ("name: Bench", "name: Benchmark"),
        ("dataset: Data", "dataset: Other"),
        ("metric: accuracy", "metric: error"),
        ('unit: "%"', 'unit: "‰"'),
        ("benchmarks:", "relations: {extends: {name: goes beyond}}\nbenchmarks:"),
    ],
)
def test_every_term_that_is_shown_counts(old: str, new: str) -> None:
    assert mark(vocabulary=edited(VOCABULARY, old, new)) != BEFORE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title = {The Old}", "title = {The Oldest}"),
        ("Old, Ann and", "Old, Annie and"),
        ("venue = {COT}", "venue = {CoT}"),
        ("2003.04297", "2004.04297"),
        ("  year = {2020},\n", "  year = {2020},\n  note = {x},\n"),
    ],
)
def test_every_fact_of_the_bibliography_counts(old: str, new: str) -> None:
    assert mark(bib=edited(BIB, old, new)) != BEFORE


def test_a_relation_from_another_survey_counts() -> None:
    assert mark(other=edited(OTHER, "cite: far2021", "cite: far2021, relations: {uses: [third]}")) != BEFORE


@pytest.mark.parametrize(
    "change",
    [
        {"survey": "# A comment\n\n" + SURVEY},
        {"survey": edited(SURVEY, "name: Old\n", "name:   'Old'\n")},
        {"other": edited(OTHER, "name: Far", "name: Farther")},
        {"vocabulary": edited(VOCABULARY, "  red:", "  green: {name: Green}\n  red:")},
        {"bib": "\n\n" + BIB},
        {"bib": BIB + "@misc{more, author = {M}, title = {M}, year = 2000}\n"},
    ],
    ids=["comment", "quotes", "other paper", "other tag", "lines", "other entry"],
)
def test_what_is_not_shown_does_not_count(change: dict[str, str]) -> None:
    assert mark(**change) == BEFORE


def test_a_view_of_a_group_does_not_depend_on_other_groups() -> None:
    changed = edited(SURVEY, "note: Here again.", "note: Once more.")
    assert mark(changed, target="s#inner") == mark(target="s#inner")
    assert mark(changed, target="s#second") != mark(target="s#second")
