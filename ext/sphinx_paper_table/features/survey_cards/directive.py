"""The directive ``survey-cards``: the surveys at a glance, for a home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.features.survey_cards.printers import build_surveys
from sphinx_paper_table.features.survey_cards.query import SurveysQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import accepting

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

OPTIONS: Final = OF_DIRECTIVES["survey-cards"]


class SurveyCards(CatalogueDirective):
    """A card for each survey that the argument names, in its order, or for all."""

    declared, rule = OPTIONS, "survey-cards"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the cards as one node."""
        written = self.written()
        catalogue, query = written.catalogue, SurveysQuery(tuple(written.argument.split()))
        summaries = query.answer(catalogue)
        linked = frozenset(("survey", survey.survey) for survey in summaries)
        self.page.views.append(ViewRecord.of(query, query.fingerprint_of(summaries, catalogue), self.lineno, linked))
        if not summaries:
            return []
        node = build_surveys(summaries, MarkupParser(self.env, self.state.document))
        self.set_source_info(node)
        return [node]


def setup_survey_cards(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("survey-cards", SurveyCards)
