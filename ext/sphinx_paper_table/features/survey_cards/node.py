"""Surveys at a glance: their node."""

from __future__ import annotations

from docutils import nodes


class paper_surveys(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Surveys at a glance: ``surveys`` (tuple of `SurveySummary`); children are their summaries."""
