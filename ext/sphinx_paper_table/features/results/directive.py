"""The directive ``paper-results``: what the methods have reached, one ranking for each benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.cards.layout import unique_id
from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.features.results.printers import build_results
from sphinx_paper_table.features.results.query import ResultsQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import PART, Target, ViewRecord
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.rankings import rankings

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.rankings import Ranking

OPTIONS: Final = OF_DIRECTIVES["paper-results"]


class PaperResults(CatalogueDirective):
    """Rankings of the benchmark that the argument names, or of all."""

    declared, rule = OPTIONS, "paper-results"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the rankings as one node."""
        written = self.written()
        options, catalogue = written.options, written.catalogue
        view = self.selected(written.selection(options.get("survey", "")))
        if view is None:
            return []
        query = ResultsQuery(view.selection, written.argument, options.get("least", 1))
        answer = rankings(view, catalogue, query.benchmark, query.least)
        self._record(query, answer, catalogue)
        if not answer:
            return []
        node = build_results(
            answer,
            catalogue,
            MarkupParser(self.env, self.state.document),
            lambda benchmark: unique_id(self.state.document, anchor_of("results", benchmark)),
        )
        if view.survey is not None and not query.benchmark:
            part, anchor = f"results {view.survey.survey}", node["tables"][0].anchor
            self.page.targets.append(Target(PART, part, part, self.env.docname, anchor, self.lineno))
        self.set_source_info(node)
        return [node]

    def _record(self, query: ResultsQuery, answer: tuple[Ranking, ...], catalogue: Catalogue) -> None:
        """Note what the page must be read or written again for, and what it cites."""
        rows = [row for ranking in answer for row in ranking.rows]
        linked = frozenset(("method", row.paper) for row in rows)
        keys = list(dict.fromkeys(row.reference.key for row in rows if row.reference))
        record = ViewRecord.of(query, query.fingerprint_of(answer, catalogue), self.lineno, linked, frozenset(keys))
        self.page.views.append(record)
        citations = citations_of(self.env)
        citations.note(self.env.docname, keys, self.lineno, f"paper-results-{self.env.new_serialno('paper-results')}")


def setup_paper_results(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-results", PaperResults)
