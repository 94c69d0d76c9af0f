"""``paper-table import``: a collection of another program becomes a survey, or joins one, or is merged again."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.paths import file_or_folder, new_file, new_folder
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.importing.formats import FORMATS, GROUPINGS
from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.importing.session import Prepared

_DESCRIPTION: Final = """\
Read a collection of papers that another program keeps, show what becomes of it, and write it: a survey, entries of the
bibliography, and in a folder without a Sphinx project a whole site. What has no place is kept in a report. Importing
again takes over what publishers have changed, adds what is new, and leaves your own words as they are.
"""
_EXAMPLES: Final = (
    "paper-table import library.bib",
    "paper-table import library.bib --to my-survey --groups keywords --dry-run",
    "paper-table import papers.ris more.ris --to my-survey --report left-over.txt",
)
_REPORT: Final = Path("import-report.txt")


def add_import_(commands: Commands) -> None:
    """Add the command."""
    formats, groupings = ", ".join(FORMATS), ", ".join(GROUPINGS)
    parser = commands.add_parser("import", description=_DESCRIPTION, examples=_EXAMPLES)
    parser.add_argument(
        "files", type=file_or_folder, nargs="+", metavar="FILE", help="what is read; several are one collection"
    )
    parser.add_argument(
        "--to", completer="surveys", default="", metavar="SURVEY", help="its id, new or known; default: of the title"
    )
    parser.add_argument("--title", default="", help="of a new survey; default: as the collection or its file is called")
    parser.add_argument(
        "--format", default="", choices=FORMATS, metavar="FORMAT", help=f"default: found out; {formats}"
    )
    parser.add_argument(
        "--groups",
        default="",
        choices=GROUPINGS,
        metavar="WHAT",
        help=f"what makes groups of BibTeX: {groupings}; default: what the file has, but no keywords",
    )
    parser.add_argument(
        "--source", type=new_folder, help="the folder of conf.py; default: here, or in docs, doc or source"
    )
    parser.add_argument(
        "--report",
        type=new_file,
        default=_REPORT,
        metavar="FILE",
        help=f"what has no place is kept in it; default: {_REPORT}",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; show the plan and the files")
    parser.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from sphinx_paper_table.editing.documents import EditError

    try:
        prepared = _prepared(options)
        _show(prepared, options)
    except EditError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return 1
    return 0


def _prepared(options: argparse.Namespace) -> Prepared:
    from sphinx_paper_table.cli.new import theme_of
    from sphinx_paper_table.editing.beginning import source_in
    from sphinx_paper_table.importing.session import Request, prepare

    folder = options.source or Path()
    source = source_in(folder)
    theme, requirements = theme_of(None) if source is None else ("", ())
    return prepare(
        Request(
            files=options.files,
            source=source,
            folder=folder,
            report=options.report,
            today=datetime.now(UTC).date().isoformat(),
            to=options.to,
            title=options.title,
            groups=options.groups,
            format=options.format,
            theme=theme,
            requirements=requirements,
        )
    )


def _show(prepared: Prepared, options: argparse.Namespace) -> None:
    """Show the plan, and carry it out or show what it would change."""
    from sphinx_paper_table.importing.report import outline

    changes = prepared.changes
    replacements = [one for one in changes.replacements() if one.before != one.after]
    if options.diff:
        sys.stdout.write(changes.diff())
        return
    say(outline(prepared.plan).rstrip())
    if not options.dry_run:
        changes.write()
    would = "would " if options.dry_run else ""
    for one in replacements:
        what = f"{would}create" if one.before is None else f"{would}change"
        say(visible(f"{what if would else f'{what}d'} {one.path}"))
    for line in prepared.by_hand:
        say(f"to do by hand: {visible(line)}")
    if not replacements:
        say("nothing to do")
