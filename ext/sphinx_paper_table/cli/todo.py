"""``paper-table todo``: what is still to do in surveys, by survey and group."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.cli.arguments import add_source
from sphinx_paper_table.cli.exit_codes import Exit
from sphinx_paper_table.cli.paths import folder
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.survey.todo_kinds import MONTHS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.reading.todo import Scope
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.todo import Task

_VERSION: Final = 1
_KINDS: Final = ", ".join(Kind)
_MOST_MONTHS: Final = 1200


def add_todo(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "todo",
        description="List what is missing, old or unfinished in surveys, by survey and group. Nothing of it is wrong: "
        "the exit code is 0 unless --fail-over says how much is too much.",
        examples=(
            "paper-table todo docs",
            "paper-table todo docs --survey contrastive --only summary --only tags",
            "paper-table todo docs --without code --months 24 --fail-over 100",
            "paper-table todo docs --format json",
        ),
    )
    add_source(parser)
    parser.add_argument("--survey", default="", metavar="NAME", help="only this survey, or this SURVEY#GROUP")
    parser.add_argument("--only", action="append", choices=tuple(Kind), metavar="KIND", help=f"of these only: {_KINDS}")
    parser.add_argument("--without", action="append", choices=tuple(Kind), metavar="KIND", help="the same, left out")
    parser.add_argument(
        "--months",
        type=_months,
        default=MONTHS,
        metavar="N",
        help=f"reviews and preprints are old after so many months; default: {MONTHS}",
    )
    parser.add_argument(
        "--locale",
        type=folder,
        metavar="DIR",
        help="the folder of translations; default: those of locale_dirs in conf.py",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--fail-over", type=_count, metavar="N", help="exit with 1 when there is more than this to do")
    parser.set_defaults(run=_todo)


def _months(text: str) -> int:
    return _number(text, 1, _MOST_MONTHS)


def _count(text: str) -> int:
    return _number(text, 0, 10**9)


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        msg = f"a whole number from {least:,} to {most:,} is expected, not '{text[:40]}'"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _todo(options: argparse.Namespace) -> int:
    from sphinx_paper_table.cli.files import load_source
    from sphinx_paper_table.reading.todo import todo

    loaded = load_source(options)
    if loaded is None:
        return Exit.PROBLEM
    catalogue = loaded.catalogue
    if options.survey and not (catalogue.survey(options.survey) or catalogue.group(options.survey)):
        hint = nearest(options.survey, (*catalogue.surveys, *catalogue.groups))
        sys.stderr.write(f"there is no survey or group '{visible(options.survey)}'; {hint}\n")
        return Exit.PROBLEM
    found = todo(catalogue, scope_of(options))
    as_json = options.format == "json"
    text = json.dumps(_report(found, catalogue, options.months), ensure_ascii=False, indent=1) if as_json else ""
    sys.stdout.write(f"{text}\n" if as_json else "".join(f"{visible(line)}\n" for line in _lines(found, catalogue)))
    is_too_much = options.fail_over is not None and len(found) > options.fail_over
    if is_too_much:
        sys.stderr.write(f"{len(found):,} things are to do, more than {options.fail_over:,}\n")
    return Exit.PROBLEM if is_too_much else Exit.GOOD


def scope_of(options: argparse.Namespace) -> Scope:
    """Return what a command line asks for."""
    from sphinx_paper_table.cli.translations import locale_folders
    from sphinx_paper_table.reading.todo import Scope

    kinds = tuple(
        kind for kind in Kind if kind in (options.only or tuple(Kind)) and kind not in (options.without or ())
    )
    folders = [str(path) for path in locale_folders(options)]
    return Scope(options.survey, kinds, options.months, str(options.source), tuple(folders))


def _report(found: Sequence[Task], catalogue: Catalogue, months: int) -> dict[str, Any]:
    """Return the report for programs; within its version, keys are added and none is removed."""
    from sphinx_paper_table.reading.todo import today

    kinds, surveys = Counter(task.kind for task in found), Counter(task.survey for task in found)
    return {
        "version": _VERSION,
        "today": today(),
        "months": months,
        "count": len(found),
        "kinds": {str(kind): kinds[kind] for kind in Kind if kinds[kind]},
        "surveys": {
            str(name): {"papers": len(catalogue.residents.get(name, ())), "tasks": surveys[name]}
            for name in catalogue.surveys
        },
        "tasks": [_task(task) for task in found],
    }


def _task(task: Task) -> dict[str, Any]:
    facts = {
        "kind": str(task.kind),
        "survey": task.survey,
        "group": task.group,
        "paper": task.paper,
        "name": task.name,
        "detail": task.detail,
        "path": task.position.path,
        "line": task.position.line,
        "column": task.position.column,
    }
    return {key: value for key, value in facts.items() if value}


def _lines(found: Sequence[Task], catalogue: Catalogue) -> Iterator[str]:
    """Yield the report for people: a line a task below its survey and its group, then what there is of each kind."""
    for survey, of_survey in groupby(found, key=lambda task: task.survey):
        tasks = list(of_survey)
        papers = len(catalogue.residents.get(survey, ()))
        yield f"{survey}: {len(tasks):,} to do in {papers:,} papers"
        for group, of_group in groupby(tasks, key=lambda task: task.group):
            yield from [f"  {group}"] if group else []
            for task in of_group:
                detail = f" ({task.detail})" if task.detail else ""
                yield f"    {task.position}: {task.name}: {task.kind.label.lower()}{detail} [{task.kind}]"
    if not found:
        yield "nothing is to do"
        return
    kinds = Counter(task.kind for task in found)
    yield f"{len(found):,} to do: " + ", ".join(f"{kinds[kind]:,} {kind}" for kind in Kind if kinds[kind])
