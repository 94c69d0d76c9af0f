"""The directive ``paper-figure``: a drawing, its caption, the methods and the references that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.features.figure.drawing import Drawing, read_drawing
from sphinx_paper_table.features.figure.node import paper_drawing, paper_shown
from sphinx_paper_table.features.figure.query import FigureQuery
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import ViewRecord
from sphinx_paper_table.sphinx_host.selection_options import Option, accepting, words
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.problems import Code, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx


def _text(value: str | None) -> str:
    if not (found := " ".join((value or "").split())):
        msg = "it needs a text"
        raise ValueError(msg)
    return found


OPTIONS: Final[dict[str, Option]] = {
    "alt": Option(
        _text, "What the drawing shows, for those who do not see it. **Required.** It is plain text, and translated."
    ),
    "methods": Option(words, "The methods that it shows, by their ids: links below the caption."),
    "cite": Option(words, "What it was drawn after, by cite keys: references below the caption."),
    "name": Option(_text, "The name by which `{ref}` and `{numref}` link to it."),
}
"""What may stand below the directive's first line."""


class PaperFigure(CatalogueDirective):
    """The drawing in the file that the argument names, with the content as its caption."""

    declared = OPTIONS
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the figure; without a drawing that can be read, its caption alone."""
        options = self.converted_options()
        alt = options.get("alt", "")
        if not alt:
            self.note(Code.DIRECTIVE, "the drawing has no text alternative", "say in the option 'alt' what it shows")
        figure = nodes.figure("")
        self.set_source_info(figure)
        if (drawing := self._drawing()) is not None:
            number = self.env.new_serialno("paper-drawing")
            node = paper_drawing("", drawing=drawing, alt=alt, said={}, number=number, classes=["pt-drawing"])
            self.set_source_info(node)
            figure += node
        figure.extend(self._caption(options))
        self.options = {"name": options["name"]} if "name" in options else {}
        self.add_name(figure)
        return [figure]

    def _drawing(self) -> Drawing | None:
        """Return the drawing; what is wrong with its file is noted there."""
        name = self.arguments[0].strip() if self.arguments else ""
        if not name:
            self.note(Code.DIRECTIVE, "no drawing is named", "write the name of an SVG file behind the directive")
            return None
        relative, absolute = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        path, root = Path(absolute), Path(self.env.srcdir).resolve()
        try:
            if not path.resolve().is_relative_to(root):
                hint = "move it there; pages show only what the project has"
                self.note(Code.UNREADABLE, f"'{name[:80]}' is no file of the source directory", hint)
                return None
            source = path.read_bytes()
        except (OSError, ValueError) as error:
            known = (near.name for near in path.parent.glob("*.svg"))
            reason = getattr(error, "strerror", "") or str(error)
            self.note(
                Code.UNREADABLE, f"the drawing '{name[:80]}' cannot be read ({reason})", nearest(path.name, known)
            )
            return None
        drawing, problems = read_drawing(source, str(path))
        self.page.problems.extend(problems)
        return drawing

    def _caption(self, options: dict[str, Any]) -> Iterator[nodes.Node]:
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
        """Return the node of methods and references; those that there are not are noted."""
        catalogue = session_of(self.env).catalogue
        for name in methods:
            if catalogue.paper(name) is None:
                self.note(Code.DANGLING, f"there is no paper '{name}'", nearest(name, catalogue.papers))
        keys = tuple(key for key in cites if key in catalogue.references)
        for key in cites:
            if key not in keys:
                self.note(Code.UNKNOWN_CITATION, f"there is no reference '{key}'", nearest(key, catalogue.references))
        query = FigureQuery(methods)
        found = query.answer(catalogue)
        linked = frozenset(("method", paper) for paper, _name in found)
        mark = query.fingerprint_of(found, catalogue)
        self.page.views.append(ViewRecord(query, mark, self.lineno, linked, frozenset(keys)))
        if not found and not keys:
            return []
        backlink = f"figure-shows-{self.env.new_serialno('paper-figure')}"
        citations_of(self.env).note(self.env.docname, keys, self.lineno, backlink)
        return [paper_shown("", methods=found, cites=keys, anchor=backlink)]


def setup_paper_figure(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-figure", PaperFigure)
