"""References in plain text and on manual pages: a label has several words, and may be longer than a line.

For text, Sphinx indents a reference by the width of its label, and stops the build where that leaves no room: labels of
works without authors are their titles. For manual pages, docutils prints the first word of a label only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.manpage import ManualPageTranslator
    from sphinx.writers.text import TextTranslator

_LONGEST: Final = 30
"""Characters of a label that stands on one line with what follows."""
_INDENT: Final = 3


def visit_citation(self: TextTranslator, node: nodes.Element) -> None:
    """Begin a reference; a long label has a line of its own."""
    label = _label(node)
    if len(label) <= _LONGEST:
        self.new_state(len(label) + len("[] "))
        return
    self.new_state(0)
    self.add_text(f"[{label}]")
    self.end_state(wrap=False, end=None)
    self.new_state(_INDENT)


def depart_citation(self: TextTranslator, node: nodes.Element) -> None:
    """End it."""
    label = _label(node)
    self.end_state(first=f"[{label}] " if len(label) <= _LONGEST else None)


def visit_citation_man(self: ManualPageTranslator, node: nodes.Element) -> None:
    """Begin a reference on a manual page: its label stands on a line of its own, where quotes are no mark-up."""
    self.body.append(".TP 5\n")
    self.visit_Text(nodes.Text(f"[{_label(node)}]"))
    self.body.append("\n")


def depart_citation_man(_self: ManualPageTranslator, _node: nodes.Element) -> None:
    """End it: what follows says itself where it stands."""


def _label(node: nodes.Element) -> str:
    return node[0].astext() if len(node) and isinstance(node[0], nodes.label) else ""


def setup_text_visitors(app: Sphinx) -> None:
    """Put these in the place of Sphinx's own."""
    app.add_node(
        nodes.citation,
        override=True,
        text=(visit_citation, depart_citation),
        man=(visit_citation_man, depart_citation_man),
    )
