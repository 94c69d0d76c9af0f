"""``paper-table check FILE``: what is wrong in one file of a project, which is read with all that belongs to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.paths import PathError
from sphinx_paper_table.reading.bibtex_options import BIBFILES
from sphinx_paper_table.reading.conf_file import SOURCES
from sphinx_paper_table.reading.page_files import READABLE, page_files
from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.reading.project import Project
    from sphinx_paper_table.survey.problems import Problem

_MOST_ABOVE: Final = 8
"""Folders above a file in which its project is looked for."""
_HINTS: Final = {
    ".bib": f"name it in '{BIBFILES}' of conf.py",
    ".yaml": "name it in 'paper_table_surveys' of conf.py, or move it into the folder 'surveys'",
    **dict.fromkeys(READABLE, "it is no page of this project"),
}


def source_of(path: Path) -> Path:
    """Return the source directory of the project that reads the file *path*; raises `PathError` where none does."""
    wanted = path.resolve()
    nearest: Path | None = None
    for source in _projects_above(wanted):
        nearest = nearest or source
        if wanted in {other.resolve() for other in _read_by(read_project(source))}:
            return source if path.is_absolute() else Path(os.path.relpath(source))
    hint = _HINTS.get(path.suffix.lower(), "it reads surveys, bibliographies, pages and conf.py")
    where = f"the project in {os.path.relpath(nearest)} does not read this file" if nearest else "no project reads it"
    msg = f"{path}: {where}; {hint}"
    raise PathError(msg)


def _projects_above(path: Path) -> Iterator[Path]:
    """Yield the folders whose project may read *path*: those with a ``conf.py``, then those without."""
    above = path.parents[:_MOST_ABOVE]
    for folder in above:
        yield from (folder / name for name in SOURCES if (folder / name / "conf.py").is_file())
    if path.suffix.lower() in _HINTS:
        yield from above[:2]  # beside a bibliography, and above the folder of surveys


def _read_by(project: Project) -> Iterator[Path]:
    """Yield the files that a check of *project* reads."""
    problems = Problems()
    yield from (project.conf.path, project.names_file)
    yield from project.surveys(problems)
    yield from project.bibliographies(problems)
    yield from (*project.venue_lists.values(), *project.updates.values())
    yield from (page.path for page in page_files(project))


def within(path: Path, problems: Mapping[Problem, list[Problem]]) -> dict[Problem, list[Problem]]:
    """Return those of *problems* that stand in the file *path*, with what follows from them."""
    wanted = path.resolve()
    names = {problem.position.path for problem in problems}
    here = {name for name in names if name and Path(name).resolve() == wanted}
    return {problem: more for problem, more in problems.items() if problem.position.path in here}
