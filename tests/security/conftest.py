"""The hostile projects in every builder and both themes, and a reader of their pages."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

import pytest
from tests.security.detectors import files_below
from tests.security.hostile import attack_from, share, write_few, write_project, write_secrets
from tests.security.reader import Reader
from tests.support.browsing import _Quiet
from tests.support.harness import server
from tests.support.once import once, shared_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.support.browsers import Browsers

_ENGLISH: Final = ("-d", "doctrees-en", "-D", "html_math_renderer=mathml")
_CHINESE: Final = ("-d", "doctrees-zh", "-D", "language=zh_CN")
BUILDS: Final = (
    (
        ("furo", ("-b", "html", *_ENGLISH, "-D", "html_theme=furo")),
        ("epub", ("-b", "epub", *_ENGLISH)),
    ),
    (
        ("pydata", ("-b", "html", *_CHINESE, "-D", "html_theme=pydata_sphinx_theme", "-D", "paper_table_pagefind=1")),
        ("latex", ("-b", "latex", *_CHINESE)),
    ),
)
"""Two rows that are built at the same time; those of a row share what was read. The second is translated.

Each row has half of the payloads: every kind of them stands in every field in every build, and each of them in one
theme and in one format for paper or books.
"""
ADDRESSES: Final = "-addresses"
"""How the output of the small project in a theme ends."""


@dataclass(frozen=True)
class Built:
    """The outputs, by name, with what each build has said; and which files around the projects have changed."""

    sources: tuple[Path, ...]
    output: Path
    codes: dict[str, int]
    changed: set[tuple[str, str]]

    def source(self, name: str) -> Path:
        """Return the source directory of a build."""
        return next(source for source, row in zip(self.sources, BUILDS, strict=True) if name in dict(row))

    def log(self, name: str) -> str:
        """Return what a build has said, with the source directory left out of paths."""
        return (self.output / f"{name}.log").read_text("utf-8").replace(f"{self.source(name)}/", "")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build everything once for all processes of a run, deep enough that what climbs out of an output is seen."""
    top = shared_directory(tmp_path_factory, "hostile")
    place, outcome = top / "a" / "b", top / "outcome.json"
    once(outcome, lambda: outcome.write_text(json.dumps(_build(top, place)), "utf-8"))
    attack_from(place)
    codes, changed = json.loads(outcome.read_text("utf-8"))
    sources = tuple(place / "outside" / f"source-{number}" for number in range(len(BUILDS)))
    return Built(sources, place / "output", codes, {(name, digest) for name, digest in changed})


def _build(top: Path, place: Path) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Write the projects and build them; return the exit codes, and the files outside the outputs that have changed."""
    outside, output = write_secrets(place), place / "output"
    sources = [write_project(outside, f"source-{number}", share(number, len(BUILDS))) for number in range(len(BUILDS))]
    few = write_few(outside / "few")
    output.mkdir()
    before = set(files_below(top, output).items())
    codes: dict[str, int] = {}

    def run(number: int) -> None:
        for name, options in BUILDS[number]:
            build(number, name, sources[number], options)
        name, options = BUILDS[number][0]
        apart = [f"{word}{ADDRESSES}" if word.startswith("doctrees-") else word for word in options]
        build(number, f"{name}{ADDRESSES}", few, apart)

    def build(number: int, name: str, source: Path, options: Sequence[str]) -> None:
        # Doctrees beside the outputs; each output in a directory of its own.
        arguments = [str(output / word) if word.startswith("doctrees-") else word for word in options]
        log = output / f"{name}.log"
        arguments = ["--no-color", *arguments, str(source), str(output / name)]
        codes[name] = server(f"hostile {number}").build(arguments, log, processor=300)

    with ThreadPoolExecutor(len(BUILDS)) as threads:
        list(threads.map(run, range(len(BUILDS))))
    return codes, sorted(before ^ set(files_below(top, output).items()))


@dataclass(frozen=True)
class Served:
    """A directory on localhost."""

    browsers: Browsers
    directory: Path
    address: str

    def reader(self, *, others_answer: bool = True) -> Reader:
        """Return a new reader of it."""
        return Reader(self.browsers.context(), self.address, others_answer=others_answer)


@pytest.fixture
def serve(browsers: Browsers) -> Iterator[partial[Served]]:
    """Return a function that serves a directory until the test ends."""
    servers: list[ThreadingHTTPServer] = []

    def start(directory: Path) -> Served:
        found = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(directory)))
        servers.append(found)
        threading.Thread(target=found.serve_forever, daemon=True).start()
        return Served(browsers, directory, f"http://127.0.0.1:{found.server_port}/")

    yield partial(start)
    for found in servers:
        found.shutdown()
        found.server_close()
