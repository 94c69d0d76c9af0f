"""Build server of the harness: imports Sphinx once, then forks for every build.

Its argument is a directory that all servers of a test run share, or empty.

Reads one JSON object a line from standard input (the fields of `Request`) and answers with the exit code, which is
negative where a signal has ended the build. A build runs in a child of its own because Sphinx keeps state in the
process (checksums of static files, registered roles).

What depends on installed code alone is kept from build to build, as that is two thirds of the time of a small one:
modules that a build has imported are imported before the next one, and so are entry points, compiled templates, digests
of installed code and Pydantic's validators made but once.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import gc
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import marshal
import os
import pickle
import re
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

# Before Sphinx and Pybtex take them.
importlib.metadata.entry_points = functools.cache(importlib.metadata.entry_points)  # type: ignore[assignment]
importlib.metadata.version = functools.cache(importlib.metadata.version)
re._MAXCACHE = 5000  # type: ignore[attr-defined]  # patterns of a build are one in ten of its time to compile

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
    _keep_texts(directory)
    _keep_ours(directory)


def _keep_texts(directory: str) -> None:
    """Do so for templates without a name, such as style sheets with variables, which Jinja keeps nowhere."""
    from jinja2 import Environment  # noqa: PLC0415

    compile_anew = Environment.compile

    def compile_once(self: Environment, source: Any, name: str | None = None, *more: Any, **options: Any) -> Any:
        if name is not None or more or options or not isinstance(source, str):
            return compile_anew(self, source, name, *more, **options)
        key = repr((source, type(self), sorted(self.extensions), self.autoescape, self.trim_blocks, self.lstrip_blocks))
        path = Path(directory, f"text-{hashlib.sha256(key.encode()).hexdigest()}")
        if not path.exists():
            _write(path, marshal.dumps(compile_anew(self, source)))
        return marshal.loads(path.read_bytes())  # noqa: S302 (written above)

    Environment.compile = compile_once  # type: ignore[method-assign]


def _write(path: Path, content: bytes) -> None:
    """Write a file at once, as builds may be killed."""
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


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
    from babel import Locale  # noqa: PLC0415

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
    for language in ("en", "zh_CN"):
        Locale.parse("en").get_display_name(language)

    for record in FILE_KINDS.values():
        mending._adapter(record)  # type: ignore[arg-type]  # as there
    for name in json_schema.NAMES:
        json_schema.schema_text(name)
    for file in (records.PapersFile, records.ResultsFile):
        records._serializer(file)


def _keep_digests() -> None:
    """Find and digest the files of installed extensions once."""
    from sphinx_fresh import program  # noqa: PLC0415

    digest_file, find = program.digest_file, program._files  # type: ignore[attr-defined]
    kept: dict[object, str] = {}
    found: dict[Path, list[Path]] = {}
    for name in ("sphinx_paper_table", "sphinx_fresh", "myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "furo"):
        folder = program._package(Path(sys.modules[name].__file__ or ""))
        found[folder] = list(find(folder))
        kept.update({path: digest_file(path) for path in found[folder]})
    program.digest_file = lambda path: kept.get(path) or digest_file(path)  # type: ignore[attr-defined]
    program._files = lambda folder: iter(found.get(folder) or find(folder))


def _keep_layouts(directory: Path) -> None:
    """Choose the rows and ways of a lineage once for all builds of a run: numbers in, numbers out, for seconds."""
    from sphinx_paper_table.features.lineage import timeline  # noqa: PLC0415

    choose = timeline._best_layout

    def kept(*shape: Any) -> Any:
        path = directory / hashlib.sha256(repr(shape).encode()).hexdigest()
        if not path.exists():
            _write(path, pickle.dumps(choose(*shape)))
        return pickle.loads(path.read_bytes())  # noqa: S301 (written above)

    timeline._best_layout = kept  # type: ignore[assignment]


def _keep_settings() -> None:
    """Make docutils' settings for MyST once, and a copy for each text.

    They are read from the options of a command line, which are made for it: a quarter of what translated pages take.
    """
    from docutils.frontend import get_default_settings  # noqa: PLC0415
    from myst_parser.mdit_to_docutils import base  # noqa: PLC0415

    made = functools.cache(get_default_settings)
    base.get_default_settings = lambda *components: copy.deepcopy(made(*components))  # type: ignore[attr-defined]


def _state() -> tuple[set[str], set[Any]]:
    """Return the names of all modules and the patterns that this process has."""
    return set(sys.modules), {(pattern, flags) for _type, pattern, flags in re._cache}  # type: ignore[attr-defined]


def _take(names: set[str], patterns: set[Any]) -> None:
    """Import modules and compile patterns, as a child has."""
    for name in names:
        with contextlib.suppress(Exception):  # a module of the project itself: only its conf.py says where it is
            importlib.import_module(name)
    for pattern, flags in patterns:
        re.compile(pattern, flags)


def _in_a_child(request: Request) -> int:
    """Build, import and compile what the build has, and return its exit code."""
    known = _state()
    outcome, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(outcome)
        os.environ.update(request.environment)
        if request.processor is not None:  # counted from the start of this process, the child
            resource.setrlimit(resource.RLIMIT_CPU, (request.processor, resource.RLIM_INFINITY))
        code = _build(request.arguments, request.log) & 127
        os.write(end, pickle.dumps([now - before for now, before in zip(_state(), known, strict=True)]))
        os._exit(code)
    os.setpgid(child, child)  # here and there, as nobody knows who is first: who kills the group kills no one else
    os.close(end)
    answer = _answer(outcome, child, request.limit)
    _pid, status = os.waitpid(child, 0)
    if answer:
        _take(*pickle.loads(answer))  # noqa: S301 (our own child's)
    gc.freeze()
    return os.waitstatus_to_exitcode(status)


def _answer(outcome: int, child: int, limit: float | None) -> bytes:
    """Return what a child says before it ends; kill it when it says nothing for too long."""
    with os.fdopen(outcome, "rb") as stream:
        if not select.select([stream], [], [], limit)[0]:
            os.killpg(child, signal.SIGKILL)
        return stream.read()


def _serve(directory: str, shared: str) -> None:
    _keep_templates(directory)
    for name in PRELOADED:
        importlib.import_module(name)
    _fill_caches()
    _keep_digests()
    _keep_settings()
    _keep_layouts(Path(shared or directory))
    for line in sys.stdin:
        print(_in_a_child(Request(**json.loads(line))), flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        _serve(place, *sys.argv[1:])
