"""Records with the present names of what they cite, are tagged with and were measured on.

Authors may write a former name, and nothing else has to know it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.entities import Group, Paper, Result, Survey
from sphinx_paper_table.survey.located import Located, position_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Item


def with_present_names(survey: Survey, catalogue: Catalogue) -> Survey:
    """Return *survey* with what *catalogue* knows former names of, under its present name."""
    if not (catalogue.former_keys or catalogue.tag_aliases or catalogue.benchmark_aliases):
        return survey
    return dataclasses.replace(
        survey,
        papers=_items(survey.papers, catalogue),
        groups=tuple(_group(group, catalogue) for group in survey.groups),
    )


def _group(group: Group, catalogue: Catalogue) -> Group:
    groups = tuple(_group(inner, catalogue) for inner in group.groups)
    return dataclasses.replace(group, papers=_items(group.papers, catalogue), groups=groups)


def _items(items: tuple[Item, ...], catalogue: Catalogue) -> tuple[Item, ...]:
    return tuple(_paper(item, catalogue) if isinstance(item, Paper) else item for item in items)


def _paper(paper: Paper, catalogue: Catalogue) -> Paper:
    cite = _names(paper.cite, catalogue.former_keys)
    tags = _names(paper.tags, catalogue.tag_aliases)
    results = tuple(_result(result, catalogue) for result in paper.results)
    if (cite, tags, results) == (paper.cite, paper.tags, paper.results):
        return paper
    return dataclasses.replace(paper, cite=cite, tags=tags, results=results)


def _names(names: tuple[Located, ...], former: Mapping[str, str]) -> tuple[Located, ...]:
    return names if former.keys().isdisjoint(names) else tuple(dict.fromkeys(_name(name, former) for name in names))


def _result(result: Result, catalogue: Catalogue) -> Result:
    source, benchmark = catalogue.former_keys, catalogue.benchmark_aliases
    if result.source not in source and result.benchmark not in benchmark:
        return result
    return dataclasses.replace(
        result, source=_name(result.source, source), benchmark=_name(result.benchmark, benchmark)
    )


def _name(name: Located, former: Mapping[str, str]) -> Located:
    return Located(former[name], position_of(name)) if name in former else name
