"""What the directives that show papers have in common: options, messages at their place, the question asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.reading.directive_rules import RULES, WITH_TEXT, Written, note_text
from sphinx_paper_table.reading.table_options import converted
from sphinx_paper_table.sphinx_host.domain import ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.query import digest
from sphinx_paper_table.survey.selection import select

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

    from sphinx_paper_table.reading.table_options import Option
    from sphinx_paper_table.sphinx_host.domain import DomainPage
    from sphinx_paper_table.survey.selection import Selection, View


class CatalogueDirective(SphinxDirective):
    """A directive that asks the catalogue; what is wrong is reported at every build, and costs only itself."""

    optional_arguments = 1
    has_content = True
    final_argument_whitespace = True
    declared: ClassVar[Mapping[str, Option]]
    """Its options; ``option_spec`` accepts any, so that a wrong one costs only itself."""
    rule: ClassVar[str] = ""
    """The name of what `reading.directive_rules` asks of it; a directive without one asks itself."""

    @property
    def page(self) -> DomainPage:
        """The share of this page in the domain."""
        return paper_domain(self.env).page(self.env.docname)

    def written(self) -> Written:
        """Return what the author has written; what is wrong with it is noted."""
        argument = self.arguments[0].strip() if self.arguments else ""
        _source, line = self.get_source_info()
        place, catalogue = self.place(line or self.lineno), session_of(self.env).catalogue
        written = Written(argument, {}, catalogue, place, self.page.problems.append)
        # docutils would drop the directive for one option that is not valid.
        written.options.update(converted(self.options, self.declared, written.note_option))
        if self.rule:
            if self.content and self.rule not in WITH_TEXT:
                note_text(self.rule, "\n".join(self.content), self.declared, written)
            RULES[self.rule](written)
        return written

    def selected(self, selection: Selection) -> View | None:
        """Return what the catalogue has; what it does not have is asked for again when it changes."""
        view = select(session_of(self.env).catalogue, selection)
        if view is None:
            self.page.views.append(ViewRecord.of(selection, "", self.lineno))
        return view

    def ways_to_parts(self, selection: Selection, *more: str) -> list[nodes.Node]:
        """Return the way to the other parts of a list that is cut; *more* says what else tells lists apart."""
        if not selection.is_part:
            return []
        whole = digest((self.name, replace(selection, years=None, letters=()), more))
        return [citations_of(self.env).part(self.env.docname, whole, selection.years, selection.letters)]

    def place(self, line: int) -> Position:
        """Return a line of this page as the place of a message."""
        source, _line = self.get_source_info()
        return Position(source or str(self.env.doc2path(self.env.docname)), line, 1)
