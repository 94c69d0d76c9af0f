"""What others see of a survey: it without the sentences and details that only its own papers' cards show.

Two versions of a survey with equal faces leave everything else as it is: other surveys' cards and checks, the names and
links of the catalogue. So do two versions of a reference, for all surveys that do not name it. A field that is not
named here counts as seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.entities import Links, Paper, Survey

if TYPE_CHECKING:
    from sphinx_paper_table.survey.entities import Group, Item
    from sphinx_paper_table.survey.references import Reference


def face_of(survey: Survey) -> Survey:
    """Return *survey* without what only its own cards show; equal ones look the same to others."""
    return replace(survey, summary=None, videos=(), papers=_items(survey.papers), groups=_groups(survey.groups))


def _groups(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(
        replace(group, period=None, summary=None, papers=_items(group.papers), groups=_groups(group.groups))
        for group in groups
    )


def _items(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(_paper(item) if isinstance(item, Paper) else replace(item, note=None) for item in items)


def _paper(paper: Paper) -> Paper:
    return replace(paper, summary=None, points=(), links=Links(), videos=(), added=None, reviewed=None)


def face_of_reference(reference: Reference) -> tuple[Reference, str]:
    """Return *reference* without what only those show that name it, and its label, which stands in for it."""
    return replace(reference, title="", title_parts=(), authors=(), source=""), reference.label
