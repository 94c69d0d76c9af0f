"""Build server of the harness: imports Sphinx once, then forks for every build.

Reads one JSON object a line from standard input (the fields of `Request`) and answers with the exit code, which is
negative where a signal has ended the build. A build runs in a child of its own because Sphinx keeps state in the
process (checksums of static files, registered roles).

What depends on installed code alone is kept from build to build, as that is two thirds of the time of a small one:
modules that a build has imported are imported before the next one, and so are entry points, compiled templates, digests
of installed code and Pydantic's validators made but once.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import os
import resource
import select
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jinja2.bccache import Bucket, BytecodeCache

    from sphinx_paper_table.sphinx_host.compiled_templates import CompiledTemplates

# Before Sphinx and Pybtex take it.
importlib.metadata.entry_points = functools.cache(importlib.metadata.entry_points)  # type: ignore[assignment]

PRELOADED = ("sphinx.builders.html", "sphinx.search.en", "myst_parser", "furo", "alabaster", "bs4",
             "sphinxcontrib.bibtex", "sphinx.ext.todo", "sphinx.ext.viewcode", "sphinx_design",
             "sphinx_paper_table.sphinx_host", "sphinx_paper_table.features")  # fmt: skip


class Request(NamedTuple):
    """One build."""

    arguments: list[str]
    """Those of `sphinx-build`."""
    log: str
    """The file for what it says."""
    environment: dict[str, str]
    """What differs from this process's."""
    limit: float | None
    """After so many seconds the build is killed, with its children."""
    processor: int | None = None
    """After so many seconds of processor time each process of the build is killed."""


def _build(arguments: list[str], log: str) -> int:
    from sphinx.cmd.build import main  # noqa: PLC0415

    gc.disable()  # a build of the real site stays below 200 MB without
    logging.disable(logging.DEBUG)  # a thousand messages that nobody asks for
    with open(log, "w", encoding="utf-8") as stream:  # noqa: PTH123
        sys.stdout = sys.stderr = stream
        try:
            return main(arguments)
        except BaseException:  # noqa: BLE001  # a child must never return into the loop
            traceback.print_exc(file=stream)
            return 99


def _keep_templates(directory: str) -> None:
    """Let Jinja keep what it has compiled; a template whose text is another one is compiled again."""
    from jinja2 import Environment, FileSystemBytecodeCache  # noqa: PLC0415

    make = Environment.__init__

    def make_with_cache(self: Environment, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **{"bytecode_cache": FileSystemBytecodeCache(directory), **options})

    Environment.__init__ = make_with_cache  # type: ignore[method-assign]
    _keep_ours(directory)


def _keep_ours(directory: str) -> None:
    """Do so where our own cache, which is that of one project, has taken the place of that one.

    What another build has compiled is taken for compiled by this one: the cache of the project has it all the same.
    """
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415

    from sphinx_paper_table.sphinx_host.compiled_templates import CompiledTemplates  # noqa: PLC0415

    load, dump = CompiledTemplates.load_bytecode, CompiledTemplates.dump_bytecode

    def shared(ours: CompiledTemplates) -> FileSystemBytecodeCache:
        return FileSystemBytecodeCache(directory, f"{ours._cache.key}-%s")

    def load_both(self: CompiledTemplates, bucket: Bucket) -> None:
        load(self, bucket)
        if bucket.code is None and _is_loaded(bucket, shared(self)):
            dump(self, bucket)

    def dump_both(self: CompiledTemplates, bucket: Bucket) -> None:
        dump(self, bucket)
        shared(self).dump_bytecode(bucket)

    CompiledTemplates.load_bytecode = load_both  # type: ignore[method-assign]
    CompiledTemplates.dump_bytecode = dump_both  # type: ignore[method-assign]


def _is_loaded(bucket: Bucket, cache: BytecodeCache) -> bool:
    cache.load_bytecode(bucket)
    return bucket.code is not None


def _fill_caches() -> None:
    """Fill the caches of pure functions over our own types, and of those that ask what is installed."""
    from sphinx_paper_table.bibliography import tex  # noqa: PLC0415
    from sphinx_paper_table.exports import json_schema, records  # noqa: PLC0415
    from sphinx_paper_table.reading import loader, mending, record_keys  # noqa: PLC0415
    from sphinx_paper_table.store import installed_versions, program_digest  # noqa: PLC0415
    from sphinx_paper_table.survey import formulas, markdown  # noqa: PLC0415
    from sphinx_paper_table.survey.entities import FILE_KINDS  # noqa: PLC0415

    for fill in (
        *(program_digest, installed_versions, loader.built_in_vocabulary, record_keys.text_keys),
        *(record_keys.known_keys, formulas.commands, markdown._parser, tex._context, tex._converter),
    ):
        fill()
    for group in ({}, {"group": "sphinx.builders"}, {"group": "sphinx.html_themes"}):
        importlib.metadata.entry_points(**group)

    for record in FILE_KINDS.values():
        mending._adapter(record)  # type: ignore[arg-type]  # as there
    for name in json_schema.NAMES:
        json_schema.schema_text(name)
    for file in (records.PapersFile, records.ResultsFile):
        records._serializer(file)


def _keep_digests() -> None:
    """Digest the files of installed extensions once."""
    from sphinx_fresh import program  # noqa: PLC0415

    digest_file = program.digest_file  # type: ignore[attr-defined]
    kept: dict[object, str] = {}
    for name in ("sphinx_paper_table", "sphinx_fresh", "myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "furo"):
        folder = program._package(Path(sys.modules[name].__file__ or ""))
        kept.update({path: digest_file(path) for path in program._files(folder)})
    program.digest_file = lambda path: kept.get(path) or digest_file(path)  # type: ignore[attr-defined]


def _import(names: list[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):  # a module of the project itself: only its conf.py says where it is
            importlib.import_module(name)


def _in_a_child(request: Request) -> int:
    """Build, import what the build has imported, and return its exit code."""
    known = set(sys.modules)
    outcome, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(outcome)
        os.environ.update(request.environment)
        if request.processor is not None:  # counted from the start of this process, the child
            resource.setrlimit(resource.RLIMIT_CPU, (request.processor, resource.RLIM_INFINITY))
        code = _build(request.arguments, request.log) & 127
        os.write(end, "\n".join(set(sys.modules) - known).encode())
        os._exit(code)
    os.setpgid(child, child)  # here and there, as nobody knows who is first: who kills the group kills no one else
    os.close(end)
    names = _answer(outcome, child, request.limit)
    _pid, status = os.waitpid(child, 0)
    _import(names)
    gc.freeze()
    return os.waitstatus_to_exitcode(status)


def _answer(outcome: int, child: int, limit: float | None) -> list[str]:
    """Return what a child says before it ends; kill it when it says nothing for too long."""
    with os.fdopen(outcome) as stream:
        if not select.select([stream], [], [], limit)[0]:
            os.killpg(child, signal.SIGKILL)
        return stream.read().split()


def _serve(directory: str) -> None:
    _keep_templates(directory)
    for name in PRELOADED:
        importlib.import_module(name)
    _fill_caches()
    _keep_digests()
    for line in sys.stdin:
        print(_in_a_child(Request(**json.loads(line))), flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        _serve(place)
