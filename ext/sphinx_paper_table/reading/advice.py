"""Hints of ``paper-table check``: not mistakes, yet worth a look. No exit code and no build tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.survey.provenance import is_of_others

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue


def advice(catalogue: Catalogue) -> Iterator[str]:
    """Yield lines ``file:line:column: text``, in the order of the records."""
    for paper in catalogue.papers.values():
        for result in paper.results:
            if result.secondary is None:
                continue
            whose = "others" if is_of_others(paper, result, catalogue) else "the authors"
            flag = str(result.secondary).lower()
            if result.secondary == (whose == "others"):
                said = f"'secondary: {flag}' repeats what the source says; leave it out"
            else:
                said = f"'secondary: {flag}' overrules the source, which seems to be that of {whose}"
            yield f"{result.source.position}: {said}"
