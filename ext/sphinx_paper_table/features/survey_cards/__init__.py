"""The surveys at a glance: the directive ``survey-cards``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.survey_cards.directive import setup_survey_cards
from sphinx_paper_table.features.survey_cards.printers import setup_surveys
from sphinx_paper_table.features.survey_cards.query import SurveySummary
from sphinx_paper_table.sphinx_host.assets import register_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (SurveySummary,)
"""The records in its node: a page is read again when the shape of one has changed."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_surveys(app)
    setup_survey_cards(app)
    register_assets("paper_surveys", Path(__file__).parent, "paper_surveys.css")
