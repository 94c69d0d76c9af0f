"""Citations in titles: contents, search and "cited on" are made of a title's text before citations are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.citations.label_text import label_words
from sphinx_paper_table.citations.library import library_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

_TITLES: Final = (nodes.title, nodes.subtitle, nodes.caption, nodes.rubric, nodes.term)


def spell_citations(env: BuildEnvironment, docname: str, citations: Iterable[tuple[nodes.Element, list[str]]]) -> None:
    """Put labels in the place of the keys that the roles in titles hold until they are resolved.

    Ids were made of the keys while parsing, and stay. A page with such a title follows the BibTeX files.
    """
    for node, keys in citations:
        if not _is_in_title(node):
            continue
        library, words = library_of(env), label_words()
        labels = []
        for key in keys:
            reference = library.references.get(library.aliases.get(key, key))
            labels.append(reference.label_in(words) if reference else f"{key}?")
        node.clear()
        node.append(nodes.inline("", f"[{words.comma.join(labels)}]"))
        for path in library.files:
            env.note_dependency(str(path), docname=docname)


def _is_in_title(node: nodes.Element) -> bool:
    current: nodes.Node | None = node.parent
    while current is not None and not isinstance(current, _TITLES):
        current = current.parent
    return current is not None
