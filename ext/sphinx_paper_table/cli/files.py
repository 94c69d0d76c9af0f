"""Shared by several commands: the files of a project, and the printing of problems."""

from __future__ import annotations

import dataclasses
import os
import sys
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.kept_report import kept_file
from sphinx_paper_table.exports.names import check_names_file
from sphinx_paper_table.reading.advice import advice
from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.reading.locale_folders import unread_catalogues
from sphinx_paper_table.reading.missing_surveys import note_missing_surveys, note_other_endings
from sphinx_paper_table.reading.options import SURVEYS
from sphinx_paper_table.reading.other_sites import MAPPING, check_without_network
from sphinx_paper_table.reading.page_checks import check_pages
from sphinx_paper_table.reading.parsed import Parsed, parsed_in
from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.survey.consequences import folded, with_causes
from sphinx_paper_table.survey.known_problems import IGNORE, SUPPRESS, without_known
from sphinx_paper_table.survey.problems import Problems, failing
from sphinx_paper_table.survey.source_files import find_files

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Looking for them among all installed packages, of which none is one, takes as long as reading a survey."""

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx_paper_table.reading.loader import LoadResult
    from sphinx_paper_table.reading.project import Project
    from sphinx_paper_table.survey.problems import Problem


def load_source(options: argparse.Namespace) -> LoadResult | None:
    """Read the files and report their problems; None when there is no survey."""
    loaded = read_source(options)
    report(folded(loaded.problems))
    return loaded if loaded.has_files else None


def read_source(options: argparse.Namespace) -> LoadResult:
    """Read the files; the problems are those that a build has, in the order in which it reports them."""
    problems = Problems()
    project = read_project(options.source)
    surveys = find_files(project.source, options.surveys, problems) if options.surveys else project.surveys(problems)
    patterns = options.surveys or project[SURVEYS]
    if surveys:
        note_other_endings(project.source, surveys, patterns, problems)
    else:
        note_missing_surveys(project.source, project.conf, patterns, problems)
    bibliographies = options.bib or project.bibliographies(problems)
    named = {str(path): path for path in surveys}, {str(path): path for path in bibliographies}
    kept = kept_file("parsed", options)
    parsed = parsed_in(kept, lambda _sentence: None) if kept else Parsed()
    loaded = load(
        *named,
        project.rules(),
        project.bibtex,
        project.venue_lists,
        source=project.source,
        updates=project.updates,
        parsed=parsed,
    )
    problems.extend(loaded.problems)
    problems.extend(
        unread_catalogues(project.conf, project.source, project["locale_dirs"], project["language"] or "en")
    )
    check_names_file(project.names_file, loaded.catalogue, problems.sorted(), problems)
    mapping = project[MAPPING]
    check_without_network(loaded.catalogue, None if project.is_unknown(MAPPING) else mapping, problems)
    of_pages = check_pages(project, loaded.catalogue, problems, parsed)
    parsed.save()
    problems.extend(advice(loaded.catalogue))
    ours = (*project.problems, *of_pages.first, *in_order(problems.sorted()), *of_pages.last)
    has_neighbours = bool(mapping)  # what a text names may be theirs: only a build knows
    unknown = unsuppressed(project, [one for one in ours if not (has_neighbours and one.missing)])
    found = tuple(with_causes(unknown))
    named = (*bibliographies, *project.venue_lists, project.names_file, *_folders_of_translations(project))
    inputs = (*map(str, named), *project.updates)
    return dataclasses.replace(loaded, problems=found, has_files=bool(surveys), inputs=inputs)


def _folders_of_translations(project: Project) -> Iterator[Path]:
    """Yield where translations into the project's language may be: whether they are there decides what is said."""
    for name in project["locale_dirs"]:
        yield project.source / str(name) / str(project["language"] or "en") / "LC_MESSAGES"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* in the order of a build, which calls files by their whole names."""
    return sorted(problems, key=lambda problem: (os.path.abspath(problem.position.path), problem))  # noqa: PTH100 (keeps `..` out, follows no link)


def unsuppressed(project: Project, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield *problems* without those that the project does not want to hear of."""
    return without_known(problems, project[IGNORE], project[SUPPRESS])


def report(problems: Iterable[Problem]) -> None:
    """Print *problems* other than advice, a line each."""
    for problem in failing(problems):
        sys.stderr.write(f"{problem} [{problem.code}]\n")
