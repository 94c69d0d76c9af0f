"""Where a card's links lead, looked up when it is printed: pages are known by then, and no node is spent on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from weakref import WeakKeyDictionary

from babel import Locale, UnknownLocaleError
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.compat.sphinx import address_from
from sphinx_paper_table.sphinx_host.domain import CHOICE, DRAWN, TAG, locations
from sphinx_paper_table.sphinx_host.edit_links import entry_address
from sphinx_paper_table.sphinx_host.other_sites import remote_paper

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_paper_table.sphinx_host.other_sites import RemotePaper


_WITHOUT_QUERIES: Final = ("epub", "singlehtml")
"""Builders whose pages no address with a query leads to."""


_addresses: WeakKeyDictionary[Builder, dict[tuple[str, str], str]] = WeakKeyDictionary()
"""The addresses of pages as seen from the one that is printed: cards ask for the same few."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The addresses of papers and references as seen from one page."""

    builder: Builder
    docname: str

    def paper(self, name: str) -> str:
        """Return the address of a paper's card, here or on another site, or the empty string."""
        other = self.elsewhere(name)
        return other.seen_from(self.docname) if other else self.object("method", name)

    def elsewhere(self, name: str) -> RemotePaper | None:
        """Return the paper on another site that ``SITE:ID`` names; None for an id of this site."""
        return remote_paper(self.builder.env, name)

    @property
    def prints_addresses(self) -> bool:
        """Whether readers may have no way to follow a link to another site, so that its address is printed."""
        return self.builder.name == "epub"

    def survey(self, name: str) -> str:
        """Return the address of a survey, or the empty string when no page has it."""
        return self.object("survey", name)

    def tag(self, name: str) -> str:
        """Return the address of what an index of the site says of a tag, or the empty string when there is none."""
        return self.object(TAG, name)

    def drawn(self, name: str) -> str:
        """Return the address of a paper's box in the lineage of a survey, or the empty string when none has it."""
        return self.object(DRAWN, name) if self.builder.name != "epub" else ""

    def object(self, kind: str, name: str) -> str:
        """Return the address of an object of the domain, or the empty string when no page has it."""
        target = locations(self.builder.env).get((kind, name))
        return self._uri(target.docname, target.anchor) if target else ""

    def compare(self, name: str) -> str:
        """Return the address where readers compare a paper with others, or the empty string when no page does that."""
        if self.builder.name in _WITHOUT_QUERIES or not (uri := self.object(CHOICE, "")):
            return ""
        return f"{uri.partition('#')[0]}?m={quote(name)}"

    def entry(self, name: str) -> str:
        """Return where the entry of a paper can be edited, or the empty string."""
        return entry_address(self.builder.env, name)

    def cite(self, key: str) -> str:
        """Return the address of a reference, or the empty string when no bibliography lists it."""
        place = citations_of(self.builder.env).target(key, self.docname)
        return self._uri(place.docname, place.anchor) if place else ""

    def file(self, address: str) -> str:
        """Return the address of a file that the site publishes, or the empty string where nothing is published."""
        if not isinstance(self.builder, StandaloneHTMLBuilder) or self.builder.name == "epub":
            return ""
        return address_from(self.builder.get_target_uri(self.docname), address)

    def language(self, code: str) -> str:
        """Return the name of another language than the page's, in the page's; empty for its own or an unknown one."""
        own = str(self.builder.config.language).replace("-", "_")
        if not code or code.partition("-")[0] == own.partition("_")[0]:
            return ""
        try:
            return str(Locale.parse(code, sep="-").get_display_name(own) or "")
        except (UnknownLocaleError, ValueError):
            return ""

    def label(self, key: str) -> str:
        """Return the author–year label of a reference."""
        return citations_of(self.builder.env).label(key)

    def _uri(self, docname: str, anchor: str) -> str:
        if docname == self.docname:
            return f"#{anchor}"
        known = _addresses.setdefault(self.builder, {})
        if (uri := known.get((self.docname, docname))) is None:
            if known and next(iter(known))[0] != self.docname:
                known.clear()  # pages are printed one after the other
            uri = known[self.docname, docname] = self.builder.get_relative_uri(self.docname, docname)
        return _without_page(f"{uri}#{anchor}" if anchor else uri)


def _without_page(uri: str) -> str:
    """Return singlehtml's ``#document-PAGE#ANCHOR``, which no browser finds, as ``#ANCHOR``."""
    is_double = uri.startswith("#document-") and uri.count("#") > 1
    return f"#{uri.rpartition('#')[2]}" if is_double else uri


def fix_single_page(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Fix the links of roles in singlehtml; Sphinx 9 no longer does (``fix_refuris``)."""
    if app.builder.name == "singlehtml":
        for reference in doctree.findall(nodes.reference):
            if "refuri" in reference:
                reference["refuri"] = _without_page(reference["refuri"])


def setup_links(app: Sphinx) -> None:
    """Connect."""
    app.connect("doctree-resolved", fix_single_page)
