"""The command line: check surveys without building a site, and renew the schema files.

Uses `load` and `export` only, so it answers in a fraction of a second.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.export.json_schema import NAMES, schema_text
from sphinx_paper_table.load.loader import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.load.loader import Loaded

_PATTERNS: Final = ["surveys/**/*.yaml"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 when all is well, 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paper-table", description="Check literature surveys without building a site."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="report every problem of the surveys and the bibliography")
    check.add_argument("source", type=Path, nargs="?", default=Path(), help="the documentation's source directory")
    check.add_argument(
        "--surveys", action="append", metavar="PATTERN", help="default: surveys/**/*.yaml; may be repeated"
    )
    check.add_argument(
        "--bib", action="append", type=Path, metavar="FILE", help="default: every .bib in SOURCE or above it"
    )
    check.set_defaults(run=_check)
    schema = commands.add_parser("schema", help="write the JSON Schema files")
    schema.add_argument("directory", type=Path, help="where to write them")
    schema.set_defaults(run=_schema)
    return parser


def _check(options: argparse.Namespace) -> int:
    surveys = sorted({path for pattern in options.surveys or _PATTERNS for path in options.source.glob(pattern)})
    surveys = [path for path in surveys if "_build" not in path.parts]
    bibliographies = options.bib or _bibliographies(options.source)
    if not surveys:
        sys.stderr.write(f"{options.source}: no survey matches {', '.join(options.surveys or _PATTERNS)}\n")
        return 1
    loaded = load({str(path): path for path in surveys}, {str(path): path for path in bibliographies})
    for problem in loaded.problems:
        sys.stderr.write(f"{problem} [{problem.code}]\n")
    sys.stdout.write(f"{_summary(loaded)}\n")
    return 1 if loaded.problems else 0


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
