"""The text of a reference as nodes: with links that may be, in the language that it is in."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final

import pybtex.plugin
from docutils import nodes
from pybtex.backends import BaseBackend
from pybtex.style import FormattedEntry

from sphinx_paper_table.bibliography.formulas import unicode_formula
from sphinx_paper_table.citations.kept_nodes import kept_node, texts_in
from sphinx_paper_table.citations.unsafe_links import replace_node, unsafe_links
from sphinx_paper_table.survey.addresses import is_linkable, scheme_of
from sphinx_paper_table.survey.cjk_spacing import has_wide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.richtext import BaseText

    from sphinx_paper_table.citations.kept_nodes import KeptNode

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


class _KeptBackend(BaseBackend):  # type: ignore[misc]  # pybtex has no types
    """Makes what `kept_node` makes of the nodes of docutils' backend, with texts joined and links that may be."""

    RenderType: Final = list

    @property
    def symbols(self) -> dict[str, list[KeptNode]]:
        """What stands for dashes and spaces."""
        return {name: [*map(str, found)] for name, found in _backend().symbols.items()}

    def format_str(self, text: str) -> list[KeptNode]:
        """Return a text."""
        return [text]

    def format_tag(self, name: str, text: list[KeptNode]) -> list[KeptNode]:
        """Return emphasis and its like."""
        kind = _backend().tags.get(name)
        return [(kind.__name__, "", {}, text)] if kind else text

    def format_href(self, url: str, text: list[KeptNode], external: bool = False) -> list[KeptNode]:  # noqa: FBT001, FBT002 (pybtex's signature)
        """Return a link, or its text where nothing may be linked."""
        return [("reference", "", {"refuri": url}, text)] if is_linkable(url) and scheme_of(url) else text

    def render_sequence(self, rendered: Iterable[list[Any]]) -> list[KeptNode]:
        """Return what was rendered, one after the other."""
        joined: list[KeptNode] = []
        for part in chain.from_iterable(rendered):
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif isinstance(part, nodes.math):
                joined.append(kept_node(part))
            elif isinstance(part, nodes.Node):
                msg = "a text of a project's own class makes a node"
                raise ValueError(msg)
            else:
                joined.append(part)
        return joined


_kept_backend: Final = _KeptBackend()


def kept_reference(text: BaseText) -> KeptNode:
    r"""Return the text of a reference as kept nodes, in a third of the time that nodes take.

    Raises `ValueError` where it takes nodes: for texts that make some themselves, beside wide characters (see
    `join_texts`), and for a ``\url`` that a style has left.
    """
    found: KeptNode = ("paragraph", "", {}, text.render(_kept_backend))
    said = "".join(texts_in(found))
    if "\\url" in said or has_wide(said):
        msg = "this takes nodes"
        raise ValueError(msg)
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
