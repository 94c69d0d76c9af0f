"""What is still to do in surveys: what entries lack, what is old, what may have changed elsewhere.

Nothing here is wrong, so that it is no problem of `problems`: a survey is never finished. Each kind is declared once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.entities import METHOD
from sphinx_paper_table.survey.located import NOWHERE, Position, position_of
from sphinx_paper_table.survey.texts import texts
from sphinx_paper_table.survey.todo_kinds import MONTHS, Kind
from sphinx_paper_table.survey.updates import is_preprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue, Home
    from sphinx_paper_table.survey.entities import Paper

MARK: Final = re.compile(r"\b(?:TODO|FIXME|TBD)\b|待补|待写")
"""What authors write where something is to be written."""


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """One thing to do: of which *kind*, where, and a *detail* such as a date or a language."""

    survey: str
    group: str
    """The id of the innermost group; empty for what stands in none."""
    position: Position
    kind: Kind
    paper: str = ""
    name: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """What is old: *today* is a date such as "2026-11-26"."""

    today: str
    months: int = MONTHS

    @property
    def limit(self) -> str:
        """The day since when nothing is old."""
        year, month, day = (int(part) for part in self.today.split("-"))
        count = max(year * 12 + month - 1 - self.months, 12)
        return f"{count // 12:04}-{count % 12 + 1:02}-{day:02}"

    def is_old(self, date: str) -> bool:
        """Return whether a year, month or day is over and before the limit."""
        return bool(date) and date < self.limit[: len(date)]


def tasks(catalogue: Catalogue, age: Age) -> Iterator[Task]:
    """Yield what is to do in the entries of *catalogue*, in the order of the surveys."""
    measured = {catalogue.homes[paper.id].survey for paper in catalogue.papers.values() if paper.results}
    for paper in catalogue.papers.values():
        home = catalogue.homes[paper.id]
        for kind, detail in _of_paper(paper, catalogue, age, has_numbers=home.survey in measured):
            yield task_of(paper, home, kind, detail)


def task_of(paper: Paper, home: Home, kind: Kind, detail: str = "", position: Position = NOWHERE) -> Task:
    """Return a task at an entry, at its id unless a *position* is known better."""
    group = home.groups[-1] if home.groups else ""
    place = position_of(paper.id) if position == NOWHERE else position
    return Task(str(home.survey), str(group), place, kind, str(paper.id), str(paper.name), detail)


def _of_paper(paper: Paper, catalogue: Catalogue, age: Age, *, has_numbers: bool) -> Iterator[tuple[Kind, str]]:
    reference = catalogue.reference(paper)
    is_method = catalogue.kind(paper) == METHOD
    lacks: Iterable[tuple[Kind, bool]] = (
        (Kind.UNFINISHED, is_marked(paper)),
        (Kind.REFERENCE, reference is None),
        (Kind.SUMMARY, paper.summary is None),
        (Kind.TAGS, not paper.tags and bool(catalogue.vocabulary.tags)),
        (Kind.RELATIONS, is_method and not catalogue.relations_of(paper.id)),
        (Kind.RESULTS, is_method and has_numbers and not paper.results),
        (Kind.CODE, is_method and paper.links.code is None),
    )
    yield from ((kind, "") for kind, is_lacking in lacks if is_lacking)
    if paper.reviewed is not None and age.is_old(paper.reviewed):
        yield Kind.STALE, str(paper.reviewed)
    if paper.reviewed is None and age.is_old(paper.added or ""):
        yield Kind.REVIEW, str(paper.added)
    if reference is None or not is_preprint(reference) or catalogue.status(paper) is not None:
        return
    since = catalogue.published_since(paper)
    if since is not None or age.is_old(reference.first_public):
        yield Kind.PREPRINT, since.place if since else reference.first_public


def is_marked(paper: Paper) -> bool:
    """Return whether a text of *paper* says TODO."""
    return any(MARK.search(text) for text, _markup in texts(paper))
