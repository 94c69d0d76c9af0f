"""What a reference shows beyond the stock package: where it is cited, and its BibTeX to copy."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from sphinx_paper_table.citations.mentions import by_page
from sphinx_paper_table.citations.sentences import PLACE, sentence
from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.compat.sphinxcontrib_bibtex import get_docnames
from sphinx_paper_table.reading.citation_options import CITATION_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.listed import Listed
    from sphinx_paper_table.citations.mentions import Mention

_ = get_translation("sphinx_paper_table")


class citation_bibtex(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """The BibTeX of a reference: ``source``."""


def visit_bibtex(self: HTML5Translator, node: nodes.Element) -> None:
    """Print it folded; the script that paper tables bring adds a button."""
    source = f'<pre tabindex="0" translate="no">{escape(node["source"])}</pre>'
    self.body.append(f'<details class="pt-bibtex"><summary>BibTeX</summary>{source}</details>\n')
    raise nodes.SkipNode


class ReferenceNotes:
    """What another extension knows of publications, for the lists that show them."""

    def digests(self, env: BuildEnvironment) -> Mapping[str, str]:
        """Return, by cite key, a text that changes with what lists show: their pages are then written again."""
        raise NotImplementedError

    def of(self, builder: Builder, docname: str, key: str) -> Sequence[nodes.Element]:
        """Return what the list on the page *docname* says of *key*, as blocks."""
        raise NotImplementedError


_notes: WeakKeyDictionary[Sphinx, ReferenceNotes] = WeakKeyDictionary()


def set_reference_notes(app: Sphinx, notes: ReferenceNotes) -> None:
    """Let lists of references have *notes*."""
    _notes[app] = notes


def digests_of_notes(env: BuildEnvironment) -> Mapping[str, str]:
    """Return the digests of the notes of this build; none where no extension has any."""
    notes = _notes.get(application_of(env))
    return notes.digests(env) if notes else {}


class ReferenceExtras:
    """Makes the extras for the references on one page."""

    def __init__(self, domain: CitationDomain, builder: Builder) -> None:
        """Prepare; the reading order of the pages is the same for all references."""
        self._domain = domain
        self._builder = builder
        config = domain.env.config
        self._shows_mentions = config.citations_cited_on
        self._shows_bibtex = config.citations_bibtex and builder.format == "html" and builder.name != "epub"
        self._notes = _notes.get(application_of(domain.env))
        self._order = reading_order(domain.env) if self._shows_mentions else {}

    def of(self, listed: Listed) -> Iterator[nodes.Node]:
        """Yield what is added below a reference."""
        yield from self.notes_on(listed)
        yield from self._cited_on(listed)
        if source := self._source(listed):
            yield citation_bibtex("", source=source)

    def made_of(self, listed: Listed) -> tuple[object, ...]:
        """Return what is added below a reference as plain values: the same values are printed the same on a page."""
        notes = [note.pformat() for note in self.notes_on(listed)]
        home = listed.bibliography_key.docname
        mentions = [
            (self._name(docname), self._builder.get_relative_uri(home, docname), places)
            for docname, places in self._mentions(listed)
        ]
        return listed.list_, notes, mentions, self._source(listed)

    def _source(self, listed: Listed) -> str:
        """Return the BibTeX that is shown of a reference; the empty string where none is."""
        if not self._shows_bibtex:
            return ""
        known = listed.source.stored.bibliography.references
        members = getattr(listed.entry, "members", ())  # a set is complete with them
        keys = listed.entry_key, *(member.key for member in members)
        return "\n\n".join(known[key].source for key in keys if key in known)

    def notes_on(self, listed: Listed) -> Iterator[nodes.Element]:
        """Yield what another extension says of a publication, in whatever kind of list."""
        if self._notes:
            yield from self._notes.of(self._builder, listed.bibliography_key.docname, listed.entry_key)

    def words_on_mentions(self, listed: Listed) -> Iterator[str]:
        """Yield the words that say where a reference is cited, if that is shown."""
        for number, (docname, places) in enumerate(self._mentions(listed)):
            if number == 0:
                yield PLACE.sub("", str(_("Cited on: {pages}")))
            yield self._name(docname)
            yield from (place.title for place in places)

    def _mentions(self, listed: Listed) -> list[tuple[str, list[Mention]]]:
        is_shown = self._shows_mentions and listed.list_ == "citation"
        return list(by_page(self._domain.mentions_of(listed.key), self._order)) if is_shown else []

    def _cited_on(self, listed: Listed) -> Iterator[nodes.Node]:
        pages = self._mentions(listed)
        if not pages:
            return
        said: list[nodes.Node] = []
        for docname, places in pages:
            said += [nodes.Text(str(_("; ")))] if said else []
            said += self._page(listed, docname, places)
        children = sentence(_("Cited on: {pages}"), pages=said)
        yield nodes.paragraph("", "", *children, classes=["cited-on"], translatable=False)

    def _page(self, listed: Listed, docname: str, places: list[Mention]) -> list[nodes.Node]:
        home = listed.bibliography_key.docname
        page = make_refnode(self._builder, home, docname, "", nodes.Text(self._name(docname)))
        said: list[nodes.Node] = []
        for place in places:
            said += [nodes.Text(str(_(", ")))] if said else []
            said.append(make_refnode(self._builder, home, docname, place.anchor, nodes.Text(place.title)))
        return sentence(_("{page} ({places})"), page=[page], places=said) if said else [page]

    def _name(self, docname: str) -> str:
        title = self._domain.env.titles.get(docname)
        return title.astext() if title is not None else docname


def reading_order(env: BuildEnvironment) -> dict[str, int]:
    """Return the place of every page in the order of the toctrees."""
    return {docname: number for number, docname in enumerate(get_docnames(env))}


def setup_reference_extras(app: Sphinx) -> None:
    """Declare the options and the node."""
    for option in CITATION_OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, option.types, option.help)
    app.add_node(citation_bibtex, html=(visit_bibtex, None))
