"""When a survey was reviewed, and where its numbers were read: the directive ``survey-sources``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.sources.directive import setup_survey_sources
from sphinx_paper_table.features.sources.query import SourcesQuery

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (SourcesQuery,)
"""What its pages keep: environments of another shape are made anew."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_survey_sources(app)
