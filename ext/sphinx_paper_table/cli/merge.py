"""``paper-table merge``: two methods, references, tags or benchmarks that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.cli.changing import add_changing

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.workspace import Workspace


def add_merge(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "merge",
        description="Take B out and make its name a former one of A; what named B names A. A record that says "
        "something of its own is not taken out: write that into A first.",
        examples=("paper-table merge moco-v1 moco", "paper-table merge he2020momentum he2019momentum"),
    )
    parser.add_argument("kept", metavar="A", completer="every_name", help="what stays")
    parser.add_argument("gone", metavar="B", completer="every_name", help="what becomes a former name of it")
    add_changing(parser, _merge)


def _merge(workspace: Workspace, options: argparse.Namespace) -> str:
    from sphinx_paper_table.editing.merging import merge

    kind = merge(workspace, options.kept, options.gone)
    return f"'{options.gone}' is a former name of the {kind} '{options.kept}' now"
