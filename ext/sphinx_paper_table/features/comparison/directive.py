"""The directive ``paper-compare``: two to four methods side by side, chosen by the author or by the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.citations import label_words
from sphinx_paper_table.features.comparison.files import METHODS, compare_files, former_files
from sphinx_paper_table.features.comparison.printers import build_comparison
from sphinx_paper_table.features.comparison.query import ComparisonQuery, Words
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.table_options import words
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import CHOICE, INDEX, TAG, Target, ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.outputs import FileSource, register_files
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.setting_words import setting_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.exports.site import Site

OPTIONS: Final = OF_DIRECTIVES["paper-compare"]


class PaperCompare(CatalogueDirective):
    """The methods that the argument names; without one, the reader chooses."""

    declared, rule = OPTIONS, "paper-compare"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the table as one node."""
        written = self.written()
        catalogue, names = written.catalogue, words(written.argument) if written.argument else ()
        query = ComparisonQuery(names, _words(), () if names else written.options.get("example", ()))
        comparison = query.answer(catalogue)
        linked = {("method", column.paper) for column in comparison.columns} | {(INDEX, "")}
        linked |= {(TAG, tag) for column in comparison.columns for tag, _name in column.tags}
        mark = query.fingerprint_of(comparison, catalogue)
        self.page.views.append(ViewRecord.of(query, mark, self.lineno, frozenset(linked)))
        if not names:
            paper_domain(self.env).note_target(Target(CHOICE, "", "", self.env.docname, "", self.lineno))
        if names and not comparison.columns:
            return []
        node = build_comparison(comparison)
        self.set_source_info(node)
        return [node]


def _words() -> Words:
    """Return the words of the language of the site."""
    return Words(setting_words(), label_words())


def has_chooser(app: Sphinx) -> bool:
    """Return whether readers can choose methods to compare somewhere."""
    views = (record for page in paper_domain(app.env).pages.values() for record in page.views)
    return any(isinstance(record.query, ComparisonQuery) and not record.query.papers for record in views)


def chooser_files(app: Sphinx, site: Site) -> dict[str, str]:
    """Return what the script of the chooser reads."""
    return compare_files(session_of(app.env).catalogue, site, _words()) if has_chooser(app) else {}


def setup_paper_compare(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-compare", PaperCompare)
    register_files(FileSource(METHODS, has_chooser, chooser_files, former_files))
