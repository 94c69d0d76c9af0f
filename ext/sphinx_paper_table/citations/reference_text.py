"""The text of a reference as nodes: with links that may be, in the language that it is in."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pybtex.plugin
from docutils import nodes
from pybtex.style import FormattedEntry

from sphinx_paper_table.bibliography.formulas import unicode_formula
from sphinx_paper_table.citations.unsafe_links import replace_node, unsafe_links
from sphinx_paper_table.survey.addresses import scheme_of
from sphinx_paper_table.survey.cjk_spacing import has_wide

if TYPE_CHECKING:
    from pybtex.backends import BaseBackend
    from pybtex.richtext import BaseText

_OTHER_SCRIPTS: Final = re.compile(r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of Greek, Cyrillic, Chinese and all scripts but the Latin."""


@cache
def _backend() -> BaseBackend:
    """Return what makes nodes of texts; see `style_of` for the cost of asking."""
    backend: BaseBackend = pybtex.plugin.find_plugin("pybtex.backends", "docutils")()
    return backend


def reference_paragraph(text: BaseText) -> nodes.Element:
    """Return the text of a reference as nodes.

    Reading the files has reported the addresses that must not be linked; here it does not matter what
    a style makes of a field.
    """
    found: nodes.Element = _backend().paragraph(FormattedEntry("", text))
    for node, _address in unsafe_links(found):
        replace_node(node, node.children)
    for link in list(found.findall(nodes.reference)):
        if not scheme_of(link.get("refuri", "")):  # "www.example.org": a page of this site is not meant
            replace_node(link, link.children)
    return found


def mark_language(paragraph: nodes.Element, language: str) -> None:
    """Say of the text of a reference that it is English, as pybtex writes it, where the page is in another language."""
    if not language.startswith("en") and not _OTHER_SCRIPTS.search(paragraph.astext()):
        paragraph["classes"].append("language-en")


def join_texts(node: nodes.Element) -> None:
    """Make one text of those that follow each other: a style leaves twenty an entry, which all that comes later sees.

    Beside wide characters they stay, as where a text ends decides which spaces go.
    """
    if not has_wide(node.astext()):
        _join_texts(node)


def _join_texts(node: nodes.Element) -> None:
    joined: list[nodes.Node] = []
    for is_text, group in groupby(node.children, lambda child: isinstance(child, nodes.Text)):
        if is_text:
            joined.append(nodes.Text("".join(map(str, group))))
        else:
            joined += group
    for child in joined:
        if isinstance(child, nodes.Element):
            _join_texts(child)
    node[:] = joined


def spell_formulas(node: nodes.Element) -> None:
    """Put readable Unicode in the place of formulas: writers of plain text print their TeX."""
    for formula in list(node.findall(nodes.math)):
        replace_node(formula, [nodes.Text(unicode_formula(formula.astext()))])
