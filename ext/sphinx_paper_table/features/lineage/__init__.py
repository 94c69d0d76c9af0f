"""The lineage of methods on an axis of time: the directive ``paper-lineage``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.lineage.directive import setup_paper_lineage
from sphinx_paper_table.features.lineage.printers import setup_lineage
from sphinx_paper_table.features.lineage.query import Lineage
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Lineage,)
"""The records in its node: a page is read again when the shape of one has changed."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_lineage(app)
    setup_paper_lineage(app)
    register_assets("paper_lineage", Path(__file__).parent, "paper_lineage.css", "paper_lineage.js")
