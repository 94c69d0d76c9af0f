"""Lists of references stand in a book where its sources have them.

Sphinx gathers all of them at the end, below a heading of LaTeX's own, and leaves the pages that had them empty.
"""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.compat.sphinx import thebibliography

KEPT: Final = "references"
"""The attribute of a list with the ids of its entries."""
BARE: Final = (
    r"\begingroup\makeatletter\let\clearpage\relax\let\cleardoublepage\relax\def\chapter*#1{}\def\section*#1{}"
    r"\def\addcontentsline#1#2#3{}\let\@mkboth\@gobbletwo\makeatother"
)
"""LaTeX, for a list without the heading that it brings: the page has one."""


class ReferencesInPlace(SphinxPostTransform):
    """Puts the entries that Sphinx has gathered back into their lists."""

    default_priority = 751
    """Behind Sphinx's ``BibliographyTransform`` (750)."""
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Fill the lists; what belongs to none of them stays at the end."""
        gathered = {id_: entry for entry in self.document.findall(nodes.citation) for id_ in entry["ids"]}
        for holder in [node for node in self.document.findall(nodes.container) if KEPT in node]:
            entries = [gathered[id_] for id_ in holder[KEPT] if id_ in gathered]
            for entry in entries:
                entry.parent.remove(entry)
            if entries:
                bare, end = (nodes.raw("", f"{text}\n", format="latex") for text in (BARE, r"\endgroup"))
                holder.replace_self([bare, thebibliography("", *entries), end])
        for rest in [*self.document.findall(thebibliography)]:
            if not rest.children:
                rest.parent.remove(rest)
