"""Where each reference is cited: the page, and on it the section or whatever else names itself, such as a card.

Taken from the doctree after translation, so that pages in every language count alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Mention(NamedTuple):
    """A place that cites: the page, and the anchor and title of the part of it.

    Like `Listed` a tuple: the environment has thousands, and is unpickled at every build.
    """

    docname: str
    anchor: str
    title: str


def mention_of(node: nodes.Node, docname: str) -> Mention:
    """Return the innermost section around *node*, or an element around it that has ``cited_as = (anchor, title)``."""
    current: nodes.Node | None = node
    while current is not None:
        if isinstance(current, nodes.Element) and "cited_as" in current:
            anchor, title = current["cited_as"]
            return Mention(docname, anchor, title)
        if isinstance(current, nodes.section) and not isinstance(current.parent, nodes.document):
            title_node = current.next_node(nodes.title)
            if title_node is not None and current["ids"]:
                return Mention(docname, current["ids"][0], title_node.astext())
        current = current.parent
    return Mention(docname, "", "")


def by_page(mentions: Iterable[Mention], order: Mapping[str, int]) -> Iterator[tuple[str, list[Mention]]]:
    """Yield the pages that cite, in reading order, each with its places, each place once."""
    pages: dict[str, dict[Mention, None]] = {}
    for mention in mentions:
        pages.setdefault(mention.docname, {})[mention] = None
    for docname in sorted(pages, key=lambda name: order.get(name, len(order))):
        yield docname, [mention for mention in pages[docname] if mention.anchor]
