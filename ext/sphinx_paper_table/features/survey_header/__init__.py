"""The head of a survey's page: what it is, how to cite it, and a bar to its parts: the directive ``survey-header``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.survey_header.directive import setup_survey_header
from sphinx_paper_table.features.survey_header.printers import setup_header
from sphinx_paper_table.features.survey_header.query import HeaderQuery, SurveyFacts

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (SurveyFacts, HeaderQuery)
"""What its node and its pages keep: a page is read again when the shape of one has changed."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_header(app)
    setup_survey_header(app)
