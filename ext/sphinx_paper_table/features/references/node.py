"""The bar above a long list of references: its node."""

from __future__ import annotations

from docutils import nodes


class reference_bar(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """The bar above a list of ``count`` references; ``letters`` has each letter with the id of its first reference."""
