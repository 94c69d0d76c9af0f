"""The directive ``survey-cards``: the surveys at a glance, for a home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.features.survey_cards.printers import build_surveys
from sphinx_paper_table.features.survey_cards.query import SurveysQuery
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import Option, accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.problems import Code, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

OPTIONS: Final[dict[str, Option]] = {}
"""It has none: its argument names the surveys."""


class SurveyCards(CatalogueDirective):
    """A card for each survey that the argument names, in its order, or for all."""

    declared = OPTIONS
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the cards as one node."""
        self.converted_options()
        catalogue = session_of(self.env).catalogue
        query = SurveysQuery(tuple(self.arguments[0].split()) if self.arguments else ())
        for name in query.surveys:
            if catalogue.survey(name) is None:
                self.note(Code.DANGLING, f"there is no survey '{name}'", nearest(name, catalogue.surveys))
        summaries = query.answer(catalogue)
        linked = frozenset(("survey", survey.survey) for survey in summaries)
        self.page.views.append(ViewRecord(query, query.fingerprint_of(summaries, catalogue), self.lineno, linked))
        if not summaries:
            if not query.surveys:
                self.note(Code.EMPTY, "there is no survey to show", "write one, or check 'paper_table_surveys'")
            return []
        node = build_surveys(summaries, MarkupParser(self.env, self.state.document))
        self.set_source_info(node)
        return [node]


def setup_survey_cards(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("survey-cards", SurveyCards)
