"""``paper-table schema``: write the JSON Schema files for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.exports.json_schema import NAMES, schema_text

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.files import Commands


def add_schema(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("schema")
    parser.add_argument("directory", type=Path, help="where to write them")
    parser.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    options.directory.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (options.directory / name).write_text(schema_text(name), "utf-8")
    return 0
