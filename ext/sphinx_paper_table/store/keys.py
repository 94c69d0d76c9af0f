"""When something kept is that of the present program: versions, source and the shapes of records, computed.

Nothing here is counted by hand: a record that gains a field, however deep within another one, has another shape.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import re
import sys
import zlib
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_IN_MEMORY: Final = re.compile(r" at 0x[0-9a-fA-F]{1,16}")
_WORD: Final = re.compile(r"\w+")
_IMPORT: Final = re.compile(r"^[ \t]{0,99}from ([\w.]{1,200}) import (\([^)]{0,9999}\)|[^\n(]{1,999})", re.MULTILINE)
_COMMENT: Final = re.compile(r"#[^\n]{0,999}")
_LONGEST: Final = 2**27
"""No file is read beyond this."""


def cache_key(*records: type, distributions: Iterable[str] = (), more: Iterable[str] = ()) -> str:
    """Return a key of the shapes of *records*, of versions, and of whatever is said in *more*.

    The versions are those of this package, of Python and of *distributions*, whose output is kept.
    """
    versions = (f"{name} {_version(name)}" for name in distributions)
    return content_digest("\n".join((shape_of(*records), VERSION, sys.version, *versions, *more)).encode())


def content_digest(content: bytes) -> str:
    """Return a digest of *content*, for comparison only: 32 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def files_digest(paths: Iterable[Path], base: Path) -> str:
    """Return a digest of names, relative to *base*, and contents of files; what cannot be read has no content."""
    parts = (f"{os.path.relpath(path, base)} {content_digest(_content(str(path)))}" for path in paths)
    return content_digest("\n".join(parts).encode())


@cache
def installed_versions() -> tuple[str, ...]:
    """Return the names and versions of all installed packages, as they are written beside them."""
    folders = [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]
    names = [name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder)]  # noqa: PTH112, PTH208 (texts)
    return tuple(sorted(name for name in names if name.endswith(".dist-info")))


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (loads a reader of mail, 10 ms)

    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def shape_of(*records: type) -> str:
    """Return a digest of the fields of *records* and of every record that these can hold, however deep.

    What a field holds is read from the words of its annotation, as some names exist for type checkers only; a class of
    the same package that one of them names counts, and so do its subclasses. Records are dataclasses and named tuples.
    """
    packages = {record.__module__.partition(".")[0] for record in records}
    shapes: dict[str, str] = {}
    waiting: list[type] = list(records)
    while waiting:
        kind = waiting.pop()
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name not in shapes:
            shapes[name] = repr(_fields(kind))
            words = set(_WORD.findall(shapes[name]))
            ours = [base for base in kind.__mro__ if base.__module__.partition(".")[0] in packages]
            waiting += [other for base in ours for other in _classes_in(base, words, packages)]
            below: list[type] = type.__subclasses__(kind)
            waiting += [other for other in below if other.__module__.partition(".")[0] in packages]
    return content_digest(repr(sorted(shapes.items())).encode())


def version_of(*records: type) -> int:
    """Return the shape of *records* as Sphinx wants the version of what an extension keeps in its environment."""
    return zlib.crc32(shape_of(*records).encode())


def _fields(kind: type) -> list[tuple[str, str]]:
    """Return names and annotations of the fields of a record and of those that it inherits from, in order.

    Functions in annotations are written with their place in memory, which is another one in each process.
    """
    inherited = (inspect.get_annotations(base) for base in reversed(kind.__mro__))
    return [(name, _IN_MEMORY.sub("", str(hint))) for annotations in inherited for name, hint in annotations.items()]


def _classes_in(kind: type, words: Iterable[str], packages: set[str]) -> Iterator[type]:
    """Yield the classes of *packages* that *words* name in the module of *kind*.

    It does not matter what else has been loaded: another build may have loaded more, or less, by then.
    """
    module = kind.__module__
    here, imported = vars(sys.modules[module]), _imported(module)
    for word in words:
        value = here.get(word)
        if value is None and word in imported and imported[word][0].partition(".")[0] in packages:
            value = getattr(import_module(imported[word][0]), imported[word][1], None)
        if isinstance(value, type) and value.__module__.partition(".")[0] in packages:
            yield value


