"""Nodes as plain values: what a reference says is kept as these, which are read in a tenth of the time of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

KeptNode: TypeAlias = "str | tuple[str, str, dict[str, Any], list[Any]]"
"""A text, or an element: its name, its source, what attributes it has, and its children."""


def kept_node(node: nodes.Node) -> KeptNode:
    """Return *node* as a value; raises `ValueError` for what docutils itself does not have."""
    if type(node) is nodes.Text:
        return str(node)
    name = type(node).__name__
    if not isinstance(node, nodes.Element) or type(node) is not getattr(nodes, name, None):
        msg = f"{name} is no node of docutils"
        raise ValueError(msg)
    attributes = {key: value for key, value in node.attributes.items() if value != []}
    return name, node.rawsource, attributes, [kept_node(child) for child in node.children]


def node_of(kept: KeptNode) -> Any:
    """Return the node that was kept; changing it changes nothing else."""
    if isinstance(kept, str):
        return nodes.Text(kept)
    name, source, attributes, children = kept
    found = getattr(nodes, name)(source)
    for key, value in attributes.items():
        found[key] = list(value) if isinstance(value, list) else value
    found.extend(map(node_of, children))
    return found


def texts_in(kept: KeptNode | nodes.Element) -> Iterator[str]:
    """Yield the texts of what was kept, or of what is a node still."""
    if isinstance(kept, nodes.Element):
        yield from map(str, kept.findall(nodes.Text))
    elif isinstance(kept, str):
        yield kept
    else:
        for child in kept[3]:
            yield from texts_in(child)
