"""What the directives that show papers have in common: options, messages at their place, the question asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.table_options import converted
from sphinx_paper_table.sphinx_host.domain import ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.selection_options import FILTERS, Option
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, nearest
from sphinx_paper_table.survey.selection import Selection, View, select

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.sphinx_host.domain import DomainPage


class CatalogueDirective(SphinxDirective):
    """A directive that asks the catalogue; what is wrong is reported at every build, and costs only itself."""

    optional_arguments = 1
    final_argument_whitespace = True
    declared: ClassVar[Mapping[str, Option]]
    """Its options; ``option_spec`` accepts any, so that a wrong one costs only itself."""

    @property
    def page(self) -> DomainPage:
        """The share of this page in the domain."""
        return paper_domain(self.env).page(self.env.docname)

    def converted_options(self) -> dict[str, Any]:
        """Return the valid options; docutils would drop the directive for one that is not."""
        return converted(self.options, self.declared, partial(self.note, Code.DIRECTIVE))

    def selection(self, options: Mapping[str, Any]) -> Selection:
        """Return the question that argument and options ask."""
        target = self.arguments[0].strip() if self.arguments else ""
        return Selection(target, **{name: options[name] for name in FILTERS if name in options})

    def selected(self, selection: Selection) -> View | None:
        """Return what the catalogue has; what it does not have is noted, and asked for again when it changes."""
        catalogue = session_of(self.env).catalogue
        view = select(catalogue, selection)
        if view is None:
            kind = "group" if "#" in selection.target else "survey"
            known = catalogue.groups if kind == "group" else catalogue.surveys
            self.note(Code.DANGLING, f"there is no {kind} '{selection.target}'", nearest(selection.target, known))
            self.page.views.append(ViewRecord(selection, "", self.lineno))
        return view

    def place(self, line: int) -> Position:
        """Return a line of this page as the place of a message."""
        source, _line = self.get_source_info()
        return Position(source or str(self.env.doc2path(self.env.docname)), line, 1)

    def note(self, code: Code, message: str, hint: str = "", cause: Position | None = None) -> None:
        """Note what is wrong, at the first line of the directive."""
        _source, line = self.get_source_info()
        self.page.problems.append(Problem(self.place(line or self.lineno), code, message, hint, cause=cause))

    def note_empty(self, message: str, hint: str, target: str = "") -> None:
        """Note that there is nothing to show: as a consequence, where the survey *target*, or every one, is empty."""
        catalogue = session_of(self.env).catalogue
        survey = catalogue.survey(target.partition("#")[0])
        shown = [survey] if survey else [] if target else list(catalogue.surveys.values())
        has_papers = any(next(items_of(one), None) for one in shown)
        self.note(Code.EMPTY, message, hint, cause=shown[0].position if shown and not has_papers else None)
