"""The directive ``survey-header``: who wrote a survey, when it was reviewed, how long it is, how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.features.survey_header.node import paper_header
from sphinx_paper_table.features.survey_header.query import HeaderQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import HEAD, Target, ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.selection_options import accepting

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

OPTIONS: Final = OF_DIRECTIVES["survey-header"]
_NOBODY: Final = "Author name not set"
"""What Sphinx has for the author of a project that names none."""


class SurveyHeader(CatalogueDirective):
    """The head of the page of the survey that the argument names, with a bar to the parts of the page."""

    declared, rule = OPTIONS, "survey-header"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return it as one node."""
        written = self.written()
        author = str(self.config.author)
        authors = written.options.get("authors", ()) or (author.replace(_NOBODY, ""),)
        query = HeaderQuery(written.argument)
        facts = query.answer(written.catalogue)
        mark = "" if facts is None else query.fingerprint_of(facts, written.catalogue)
        self.page.views.append(ViewRecord.of(query, mark, self.lineno))
        if facts is None:
            return []
        survey = written.catalogue.surveys[facts.survey]
        for name in (survey.survey, *survey.aliases):
            is_alias = name != survey.survey
            target = Target(HEAD, str(name), facts.title, self.env.docname, "", self.lineno, is_alias)
            paper_domain(self.env).note_target(target)
        node = paper_header("", facts=facts, authors=tuple(filter(None, authors)))
        self.set_source_info(node)
        return [node]


def setup_survey_header(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("survey-header", SurveyHeader)
