"""The head of a survey's page: its node."""

from __future__ import annotations

from docutils import nodes


class paper_header(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """The head of a survey's page: ``facts`` (a `SurveyFacts`) and ``authors`` (tuple of names)."""
