"""The directive ``survey-sources``: when a survey was last reviewed, and by which sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import joined, paragraph
from sphinx_paper_table.features.sources.query import SourcesQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from sphinx_paper_table.features.sources.query import Sources

OPTIONS: Final = OF_DIRECTIVES["survey-sources"]


class SurveySources(CatalogueDirective):
    """Days of review, number of publications, and the sites where numbers were read, of the survey that is named."""

    declared, rule = OPTIONS, "survey-sources"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return a paragraph for each; they are the same in every format."""
        written = self.written()
        catalogue, query = written.catalogue, SourcesQuery(written.argument)
        found = query.answer(catalogue)
        mark = "" if found is None else query.fingerprint_of(found, catalogue)
        self.page.views.append(ViewRecord.of(query, mark, self.lineno))
        return [] if found is None else list(_paragraphs(found))


def _paragraphs(sources: Sources) -> Iterator[nodes.Node]:
    facts = [(_("Entries"), str(sources.entries))]
    if sources.latest:
        facts.append((_("last reviewed"), sources.latest))
    if sources.oldest != sources.latest:
        facts.append((_("oldest review of an entry"), sources.oldest))
    facts.append((_("publications cited"), str(sources.publications)))
    said = str(_("; ")).join(str(name) + str(_(": ")) + fact for name, fact in facts)
    yield paragraph(nodes.Text(said))
    if sources.sites:
        links = [
            [nodes.reference("", address.partition("://")[2], refuri=address), nodes.Text(f" ({count})")]
            for address, count in sources.sites
        ]
        lead = nodes.Text(str(_("Where else numbers were read, and how many")) + str(_(": ")))
        yield paragraph(lead, *joined(links, " · "))


def setup_survey_sources(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("survey-sources", SurveySources)
