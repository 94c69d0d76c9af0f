"""The text of a reference as nodes: with links that may be, in the language that it is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.bibliography.formulas import unicode_formula
from sphinx_paper_table.citations.unsafe_links import replace_node, unsafe_links
from sphinx_paper_table.survey.addresses import scheme_of

if TYPE_CHECKING:
    from pybtex.style import FormattedEntry

_OTHER_SCRIPTS: Final = re.compile(r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of Greek, Cyrillic, Chinese and all scripts but the Latin."""


def reference_paragraph(backend: Any, formatted: FormattedEntry, language: str) -> nodes.Element:
    """Return the text of a reference; pybtex writes English, and pages in another *language* say so of it.

    Reading the files has reported the addresses that must not be linked; here it does not matter what
    a style makes of a field.
    """
    found: nodes.Element = backend.paragraph(formatted)
    for node, _address in unsafe_links(found):
        replace_node(node, node.children)
    for link in list(found.findall(nodes.reference)):
        if not scheme_of(link.get("refuri", "")):  # "www.example.org": a page of this site is not meant
            replace_node(link, link.children)
    if not language.startswith("en") and not _OTHER_SCRIPTS.search(found.astext()):
        found["classes"].append("language-en")
    return found


def spell_formulas(node: nodes.Element) -> None:
    """Put readable Unicode in the place of formulas: writers of plain text print their TeX."""
    for formula in list(node.findall(nodes.math)):
        replace_node(formula, [nodes.Text(unicode_formula(formula.astext()))])
