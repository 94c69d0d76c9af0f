"""Links to the same page in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.languages.switch import setup_language_switch

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_language_switch(app)
