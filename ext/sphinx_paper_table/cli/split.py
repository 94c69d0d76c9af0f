"""``paper-table split``: groups of a survey as a survey of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.cli.changing import add_changing

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.workspace import Workspace


def add_split(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "split",
        description="Move groups to a new survey with a page of its own. Their former addresses lead on, and their "
        "translations go with them.",
        examples=(
            "paper-table split vision --groups detection --into detection",
            "paper-table split vision --groups detection segmentation --into localisation --title 'Finding things'",
        ),
    )
    parser.add_argument("survey", completer="surveys", help="the survey that has grown too large")
    parser.add_argument(
        "--groups", nargs="+", required=True, metavar="GROUP", completer="groups", help="outermost groups, by their ids"
    )
    parser.add_argument("--into", required=True, metavar="ID", help="the id of the new survey")
    parser.add_argument("--title", default="", help="its title; default: that of the first group")
    add_changing(parser, _split)


def _split(workspace: Workspace, options: argparse.Namespace) -> str:
    from sphinx_paper_table.editing.splitting import split

    first = workspace.catalogue.groups.get(f"{options.survey}#{options.groups[0]}")
    title = options.title or (str(first.title) if first else options.into)
    new = split(workspace, options.survey, options.groups, options.into, title)
    return f"'{options.into}' has {len(options.groups)} groups of '{options.survey}': {', '.join(map(str, new))}"
