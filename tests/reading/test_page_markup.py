"""Mark-up on pages that does nothing: what is looked at, and what is left alone."""

from __future__ import annotations

from sphinx_paper_table.reading.page_markup import dead_on_page


def test_what_stands_in_a_comment_is_left_alone() -> None:
    """It failed before: a page of `paper-table init` explains roles in a comment, and its build had warnings."""
    written = "{cite:t}`he2016deep` cites a reference, \\cite{he2016deep} and {paper}`resnet` do not"
    page = f"# Title\n\n% {written}.\n\nA {{paper}}`resnet that is never closed.\n"
    assert [problem.position.line for problem in dead_on_page(page, "page.md", has_colon_fences=False)] == [5]
    assert [*dead_on_page(f"{written}.\n", "page.md", has_colon_fences=False)] != []
