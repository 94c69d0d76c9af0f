"""Where a full build's time goes: by package and by function."""

from __future__ import annotations

import pstats
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.measure import Site

_INSTALLED: Final = re.compile(r"site-packages/(sphinxcontrib/\w+|\w+)")
_OURS: Final = re.compile(r"(sphinx_paper_table/(?:\w+(?=/))?)")
_STANDARD: Final = re.compile(r"lib/python[\d.]+/(\w+)")
_TOP: Final = 30

Function = tuple[str, int, str]


def profile(site: Site, output: Path) -> str:
    """Build *site* from nothing under cProfile and return tables in Markdown."""
    site.build(clean=True, interpreter_options=("-m", "cProfile", "-o", str(output)))
    return report(pstats.Stats(str(output)))


def report(stats: Any) -> str:
    """Return the tables."""
    entries: dict[Function, tuple[int, int, float, float, dict[Any, Any]]] = stats.stats
    total: float = stats.total_tt
    own = _by_package(entries)
    ours = {
        function: entry for function, entry in entries.items() if package(function).startswith("sphinx_paper_table")
    }
    parts = [
        f"{total:.1f} s in total, profiled (about twice as long as otherwise).",
        _table(("package", "own s", "share"), ((n, f"{s:.2f}", f"{s / total:.1%}") for n, s in own.most_common(_TOP))),
        "By own time:\n\n" + _functions(entries, 2, total),
        "By cumulative time:\n\n" + _functions(entries, 3, total),
        "Our functions by cumulative time:\n\n" + _functions(ours, 3, total),
    ]
    return "\n\n".join(parts)


def package(function: Function) -> str:
    """Return the package that a function belongs to, ours by part."""
    path = function[0].replace("\\", "/")
    for pattern, prefix in ((_OURS, ""), (_INSTALLED, ""), (_STANDARD, "standard library: ")):
        if found := pattern.search(path):
            return prefix + found[1].rstrip("/")
    return "templates" if path.endswith((".html", ".xml")) or path == "<template>" else "built in"


def _by_package(entries: dict[Function, Any]) -> Counter[str]:
    """Return own time by package; that of built-in functions counts for the packages that call them."""
    found: Counter[str] = Counter()
    for function, (_primitive, _calls, own, _cumulative, callers) in entries.items():
        name = package(function)
        if name != "built in" or not callers:
            found[name] += own
            continue
        for caller, timing in callers.items():
            found[package(caller)] += timing[2]
    return found


def _functions(entries: dict[Function, Any], column: int, total: float) -> str:
    ranked = sorted(entries.items(), key=lambda item: item[1][column], reverse=True)[:_TOP]
    return _table(("function", "package", "calls", "own s", "cumulative s", "share"), _rows(ranked, column, total))


def _rows(ranked: list[tuple[Function, Any]], column: int, total: float) -> Iterator[tuple[str, ...]]:
    for function, entry in ranked:
        where = f"{function[0].rpartition('/')[2]}:{function[1]} " if function[1] else ""
        name = f"`{where}{function[2]}`".replace("|", "\\|")
        yield (
            name,
            package(function),
            f"{entry[1]:,}",
            f"{entry[2]:.2f}",
            f"{entry[3]:.2f}",
            f"{entry[column] / total:.1%}",
        )


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
