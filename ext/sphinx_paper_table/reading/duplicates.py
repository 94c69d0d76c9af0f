"""What stands twice in a list of a record: nobody means it, and readers would be shown it twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.located import position_of
from sphinx_paper_table.survey.problems import Code, Problems, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.entities import Paper


def check_duplicates(paper: Paper, problems: Problems) -> None:
    """Note each item of a list of *paper* that equals one before it, once for all that do."""
    for what, items in _lists(paper):
        seen: Counter[str] = Counter()
        for item in items:
            seen[item] += 1
            if seen[item] == 2:  # noqa: PLR2004 (the first that is too many)
                message = f"the {what} '{item[:40]}' stands twice"
                problems.add(Code.BAD_VALUE, message, position_of(item), "remove one of them", Severity.WARNING)


def _lists(paper: Paper) -> Iterator[tuple[str, Iterable[str]]]:
    yield "tag", paper.tags
    yield "cite key", paper.cite
    yield "former id", paper.aliases
    yield "point", paper.points
    for kind, relations in paper.relations.items():
        yield f"relation '{kind}' to", (relation.to for relation in relations)
