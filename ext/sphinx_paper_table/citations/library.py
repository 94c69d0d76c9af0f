"""The BibTeX files of a build: read and checked once for each content, kept beside the environment, loaded on demand.

Sphinx's pickled environment holds the keys only. A build that changes nothing asks for nothing else, so it neither
parses a file nor unpickles an entry.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx.util import logging
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime

from sphinx_paper_table.load.bibtex import Bibliography, parse_bibtex
from sphinx_paper_table.load.files import place_after, read_bytes, read_text, tidy
from sphinx_paper_table.model.problems import Code, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pybtex.database import Entry
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.model.bibliography import Reference

logger = logging.getLogger(__name__)

FILE: Final = "bibliography.pickle"
_VERSION: Final = 2
_loaded: dict[str, Bibliography] = {}
"""Bibliographies by digest: the forked readers of a parallel build share what the main process has loaded."""


@dataclass(frozen=True)
class StoredEntries:
    """What stands in ``bibdata.data`` of the ``cite`` domain: pybtex's entries, loaded when they are asked for."""

    digest: str
    path: Path

    @property
    def bibliography(self) -> Bibliography:
        """The entries and references, from memory or from the file beside the environment."""
        if self.digest not in _loaded:
            _loaded[self.digest] = _read(self.path, self.digest)[0]
        return _loaded[self.digest]

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries by key, as pybtex's `BibliographyData` has them."""
        entries: Mapping[str, Entry] = self.bibliography.database.entries
        return entries


@dataclass(slots=True)
class Library:
    """The BibTeX files of one build."""

    entries: StoredEntries
    files: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Former keys with the present ones."""

    @property
    def keys(self) -> Iterable[tuple[str, ...]]:
        """The keys of each file."""
        return self.files.values()

    @property
    def references(self) -> Mapping[str, Reference]:
        """The entries decoded for readers."""
        return self.entries.bibliography.references


_libraries: WeakKeyDictionary[BuildEnvironment, Library] = WeakKeyDictionary()


def library_of(env: BuildEnvironment) -> Library:
    """Return the library of the build that *env* belongs to."""
    return _libraries[env]


def open_library(app: Sphinx) -> Library:
    """Read the configured files, unless their content was read by an earlier build; adopt them for the ``cite`` domain.

    sphinxcontrib-bibtex 2.7 stops reading at a duplicate key and aborts at an unknown entry type. It keeps data that
    is not older than the files, so it only has to find ours there (``builder-inited``, before its own handler).
    """
    paths = [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles or ()]
    encoding = app.config.bibtex_encoding
    digest = _digest(paths, encoding)
    stored = StoredEntries(digest, Path(app.doctreedir) / FILE)
    summary = _summary(stored.path, digest) or _parse(stored, paths, encoding)
    library = Library(
        stored, {path: summary.keys.get(str(path), ()) for path in paths}, summary.problems, summary.aliases
    )
    _libraries[app.env] = library
    files = {path: BibFile(get_mtime(path), dict.fromkeys(keys)) for path, keys in library.files.items()}
    app.env.get_domain("cite").data["bibdata"] = BibData(encoding=encoding, bibfiles=files, data=stored)
    return library


def _digest(paths: list[Path], encoding: str) -> str:
    """Return a hash of the files' names and contents."""
    found = hashlib.blake2b(f"{_VERSION} {encoding}".encode(), digest_size=16)
    for path in paths:
        found.update(os.fsencode(path))
        found.update(read_bytes(path) if path.is_file() else b"\0missing")
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class _Summary:
    """What every build needs to know of the files: their keys, and what is wrong with them."""

    keys: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    aliases: dict[str, str]


def _parse(stored: StoredEntries, paths: list[Path], encoding: str) -> _Summary:
    problems = Problems()
    texts = {str(path): _text(path, encoding, problems) for path in paths}
    found = _loaded[stored.digest] = parse_bibtex(texts, problems)
    for name, keys in found.keys_of.items():
        logger.info("parsing bibtex file %s... parsed %d entries", name, len(keys))
    summary = _Summary(found.keys_of, problems.sorted(), found.aliases)
    _write(stored.path, stored.digest, summary, found)
    return summary


def _text(path: Path, encoding: str, problems: Problems) -> str:
    """Return the text of a file in the configured encoding; sphinxcontrib-bibtex's default means UTF-8."""
    if encoding.replace("_", "-").lower() in {"utf-8", "utf8", "utf-8-sig"}:
        return read_text(path, str(path), problems) or ""
    name = str(path)
    try:
        data = read_bytes(path)
    except OSError:
        return read_text(path, name, problems) or ""
    try:
        return tidy(data.decode(encoding), name, problems)
    except (UnicodeDecodeError, LookupError) as error:
        before = data[: error.start].decode(encoding, "replace") if isinstance(error, UnicodeDecodeError) else ""
        hint = "mend the file, or the value of bibtex_encoding in conf.py"
        message = f"the file is not in the encoding '{encoding}': {error}"
        problems.add(Code.ENCODING, message, place_after(before, name), hint)
        return tidy(data.decode("utf-8", "replace"), name, problems)


def _write(path: Path, digest: str, summary: _Summary, found: Bibliography) -> None:
    """Write the file anew: a head that every build reads, then the entries that few need."""
    temporary = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary.open("wb") as file:
        pickle.dump((digest, summary), file, pickle.HIGHEST_PROTOCOL)
        pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
    os.replace(temporary, path)  # noqa: PTH105 (atomic also where the target exists)


def _summary(path: Path, digest: str) -> _Summary | None:
    """Return the head of the file, when it is of this content."""
    try:
        with path.open("rb") as file:
            found, summary = pickle.load(file)  # noqa: S301 (our own file beside the environment)
    except Exception:  # noqa: BLE001 (missing, or whatever a damaged pickle raises: the files are parsed anew)
        return None
    known: _Summary = summary
    return known if found == digest else None


def _read(path: Path, digest: str) -> tuple[Bibliography, Any]:
    """Return the entries; the file was of this content when the build began."""
    with path.open("rb") as file:
        found, summary = pickle.load(file)  # noqa: S301 (as above)
        if found != digest:
            msg = f"{path} was changed by another build; run one build at a time for each doctree directory"
            raise RuntimeError(msg)
        bibliography: Bibliography = pickle.load(file)  # noqa: S301 (as above)
    return bibliography, summary
