"""All methods for looking up: the directive ``paper-index``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.index.directive import setup_paper_index
from sphinx_paper_table.features.index.printers import TABULAR, setup_index
from sphinx_paper_table.features.index.query import IndexGroup
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (IndexGroup,)
"""The records in its node: a page is read again when the shape of one has changed."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_index(app)
    setup_paper_index(app)
    folder = Path(__file__).parent
    register_assets("paper_index", folder, "paper_index.css")
    register_assets(TABULAR, folder, "paper_index_table.js", "paper_index_table.css")
