"""Citations in titles: contents, search and "cited on" are made of a title's text before citations are resolved."""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform

from sphinx_paper_table.citations.label_text import label_words
from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.compat.sphinxcontrib_bibtex import parse_citation_targets

_TITLES: Final = (nodes.title, nodes.subtitle, nodes.caption, nodes.rubric, nodes.term)


class SpellTitles(SphinxTransform):
    """Put labels in the place of the keys that the roles in titles hold until they are resolved.

    Ids were made of the keys while parsing, and stay. A page with such a title follows the BibTeX files.
    """

    default_priority = 840
    """After translation, and before domains and collectors read the titles (850 and later)."""

    def apply(self, **_kwargs: Any) -> None:
        """Look through all citations of the page."""
        if self.env.config.citations_compatible:
            return
        for node in self.document.findall(pending_xref):
            title = _title_of(node) if node.get("refdomain") == "cite" else None
            if title is None:
                continue
            before = title.astext()
            self._spell(node)
            for index in title.findall(addnodes.index):  # of a term in a glossary
                index["entries"] = [
                    (kind, text.replace(before, title.astext()), *rest) for kind, text, *rest in index["entries"]
                ]

    def _spell(self, node: nodes.Element) -> None:
        library, words = library_of(self.env), label_words()
        labels = []
        for key in (target.key for target in parse_citation_targets(node["reftarget"])):
            reference = library.references.get(library.aliases.get(key, key))
            labels.append(reference.label_in(words) if reference else f"{key}?")
        node.clear()
        node.append(nodes.inline("", f"[{words.comma.join(labels)}]"))
        for path in library.files:
            self.env.note_dependency(str(path), docname=self.env.docname)


def _title_of(node: nodes.Element) -> nodes.Element | None:
    current: nodes.Node | None = node.parent
    while current is not None and not isinstance(current, _TITLES):
        current = current.parent
    return current
