"""A bar above long lists of references: to find some, jump to a letter, and take what is shown along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.references.printers import setup_bar
from sphinx_paper_table.features.references.transform import AddBars

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    app.add_post_transform(AddBars)
    setup_bar(app)
