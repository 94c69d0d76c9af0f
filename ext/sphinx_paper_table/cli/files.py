"""Shared by several commands: the files of a project, and the printing of problems."""

from __future__ import annotations

import ast
import dataclasses
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.survey.allowed import SETTINGS, Kind, by_name
from sphinx_paper_table.survey.known_problems import IGNORE, SUPPRESS, without_known
from sphinx_paper_table.survey.problems import Problems, Severity
from sphinx_paper_table.survey.source_files import find_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from sphinx_paper_table.reading.loader import LoadResult
    from sphinx_paper_table.survey.problems import Problem

    Commands: TypeAlias = argparse._SubParsersAction[Any]  # noqa: SLF001 (argparse has no other name for it)

SOURCE_HELP: Final = "the documentation's source directory"
_PATTERNS: Final = ["surveys/**/*.yaml"]


def add_source(parser: argparse.ArgumentParser) -> None:
    """Let a command read a project: its source directory, and where its surveys and bibliographies are."""
    parser.add_argument("source", type=Path, nargs="?", default=Path(), help=SOURCE_HELP)
    add_inputs(parser)


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Let a command read surveys and bibliographies from other places than the usual ones."""
    parser.add_argument(
        "--surveys", action="append", metavar="PATTERN", help="default: surveys/**/*.yaml; may be repeated"
    )
    parser.add_argument(
        "--bib", action="append", type=Path, metavar="FILE", help="default: every .bib in SOURCE or above it"
    )


def load_source(options: argparse.Namespace) -> LoadResult | None:
    """Read the files and report their problems; None when there is no survey."""
    problems = Problems()
    surveys = find_files(options.source, options.surveys or _PATTERNS, problems)
    if not surveys:
        report(problems.sorted())
        sys.stderr.write(f"{options.source}: no survey matches {', '.join(options.surveys or _PATTERNS)}\n")
        return None
    bibliographies = options.bib or bibliographies_of(options.source, problems)
    settings = _settings(options.source / "conf.py")
    rules = by_name(*(settings.get(SETTINGS[kind], ()) for kind in (Kind.DIRECTIVE, Kind.ROLE)))
    public = [name.lower() for name in settings.get(PUBLIC_FIELDS, ())]
    named = {str(path): path for path in surveys}, {str(path): path for path in bibliographies}
    loaded = load(*named, rules, public)
    problems.extend(loaded.problems)
    unknown = tuple(without_known(problems.sorted(), settings.get(IGNORE, ()), settings.get(SUPPRESS, ())))
    report(unknown)
    return dataclasses.replace(loaded, problems=unknown)


def _settings(conf: Path) -> dict[str, tuple[str, ...]]:
    """Return the lists of names in *conf*, which is read and not run: what records may have, what is not reported."""
    wanted, found = {*SETTINGS.values(), IGNORE, SUPPRESS, PUBLIC_FIELDS}, {}
    with suppress(OSError, SyntaxError, ValueError):
        for node in ast.parse(conf.read_bytes()).body:
            if isinstance(node, ast.Assign):
                names = wanted & {ast.unparse(target) for target in node.targets}
                found.update(dict.fromkeys(names, tuple(map(str, _literal(node.value)))))
    return found


def _literal(node: ast.expr) -> Iterable[object]:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return ()
    return value if isinstance(value, (list, tuple)) else ()


def bibliographies_of(source: Path, problems: Problems) -> list[Path]:
    """Return the BibTeX files in *source*, or those beside it when it has none: a site's usual two places."""
    return find_files(source, ["*.bib"], problems) or find_files(source.resolve().parent, ["*.bib"], problems)


def failing(problems: Iterable[Problem]) -> list[Problem]:
    """Return what a command fails for: all but advice."""
    return [problem for problem in problems if problem.severity is not Severity.ADVICE]


def report(problems: Iterable[Problem]) -> None:
    """Print *problems* other than advice, a line each."""
    for problem in failing(problems):
        sys.stderr.write(f"{problem} [{problem.code}]\n")
