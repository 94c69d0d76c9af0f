"""Nodes made of what contributors write: only addresses that may be linked stay links, whatever role made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.survey.addresses import is_linkable

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES: Final = ("refuri", "uri", "target", "href", "src")
"""Attributes of nodes that writers print as addresses."""


def unsafe_links(holder: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    """Yield every node below *holder* that leads where nothing may be linked, with the address.

    A `download_reference` becomes one later, from its target. Other targets are names, which Sphinx resolves.
    """
    for node in list(holder.findall(nodes.Element)):
        names = (*ADDRESSES, "reftarget") if isinstance(node, nodes.reference) else ADDRESSES
        for address in (node.get(name) for name in names):
            if isinstance(address, str) and not is_linkable(address):
                yield node, address
                break


def replace_node(node: nodes.Node, others: list[nodes.Node]) -> None:
    """Put *others* into the place of *node*; its own `replace_self` insists on saving its classes."""
    if node.parent is not None:
        node.parent.replace(node, others)
