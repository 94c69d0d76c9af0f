"""What is to do in a survey, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.texts import BIB, SURVEY, edited, load_good

from sphinx_paper_table.survey.todo import Age, tasks
from sphinx_paper_table.survey.todo_kinds import Kind

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

TODAY = Age("2026-11-26", 12)


def found(catalogue: Catalogue, age: Age = TODAY) -> dict[str, list[str]]:
    """Return the kinds of tasks by paper."""
    papers: dict[str, list[str]] = {}
    for task in tasks(catalogue, age):
        papers.setdefault(task.paper, []).append(f"{task.kind} {task.detail}".strip())
    return papers


def test_each_lack_is_named_and_nothing_else() -> None:
    assert found(load_good().catalogue) == {
        "old": ["results"],
        "new": ["code", "preprint 2020-03"],
        "third": ["summary", "tags", "results", "code"],
    }


@pytest.mark.parametrize(
    ("old", "new", "paper", "gone", "come"),
    [
        ("        summary: The *old* one.\n", "", "old", "", "summary"),
        ("summary: See {paper}`old`.", "summary: 'TODO: say it'", "new", "", "unfinished"),
        ("        cite: third2019\n", "", "third", "", "reference"),
        ("          compares-with: [third]\n", "", "third", "", "relations"),
        ("links: {project: https://example.org/third}", "links: {code: https://a.example}", "third", "code", ""),
        ("        aliases: [former]\n", "        reviewed: 2025-11-25\n", "new", "", "stale 2025-11-25"),
        ("        aliases: [former]\n", "        reviewed: 2025-11-26\n", "new", "", ""),
        ("        aliases: [former]\n", "        added: 2024-01-01\n", "new", "", "review 2024-01-01"),
        ("        aliases: [former]\n", "        status: withdrawn\n", "new", "preprint 2020-03", ""),
    ],
)
def test_what_changes_with_an_entry(old: str, new: str, paper: str, gone: str, come: str) -> None:
    before = found(load_good().catalogue)[paper]
    after = found(load_good(edited(SURVEY, old, new)).catalogue)[paper]
    assert set(before) - set(after) == {gone} - {""}
    assert set(after) - set(before) == {come} - {""}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@misc{new2020,", "@inproceedings{new2020,\n  booktitle = {Conference on Things},"),
        ("  eprint = {2003.04297},", "  eprint = {2003.04297},\n  doi = {10.1000/182},"),
        ("  eprint = {2003.04297},", ""),
        ("  eprint = {2003.04297},", "  eprint = {2611.00001},"),
    ],
)
def test_what_is_no_old_preprint(old: str, new: str) -> None:
    assert "preprint" not in str(found(load_good(bib=edited(BIB, old, new)).catalogue)["new"])


def test_arxivs_own_doi_is_no_publication() -> None:
    bib = edited(BIB, "  eprint = {2003.04297},", "  eprint = {2003.04297},\n  doi = {10.48550/arXiv.2003.04297},")
    assert "preprint 2020-03" in found(load_good(bib=bib).catalogue)["new"]


@pytest.mark.parametrize(
    ("today", "months", "limit"),
    [
        ("2026-11-26", 12, "2025-11-26"),
        ("2026-11-26", 1, "2026-10-26"),
        ("2026-01-31", 2, "2025-11-31"),
        ("2026-11-26", 11, "2025-12-26"),
        ("2026-12-01", 12, "2025-12-01"),
    ],
)
def test_old_is_before_the_same_day_so_many_months_ago(today: str, months: int, limit: str) -> None:
    age = Age(today, months)
    assert age.limit == limit
    assert not age.is_old(limit)
    assert not age.is_old(limit[:7]), "the month is not over"
    assert age.is_old("2019")
    assert not age.is_old("")


def test_every_kind_is_explained_and_has_a_label() -> None:
    assert len({kind.label for kind in Kind}) == len({kind.explanation for kind in Kind}) == len(Kind)
