"""``paper-table update``: what has become of papers and code since somebody wrote of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import SOURCE_HELP, add_inputs, add_workflow
from sphinx_paper_table.cli.exit_codes import Exit
from sphinx_paper_table.cli.paths import folder
from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands


def add_update(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "update",
        description="Ask services about the papers of the surveys: which preprints were published, which papers were "
        "withdrawn or retracted, which code has moved. Shows what would change, and writes with --write: the "
        "publisher's fields of entries and addresses of code, nothing that you have written. What was learnt goes into "
        "a dated file, which builds read without asking anybody.",
        examples=(
            "paper-table update --source docs",
            "paper-table update --source docs --write",
            "paper-table update --source docs --record moco-v1 simclr",
            "paper-table update --source docs --workflow github",
        ),
    )
    parser.add_argument(
        "names", nargs="*", completer="papers", metavar="NAME", help="ids of papers or cite keys; default: all papers"
    )
    parser.add_argument("--source", type=folder, default=Path(), help=SOURCE_HELP)
    add_inputs(parser)
    parser.add_argument("--write", action="store_true", help="write the changes, and the file with what was learnt")
    parser.add_argument("--record", action="store_true", help="write only the file with what was learnt")
    parser.add_argument("--offline", action="store_true", help="ask nobody; use what services have said before")
    parser.add_argument("--mailto", default="", metavar="ADDRESS", help="a mail address for the services to reach you")
    what = "write a file for github or gitlab that runs this every month and opens a request, and do nothing else"
    add_workflow(parser, what)
    parser.set_defaults(run=_update)


def _update(options: argparse.Namespace) -> int:
    from sphinx_paper_table.cli.changing import open_workspace
    from sphinx_paper_table.cli.updating import Run
    from sphinx_paper_table.editing.documents import EditError

    try:
        if options.workflow:
            return _write_workflow(options)
        workspace = open_workspace(options)
        return Run(workspace, options).run()
    except EditError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return Exit.PROBLEM


def _write_workflow(options: argparse.Namespace) -> int:
    from sphinx_paper_table.editing.workflows import workflow

    changes, said = workflow(options.workflow, options.source)
    changes.write()
    for path in changes.new:
        sys.stdout.write(f"created {visible(str(path))}\n")
    sys.stdout.write(f"{said}\n")
    return Exit.GOOD
