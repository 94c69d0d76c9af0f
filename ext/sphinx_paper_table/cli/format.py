"""``paper-table format``: bring BibTeX files into one form, or say where they differ from it.

Only what stands in entries survives, so a file with comments, @string or @preamble is refused and left as it is.
"""

from __future__ import annotations

import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.bibliography.scanner import entries_only
from sphinx_paper_table.bibliography.writer import bibtex_text
from sphinx_paper_table.cli.files import report
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.files import Commands


def add_format(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("format", help="sort and indent BibTeX files")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="default: every .bib in this directory")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where something would change")
    parser.set_defaults(run=_format)


def _format(options: argparse.Namespace) -> int:
    files = options.files or sorted(Path().glob("*.bib"))
    if not files:
        sys.stderr.write("there is no .bib file here; name one\n")
        return 1
    good = [_format_file(path, check=options.check) for path in files]
    return 0 if all(good) else 1


def _format_file(path: Path, *, check: bool) -> bool:
    """Return whether the file is as it should be, which without *check* it is made."""
    problems = Problems()
    text = read_text(path, str(path), problems)
    entries = entries_only(text or "", str(path), problems)
    if problems.sorted():
        report(problems.sorted())
        return False
    wanted = bibtex_text(entries)
    if check and wanted != text:
        line = _first_difference(text or "", wanted)
        sys.stderr.write(f"{path}:{line}:1: not in the form of `paper-table format`; run `paper-table format {path}`\n")
        return False
    if wanted != text:
        path.write_text(wanted, "utf-8", newline="\n")
    return True


def _first_difference(text: str, wanted: str) -> int:
    pairs = enumerate(zip_longest(text.split("\n"), wanted.split("\n")), start=1)
    return next(line for line, (written, right) in pairs if written != right)
