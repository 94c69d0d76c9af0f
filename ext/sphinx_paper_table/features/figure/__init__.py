"""Drawings with labels in the reader's language: the directive ``paper-figure``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.figure.directive import setup_paper_figure
from sphinx_paper_table.features.figure.printers import setup_drawing
from sphinx_paper_table.features.figure.query import FigureQuery
from sphinx_paper_table.reading.drawings import Drawing, Shape
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (Drawing, Shape, FigureQuery)
"""What its nodes and pages hold: doctrees of another shape are read anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_drawing(app)
    setup_paper_figure(app)
    register_assets("paper_drawing", Path(__file__).parent, "paper_figure.css")
