"""What the methods have reached: the directive ``paper-results``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.results.directive import setup_paper_results
from sphinx_paper_table.features.results.node import ResultsTable
from sphinx_paper_table.features.results.printers import setup_results

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (ResultsTable,)
"""What its node holds: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_results(app)
    setup_paper_results(app)
