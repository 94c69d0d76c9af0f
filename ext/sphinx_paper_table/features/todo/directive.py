"""The directive ``paper-todo``: what is missing, old or unfinished, for those who write a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.features.todo.node import paper_todo
from sphinx_paper_table.features.todo.query import TodoQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.todo import Scope
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.survey.todo_kinds import MONTHS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

OPTIONS: Final = OF_DIRECTIVES["paper-todo"]


class PaperTodo(CatalogueDirective):
    """What is to do in the survey or group that the argument names, or in all."""

    declared, rule = OPTIONS, "paper-todo"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the lists as one node."""
        written = self.written()
        query = TodoQuery(
            Scope(
                written.argument,
                tuple(kind for kind in Kind if kind in written.options.get("kinds", tuple(Kind))),
                written.options.get("months", MONTHS),
                str(self.env.srcdir),
                tuple(str(self.env.srcdir / name) for name in self.config.locale_dirs),
            ).today()
        )
        sections = query.answer(written.catalogue)
        mark = "" if sections is None else query.fingerprint_of(sections, written.catalogue)
        shown = sections or ()
        lines = (line for section in shown for group in section.groups for line in group.lines)
        linked = {("method", line.paper) for line in lines if line.paper}
        linked |= {("survey", section.survey) for section in shown}
        self.page.views.append(ViewRecord.of(query, mark, self.lineno, frozenset(linked)))
        if sections is None:
            return []
        node = paper_todo("", sections=sections)
        self.set_source_info(node)
        return [node]


def outdated_pages(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages that were made on another day, or with other translations (``env-get-outdated``)."""
    pages = [(docname, page) for docname, page in paper_domain(env).pages.items() if docname not in removed]
    found = [(docname, record.query) for docname, page in pages for record in page.views]
    return [name for name, query in found if isinstance(query, TodoQuery) and query.scope != query.scope.today()]


def setup_paper_todo(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-todo", PaperTodo)
    app.connect("env-get-outdated", outdated_pages)
