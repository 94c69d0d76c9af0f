"""A page joins the first list of contents, laid out as the entries that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paper_table.editing.contents import add_to_contents
from sphinx_paper_table.editing.documents import Document
from sphinx_paper_table.survey.edits import apply_edits

CASES = [
    (".md", "# A\n\n```{toctree}\none\n```\n", "# A\n\n```{toctree}\none\nx/new\n```\n"),
    (".md", "```{toctree}\n```\n", "```{toctree}\nx/new\n```\n"),
    (".md", "```{toctree}\n:hidden:\n```\nEnd\n", "```{toctree}\n:hidden:\n\nx/new\n```\nEnd\n"),
    (".md", "```{toctree}\n---\nhidden:\n---\n```\n", "```{toctree}\n---\nhidden:\n---\n\nx/new\n```\n"),
    (".md", ":::{toctree}\n:hidden:\n\none\n\n:::\n", ":::{toctree}\n:hidden:\n\none\nx/new\n\n:::\n"),
    (".md", "# A", "# A\n\n```{toctree}\nx/new\n```\n"),
    (".md", "````md\n```{toctree}\n```\n````\n", "````md\n```{toctree}\n```\n````\n\n```{toctree}\nx/new\n```\n"),
    (".md", "```{toctree}\n:glob:\n\n**\n```\n", "```{toctree}\n:glob:\n\n**\n```\n"),
    (".md", "```{toctree}\n:glob:\n\n*\n```\n", "```{toctree}\n:glob:\n\n*\nx/new\n```\n"),
    (".rst", "A\n=\n\n.. toctree::\n\n   one\n\nEnd\n", "A\n=\n\n.. toctree::\n\n   one\n   x/new\n\nEnd\n"),
    (".rst", ".. toctree::\n   :hidden:\n\nEnd\n", ".. toctree::\n   :hidden:\n\n   x/new\n\nEnd\n"),
    (".rst", ".. toctree::\n", ".. toctree::\n\n   x/new\n"),
    (".rst", "  .. toctree::\n\n     one", "  .. toctree::\n\n     one\n     x/new"),
    (".rst", "A\n=\n", "A\n=\n\n.. toctree::\n\n   x/new\n"),
]


@pytest.mark.parametrize(("suffix", "before", "after"), CASES)
def test_the_page_is_named_last(suffix: str, before: str, after: str) -> None:
    page = Document("index", Path(f"index{suffix}"), before.encode(), before)
    assert apply_edits(before, add_to_contents(page, "x/new")) == after
