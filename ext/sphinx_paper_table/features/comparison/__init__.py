"""Methods side by side: the directive ``paper-compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.comparison.directive import setup_paper_compare
from sphinx_paper_table.features.comparison.printers import setup_compare
from sphinx_paper_table.features.comparison.query import Comparison

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Comparison,)
"""What its node holds: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_compare(app)
    setup_paper_compare(app)
