"""The directive ``paper-lineage``: who follows whom in a survey, on an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.cards.layout import unique_id
from sphinx_paper_table.citations import label_words
from sphinx_paper_table.features.lineage.node import paper_lineage
from sphinx_paper_table.features.lineage.printers import member_anchor
from sphinx_paper_table.features.lineage.query import Lineage, LineageQuery, lineage_of
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import DRAWN, PART, Target, ViewRecord
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.anchors import anchor_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.selection import View

OPTIONS: Final = OF_DIRECTIVES["paper-lineage"]


class PaperLineage(CatalogueDirective):
    """The papers of a survey or group in time, and the relations among them."""

    declared, rule = OPTIONS, "paper-lineage"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the lineage as one node."""
        written = self.written()
        options, catalogue = written.options, written.catalogue
        view = self.selected(written.selection(written.argument))
        if view is None:
            return []
        of = options.get("of", "")
        words = label_words()
        query = LineageQuery(view.selection, options.get("relations", ()), of, options.get("steps", 1), words)
        lineage = lineage_of(view, catalogue, query)
        others = (paper for member in lineage.members for _kind, paper in member.elsewhere)
        linked = frozenset(("method", paper) for paper in (*(member.paper for member in lineage.members), *others))
        self.page.views.append(ViewRecord.of(query, query.fingerprint_of(lineage, catalogue), self.lineno, linked))
        if not lineage.members:
            return []
        shown = lineage.of or view.selection.target or "all"
        anchor = unique_id(self.state.document, anchor_of("lineage", shown))
        if view.survey is not None and view.selection.is_whole and not lineage.of:
            self._note_targets(lineage, anchor)
            part = f"lineage {view.survey.survey}"
            self.page.targets.append(Target(PART, part, part, self.env.docname, anchor, self.lineno))
        node = paper_lineage("", lineage=lineage, title=self._title(view), anchor=anchor, classes=["pt-lineage"])
        self.set_source_info(node)
        return [node]

    def _note_targets(self, lineage: Lineage, anchor: str) -> None:
        """Note where each method stands in the drawing."""
        for member in lineage.members:
            place = member_anchor(anchor, member.paper)
            self.page.targets.append(Target(DRAWN, member.paper, member.name, self.env.docname, place, self.lineno))

    def _title(self, view: View) -> str:
        """Return the title of what is shown; empty for all surveys."""
        if view.survey is not None:
            return str(view.survey.title)
        group = session_of(self.env).catalogue.group(view.selection.target)
        return str(group.title) if group else ""


def setup_paper_lineage(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-lineage", PaperLineage)
