"""A lineage: its node."""

from __future__ import annotations

from docutils import nodes


class paper_lineage(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Attributes: ``lineage`` (a `Lineage`), ``title`` of the survey, ``anchor`` that makes ids unique."""
