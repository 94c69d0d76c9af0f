"""``paper-table move``: a record in another group or survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.cli.changing import add_changing

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.workspace import Workspace


def add_move(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "move",
        description="Move a record with its comments and translations. Its id, and all links to it, stay.",
        examples=(
            "paper-table move moco-v1 --to contrastive#two-giants",
            "paper-table move moco-v1 --to contrastive#two-giants --before simclr",
        ),
    )
    parser.add_argument("id", completer="papers", help="the method, data set or report")
    parser.add_argument("--to", required=True, metavar="SURVEY#GROUP", completer="places", help="a group, or a survey")
    parser.add_argument(
        "--before", default="", metavar="ID", completer="papers", help="the record that follows it there; default: none"
    )
    add_changing(parser, _move)


def _move(workspace: Workspace, options: argparse.Namespace) -> str:
    from sphinx_paper_table.editing.moving import move

    move(workspace, options.id, options.to, options.before)
    return f"'{options.id}' stands in '{options.to}' now"
