"""Records with the present keys of what they cite: authors may write a former one, and nothing else has to know it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.entities import Group, Paper, Result, Survey
from sphinx_paper_table.survey.located import Located, position_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.entities import Item


def with_present_keys(survey: Survey, former: Mapping[str, str]) -> Survey:
    """Return *survey* with what *former*, former keys with the present ones, says in ``cite`` and ``source``."""
    if not former:
        return survey
    return dataclasses.replace(
        survey,
        papers=_items(survey.papers, former),
        groups=tuple(_group(group, former) for group in survey.groups),
    )


def _group(group: Group, former: Mapping[str, str]) -> Group:
    groups = tuple(_group(inner, former) for inner in group.groups)
    return dataclasses.replace(group, papers=_items(group.papers, former), groups=groups)


def _items(items: tuple[Item, ...], former: Mapping[str, str]) -> tuple[Item, ...]:
    return tuple(_paper(item, former) if isinstance(item, Paper) else item for item in items)


def _paper(paper: Paper, former: Mapping[str, str]) -> Paper:
    if former.keys().isdisjoint((*paper.cite, *(result.source for result in paper.results))):
        return paper
    cite = tuple(dict.fromkeys(_key(key, former) for key in paper.cite))
    return dataclasses.replace(paper, cite=cite, results=tuple(_result(result, former) for result in paper.results))


def _result(result: Result, former: Mapping[str, str]) -> Result:
    return dataclasses.replace(result, source=_key(result.source, former))


def _key(key: Located, former: Mapping[str, str]) -> Located:
    return Located(former[key], position_of(key)) if key in former else key
