"""``paper-table names``: record the public names of a site, so that none of them disappears by accident."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import add_showing, add_source
from sphinx_paper_table.cli.changing import finish, open_workspace
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Code, failing

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.workspace import Workspace


def add_names(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "names",
        description="Add every name that is not recorded yet to the file of public names. No name is taken out: "
        "`paper-table check` misses those that have gone, until an alias leads on or somebody removes the line.",
        examples=("paper-table names docs", "paper-table names docs --check"),
    )
    add_source(parser)
    add_showing(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a name is not recorded, or gone")
    parser.set_defaults(run=_names)


def _names(options: argparse.Namespace) -> int:
    from sphinx_paper_table.editing.documents import EditError

    try:
        workspace = open_workspace(options)
        return _record(workspace, options)
    except EditError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return 1


def _record(workspace: Workspace, options: argparse.Namespace) -> int:
    """Add the new names; where a mistake may hide some, none is."""
    from sphinx_paper_table.cli.files import report
    from sphinx_paper_table.editing.documents import EditError, open_document
    from sphinx_paper_table.editing.names_file import edits_of
    from sphinx_paper_table.exports.names import COSTLY, names_text, public_names

    wrong = [one for one in failing(workspace.loaded.problems) if one.code in COSTLY or one.code is Code.NAME]
    report(wrong)
    if any(problem.code in COSTLY for problem in wrong):
        raise EditError("names are not recorded while surveys or bibliographies have mistakes", hint="mend them first")
    present, path = public_names(workspace.catalogue), workspace.names_file
    new = workspace.new_names(present)
    if options.check:
        for name in new:
            sys.stderr.write(f"{path}: the {name.kind} '{name.name}' is not recorded; run `paper-table names`\n")
        return 1 if new or wrong else 0
    if workspace.recorded is None:
        workspace.changes.new[path] = names_text(present)
    else:
        document = open_document(path, str(path))
        workspace.changes.add(document, edits_of(document, new))
    finish(workspace.changes, f"{len(new)} new, {len(present)} names in all", options)
    return 1 if wrong else 0
