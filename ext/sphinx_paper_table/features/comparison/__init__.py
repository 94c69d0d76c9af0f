"""Methods side by side: the directive ``paper-compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.comparison.directive import setup_paper_compare
from sphinx_paper_table.features.comparison.printers import CHOOSER, setup_compare
from sphinx_paper_table.features.comparison.query import Comparison
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Comparison,)
"""What its node holds: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_compare(app)
    setup_paper_compare(app)
    register_assets("paper_compare", Path(__file__).parent, "paper_compare.css")
    register_assets(CHOOSER, Path(__file__).parent, "paper_compare.js")
