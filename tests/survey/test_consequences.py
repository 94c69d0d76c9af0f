"""What follows from a broken record is not told beside it; what does not follow from it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.survey.consequences import folded, with_causes
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from pathlib import Path

USER = """\
survey: user
title: User
papers:
  - id: one
    name: One
    cite: {key}
    tags: [{tag}]
    relations:
      uses: [{paper}]
"""
WORDS = "vocabulary: words\ntags:\n  blue: {name: Blue}\n"
_USES_A_NAME = USER.format(key="good", tag="Deep Blue", paper="two")
BIB = "@misc{good, title = {T}, author = {A, B}, year = 2000}\n"
OTHER = "survey: other\ntitle: Other\npapers:\n  - id: two\n    name: Two\n"


def told(path: Path, files: dict[str, str], **names: str) -> list[str]:
    """Return the codes of what stands for itself, in order, each with the codes of what follows."""
    use = {"key": "good", "tag": "blue", "paper": "two", **names}
    files = {"user.yaml": USER.format(**use), "words.yaml": WORDS, "refs.bib": BIB, "other.yaml": OTHER, **files}
    for name, text in files.items():
        (path / name).write_text(text, "utf-8")
    surveys = {str(path / name): path / name for name in sorted(files) if name.endswith(".yaml")}
    problems = load(surveys, {str(path / "refs.bib"): path / "refs.bib"}).problems
    found = folded(with_causes([one for one in problems if one.severity != "advice"]))
    return [f"{cause.code}:{','.join(one.code for one in more)}" for cause, more in found.items()]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({"other.yaml": OTHER.replace("    name: Two\n", "")}, ["missing-key:empty,dangling"]),
        ({"other.yaml": OTHER.replace("name: Two", "name: *two")}, ["syntax:empty,missing-key,dangling"]),
        ({"other.yaml": "survey: other\ntitle: Other\npapers: [{id: two}]\n"}, ["missing-key:empty,dangling"]),
        ({"other.yaml": OTHER.replace("papers:", "paperz:")}, ["unknown-key:empty,dangling"]),
        ({"refs.bib": BIB + "@misc{lost"}, ["bibtex-syntax"]),
        ({"words.yaml": WORDS.replace("{name: Blue}", "{nam: Blue}")}, ["unknown-key:missing-key"]),
        ({"other.yaml": OTHER.replace("name: Two", "nmae: Two")}, ["unknown-key:empty,missing-key,dangling"]),
        (
            {"words.yaml": f"{WORDS}  Deep Blue: {{name: D}}\n", "user.yaml": _USES_A_NAME},
            ["bad-value:bad-value,dangling"],
        ),
        ({"user.yaml": _USES_A_NAME}, ["dangling:bad-value"]),
    ],
)
def test_one_cause_has_one_message(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    found = told(tmp_path, files)
    if expected == ["bibtex-syntax"]:
        expected, found = ["syntax:unknown-citation"], told(tmp_path, files, key="lost")
    assert found == expected


def test_what_does_not_follow_stands_for_itself(tmp_path: Path) -> None:
    """The broken file does not have that name, so mending it mends nothing else."""
    broken = {"other.yaml": OTHER + "  - id: three\n"}
    assert told(tmp_path, broken, paper="four") == ["missing-key:", "dangling:"]
    assert told(tmp_path, broken, key="goood") == ["missing-key:", "unknown-citation:"]


def test_a_name_in_a_comment_of_a_good_file_is_not_lost(tmp_path: Path) -> None:
    assert told(tmp_path, {"other.yaml": f"{OTHER}# - id: four\n"}, paper="four") == ["dangling:"]


def test_a_file_that_is_not_there_is_the_cause(tmp_path: Path) -> None:
    place, use = Position("refs.bib", 1, 1), Position("s.yaml", 3, 1)
    problems = [
        Problem(place, Code.UNREADABLE, "the file cannot be read"),
        Problem(use, Code.UNKNOWN_CITATION, "no BibTeX file has the key 'a'"),
        Problem(use, Code.DANGLING, "there is no paper 'b'"),
    ]
    found = folded(with_causes(problems))
    assert [len(more) for more in found.values()] == [1, 0]


def test_without_its_cause_a_consequence_stands_for_itself() -> None:
    lonely = Problem(Position("s.yaml", 3, 1), Code.EMPTY, "empty", cause=Position("s.yaml", 9, 1))
    assert folded([lonely]) == {lonely: []}


def test_a_page_of_an_empty_survey_follows_from_what_emptied_it() -> None:
    broken = Problem(Position("s.yaml", 9, 1), Code.SYNTAX, "broken")
    empty = Problem(Position("s.yaml", 1, 1), Code.EMPTY, "the survey has no papers")
    table = Problem(Position("a.md", 3, 1), Code.EMPTY, "the table is empty", cause=empty.position)
    assert folded(with_causes([table, empty, broken])) == {broken: [table, empty]}
