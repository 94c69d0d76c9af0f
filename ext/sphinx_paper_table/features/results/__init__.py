"""What the methods have reached: the directive ``paper-results``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.results.directive import setup_paper_results
from sphinx_paper_table.features.results.node import ResultsTable
from sphinx_paper_table.features.results.printers import setup_results
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (ResultsTable,)
"""What its node holds: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_results(app)
    setup_paper_results(app)
    register_assets("paper_results", Path(__file__).parent, "paper_results.css")
