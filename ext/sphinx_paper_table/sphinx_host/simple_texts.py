"""Texts with no mark-up but words that are emphasised or code, as most have: nodes without MyST's parser.

It takes two tenths of a millisecond a text. What is not plain to see is left to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.survey.cjk_spacing import without_spaces

if TYPE_CHECKING:
    from sphinx_paper_table.survey.located import Position

RULES: Final = frozenset({"backticks", "balance_pairs", "emphasis", "fragments_join", "text", "text_join"})
"""The rules of markdown-it that are spared; a project can switch them off (``myst_disable_syntax``)."""
_OTHER_MARKUP: Final = re.compile(r"[\\_{}\[\]<>$&!~^@|\x00\r]|https?:")
_WORDS: Final = r"\w(?:[^*`]*\w)?"
_MARKED: Final = re.compile(rf"(?:(?<=[ (])|\A)(?:\*({_WORDS})\*|\*\*({_WORDS})\*\*|`({_WORDS})`)(?=[ .,;:)?]|\Z)")


def simple_nodes(text: str, place: Position) -> list[nodes.Node] | None:
    """Return *text*, which is one line and stands at *place*, as nodes; None where the parser has to look at it."""
    if _OTHER_MARKUP.search(text):
        return None
    found: list[nodes.Node] = []
    parts = _MARKED.split(text)
    for plain, emphasis, strong, code in zip(parts[::4], *([*parts[kind::4], None] for kind in (1, 2, 3)), strict=True):
        if "*" in plain or "`" in plain:
            return None
        if plain:
            found.append(nodes.Text(without_spaces(plain)))
        if marked := emphasis or strong or code:
            kind = nodes.emphasis if emphasis else nodes.strong if strong else nodes.literal
            node = kind(marked, marked) if code else kind("", "", nodes.Text(without_spaces(marked)))
            node.source, node.line = place.path, max(place.line, 1)
            found.append(node)
    return found
