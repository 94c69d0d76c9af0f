"""The pages as Markdown, for programs that read: what sphinx-markdown-builder prints, and an ``llms.txt`` over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.markdown.llms import setup_llms
from sphinx_paper_table.features.markdown.visitors import setup_markdown_visitors

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_markdown_visitors(app)
    setup_llms(app)
