"""The directive ``paper-figure``: a drawing, its caption, the methods and the references that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.features.figure.node import paper_drawing, paper_shown
from sphinx_paper_table.features.figure.query import FigureQuery
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.directive_rules import drawing_in
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.anchors import key_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinx_paper_table.reading.directive_rules import Written
    from sphinx_paper_table.reading.drawings import Drawing


OPTIONS: Final = OF_DIRECTIVES["paper-figure"]


class PaperFigure(CatalogueDirective):
    """The drawing in the file that the argument names, with the content as its caption."""

    declared, rule = OPTIONS, "paper-figure"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the figure; without a drawing that can be read, its caption alone."""
        written = self.written()
        options, alt = written.options, written.options.get("alt", "")
        figure = nodes.figure("")
        self.set_source_info(figure)
        if (drawing := self._drawing(written)) is not None:
            number = self.env.new_serialno("paper-drawing")
            node = paper_drawing("", drawing=drawing, alt=alt, said={}, number=number, classes=["pt-drawing"])
            self.set_source_info(node)
            figure += node
        figure.extend(self._caption(options))
        self.options = {"name": options["name"]} if "name" in options else {}
        self.add_name(figure)
        return [figure]

    def _drawing(self, written: Written) -> Drawing | None:
        """Return the drawing; what is wrong with its file is noted there."""
        if not written.argument:
            return drawing_in(None, Path(self.env.srcdir), written)
        relative, absolute = self.env.relfn2path(written.argument)
        self.env.note_dependency(relative)
        return drawing_in(Path(absolute), Path(self.env.srcdir), written)

    def _caption(self, options: Mapping[str, Any]) -> Iterator[nodes.Node]:
        """Yield the caption, and a legend of what follows it."""
        blocks = self.parse_content_to_nodes()
        first = blocks[0] if blocks else None
        if isinstance(first, nodes.paragraph):
            del blocks[0]
            caption = nodes.caption(first.rawsource, "", *first.children)
            caption.source, caption.line = first.source, first.line
            yield caption
        shown = self._shown(options.get("methods", ()), options.get("cite", ()))
        if blocks or shown:
            yield nodes.legend("", *blocks, *shown)

    def _shown(self, methods: tuple[str, ...], cites: tuple[str, ...]) -> list[paper_shown]:
        """Return the node of the methods and references that there are."""
        catalogue = session_of(self.env).catalogue
        keys = tuple(key for key in cites if key in catalogue.references)
        query = FigureQuery(methods)
        found = query.answer(catalogue)
        linked = frozenset(("method", paper) for paper, _name in found)
        mark = query.fingerprint_of(found, catalogue)
        self.page.views.append(ViewRecord.of(query, mark, self.lineno, linked, frozenset(keys)))
        if not found and not keys:
            return []
        page = key_anchor(self.env.docname)  # builders of a single page have the figures of all
        backlink = f"figure-shows-{page}-{self.env.new_serialno('paper-figure')}"
        citations_of(self.env).note(self.env.docname, keys, self.lineno, backlink)
        return [paper_shown("", methods=found, cites=keys, anchor=backlink)]


def setup_paper_figure(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-figure", PaperFigure)
