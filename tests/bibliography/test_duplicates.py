"""One paper, one entry: what looks like a second entry of a paper is reported with both places."""

from __future__ import annotations

import pytest

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.survey.problems import Problems


def reported(*entries: str) -> list[str]:
    """Return what is said of *entries*, one a line: line, code and the beginning of the message."""
    problems = Problems()
    parse_bibtex({"refs.bib": "\n".join(entries)}, problems)
    kinds = {"bibtex-same", "bibtex-similar"}
    return [
        f"{problem.position.line} {problem.severity} {problem.message}"
        for problem in problems.sorted()
        if problem.code in kinds
    ]


def entry(key: str, title: str = "", author: str = "Ada, A.", fields: str = "", kind: str = "article") -> str:
    """Return an entry on one line."""
    return f"@{kind}{{{key}, title={{{title or key * 9}}}, author={{{author}}}, journal={{J}}, year=2020, {fields}}}"


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("doi={10.1/Ab}", "doi={https://doi.org/10.1/aB}", "the DOI of 'a', 10.1/aB"),
        (
            "eprint={2001.00001}, archiveprefix={arXiv}",
            "url={https://arxiv.org/abs/2001.00001v3}",
            "the arXiv id of 'a', 2001.00001",
        ),
    ],
)
def test_one_identifier_is_reported_however_it_is_written(first: str, second: str, what: str) -> None:
    found = reported(entry("a", fields=first), entry("b", fields=second))
    assert found == [f"2 warning 'b' has {what}"]


def test_chapters_with_the_doi_of_their_book_are_not_one_paper() -> None:
    chapters = [entry(key, fields="doi={10.1/book}", kind="incollection") for key in ("a", "b")]
    assert reported(*chapters) == []


def test_nearly_one_title_is_advice() -> None:
    found = reported(
        entry("a", "Deep Graphs: {A} Study of Colour", "Ada, A. and Bob, B."),
        entry("b", "Deep graphs -- a study of color", "Ada, Ann and Bob, B."),
    )
    assert found == ["2 advice 'b' has nearly the title and authors of 'a'"]


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Deep Graphs, Part {II}", "Ada, A."),
        ("Deep Graphs, Part I", "Eve, E."),
        ("Deep Graphs, Part I", "Ada, A. and Eve, E."),
        ("Deep Learning of Words", "Ada, A."),
    ],
)
def test_parts_and_works_of_others_are_not_alike(title: str, author: str) -> None:
    assert reported(entry("a", "Deep Graphs, Part I"), entry("b", title, author)) == []


def test_each_entry_is_reported_once() -> None:
    both = "doi={10.1/x}, eprint={2001.00001}, archiveprefix={arXiv}"
    assert len(reported(*(entry(key, "One Title", fields=both) for key in "abc"))) == 2


def test_an_article_before_a_title_does_not_hide_a_second_entry() -> None:
    (found,) = reported(entry("a", "The Deep Graphs of Coloured Stones"), entry("b", "Deep Graphs of Colored Stones"))
    assert "'b' has nearly the title" in found


def test_a_set_is_no_second_entry_of_its_members() -> None:
    assert reported(entry("a", "Deep Graphs"), "@set{s, entryset={a}}") == []


@pytest.mark.parametrize(
    ("second", "owner"), [(entry("b", fields="ids={old}"), "a"), (entry("b", fields="ids={x, a}"), "a")]
)
def test_a_former_key_that_two_entries_claim_is_reported(second: str, owner: str) -> None:
    problems = Problems()
    found = parse_bibtex({"refs.bib": f"{entry('a', fields='ids={old}')}\n{second}"}, problems)
    (told,) = [problem for problem in problems.sorted() if problem.code == "bibtex-duplicate"]
    assert (told.position.line, "of 'b' is taken" in told.message) == (2, True)
    assert f"it is that of '{owner}' at refs.bib:1" in told.hint
    assert found.aliases["old"] == "a"
