"""The file with what was learnt elsewhere: what it says of papers, and that a broken one costs only itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY

from sphinx_paper_table.exports.papers import papers_json
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.reading.loader import LoadResult, load
from sphinx_paper_table.reading.updates import updates_advice
from sphinx_paper_table.survey.fingerprint import paper_facts
from sphinx_paper_table.survey.query import digest

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
updates: 2026-11-26
references:
  new2020:
    checked: 2026-11-25
    published: {venue: CVPR, year: 2021, doi: 10.1/x, url: https://doi.org/10.1/x}
  old2018: {checked: 2026-11-26, status: retracted, source: https://a.example}
  third2019:
    checked: 2026-11-26
    published: {venue: An Event}
links:
  https://example.org/old: {checked: 2026-11-26, to: https://example.org/new}
"""


def loaded(tmp_path: Path, updates: str, survey: str = SURVEY) -> LoadResult:
    """Load the good files with these *updates*."""
    texts = {"s.yaml": survey, "v.yaml": VOCABULARY, "refs.bib": BIB, "updates.yaml": updates}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    files = {name: tmp_path / name for name in texts}
    bib, learnt = {"refs.bib": files.pop("refs.bib")}, {"updates.yaml": files.pop("updates.yaml")}
    return load(files, bib, updates=learnt)


def test_it_says_what_files_do_not(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD)
    assert found.problems == ()
    catalogue = found.catalogue
    old, new, third = (catalogue.papers[name] for name in ("old", "new", "third"))
    status, since = catalogue.status(old), catalogue.published_since(new)
    assert status is not None
    assert (status.kind, status.source, status.date) == ("retracted", "https://a.example", "2026-11-26")
    assert since is not None
    assert since.place == "CVPR 2021"
    assert catalogue.published_since(third) is None, "its entry is that of an article"
    papers = json.loads("".join(papers_json(catalogue, Site())))["papers"]
    assert papers["old"]["status"]["kind"] == "retracted"
    assert papers["new"]["published_since"] == {
        "venue": "CVPR",
        "year": "2021",
        "doi": "10.1/x",
        "url": "https://doi.org/10.1/x",
    }
    told = [str(one).partition("; ")[0] for one in updates_advice(catalogue)]
    assert told == [
        "s.yaml:9:13: 'old' was retracted (see https://a.example)",
        "s.yaml:15:23: 'https://example.org/old' has moved to https://example.org/new",
        "s.yaml:21:15: the preprint 'new2020' has been published: CVPR 2021",
    ]


def test_what_an_author_says_counts_more(tmp_path: Path) -> None:
    survey = SURVEY.replace("        name: Old\n", "        name: Old\n        status: withdrawn\n")
    status = loaded(tmp_path, GOOD, survey).catalogue.status
    papers = loaded(tmp_path, GOOD, survey).catalogue.papers
    assert status(papers["old"]).kind == "withdrawn"  # type: ignore[union-attr]


def test_a_page_changes_with_it(tmp_path: Path) -> None:
    facts = [
        digest(paper_facts(catalogue.papers["new"], catalogue))
        for catalogue in (loaded(tmp_path, text).catalogue for text in ("updates: 2026-11-26\n", GOOD))
    ]
    assert facts[0] != facts[1]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["1:1: this is no file of updates: it has no key 'updates'"]),
        ("- a\n", ["1:1: this is no file of updates"]),
        ("survey: s\n", ["1:1: this is no file of updates"]),
        ("updates: 2026-11-26\nreferences: []\n", ["2:1: a mapping is expected here"]),
        ("updates: 2026-13-01\n", ["1:10: '2026-13-01' is no date"]),
        ("updates: 2026-11-26\nreferences: {new2020: {checked: 2026, status: gone}}\n", ["2:47: only 'withdrawn' or"]),
        ("updates: 2026-11-26\nlinks: {'javascript:x': {checked: 2026}}\n", ["'javascript:x' is not a web address"]),
        ("updates: 2026-11-26\nlinks: {'https://a.b': {to: 'data:x'}}\n", ["2:30: 'data:x'", "'checked' is missing"]),
        (
            "updates: 2026-11-26\nreferences: {new2020: {checked: 2026, published: {venue: '<script>x</script>'}}}\n",
            ["2:59: HTML has no place here"],
        ),
        (
            "updates: 2026-11-26\nreferences: {nwe2020: {checked: 2026}}\n",
            ["2:14: no BibTeX file has the key 'nwe2020'"],
        ),
        ("updates: &a [*a]\n", ["updates.yaml:1:"]),
        ("updates: 2026-11-26\n\tx: [\n", ["updates.yaml:2:"]),
    ],
)
def test_a_broken_or_hostile_file_is_told_with_its_place(text: str, problems: list[str], tmp_path: Path) -> None:
    found = loaded(tmp_path, text)
    said = [str(problem) for problem in found.problems]
    assert said
    assert all(line.startswith("updates.yaml:") for line in said)
    for part in problems:
        assert any(part in line for line in said), said
    assert list(found.catalogue.papers) == ["old", "new", "third"]


def test_bombs_and_bytes_cost_only_themselves(tmp_path: Path) -> None:
    aliases = "updates: 2026-11-26\na: &a [x, x]\n" + "".join(
        f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert loaded(tmp_path, aliases).problems
    path = tmp_path / "updates.yaml"
    path.write_bytes(b"\xff\xfe\x00updates")
    files = {name: tmp_path / name for name in ("s.yaml", "v.yaml")}
    found = load(files, {"refs.bib": tmp_path / "refs.bib"}, updates={"updates.yaml": path})
    assert found.problems
    assert len(found.catalogue.papers) == 3
