"""Mark-up on pages that does nothing: what is looked at, and what is left alone."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.page_markup import dead_on_page


def test_what_stands_in_a_comment_is_left_alone() -> None:
    """It failed before: a page of `paper-table init` explains roles in a comment, and its build had warnings."""
    written = "{cite:t}`he2016deep` cites a reference, \\cite{he2016deep} and {paper}`resnet` do not"
    page = f"# Title\n\n% {written}.\n\nA {{paper}}`resnet that is never closed.\n"
    assert [problem.position.line for problem in dead_on_page(page, "page.md", has_colon_fences=False)] == [5]
    assert [*dead_on_page(f"{written}.\n", "page.md", has_colon_fences=False)] != []


@pytest.mark.parametrize(
    ("options", "column"),
    [(":layout: list\n:tags: a\n:layout: cards", 2), ("---\nlayout: list\nlayout: cards\n---", 1)],
)
def test_an_option_that_stands_twice_is_reported(options: str, column: int) -> None:
    """MyST takes the last without a word; docutils leaves such a directive out, and says so."""
    page = f"# Title\n\n```{{paper-table}} s\n{options}\n```\n"
    line = 5 if options.startswith("-") else 4
    said = "the option 'layout' stands twice, and this one does nothing; remove one of them"
    assert [str(problem) for problem in dead_on_page(page, "page.md", has_colon_fences=False)] == [
        f"page.md:{line}:{column}: {said}"
    ]


@pytest.mark.parametrize(
    "page",
    [
        "```{paper-table} s\n:layout: list\n:tags: a\n```\n",
        "```{note} A\n:class: a\n:class: b\n```\n",
        "````md\n```{paper-table} s\n:layout: list\n:layout: cards\n```\n````\n",
        "```{paper-table} s\n:layout: list\n\n:layout: a text\n```\n",
    ],
)
def test_other_options_are_left_alone(page: str) -> None:
    assert [*dead_on_page(page, "page.md", has_colon_fences=False)] == []
