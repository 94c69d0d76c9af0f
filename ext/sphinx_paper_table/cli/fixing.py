"""``paper-table check --fix`` and ``--diff``: what can be corrected safely, written or shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.files import read_source
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.editing.fixing import Fixer
from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.store.replacing import replace_files
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import find_files

if TYPE_CHECKING:
    import argparse


def fix(options: argparse.Namespace) -> int | None:
    """Correct the files, or show how; return the exit code when nothing is left to be checked."""
    fixer = Fixer(lambda: read_source(options), options.alone)
    project, unread = read_project(options.source), Problems()
    bibliographies = options.bib or project.bibliographies(unread)
    surveys = find_files(project.source, options.surveys, unread) if options.surveys else project.surveys(unread)
    fixer.run((path for path in bibliographies if path.is_file()), surveys)
    for problem in fixer.left_alone:
        message = f"{problem.position}: left as it is: its correction would make a new problem [{problem.code}]"
        sys.stderr.write(f"{visible(message)}\n")
    replacements = fixer.replacements()
    if options.diff:
        sys.stdout.write(fixer.diff())
        return 1 if replacements else 0
    if options.dry_run:
        for one in replacements:
            say(f"would correct {visible(str(one.path))}")
        return 1 if replacements else 0
    try:
        replace_files(replacements)
    except OSError as error:
        sys.stderr.write(f"{visible(str(error))}; nothing was written\n")
        return 1
    for one in replacements:
        sys.stderr.write(f"corrected {visible(str(one.path))}\n")
    return None
