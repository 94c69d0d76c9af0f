"""What is to do: its node."""

from __future__ import annotations

from docutils import nodes


class paper_todo(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """What is to do: ``sections`` (tuple of `TodoSection`)."""
