"""Advice on pages that grow with a site: what their lists take is reckoned, and how to cut them is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CONF = 'extensions = ["sphinx_paper_table"]\n'
REFERENCES = "".join(
    f"@misc{{key{n}, author = {{{('Lee', 'Kim')[n % 2]}{n}, A}}, title = {{T {n}}}, year = {{{1990 + n % 30}}}}}\n"
    for n in range(1000)
)
SURVEY = "survey: s\ntitle: S\npapers:\n"


def large(place: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int, str, str]]:
    """Return what is said of pages: page, line, message and remedy."""
    main(["check", str(place), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["problems"]
    return [
        (problem["path"].rpartition("/")[2], problem["line"], problem["message"], problem["hint"])
        for problem in found
        if problem["code"] == "large-page"
    ]


def write(place: Path, **files: str) -> None:
    for name, text in {
        "conf": CONF,
        "refs": REFERENCES,
        "survey": f"{SURVEY}  - {{id: a, name: A}}\n",
        **files,
    }.items():
        path = {"conf": "conf.py", "refs": "refs.bib", "survey": "surveys/s.yaml"}.get(name, f"{name}.md")
        (place / path).parent.mkdir(exist_ok=True)
        (place / path).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("options", "is_large"),
    [(":all:\n", True), (":all:\n:letters: k\n", False), (":all:\n:years: 2000-\n", False), ("", False)],
    ids=["all", "letters", "years", "cited"],
)
def test_a_list_of_references_is_large_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: str, *, is_large: bool
) -> None:
    write(tmp_path, index=f"# Home\n\n```{{paper-table}} s\n```\n\n```{{bibliography}}\n{options}```\n")
    found = large(tmp_path, capsys)
    assert len(found) == is_large
    for path, line, message, hint in found:
        assert (path, line) == ("index.md", 6)
        assert message == "the page will have some 1.1 MB, for 1,000 references"
        assert "'letters' or 'years'" in hint


def test_lists_of_a_page_count_together_and_the_longest_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = "".join(f"  - {{id: p{n}, name: P{n}, date: 2020-01}}\n" for n in range(300))
    both = "# Home\n\n```{paper-index}\n```\n\n```{paper-table} s\n```\n\n```{bibliography}\n:all:\n:letters: k\n```\n"
    write(tmp_path, survey=SURVEY + papers, index=both)
    (found,) = large(tmp_path, capsys)
    assert found[1:3] == (6, "the page will have some 1.4 MB, for 300 papers")
    assert "SURVEY#GROUP" in found[3]
