"""The command line: check surveys and export them without building a site, and renew the schema files.

Uses `load` and `export` only, so it answers in a fraction of a second.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.export.files import export_files
from sphinx_paper_table.export.json_schema import NAMES, schema_text
from sphinx_paper_table.export.papers import Site
from sphinx_paper_table.load.loader import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.load.loader import Loaded

_PATTERNS: Final = ["surveys/**/*.yaml"]
_SOURCE_HELP: Final = "the documentation's source directory"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 when all is well, 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paper-table", description="Check and export literature surveys without building a site."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="report every problem of the surveys and the bibliography")
    check.add_argument("source", type=Path, nargs="?", default=Path(), help=_SOURCE_HELP)
    _add_inputs(check)
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="write what a site publishes for programs, without building it")
    export.add_argument("directory", type=Path, help="where to write the files")
    export.add_argument("--source", type=Path, default=Path(), help=_SOURCE_HELP)
    _add_inputs(export)
    export.set_defaults(run=_export)
    schema = commands.add_parser("schema", help="write the JSON Schema files")
    schema.add_argument("directory", type=Path, help="where to write them")
    schema.set_defaults(run=_schema)
    return parser


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--surveys", action="append", metavar="PATTERN", help="default: surveys/**/*.yaml; may be repeated"
    )
    parser.add_argument(
        "--bib", action="append", type=Path, metavar="FILE", help="default: every .bib in SOURCE or above it"
    )


def _check(options: argparse.Namespace) -> int:
    loaded = _load(options)
    if loaded is None:
        return 1
    sys.stdout.write(f"{_summary(loaded)}\n")
    return 1 if loaded.problems else 0


def _export(options: argparse.Namespace) -> int:
    """Write everything that is right, also when something is wrong: no page is known, so nothing has a location."""
    loaded = _load(options)
    if loaded is None:
        return 1
    for address, text in export_files(loaded.catalogue, loaded.entries, Site()).items():
        path = options.directory / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return 1 if loaded.problems else 0


def _load(options: argparse.Namespace) -> Loaded | None:
    """Read the files and report their problems; None when there is no survey."""
    surveys = sorted({path for pattern in options.surveys or _PATTERNS for path in options.source.glob(pattern)})
    surveys = [path for path in surveys if "_build" not in path.parts]
    bibliographies = options.bib or _bibliographies(options.source)
    if not surveys:
        sys.stderr.write(f"{options.source}: no survey matches {', '.join(options.surveys or _PATTERNS)}\n")
        return None
    loaded = load({str(path): path for path in surveys}, {str(path): path for path in bibliographies})
    for problem in loaded.problems:
        sys.stderr.write(f"{problem} [{problem.code}]\n")
    return loaded


def _bibliographies(source: Path) -> list[Path]:
    """Return the BibTeX files in *source*, or those beside it when it has none: a site's usual two places."""
    return sorted(source.glob("*.bib")) or sorted(source.resolve().parent.glob("*.bib"))


def _summary(loaded: Loaded) -> str:
    catalogue = loaded.catalogue
    counts = {
        "survey": len(catalogue.surveys),
        "paper": len(catalogue.papers),
        "relation": len(catalogue.edges),
        "reference": len(catalogue.references),
        "problem": len(loaded.problems),
    }
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())


def _schema(options: argparse.Namespace) -> int:
    options.directory.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (options.directory / name).write_text(schema_text(name), "utf-8")
    return 0
