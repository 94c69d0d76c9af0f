"""Shared by the commands that change an author's files: what is shown, what is written, and the words for a refusal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import SOURCE_HELP, add_inputs, add_showing
from sphinx_paper_table.cli.paths import folder
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import find_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sphinx_paper_table.editing.documents import Changes
    from sphinx_paper_table.editing.workspace import Workspace


def add_changing(parser: argparse.ArgumentParser, run: Callable[[Workspace, argparse.Namespace], str]) -> None:
    """Let a command change the files of a project; *run* makes the edits and returns what it has done, in a line."""
    parser.add_argument("--source", type=folder, default=Path(), help=SOURCE_HELP)
    add_inputs(parser)
    add_showing(parser)
    parser.set_defaults(run=lambda options: run_change(run, options))


def run_change(run: Callable[[Workspace, argparse.Namespace], str], options: argparse.Namespace) -> int:
    """Run a change as a whole: it is made, or shown, or refused with nothing written."""
    from sphinx_paper_table.editing.documents import EditError

    try:
        workspace = open_workspace(options)
        said = run(workspace, options)
        workspace.check()
        finish(workspace.changes, said, options)
    except EditError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return 1
    return 0


def open_workspace(options: argparse.Namespace) -> Workspace:
    """Return the files that the command line names; raises `EditError` when there is no survey among them."""
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.reading.project import read_project

    project, problems = read_project(options.source), Problems()
    surveys = find_files(project.source, options.surveys, problems) if options.surveys else project.surveys(problems)
    if not surveys:
        msg = f"{options.source}: there is no survey"
        raise EditError(msg, hint="name the source directory with --source")
    bibliographies = [path for path in options.bib or project.bibliographies(problems) if path.is_file()]
    return Workspace(project, surveys, bibliographies)


def finish(changes: Changes, said: str, options: argparse.Namespace) -> None:
    """Write the changes, or show them; raises `EditError` when they cannot be written."""
    names = [str(one.path) for one in changes.replacements() if one.before != one.after]
    if options.diff:
        sys.stdout.write(changes.diff())
        return
    if not options.dry_run:
        changes.write()
    for name in names:
        say(f"{'would change' if options.dry_run else 'changed'} {visible(name)}")
    say(visible(said))
