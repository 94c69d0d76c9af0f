"""The directive ``paper-lineage``: who follows whom in a survey, on an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.host.directive import CatalogueDirective
from sphinx_paper_table.host.domain import LINEAGE, ViewRecord
from sphinx_paper_table.host.selection_options import FILTERS, Option, accepting, words
from sphinx_paper_table.host.session import session_of
from sphinx_paper_table.model.fingerprint import digest
from sphinx_paper_table.model.lineage import lineage_of
from sphinx_paper_table.model.problems import Code, nearest
from sphinx_paper_table.nodes.elements import paper_lineage
from sphinx_paper_table.nodes.layout import unique_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.model.selection import View

_FILTERS: Final = {key: option for key, option in FILTERS.items() if key != "sort"}
OPTIONS: Final[dict[str, Option]] = {
    "relations": Option(
        words,
        "Only these types of relation, by their ids. Without it: all that read differently in their two directions.",
    ),
    **_FILTERS,
}
"""What may stand below the directive's first line; the order is always that of time."""


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
        kinds = self._kinds(options.get("relations", ()))
        found = lineage_of(view, catalogue, kinds)
        linked = frozenset(("method", member.paper) for member in found.members)
        form = f"{LINEAGE}{' '.join(kinds)}"
        self.page.views.append(ViewRecord(view.selection, digest(found), self.lineno, linked, form=form))
        if not found.members:
            self.note(Code.EMPTY, "the lineage is empty", "no paper fits all of its options; loosen or remove one")
            return []
        anchor = unique_id(self.state.document, f"lineage-{view.selection.target.replace('#', '-') or 'all'}")
        node = paper_lineage("", lineage=found, title=self._title(view), anchor=anchor)
        self.set_source_info(node)
        return [node]

    def _kinds(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Return the types of relation asked for; those that no one uses and the vocabulary lacks are noted."""
        catalogue = session_of(self.env).catalogue
        known = {*map(str, catalogue.vocabulary.relations), *(edge.type for edge in catalogue.edges)}
        for name in wanted:
            if name not in known:
                self.note(Code.DANGLING, f"there is no type of relation '{name}'", nearest(name, known))
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
