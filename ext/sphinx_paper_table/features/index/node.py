"""An index of methods: its node."""

from __future__ import annotations

from docutils import nodes


class paper_index(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Methods for looking up: ``by``, ``groups`` (tuple of `IndexGroup`), ``facts`` to filter by (by paper).

    Children are the texts that explain the groups, and a `paper_filter`.
    """
