"""The command line: check, count, format and export surveys without building a site.

Knows no Sphinx, so it answers in a fraction of a second. Each command is a module of its own.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.check import add_check
from sphinx_paper_table.cli.export import add_export
from sphinx_paper_table.cli.format import add_format
from sphinx_paper_table.cli.merge import add_merge
from sphinx_paper_table.cli.move import add_move
from sphinx_paper_table.cli.names import add_names
from sphinx_paper_table.cli.rename import add_rename
from sphinx_paper_table.cli.schema import add_schema
from sphinx_paper_table.cli.split import add_split
from sphinx_paper_table.cli.stats import add_stats
from sphinx_paper_table.cli.translations import add_translations

if TYPE_CHECKING:
    from collections.abc import Sequence


_COMMANDS: Final = (
    *(add_check, add_export, add_format, add_merge, add_move, add_names, add_rename, add_schema, add_split, add_stats),
    add_translations,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 when all is well, 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        prog="paper-table", description="Check and export literature surveys without building a site."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code
