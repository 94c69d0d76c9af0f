"""``paper-table schema``: write the JSON Schema files for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.arguments import DRY_RUN_HELP, add_inputs
from sphinx_paper_table.cli.paths import folder, new_folder
from sphinx_paper_table.cli.running import write_files

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands

FOLDER: Final = ".paper-table"
"""Where the schemas of a project are written, in its source directory; Sphinx does not look there."""


def add_schema(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "schema",
        description="Write the JSON Schemas of survey and vocabulary files, with which editors complete keys; with "
        "--project also the names of a project.",
        examples=("paper-table schema schemas", "paper-table schema --project docs"),
    )
    parser.add_argument(
        "directory",
        type=new_folder,
        nargs="?",
        help=f"where to write them; with --project the default is SOURCE/{FOLDER}",
    )
    parser.add_argument(
        "--project",
        type=folder,
        nargs="?",
        const=Path(),
        metavar="SOURCE",
        help="with the ids, tags, benchmarks, relation types and cite keys of the project in SOURCE, for editors",
    )
    add_inputs(parser)
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    parser.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    from sphinx_paper_table.cli.files import read_source
    from sphinx_paper_table.exports.json_schema import NAMES, SCHEMAS, schema_text
    from sphinx_paper_table.exports.project_schema import project_schema_text

    if options.project is None and options.directory is None:
        options.parser.error("say where to write the schemas, or --project")
    if options.project is None:
        return _write(options.directory, {name: schema_text(name) for name in NAMES}, options)
    options.source = options.project
    catalogue = read_source(options).catalogue
    texts = {name: project_schema_text(name, catalogue) for name in SCHEMAS}
    return _write(options.directory or options.source / FOLDER, texts, options)


def _write(directory: Path, texts: dict[str, str], options: argparse.Namespace) -> int:
    write_files({directory / name: text for name, text in texts.items()}, is_dry=options.dry_run)
    return 0
