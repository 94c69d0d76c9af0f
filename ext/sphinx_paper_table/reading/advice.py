"""Advice on what records say: not mistakes, yet worth a look. No exit code and no build tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.reading.updates import updates_advice
from sphinx_paper_table.survey.problems import Code, Problem
from sphinx_paper_table.survey.provenance import is_of_others

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue


def advice(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what could be looked at, in the order of the records."""
    yield from updates_advice(catalogue)
    for paper in catalogue.papers.values():
        for result in paper.results:
            if result.secondary is None:
                continue
            whose = "others" if is_of_others(paper, result, catalogue) else "the authors"
            said = f"'secondary: {str(result.secondary).lower()}'"
            if result.secondary == (whose == "others"):
                said, hint = f"{said} repeats what the source says", "leave it out"
            else:
                said, hint = f"{said} overrules the source, which seems to be that of {whose}", ""
            yield Problem(result.source.position, Code.SECONDARY, said, hint, Code.SECONDARY.severity)
