"""Arguments that several commands have; nothing that takes long to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sphinx_paper_table.cli.paths import bibtex_file, folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Commands: TypeAlias = argparse._SubParsersAction[Any]  # noqa: SLF001 (argparse has no other name for it)

SOURCE_HELP: Final = "the documentation's source directory"
DRY_RUN_HELP: Final = "write nothing; name the files that would change"


def add_source(parser: argparse.ArgumentParser, kind: Callable[[str], Path] = folder, more: str = "") -> None:
    """Let a command read a project: its source directory, and where its surveys and bibliographies are."""
    parser.add_argument("source", type=kind, nargs="?", default=Path(), help=f"{SOURCE_HELP}{more}")
    add_inputs(parser)


def add_showing(parser: argparse.ArgumentParser) -> None:
    """Let a command that writes show what it would do; see `changing.finish`."""
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    parser.add_argument("--diff", action="store_true", help="write nothing; show what would change")


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Let a command read surveys and bibliographies from other places than the usual ones."""
    parser.add_argument(
        "--surveys", action="append", metavar="PATTERN", help="default: paper_table_surveys of conf.py; may be repeated"
    )
    parser.add_argument(
        "--bib", action="append", type=bibtex_file, metavar="FILE", help="default: those of bibtex_bibfiles in conf.py"
    )


def add_workflow(parser: argparse.ArgumentParser, what: str) -> None:
    """Let a command write the file that keeps a survey up to date, see `editing.workflows`."""
    parser.add_argument("--workflow", choices=("github", "gitlab"), metavar="WHERE", help=what)
