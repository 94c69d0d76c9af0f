"""Methods side by side: their node."""

from __future__ import annotations

from docutils import nodes


class paper_compare(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Methods side by side: ``comparison`` (a `Comparison`), without columns when readers choose them."""
