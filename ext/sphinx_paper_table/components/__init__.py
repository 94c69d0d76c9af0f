"""What readers see and authors write: one file a thing. Components never import each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.components.cards import setup_cards
from sphinx_paper_table.components.language_switch import setup_language_switch
from sphinx_paper_table.components.paper_compare import setup_paper_compare
from sphinx_paper_table.components.paper_index import setup_paper_index
from sphinx_paper_table.components.paper_lineage import setup_paper_lineage
from sphinx_paper_table.components.paper_results import setup_paper_results
from sphinx_paper_table.components.paper_table import setup_paper_table
from sphinx_paper_table.components.sections import setup_sections
from sphinx_paper_table.components.survey_cards import setup_survey_cards
from sphinx_paper_table.components.table import setup_table
from sphinx_paper_table.components.tabs import setup_tabs

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every component."""
    setup_cards(app)
    setup_tabs(app)
    setup_table(app)
    setup_sections(app)
    setup_paper_table(app)
    setup_paper_index(app)
    setup_paper_lineage(app)
    setup_paper_results(app)
    setup_paper_compare(app)
    setup_survey_cards(app)
    setup_language_switch(app)
