"""``paper-table rename``: another name for whatever has one, wherever it stands."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.changing import add_changing
from sphinx_paper_table.editing.kinds import KINDS

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.workspace import Workspace


def add_rename(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rename",
        description="Change a name in surveys, vocabulary, bibliography, pages and translations, and keep the old one "
        "as an alias if it was published.",
        examples=(
            "paper-table rename moco momentum-contrast",
            "paper-table rename ssl#giants ssl#two-giants",
            "paper-table rename he2019momentum he2019contrast",
        ),
    )
    parser.add_argument("old", completer="every_name", help="the present name; that of a group is SURVEY#GROUP")
    parser.add_argument("new", help="the new name")
    parser.add_argument("--kind", choices=KINDS, default="", help="what OLD is, where it is the name of several things")
    parser.add_argument(
        "--alias",
        action=BooleanOptionalAction,
        help="keep OLD as an alias, or not; default: keep it if it was published",
    )
    add_changing(parser, _rename)


def _rename(workspace: Workspace, options: argparse.Namespace) -> str:
    from sphinx_paper_table.editing.renaming import Renaming, kind_of_name

    kind = kind_of_name(options.old, workspace.catalogue, options.kind)
    renaming = Renaming(workspace, kind, options.old, options.new, options.alias)
    renaming.run()
    return f"the {kind} '{options.old}' is now '{renaming.new}'"
