"""What is to do, as a page lists it: a line for each entry, by survey and group."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_paper_table.reading.todo import todo
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.todo_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.reading.todo import Scope
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.todo import Task


@dataclass(frozen=True, slots=True)
class TodoLine:
    """An entry, or a file without *paper*, with what is to do there as (kind, detail)."""

    paper: str
    name: str
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """The lines of a group; of what stands in none, the title is empty."""

    title: str
    lines: tuple[TodoLine, ...]


@dataclass(frozen=True, slots=True)
class TodoSection:
    """A survey with how many things are to do in how many entries."""

    survey: str
    title: str
    count: int
    papers: int
    groups: tuple[TodoGroup, ...]


@dataclass(frozen=True, slots=True)
class TodoQuery(Query[tuple[TodoSection, ...]]):
    """What is to do within *scope*."""

    scope: Scope

    def answer(self, catalogue: Catalogue) -> tuple[TodoSection, ...] | None:
        """Return the surveys with something to do; None where what is asked for does not exist."""
        target = self.scope.target
        if target and not (catalogue.survey(target) or catalogue.group(target)):
            return None
        found = todo(catalogue.original or catalogue, self.scope)
        by_survey = groupby(found, key=lambda task: task.survey)
        return tuple(_section(survey, tuple(tasks), catalogue) for survey, tasks in by_survey)


def _section(survey: str, tasks: tuple[Task, ...], catalogue: Catalogue) -> TodoSection:
    groups = groupby(tasks, key=lambda task: task.group)
    return TodoSection(
        survey,
        str(catalogue.surveys[survey].title),
        len(tasks),
        len(catalogue.residents.get(survey, ())),
        tuple(
            TodoGroup(
                str(catalogue.groups[f"{survey}#{group}"].title) if group else "", tuple(_lines(of_group, catalogue))
            )
            for group, of_group in groups
        ),
    )


def _lines(tasks: Iterable[Task], catalogue: Catalogue) -> Iterator[TodoLine]:
    """Yield a line for each entry: its tasks may stand at different places of a file, with others between them."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.paper or task.name, []).append(task)
    for of_entry in found.values():
        paper = catalogue.paper(of_entry[0].paper)
        name = str(paper.name) if paper else of_entry[0].name
        kinds = sorted((list(Kind).index(task.kind), str(task.kind), task.detail) for task in of_entry)
        yield TodoLine(of_entry[0].paper, name, tuple((kind, detail) for _place, kind, detail in kinds))
