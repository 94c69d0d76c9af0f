"""What references say, as nodes: put into the doctree of a book, and made for a page when it is printed.

A reference has some twenty nodes, 12 kB, and a page may have ten thousand references. In the doctree of a page each
therefore is one node, which has the nodes of one reference at a time printed as if they were there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from docutils import nodes

from sphinx_paper_table.citations.kept_nodes import texts_in
from sphinx_paper_table.citations.printed import Printing, save_printed
from sphinx_paper_table.citations.reference_extras import ReferenceExtras
from sphinx_paper_table.citations.reference_text import join_texts, mark_language, spell_formulas
from sphinx_paper_table.compat.sphinx import application_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.listed import Listed

WITHOUT_FORMULAS: Final = frozenset({"text", "man", "texinfo"})
"""Formats whose writers print the TeX of formulas."""
_finishers: WeakKeyDictionary[Sphinx, Callable[[Sequence[nodes.Element]], None]] = WeakKeyDictionary()


def finish_references(app: Sphinx, finish: Callable[[Sequence[nodes.Element]], None]) -> None:
    """Let *finish* change what is said in a reference on a page: post-transforms do not see it."""
    _finishers[app] = finish


class said_later(nodes.paragraph):  # noqa: N801 (docutils names node classes in lower case)
    """What a reference on a page says: ``listed`` by ``sayings``. For all that look for texts it is a paragraph."""


class Sayings:
    """What references say in the output of a build."""

    def __init__(self, domain: CitationDomain) -> None:
        """Prepare what is the same for all references."""
        app = application_of(domain.env)
        self._domain = domain
        self._printing: Printing | None = None
        self._language = domain.env.config.language
        self._is_plain = app.builder.format in WITHOUT_FORMULAS
        self._extras = ReferenceExtras(domain, app.builder)
        self._finish = _finishers.get(app)

    def of(self, listed: Listed) -> list[nodes.Node]:
        """Return what a reference says, and what is shown beside that."""
        text = listed.formatted.node()
        mark_language(text, self._language)
        if self._is_plain:
            spell_formulas(text)
            join_texts(text)
        return [text, *(self._extras.of(listed) if listed.list_ == "citation" else self._extras.notes_on(listed))]

    def print(self, translator: HTML5Translator, node: said_later) -> None:
        """Print what a reference says on a page where *node* stands."""
        listed: Listed = node["listed"]
        if self._printing is None:
            self._printing = Printing(self._domain.env, translator, listed.bibliography_key.docname)
        holder: nodes.Element = node.parent
        place = holder.index(node)

        def say() -> list[nodes.Element]:
            said = [part for part in self.of(listed) if isinstance(part, nodes.Element)]
            if self._finish:
                self._finish(said)
            holder[place:] = said
            return said

        self._printing.add(
            (listed.content, listed.source.style, listed.source.as_stock, *self._extras.made_of(listed)), say
        )
        holder[place:] = [node]

    def later(self, listed: Listed) -> said_later:
        """Return what stands for all that on a page, with its words."""
        notes = (note.astext() for note in self._extras.notes_on(listed))
        words = "".join(texts_in(listed.formatted.paragraph)), *notes, *self._extras.words_on_mentions(listed)
        return said_later("", nodes.Text("\n".join(words)), listed=listed, sayings=self)


def visit_said(self: HTML5Translator, node: said_later) -> None:
    """Print what a reference says where the node stands."""
    sayings: Sayings = node["sayings"]
    sayings.print(self, node)
    raise nodes.SkipNode


def setup_said_later(app: Sphinx) -> None:
    """Register the node, and keep what was printed."""
    app.add_node(said_later, html=(visit_said, None))
    app.connect("build-finished", save_printed)
