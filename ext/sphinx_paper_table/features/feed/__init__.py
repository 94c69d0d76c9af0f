"""The newest entries as an Atom feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.feed.feature import setup_feed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_feed(app)
