"""What a check has found, kept for the next one: where no file has changed, nothing is read a second time.

A report is known by the program, the arguments, and the names and contents of all files below the source directory, of
those that ``conf.py`` names elsewhere, and of what lies above. It is kept in the user's folder for such things, not in
the project. Whatever cannot be read or written there is made anew: see `store.Cache`.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Final, TypeAlias

from sphinx_paper_table.store import Cache, content_digest, installed_versions, program_digest
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.problems import Problem

Report: TypeAlias = "tuple[tuple[Problem, ...], dict[str, int]]"
_TEXTS: Final = (".yaml", ".yml", ".bib", ".md", ".rst", ".txt", ".py", ".toml", ".csv", ".tsv")
"""Files of which the content counts; of others the size and the time."""
_LEFT_OUT: Final = frozenset({"_build", "__pycache__", "node_modules"})
_MOST: Final = 20_000
"""Files of a folder that is looked at; a larger one is something else than documentation."""


@dataclass(frozen=True, slots=True)
class KeptReport:
    """The place of the report on a project as it is now."""

    cache: Cache
    time: int
    """When the files were looked at, in nanoseconds."""

    def load(self) -> Report | None:
        """Return the report of an earlier check, if it would be the same again."""
        inputs = self.cache.load(0)
        if not isinstance(inputs, dict) or inputs != _digests(inputs):
            return None
        report: Report | None = self.cache.load(1)
        return report

    def save(self, report: Report, inputs: Iterable[str]) -> None:
        """Keep *report*, for which *inputs* were read too; not when one of these was saved meanwhile."""
        inputs = list(inputs)
        if all(_time(path) < self.time for path in inputs):
            self.cache.save(_digests(inputs), report)


def kept_report(options: argparse.Namespace) -> KeptReport | None:
    """Return the place of the report; None where there is none, or too much to look at."""
    source, now, path = Path(options.source).resolve(), time_ns(), kept_file("check", options)
    tree = _tree(source) if path else None
    if path is None or tree is None:
        return None
    key = content_digest(repr((*_program(), *_arguments(options), tree, list(_above(source)))).encode())
    return KeptReport(Cache(path, key, lambda _sentence: None), now)


def kept_file(what: str, options: argparse.Namespace) -> Path | None:
    """Return where *what* of the project in *options* is kept in the user's folder; None where there is no folder."""
    place = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (`Path` raises without a home)
    if not os.path.isabs(place):  # noqa: PTH117 (it is a text)
        return None
    return Path(place) / "sphinx-paper-table" / f"{what}-{content_digest(repr(_arguments(options)).encode())}.pickle"


def _arguments(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(map(str, (Path.cwd(), options.source, options.surveys, options.bib)))


def _program() -> tuple[str, ...]:
    """Return what tells this program, and those that it asks, from others."""
    return VERSION, sys.version, program_digest(), *installed_versions()


def _tree(source: Path) -> list[str] | None:
    """Return the names and contents of the files of a project, None of one that has too many."""
    found: list[str] = []
    for folder, below, names in os.walk(source):
        below[:] = sorted(name for name in below if name not in _LEFT_OUT and not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 (thousands of them)
            found.append(f"{path} {_digest(path)}")
        if len(found) > _MOST:
            return None
    return found


def _above(source: Path) -> Iterator[str]:
    """Yield the files above *source* that a check looks for without being told."""
    tables = [str(folder / "pyproject.toml") for folder in source.parents]
    found = _digests([*tables, *sorted(map(str, source.parent.glob("*.bib")))])
    yield from (f"{path} {digest}" for path, digest in found.items())


def _digests(paths: Iterable[str]) -> dict[str, str]:
    return {path: _digest(path) for path in paths}


def _digest(path: str) -> str:
    try:
        if path.endswith(_TEXTS):
            with open(path, "rb") as file:  # noqa: PTH123 (the same)
                return content_digest(file.read())
        status = os.stat(path)  # noqa: PTH116 (the same)
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 (it is a text)
    except OSError:
        return 0
