"""Surveys at a glance: their node, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A survey at a glance: *counts* are (kind, number), *text* says which child is its summary (-1: none).

    *by_year* are (year, number of methods).
    """

    survey: str
    title: str
    counts: tuple[tuple[str, str], ...]
    text: int = -1
    by_year: tuple[tuple[int, int], ...] = ()


class paper_surveys(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Surveys at a glance: ``cards`` (tuple of `SurveyCard`); children are their summaries."""
