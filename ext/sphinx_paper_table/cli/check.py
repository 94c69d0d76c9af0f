"""``paper-table check``: report every problem of the surveys and the bibliography."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.files import add_source, failing, load_source
from sphinx_paper_table.reading.advice import advice
from sphinx_paper_table.survey.problems import Code, Problem, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.cli.files import Commands
    from sphinx_paper_table.reading.loader import LoadResult

_SHOWN: Final = 10
"""Pieces of advice of one kind in one file that are listed; the others are counted."""
_PLURALS: Final = {"piece of advice": "pieces of advice"}


def add_check(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="report every problem of the surveys and the bibliography")
    add_source(parser)
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    loaded = load_source(options)
    if loaded is None:
        return 1
    for line in (*advice(loaded.catalogue), *_pieces_of_advice(loaded.problems)):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{_summary(loaded)}\n")
    return 1 if failing(loaded.problems) else 0


def _pieces_of_advice(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the advice, a line each, and of a kind that there is much of in a file one line that counts it."""
    found: dict[tuple[str, Code], list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            found.setdefault((problem.position.path, problem.code), []).append(problem)
    for (path, code), some in found.items():
        yield from (f"{problem} [{code}]" for problem in some[:_SHOWN])
        if len(some) > _SHOWN:
            yield f"{path}: {len(some) - _SHOWN} more pieces of advice of this kind: {code.explanation} [{code}]"


def _summary(loaded: LoadResult) -> str:
    catalogue = loaded.catalogue
    counts = {
        "survey": len(catalogue.surveys),
        "paper": len(catalogue.papers),
        "relation": len(catalogue.edges),
        "reference": len(catalogue.references),
        "problem": len(failing(loaded.problems)),
    }
    count_of_advice = len(loaded.problems) - len(failing(loaded.problems))
    if count_of_advice:
        counts["piece of advice"] = count_of_advice
    return ", ".join(
        f"{count} {name if count == 1 else _PLURALS.get(name, f'{name}s')}" for name, count in counts.items()
    )
