"""``paper-table check``: report every problem of the surveys and the bibliography."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.arguments import add_source
from sphinx_paper_table.cli.kept_report import kept_report
from sphinx_paper_table.cli.paths import file_or_folder
from sphinx_paper_table.cli.printing import is_coloured, printed
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.consequences import folded
from sphinx_paper_table.survey.problems import Problem, Severity, failing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.cli.kept_report import KeptReport, Report
    from sphinx_paper_table.survey.problems import Code

_SHOWN: Final = 10
"""Pieces of advice of one kind in one file that are listed; the others are counted."""
_PLURALS: Final = {"piece of advice": "pieces of advice"}
_FORMATS: Final = ("text", "json", "github", "sarif")
_EXAMPLES: Final = (
    "paper-table check",
    "paper-table check refs.bib",
    "paper-table check docs --format json",
    "paper-table check docs --diff",
    "paper-table check docs --fix",
)


def add_check(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", examples=_EXAMPLES)
    add_source(parser, file_or_folder, ", or one file of it")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="text for people, json for programs, github for annotations in GitHub Actions, sarif for code scanning; "
        "default: text",
    )
    parser.add_argument("--fix", action="store_true", help="correct what can be corrected safely, then report the rest")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    parser.add_argument("--dry-run", action="store_true", help="name the files that --fix would change; write nothing")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    alone: Path | None = options.source if options.source.is_file() else None
    if alone is not None:
        from sphinx_paper_table.cli.one_file import source_of

        options.source = source_of(alone)
    options.alone = alone
    if options.fix or options.diff or options.dry_run:
        from sphinx_paper_table.cli.fixing import fix

        if (code := fix(options)) is not None:
            return code
    kept = kept_report(options)
    found, counts = (kept and kept.load()) or _report(options, kept)
    problems, elsewhere = _of_file(alone, folded(found))
    counts |= {"problem": len(failing(problems)), "piece of advice": len(problems) - len(failing(problems))}
    if options.format == "text":
        _print(problems)
        say(_summary(counts))
        if elsewhere:
            say(f"in other files: {elsewhere} more; see `paper-table check {visible(str(options.source))}`")
    else:
        from sphinx_paper_table.cli.reports import FORMATS

        sys.stdout.write(f"{FORMATS[options.format](problems, counts)}\n")
    return 1 if failing(problems) else 0


def _of_file(alone: Path | None, problems: dict[Problem, list[Problem]]) -> tuple[dict[Problem, list[Problem]], int]:
    """Return the problems of a file that is looked at *alone*, and how many there are in others."""
    if alone is None:
        return problems, 0
    from sphinx_paper_table.cli.one_file import within

    found = within(alone, problems)
    return found, len(failing(problems)) - len(failing(found))


def _report(options: argparse.Namespace, kept: KeptReport | None) -> Report:
    """Read everything, and keep what is said of it for the next check of the same."""
    from sphinx_paper_table.reading.uncollected import uncollected

    with uncollected():
        from sphinx_paper_table.cli.files import read_source

        loaded = read_source(options)
    catalogue = loaded.catalogue
    counts = {
        "survey": len(catalogue.surveys),
        "paper": len(catalogue.papers),
        "relation": len(catalogue.edges) + len(catalogue.edges_elsewhere),
        "reference": len(catalogue.references),
    }
    if kept is not None:
        kept.save((loaded.problems, dict(counts)), loaded.inputs)
    return loaded.problems, counts


def _print(problems: Mapping[Problem, list[Problem]]) -> None:
    """Print what is wrong, and then the advice."""
    for problem in failing(problems):
        lines = printed(problem, problems[problem], colour=is_coloured(sys.stderr))
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()
    for line in _pieces_of_advice(problems):
        say(line)


def _pieces_of_advice(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the advice, a line each, and of a kind that there is much of in a file one line that counts it."""
    found: dict[tuple[str, Code], list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            found.setdefault((problem.position.path, problem.code), []).append(problem)
    for (path, code), some in found.items():
        for problem in some[:_SHOWN]:
            yield next(printed(problem, colour=is_coloured(sys.stdout)))
        if len(some) > _SHOWN:
            yield f"{path}: {len(some) - _SHOWN} more pieces of advice of this kind: {code.explanation} [{code}]"


def _summary(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count} {name if count == 1 else _PLURALS.get(name, f'{name}s')}"
        for name, count in counts.items()
        if count or name != "piece of advice"
    )
