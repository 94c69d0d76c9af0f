"""``paper-table format``: bring BibTeX files into one form, or say where they differ from it."""

from __future__ import annotations

import difflib
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.bibliography.settings import DIALECTS, SORTS
from sphinx_paper_table.cli.arguments import DRY_RUN_HELP
from sphinx_paper_table.cli.paths import bibtex_file
from sphinx_paper_table.cli.progress import progress
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands


def add_format(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "format",
        description="Bring BibTeX files into one form: entries in order, fields in order, a line each. No value, "
        "comment or string is lost.",
        examples=(
            "paper-table format",
            "paper-table format refs.bib --diff",
            "paper-table format refs.bib --dialect biblatex",
        ),
    )
    parser.add_argument(
        "files", type=bibtex_file, nargs="*", metavar="FILE", help="default: every .bib in this directory"
    )
    parser.add_argument("--sort", choices=SORTS, default="key", help="the order of the entries; default: key")
    parser.add_argument("--dialect", choices=DIALECTS, default="", help="rename types and fields to those of a dialect")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where something would change")
    parser.add_argument("--diff", action="store_true", help="the same, and print what would change")
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    parser.set_defaults(run=_format)


def _format(options: argparse.Namespace) -> int:
    files = options.files or sorted(Path().glob("*.bib"))
    if not files:
        sys.stderr.write("there is no .bib file here; name one\n")
        return 1
    good = [_format_file(path, options) for path in progress(files, "Formatting")]
    return 0 if all(good) else 1


def _format_file(path: Path, options: argparse.Namespace) -> bool:
    """Return whether the file is as it should be, which is what it is made, unless that is only to be looked at."""
    from sphinx_paper_table.bibliography.writer import format_bibtex, kept_as_they_are
    from sphinx_paper_table.cli.files import report

    problems = Problems()
    text = read_text(path, str(path), problems)
    if text is None:
        report(problems.sorted())
        return False
    wanted = format_bibtex(text, str(path), problems, options.sort, options.dialect)
    report(problems.sorted())
    if kept := kept_as_they_are(wanted, str(path), options.dialect):
        names = ", ".join(f"{name} ({count})" for name, count in sorted(kept.items()))
        sys.stderr.write(f"{path}: BibTeX has no name for what stays as it is: {names}\n")
    if wanted != text and (options.check or options.diff):
        _tell_difference(path, text, wanted, options)
        return False
    if wanted != text:
        if not options.dry_run:
            path.write_text(wanted, "utf-8", newline="\n")
        say(f"{'would change' if options.dry_run else 'changed'} {visible(str(path))}")
    elif not problems.sorted():
        say(f"{visible(str(path))} is in this form already")
    return not problems.sorted()


def _tell_difference(path: Path, text: str, wanted: str, options: argparse.Namespace) -> None:
    if options.diff:
        lines = text.splitlines(keepends=True), wanted.splitlines(keepends=True)
        sys.stdout.writelines(difflib.unified_diff(*lines, str(path), str(path)))
    if options.check:
        pairs = enumerate(zip_longest(text.split("\n"), wanted.split("\n")), start=1)
        line = next(line for line, (written, right) in pairs if written != right)
        sys.stderr.write(f"{path}:{line}:1: not in the form of `paper-table format`; run `paper-table format {path}`\n")
