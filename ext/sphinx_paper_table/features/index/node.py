"""An index of methods: its node."""

from __future__ import annotations

from docutils import nodes


class paper_index(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """An index: ``by``, ``groups`` (tuple of `IndexGroup`), ``facts`` to filter by (by paper), and ``lines``.

    Lines are "full", "short" or, where it depends on their number, "".

    Children are the texts that explain the groups, and a `paper_filter`.
    """
