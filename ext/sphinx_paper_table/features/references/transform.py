"""Where a bar stands: before each list with many references, on pages for browsers."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.features.references.node import reference_bar

if TYPE_CHECKING:
    from collections.abc import Iterable


class AddBars(SphinxPostTransform):
    """Put a bar before each list of references that is long enough."""

    default_priority = 6
    """After the lists are filled (4)."""
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Look for lists; a book has no files to take along, and its pages are short."""
        least = self.config.paper_table_reference_bar
        if not least or application_of(self.env).builder.name == "epub":
            return
        lists = dict.fromkeys(citation.parent for citation in self.document.findall(nodes.citation))
        for parent in lists:
            listed = [child for child in parent.children if isinstance(child, nodes.citation)]
            if len(listed) >= least:
                names = ((child[0].astext(), child["ids"][0]) for child in listed)  # a label, then the text
                parent.insert(parent.index(listed[0]), reference_bar("", count=len(listed), letters=letters(names)))


def letters(labels: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return each letter that *labels*, (label, id) in the order of the list, begin with, and the first id that has it.

    There are none where the list has another order, or labels that are numbers: who looks for a letter would not find
    all that it has. Accents do not count; signs of other scripts stand under one sign, where they come last.
    """
    groups = [(letter, next(group)[1]) for letter, group in groupby(labels, key=lambda label: _letter(label[0]))]
    found = [letter for letter, _id in groups]
    is_ordered = len(found) > 1 and found == sorted(dict.fromkeys(found))
    return tuple(groups) if is_ordered and not found[0].isdigit() else ()


def _letter(label: str) -> str:
    first = unicodedata.normalize("NFKD", label.strip())[:1].upper()
    return first if first.isascii() and first.isalnum() else "…"
