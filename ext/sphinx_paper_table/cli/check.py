"""``paper-table check``: report every problem of the surveys and the bibliography."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.files import add_source, load_source
from sphinx_paper_table.reading.advice import advice

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.files import Commands
    from sphinx_paper_table.reading.loader import LoadResult


def add_check(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="report every problem of the surveys and the bibliography")
    add_source(parser)
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    loaded = load_source(options)
    if loaded is None:
        return 1
    for line in advice(loaded.catalogue):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{_summary(loaded)}\n")
    return 1 if loaded.problems else 0


def _summary(loaded: LoadResult) -> str:
    catalogue = loaded.catalogue
    counts = {
        "survey": len(catalogue.surveys),
        "paper": len(catalogue.papers),
        "relation": len(catalogue.edges),
        "reference": len(catalogue.references),
        "problem": len(loaded.problems),
    }
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