@cache
def _imported(module: str) -> dict[str, tuple[str, str]]:
    """Return the names that a module imports, each with where it is defined and its name there.

    They are read from the source, as some are imported for type checkers only.
    """
    path = getattr(sys.modules[module], "__file__", None)
    source = Path(path).read_text("utf-8") if path else ""
    found: dict[str, tuple[str, str]] = {}
    for defined, names in _IMPORT.findall(source):
        for part in _COMMENT.sub("", names).strip("()").split(","):
            name, _as, alias = map(str.strip, part.partition(" as "))
            found[alias or name] = (defined, name)
    return found


@cache
def folder_digest(folder: Path, endings: tuple[str, ...] = ()) -> str:
    """Return a digest of all files in *folder*, or of those with one of *endings*; computed once in a process.

    Compiled modules and hidden files do not count. Raises `NotADirectoryError` for what is no folder: a digest of
    nothing would never change.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(_names_in(str(folder), "", endings)):
        digest.update(f"\0{name}\0".encode("utf-8", "surrogatepass"))
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 (hundreds of them, at every start)
            digest.update(hashlib.blake2b(file.read(), digest_size=16).digest())
    return digest.hexdigest()


def _names_in(folder: str, before: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of the files in *folder*, those of folders in it with the way there, *before* all of them."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _names_in(entry.path, f"{before}{entry.name}/", endings)
            elif (not endings or entry.name.endswith(endings)) and entry.is_file():
                yield f"{before}{entry.name}"


@cache
def program_digest() -> str:
    """Return a digest of this package: of all files that what it makes can depend on; computed once in a process."""
    return folder_digest(Path(__file__).parent.parent, (".py", ".mo", ".yaml", ".txt", ".json", ".html"))


def source_digest(thing: type, known: Iterable[str] = ()) -> str:
    """Return a digest of the source files of the class *thing*: its own, its bases', and those of what they name.

    Files of the top-level packages in *known*, whose versions say it, and of Python itself are left out. A class that
    was made in a file without a module's name, as in ``conf.py``, is found by its functions.
    """
    standard_library = (str(Path(hashlib.__file__).parent), "<frozen")
    left_out = (*standard_library, *(_folder_of(name) for name in known))
    files: set[str] = set()
    seen: set[int] = set()
    waiting: list[object] = [thing]
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        path = _file_of(value)
        if path is None or not path.startswith(left_out):
            files.update({path} if path else ())
            waiting += _named_by(value)
    parts = (f"{Path(path).name} {content_digest(_content(path))}" for path in sorted(files))
    return content_digest("\n".join(parts).encode())


def _folder_of(package: str) -> str:
    module = sys.modules.get(package)
    return str(Path(module.__file__).parent) if module is not None and module.__file__ else "<none"


def _content(path: str) -> bytes:
    """Return what a file says; nothing of one that cannot be read, or that has no end as devices and pipes."""
    try:
        if not Path(path).is_file():
            return b""
        with Path(path).open("rb") as file:
            return file.read(_LONGEST)
    except OSError:
        return b""


def _file_of(value: object) -> str | None:
    """Return where *value* was written; None when only its parts can say."""
    if isinstance(value, FunctionType):
        return value.__code__.co_filename
    module = value if isinstance(value, ModuleType) else sys.modules.get(getattr(value, "__module__", "") or "")
    return getattr(module, "__file__", None)


def _named_by(value: object) -> Iterator[object]:
    """Yield what the source of *value* refers to, as far as it is a class, a function or a module."""
    if isinstance(value, type):
        yield from value.__mro__[1:]
        yield from (getattr(part, "__func__", part) for part in vars(value).values() if _has_source(part))
    elif isinstance(value, FunctionType):
        names = {name for code in _codes(value.__code__) for name in code.co_names}
        yield from (part for name in sorted(names) if _has_source(part := value.__globals__.get(name)))
    elif isinstance(value, ModuleType):
        yield from (part for part in vars(value).values() if _has_source(part))


def _has_source(value: object) -> bool:
    return isinstance(value, type | FunctionType | ModuleType | staticmethod | classmethod)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield *code* and that of the functions in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
