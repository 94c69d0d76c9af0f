"""The directive ``paper-lineage``: who follows whom in a survey, on an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.cards.layout import unique_id
from sphinx_paper_table.features.lineage.node import paper_lineage
from sphinx_paper_table.features.lineage.printers import member_anchor
from sphinx_paper_table.features.lineage.query import Lineage, LineageQuery, lineage_of
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import DRAWN, Target, ViewRecord
from sphinx_paper_table.sphinx_host.selection_options import FILTERS, Option, accepting, count, name, words
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.problems import Code, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.selection import View

_FILTERS: Final = {key: option for key, option in FILTERS.items() if key != "sort"}
OPTIONS: Final[dict[str, Option]] = {
    "relations": Option(
        words,
        "Only these types of relation, by their ids. Without it: all that read differently in their two directions.",
    ),
    "of": Option(name, "Only this method, what it follows and what follows it."),
    "steps": Option(count, "With `of`: through how many relations, forwards and backwards. Without it: 1."),
    **_FILTERS,
}
"""The options of the directive; the order is always that of time."""


class PaperLineage(CatalogueDirective):
    """The papers of a survey or group in time, and the relations among them."""

    declared = OPTIONS
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the lineage as one node."""
        options = self.converted_options()
        view = self.selected(self.selection(options))
        if view is None:
            return []
        catalogue = session_of(self.env).catalogue
        kinds, of = self._kinds(options.get("relations", ())), self._centre_of(options)
        query = LineageQuery(view.selection, kinds, of, options.get("steps", 1))
        lineage = lineage_of(view, catalogue, query)
        linked = frozenset(("method", member.paper) for member in lineage.members)
        self.page.views.append(ViewRecord(query, query.fingerprint_of(lineage, catalogue), self.lineno, linked))
        if not lineage.members:
            self.note_empty(
                "the lineage is empty", "no paper fits all of its options; loosen or remove one", view.selection.target
            )
            return []
        shown = lineage.of or view.selection.target or "all"
        anchor = unique_id(self.state.document, anchor_of("lineage", shown))
        if view.survey is not None and view.selection.is_whole and not lineage.of:
            self._note_targets(lineage, anchor)
        node = paper_lineage("", lineage=lineage, title=self._title(view), anchor=anchor, classes=["pt-lineage"])
        self.set_source_info(node)
        return [node]

    def _centre_of(self, options: Mapping[str, Any]) -> str:
        """Return the method asked for; one that the catalogue lacks is noted, and all are shown until it has it."""
        catalogue, of = session_of(self.env).catalogue, options.get("of", "")
        if of and catalogue.paper(of) is None:
            self.note(Code.DANGLING, f"there is no paper '{of}'", nearest(of, catalogue.papers))
        return str(of)

    def _note_targets(self, lineage: Lineage, anchor: str) -> None:
        """Note where each method stands in the drawing."""
        for member in lineage.members:
            place = member_anchor(anchor, member.paper)
            self.page.targets.append(Target(DRAWN, member.paper, member.name, self.env.docname, place, self.lineno))

    def _kinds(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Return the types of relation asked for; those that no one uses and the vocabulary lacks are noted."""
        catalogue = session_of(self.env).catalogue
        known = {*map(str, catalogue.vocabulary.relations), *(edge.type for edge in catalogue.edges)}
        for kind in wanted:
            if kind not in known:
                self.note(Code.DANGLING, f"there is no type of relation '{kind}'", nearest(kind, known))
        return wanted

    def _title(self, view: View) -> str:
        """Return the title of what is shown; empty for all surveys."""
        if view.survey is not None:
            return str(view.survey.title)
        group = session_of(self.env).catalogue.group(view.selection.target)
        return str(group.title) if group else ""


def setup_paper_lineage(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-lineage", PaperLineage)
