"""The directive ``paper-results``: what the methods have reached, one ranking for each benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.cards.layout import unique_id
from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.features.results.printers import build_results
from sphinx_paper_table.features.results.query import ResultsQuery
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import FILTERS, Option, accepting, count, name
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.problems import Code, nearest
from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.rankings import Ranking

_FILTERS: Final = {key: option for key, option in FILTERS.items() if key != "sort"}
OPTIONS: Final[dict[str, Option]] = {
    "survey": Option(name, "Only results of the papers that this survey, or this `SURVEY#GROUP`, shows."),
    "least": Option(count, "Only benchmarks with at least this many results. Without it: 1."),
    **_FILTERS,
}
"""What may stand below the directive's first line; the order is always that of the numbers."""


class PaperResults(CatalogueDirective):
    """Rankings of the benchmark that the argument names, or of all."""

    declared = OPTIONS
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the rankings as one node."""
        options = self.converted_options()
        filters = {key: options[key] for key in _FILTERS if key in options}
        view = self.selected(Selection(options.get("survey", ""), **filters))
        if view is None:
            return []
        catalogue = session_of(self.env).catalogue
        benchmark = self.arguments[0].strip() if self.arguments else ""
        query = ResultsQuery(view.selection, benchmark, options.get("least", 1))
        answer = rankings(view, catalogue, query.benchmark, query.least)
        self._record(query, answer, catalogue)
        if benchmark and benchmark not in {*catalogue.vocabulary.benchmarks, *catalogue.benchmark_aliases}:
            hint = nearest(benchmark, catalogue.vocabulary.benchmarks)
            self.note(Code.DANGLING, f"there is no benchmark '{benchmark}'", hint)
        elif not answer:
            self.note_empty("there is no result to show", "loosen or remove an option", view.selection.target)
        if not answer:
            return []
        node = build_results(
            answer,
            catalogue,
            MarkupParser(self.env, self.state.document),
            lambda benchmark: unique_id(self.state.document, anchor_of("results", benchmark)),
        )
        self.set_source_info(node)
        return [node]

    def _record(self, query: ResultsQuery, answer: tuple[Ranking, ...], catalogue: Catalogue) -> None:
        """Note what the page must be read or written again for, and what it cites."""
        rows = [row for ranking in answer for row in ranking.rows]
        linked = frozenset(("method", row.paper) for row in rows)
        keys = list(dict.fromkeys(row.reference.key for row in rows if row.reference))
        record = ViewRecord(query, query.fingerprint_of(answer, catalogue), self.lineno, linked, frozenset(keys))
        self.page.views.append(record)
        citations = citations_of(self.env)
        citations.note(self.env.docname, keys, self.lineno, f"paper-results-{self.env.new_serialno('paper-results')}")


def setup_paper_results(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-results", PaperResults)
