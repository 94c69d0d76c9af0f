"""The command ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.content import library
from benchmarks.measure import Site, compare
from benchmarks.profiling import profile
from benchmarks.variants import Hand, Lean, Tables

_PACKAGES: Final = ("sphinx", "docutils", "myst-parser", "sphinx-design", "sphinxcontrib-bibtex", "sphinx-paper-table")


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Compare paper tables with hand-written MyST.")
    parser.add_argument("--papers", type=int, nargs="+", default=[100, 1000], metavar="N", help="sizes of the site")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each build is repeated")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other papers")
    parser.add_argument("--lean", action="store_true", help="build a shorter hand-written site too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured to FILE")
    parser.add_argument("--profile", action="store_true", help="profile a full build of the paper tables, and no more")
    parser.add_argument("--write", type=Path, metavar="DIRECTORY", help="write both sites there, and no more")
    return parser.parse_args(argv)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    options = _arguments(argv)
    if options.write:
        _write(options)
        return
    print(", ".join(f"{name} {found}" for name, found in _versions().items()))
    with tempfile.TemporaryDirectory(prefix="paper-table-benchmark-") as directory:
        if options.profile:
            _profile(options, Path(directory))
        else:
            _compare(options, Path(directory))


def _write(options: argparse.Namespace) -> None:
    for variant in (Hand, Lean, Tables) if options.lean else (Hand, Tables):
        variant(library(options.papers[0], options.seed)).write(options.write / variant.__name__.lower())


def _profile(options: argparse.Namespace, directory: Path) -> None:
    for count in options.papers:
        site = Site(Tables(library(count, options.seed)), directory / str(count))
        site.prepare()
        print(f"\n## Profile of {count:,} papers\n\n{profile(site, directory / 'profile')}", flush=True)


def _compare(options: argparse.Namespace, directory: Path) -> None:
    found: list[dict[str, Any]] = []
    variants = [Hand, Lean, Tables] if options.lean else [Hand, Tables]
    for count in options.papers:
        result = compare(library(count, options.seed), variants, options.rounds, directory / str(count))
        found.append(result.as_json())
        print(f"\n## {count:,} papers, {options.rounds} rounds\n\n{result.markdown()}", flush=True)
    if options.json:
        data = {"versions": _versions(), "seed": options.seed, "rounds": options.rounds, "sizes": found}
        options.json.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
