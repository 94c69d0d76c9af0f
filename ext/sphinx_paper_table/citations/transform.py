"""Bibliography placeholders to citation nodes, for the entries that are listed and in one pass.

The stock transform (2.7, priority 5) looks through all citations for each placeholder, and through all references for
each entry. This one runs before it and leaves it nothing to do; what it makes is the same.

A page of a thousand references has twenty thousand nodes, and some twenty transforms that each visit all of them. On
pages for browsers, where none has anything to do in a reference, what it says is therefore made when it is printed, one
reference after the other (see `said_later`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.citations.latex_lists import KEPT
from sphinx_paper_table.citations.reference_text import spell_formulas
from sphinx_paper_table.citations.said_later import WITHOUT_FORMULAS, Sayings
from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.compat.sphinxcontrib_bibtex import (
    BibliographyKey,
    bibliography,
    next_enumerated,
    node_text_transform,
)

if TYPE_CHECKING:
    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.listed import Listed
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyValue

_PAGES: Final = frozenset({"html", "dirhtml"})
_WAITING: Final = "waiting"
"""The attribute of a reference with what it will say."""


class FillBibliographies(SphinxPostTransform):
    """Fill the placeholders of a document."""

    default_priority = 4
    """Before the stock transform (5), and so before references are resolved (10)."""

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder by its entries; footnotes have been filled while reading, for whatever builder."""
        if application_of(self.env).builder.format in WITHOUT_FORMULAS:
            for note in self.document.findall(nodes.footnote):
                if note.get("footcite"):
                    spell_formulas(note)
        found = list(self.document.findall(bibliography))
        if not found:
            return
        domain = cast("CitationDomain", self.env.get_domain("cite"))
        backrefs = _backrefs(domain, {node["docname"] for node in found})
        keys = [BibliographyKey(docname=node["docname"], id_=node["ids"][0]) for node in found]
        is_book = application_of(self.env).builder.format == "latex" and not self.env.config.citations_compatible
        if is_book:
            domain.note_printed(keys)
        for node, key in zip(found, keys, strict=True):
            entries = self._entries(domain, key, backrefs)
            if is_book and isinstance(entries, nodes.container):
                entries[KEPT] = [id_ for entry in entries.findall(nodes.citation) for id_ in entry["ids"]]
            node.replace_self(entries if entries is not None else nodes.target())
        if application_of(self.env).builder.name not in _PAGES:
            _say(self.document, domain)

    def _entries(
        self,
        domain: CitationDomain,
        key: BibliographyKey,
        backrefs: dict[tuple[str, str], list[str]],
    ) -> nodes.Element | None:
        value = domain.bibliographies[key]
        listed = [entry for entry in domain.listings.of(key) if domain.printed(entry) is entry]
        if not listed:
            return None
        holder = self._holder(value, len(listed))
        for entry in listed:
            node = self._entry(entry, backrefs.get((key.docname, entry.key), []))
            node["docname"] = key.docname
            holder.append(node)
        return holder

    def _holder(self, value: BibliographyValue, count: int) -> nodes.Element:
        """Return the empty list of *count* references."""
        if value.list_ == "enumerated":
            return nodes.enumerated_list(enumtype=value.enumtype, start=next_enumerated(self.env, value.start, count))
        return nodes.bullet_list() if value.list_ == "bullet" else nodes.container()

    @staticmethod
    def _entry(listed: Listed, backrefs: list[str]) -> nodes.Element:
        if listed.list_ != "citation":
            return nodes.list_item("", ids=[listed.citation_id], **{_WAITING: listed})
        node = nodes.citation("", ids=[listed.citation_id], **{_WAITING: listed})
        if backrefs:
            node["backrefs"] = backrefs
        label = nodes.label("", listed.label, support_smartquotes=False)
        node_text_transform(label)
        node += label
        return node


class FillReferences(SphinxPostTransform):
    """Let the references of a page for browsers say what they do when they are printed."""

    default_priority = 890
    """Behind all but what closes up Chinese (900)."""

    def run(self, **_kwargs: Any) -> None:
        """Look for references that wait, on a page that has a list."""
        domain = cast("CitationDomain", self.env.get_domain("cite"))
        if not domain.bibliographies_on(self.env.docname):
            return
        sayings = Sayings(domain)
        for node in _waiting(self.document):
            listed: Listed = node.attributes.pop(_WAITING)
            if isinstance(node, nodes.citation):
                node.append(sayings.later(listed))
            else:  # docutils looks into the items of a list before it prints the list
                node.extend(sayings.of(listed))


def _say(document: nodes.document, domain: CitationDomain) -> None:
    """Put into each reference of *document* that waits for it what it says."""
    if waiting := _waiting(document):
        sayings = Sayings(domain)
        for node in waiting:
            node.extend(sayings.of(node.attributes.pop(_WAITING)))


def _waiting(document: nodes.document) -> list[nodes.Element]:
    return [node for node in document.findall(nodes.Element) if _WAITING in node.attributes]


def _backrefs(domain: CitationDomain, docnames: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return the ids of the references to each key on the pages themselves."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for docname in docnames:
        for reference in domain.references_of(docname):
            for key in {target.key for target in reference.targets}:
                found[docname, key].append(reference.citation_ref_id)
    return found
