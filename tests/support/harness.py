"""Sites that are edited, built incrementally and compared with a clean build, byte for byte.

    site = Site(tmp_path, conf="extensions = [...]", files={"index.rst": "..."})
    site.build()
    site.write("index.rst", "...")
    site.assert_incremental_equals_clean()

The first build is a clean one; each `assert_incremental_equals_clean` builds on what earlier ones left, once with
`jobs` processes, and compares with a build of the same sources into an empty directory.
"""

from __future__ import annotations

import atexit
import difflib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests import deprecations

if TYPE_CHECKING:
    from collections.abc import Mapping

EXT = Path(__file__).resolve().parents[2] / "ext"
SERVER = Path(__file__).with_name("builder.py")
KEPT = "PAPER_TABLE_TESTS_KEPT"
"""The environment variable with the directory that build servers of all processes share."""
MESSAGE_LINES = 12


class BuildServer:
    """A process that builds for us; see `builder`."""

    def __init__(self, hash_seed: str = "random") -> None:
        environment = {**os.environ, **deprecations.ENVIRONMENT, "PYTHONPATH": str(EXT), "PYTHONHASHSEED": hash_seed}
        self._process = subprocess.Popen(
            [sys.executable, str(SERVER), os.environ.get(KEPT, "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        atexit.register(self.close)

    def build(
        self,
        arguments: list[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
        limit: float | None = None,
        processor: int | None = None,
    ) -> int:
        """Exit code of one build, negative if it was killed: by itself, or because seconds were over.

        *limit* is one for the time that passes, *processor* for the processor time that the build uses.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        more = {"environment": dict(environment or {}), "limit": limit, "processor": processor}
        request = {"arguments": arguments, "log": str(log), **more}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End the process, which removes its temporary files."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(60)


_servers: dict[str, BuildServer] = {}


def server(name: str) -> BuildServer:
    """The server *name*; incremental and clean builds use two, with hash seeds of their own."""
    if name not in _servers:
        _servers[name] = BuildServer()
    return _servers[name]


@dataclass
class Report:
    """What one build said."""

    log: str

    @property
    def read(self) -> int:
        """Number of pages read."""
        found = re.search(r"updating environment: .*?(\d+) added, (\d+) changed", self.log)
        return sum(map(int, found.groups())) if found else 0

    @property
    def written(self) -> list[str]:
        """Pages written, as far as Sphinx names them."""
        lines = re.findall(r"writing output\.\.\. \[ *\d+%\] (\S+)", self.log)
        return list(dict.fromkeys(lines))


@dataclass
class Site:
    """A small documentation project with its output directories."""

    path: Path
    conf: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    strict: bool = True
    accepted: tuple[int, ...] = (0,)
    """Exit codes that are no failure of the test."""
    _clean: tuple[list[str], dict[str, bytes]] | None = None
    """The arguments and the sources of the last clean build."""

    def __post_init__(self) -> None:
        self.source = self.path / "source"
        self.doctrees = self.path / "doctrees"
        self.write("conf.py", self.conf)
        for name, content in self.files.items():
            self.write(name, content)

    def output(self, builder: str = "html") -> Path:
        """The incremental output directory of *builder*."""
        return self.path / builder

    def write(self, name: str, content: str | bytes) -> None:
        """Create or replace a source file."""
        target = self.source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        """Text of a source file."""
        return (self.source / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Edit a source file; *old* must occur."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        """Delete a source file."""
        (self.source / name).unlink()

    def arguments(self, builder: str, jobs: int, output: Path, doctrees: Path) -> list[str]:
        """Arguments of `sphinx-build`."""
        where = [str(self.source), str(output)]
        color = "--no-color"
        return [color, "-b", builder, "-j", str(jobs), "-d", str(doctrees), *self.options, *where]

    def build(self, builder: str = "html", jobs: int = 1, *names: str) -> Report:
        """Build incrementally (only the files *names*, when given)."""
        files = [str(self.source / name) for name in names]
        arguments = self.arguments(builder, jobs, self.output(builder), self.doctrees) + files
        return self._run("incremental", arguments)

    def build_with(self, environment: Mapping[str, str]) -> Report:
        """Build incrementally with these environment variables."""
        return self._run("incremental", self.arguments("html", 1, self.output(), self.doctrees), environment)

    def build_clean(self, builder: str = "html", jobs: int = 1) -> Path:
        """Build into an empty directory, from nothing; the same sources only once, where nobody built others since."""
        output, doctrees = self.path / "clean" / builder, self.path / "clean" / "doctrees"
        arguments = self.arguments(builder, jobs, output, doctrees)
        wanted = arguments, contents(self.source)
        if self._clean != wanted:
            self._clean = None
            shutil.rmtree(output.parent, ignore_errors=True)
            self._run("clean", arguments)
            self._clean = wanted
        return output

    def kill_build(self, delay: float | None = None, builder: str = "html", jobs: int = 1, moment: str = "") -> bool:
        """Start a build and kill it with its children; false if it ended by itself.

        It dies after *delay* seconds, or at *moment*: the name and number of an event
        (``html-page-context 3``), which the site's conf.py obeys (see `example.CONF`).
        """
        arguments = self.arguments(builder, jobs, self.output(builder), self.doctrees)
        code = server("incremental").build(arguments, self.path / "killed.log", {"FRESH_KILL": moment}, delay)
        return code == -signal.SIGKILL

    def keep_sources(self) -> None:
        """Remember the sources, so that `build_saving` begins with them."""
        shutil.rmtree(self.path / "before", ignore_errors=True)
        shutil.copytree(self.source, self.path / "before")

    def build_saving(self, moment: str, jobs: int = 1) -> str:
        """Build what `keep_sources` has kept, and save what the sources are now at *moment*; say whether it came.

        The site's conf.py obeys (see `editing.KILLABLE`). A build that warns or fails is no fault here.
        """
        edited = self.path / "edited"
        shutil.rmtree(edited, ignore_errors=True)
        self.source.rename(edited)
        (self.path / "before").rename(self.source)
        arguments = self.arguments("html", jobs, self.output(), self.doctrees)
        server("incremental").build(arguments, self.path / "saving.log", {"FRESH_SAVE": moment})
        assert "Traceback" not in (self.path / "saving.log").read_text("utf-8")
        if contents(self.source) == contents(edited):
            return "saved"
        shutil.rmtree(self.source)
        shutil.copytree(edited, self.source, copy_function=shutil.copyfile)
        return "saved after a build that had no such moment"

    def assert_incremental_equals_clean(self, builder: str = "html", jobs: int = 1, message: str = "") -> Report:
        """Build incrementally and clean; fail with the first differences."""
        report = self.build(builder, jobs)
        differences = compare(self.output(builder), self.build_clean(builder))
        assert not differences, "\n".join([message, *differences, report.log[-2000:]])
        return report

    def assert_no_op(self, builder: str = "html", jobs: int = 1) -> None:
        """A build without a change reads and writes no page and changes no file."""
        before = times(self.output(builder))
        report = self.build(builder, jobs)
        assert report.read == 0, report.log
        assert report.written == [], report.log
        pages = {name for name, _time in before ^ times(self.output(builder))}
        assert not {name for name in pages if name.startswith("_sources/")}

    def _run(self, name: str, arguments: list[str], environment: Mapping[str, str] | None = None) -> Report:
        log = self.path / f"{name}.log"
        code = server(name).build(arguments, log, environment)
        text = log.read_text(encoding="utf-8")
        assert code in self.accepted, text
        assert not self.strict or "WARNING" not in text, text
        return Report(text)


def contents(directory: Path) -> dict[str, bytes]:
    """Names and contents of all files."""
    found = (path for path in directory.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in found}


def times(directory: Path) -> set[tuple[str, int]]:
    """Names and modification times of all files."""
    return {(name, (directory / name).stat().st_mtime_ns) for name in names(directory)}


def names(directory: Path) -> set[str]:
    """Files below *directory*, less the dot files that are records of a build."""
    return {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and not path.name.startswith(".") and ".doctrees" not in path.parts
    }


def compare(incremental: Path, clean: Path) -> list[str]:
    """What tells two output directories apart, a paragraph a file; empty when nothing does."""
    left, right = names(incremental), names(clean)
    found = [f"left over: {name}" for name in sorted(left - right)]
    found += [f"missing: {name}" for name in sorted(right - left)]
    for name in sorted(left & right):
        old, new = (incremental / name).read_bytes(), (clean / name).read_bytes()
        if old != new:
            found.append(f"different: {name}\n{_difference(old, new)}")
    return found


def _difference(old: bytes, new: bytes) -> str:
    before, after = _lines(old), _lines(new)
    found = difflib.unified_diff(before, after, "incremental", "clean", n=0, lineterm="")
    return "\n".join(line[:300] for _number, line in zip(range(MESSAGE_LINES), found, strict=False))


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "backslashreplace")
    return text.replace('],"', '],\n"').splitlines() if text.startswith("Search.") else text.splitlines()


def wait_for_clock() -> None:
    """Let the clock of the file system move on, so that an edit is newer than the last build, and older than the next.

    It lags by up to 20 milliseconds, see `sphinx_fresh.rereading`.
    """
    time.sleep(0.04)


def choose(seed: int) -> random.Random:
    """Random numbers for a test; the seed is in its message."""
    return random.Random(seed)  # noqa: S311
