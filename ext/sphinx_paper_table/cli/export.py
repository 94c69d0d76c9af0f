"""``paper-table export``: write what a site publishes for programs, without building it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import DRY_RUN_HELP, SOURCE_HELP, add_inputs
from sphinx_paper_table.cli.paths import folder, new_folder
from sphinx_paper_table.cli.running import write_files
from sphinx_paper_table.survey.problems import failing

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands


def add_export(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "export",
        description="Write the files that a site publishes for programs: JSON, BibTeX, CSL-JSON, RIS, CSV and schemas.",
        examples=("paper-table export data --source docs", "paper-table export data --source docs --dry-run"),
    )
    parser.add_argument("directory", type=new_folder, help="where to write the files")
    parser.add_argument("--source", type=folder, default=Path(), help=SOURCE_HELP)
    add_inputs(parser)
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    parser.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    """Write everything that is right, also when something is wrong: no page is known, so nothing has a location."""
    from sphinx_paper_table.cli.files import load_source
    from sphinx_paper_table.exports.files import export_files
    from sphinx_paper_table.exports.site import Site

    loaded = load_source(options)
    if loaded is None:
        return 1
    texts = export_files(loaded.catalogue, loaded.entries, Site())
    write_files({options.directory / address: text for address, text in texts.items()}, is_dry=options.dry_run)
    return 1 if failing(loaded.problems) else 0
