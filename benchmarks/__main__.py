"""The command ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.content import library
from benchmarks.measure import Site, compare, compile_all
from benchmarks.peers import Floor, Hugo, Needs, Templates
from benchmarks.profiling import profile
from benchmarks.report import markdown, worse
from benchmarks.variants import Hand, Lean, Tables

if TYPE_CHECKING:
    from benchmarks.variants import Variant

RECORDED: Final = Path(__file__).with_name("recorded.json")
"""The run that others are compared with."""
PEERS_UP_TO: Final = 1000
"""Papers up to which the peers are built unless ``--peers`` asks for more: they take minutes."""
_PACKAGES: Final = (
    *("sphinx", "docutils", "myst-parser", "sphinx-design", "sphinxcontrib-bibtex", "sphinx-paper-table"),
    *("sphinx-needs", "sphinxcontrib-datatemplates", "hugo"),
)
_OURS: Final[list[type[Variant]]] = [Floor, Tables]
_PEERS: Final[list[type[Variant]]] = [Hand, Needs, Templates, Hugo]


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description="What surveys cost, in several tools.")
    parser.add_argument("--papers", type=int, nargs="+", default=[100, 1000, 10000], metavar="N", help="sizes")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each build is repeated")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other papers")
    parser.add_argument("--peers", action="store_true", help=f"build the peers beyond {PEERS_UP_TO:,} papers too")
    parser.add_argument("--lean", action="store_true", help="build a shorter hand-written site too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to FILE")
    parser.add_argument("--record", action="store_true", help=f"write it to {RECORDED.name}, for later runs")
    parser.add_argument("--profile", action="store_true", help="profile a full build of the paper tables, and no more")
    parser.add_argument("--write", type=Path, metavar="DIRECTORY", help="write the sites there, and no more")
    return parser.parse_args(argv)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    options = _arguments(argv)
    if options.write:
        for variant in _variants(options, options.papers[0]):
            variant(library(options.papers[0], options.seed)).write(options.write / variant.__name__.lower())
        return
    compile_all()
    with tempfile.TemporaryDirectory(prefix="paper-table-benchmark-") as directory:
        if options.profile:
            _profile(options, Path(directory))
        else:
            _compare(options, Path(directory))


def _variants(options: argparse.Namespace, count: int) -> list[type[Variant]]:
    peers = _PEERS if options.peers or count <= PEERS_UP_TO else []
    return [*_OURS, *peers, *([Lean] if options.lean and peers else [])]


def _profile(options: argparse.Namespace, directory: Path) -> None:
    for count in options.papers:
        site = Site(Tables(library(count, options.seed)), directory / str(count))
        site.prepare()
        print(f"\n## Profile of {count:,} papers\n\n{profile(site, directory / 'profile')}", flush=True)


def _compare(options: argparse.Namespace, directory: Path) -> None:
    sizes = []
    for count in options.papers:
        print(f"{count:,} papers …", file=sys.stderr, flush=True)
        found = compare(library(count, options.seed), _variants(options, count), options.rounds, directory / str(count))
        sizes.append(found.as_json())
    run: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {cpu_count()} cores",
        "versions": _versions(),
        "seed": options.seed,
        "rounds": options.rounds,
        "sizes": sizes,
    }
    recorded = json.loads(RECORDED.read_text("utf-8")) if RECORDED.is_file() else None
    if recorded:
        run["compared with"] = recorded["date"]
        run["worse"] = [[papers, phase, round(factor, 2)] for papers, phase, factor in worse(run, recorded)]
    print(markdown(run, recorded))
    for path in (options.json, RECORDED if options.record else None):
        if path:
            path.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
