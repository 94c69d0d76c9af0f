"""The BibTeX files of a build: read and checked once for each content, kept beside the environment, loaded on demand.

Sphinx's pickled environment holds the keys only. A build that changes nothing asks for nothing else, so it neither
parses a file nor unpickles an entry.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary, WeakValueDictionary

from sphinx.util import logging

from sphinx_paper_table.bibliography.encodings import decode_bibtex_in, read_bibtex
from sphinx_paper_table.bibliography.former_entries import FormerEntries, former_entries
from sphinx_paper_table.bibliography.kept_entries import KeptEntries, MadeEntry
from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.bibliography.reader import Bibliography, parse_bibtex
from sphinx_paper_table.bibliography.settings import BibtexSettings
from sphinx_paper_table.citations.style_registry import types_of
from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibData, BibFile, get_mtime
from sphinx_paper_table.store import Cache, cache_key, content_digest, program_digest
from sphinx_paper_table.survey.formulas import EXTENDED_BY as MATH
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.source_files import MAX_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pybtex.database import Entry
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.survey.references import Reference

logger = logging.getLogger(__name__)

FILE: Final = "bibliography.pickle"
_HEAD, _BODY = 0, 1
"""The sections of the file: what every build reads, and the entries, which few need. Both name the content."""
_sources: WeakValueDictionary[str, _BibtexSource] = WeakValueDictionary()
"""What each `Library` of this process reads, by digest; never pickled: doctrees can be restored at another place."""


@dataclass(frozen=True)
class StoredEntries:
    """What stands in ``bibdata.data`` of the ``cite`` domain: pybtex's entries, loaded when they are asked for."""

    digest: str

    @property
    def path(self) -> Path:
        """The file beside the environment."""
        return _sources[self.digest].cache.path

    @property
    def bibliography(self) -> Bibliography:
        """The entries and references, from memory, from the file beside the environment, or parsed anew."""
        source = _sources[self.digest]
        if source.bibliography is None:
            kept = source.cache.load(_BODY)
            is_current = isinstance(kept, _Body) and kept.digest == self.digest
            source.bibliography = kept.bibliography if is_current else _parse(self, source)[1]
        return source.bibliography

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries by key, as pybtex's `BibliographyData` has them."""
        entries: Mapping[str, Entry] = self.bibliography.database.entries
        return entries


@dataclass(slots=True)
class Library:
    """The BibTeX files of one build."""

    entries: StoredEntries
    source: _BibtexSource
    files: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Former keys with the present ones."""

    @property
    def former(self) -> FormerEntries | None:
        """What this build has found to be edited; None where it is more than some entries, or nothing is known."""
        return self.source.former

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
    # The stock package opens what is configured here; Sphinx has its digest of the configuration by now.
    names = app.config.bibtex_bibfiles
    if names is not None or not app.config.citations_compatible:  # without them, the stock package ends the build
        app.config.bibtex_bibfiles = list(map(as_opened, names or ()))
    paths = [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles or ()]
    base = Path(app.confdir).resolve()
    contents = {path: _content(path) for path in paths}
    settings = BibtexSettings(
        types=types_of(app.config.bibtex_default_style),
        public=frozenset(str(name).lower() for name in app.config[PUBLIC_FIELDS]),
        math=frozenset(map(str, getattr(app.config, MATH, ()))),  # an option of paper tables
        encoding=app.config.bibtex_encoding,
    )
    lists = (sorted(names) for names in (settings.types, settings.public, settings.math))
    chosen = repr((settings.encoding, *lists))
    stored = StoredEntries(_digest(contents, chosen, base))
    key = f"{content_digest(chosen.encode())} {_program()}"
    cache = Cache(Path(app.doctreedir) / FILE, key, logger.info, _common_folder(base, paths))
    source = _sources[stored.digest] = _BibtexSource(cache, contents, settings)
    summary = cache.load(_HEAD)
    if not isinstance(summary, _Summary) or summary.digest != stored.digest:
        summary, source.bibliography = _parse(stored, source)
    keys = {path: summary.keys.get(str(path), ()) for path in paths}
    library = Library(stored, source, keys, summary.problems, summary.aliases)
    _libraries[app.env] = library
    files = {path: BibFile(get_mtime(path), dict.fromkeys(keys)) for path, keys in library.files.items()}
    app.env.get_domain("cite").data["bibdata"] = BibData(encoding=settings.encoding, bibfiles=files, data=stored)
    return library


def _common_folder(base: Path, paths: Iterable[Path]) -> Path:
    """Return the innermost folder around *base* and all files: those that move together stand below it."""
    return Path(os.path.commonpath([base, *(path.parent for path in paths)]))


def as_opened(name: Any) -> Any:
    """Return *name* as Python opens it in a locale without UTF-8: it stands for bytes, which are UTF-8."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return os.fsdecode(name.encode("utf-8", "surrogateescape"))
    return name


@dataclass(slots=True, weakref_slot=True)
class _BibtexSource:
    """What a bibliography is read from, and where it is kept."""

    cache: Cache
    contents: Mapping[Path, bytes | None]
    """The files as they were when the build began: what is parsed is what the digest is of."""
    settings: BibtexSettings
    bibliography: Bibliography | None = None
    """Once it is loaded. The forked readers of a parallel build share what the main process has."""
    former: FormerEntries | None = None
    """See `Library`."""


def _content(path: Path) -> bytes | None:
    """Return what a file says; None when it cannot be read, or is longer than any that is."""
    try:
        content = read_bytes(path)
    except OSError:
        return None
    return content if len(content) <= MAX_BYTES else None


def _digest(contents: Mapping[Path, bytes | None], settings: str, base: Path) -> str:
    """Return a hash of the files' names and contents; it stays the same when the whole project moves."""
    parts = [settings.encode()]
    for path, content in contents.items():
        parts += [os.fsencode(os.path.relpath(path, base)), b"missing" if content is None else b"=" + content]
    return content_digest(b"".join(b"%d:%s" % (len(part), part) for part in parts))


def _program() -> str:
    """Return what tells this program's bibliographies from those of others: shapes, versions, its own source."""
    return cache_key(
        _Summary, _Body, Bibliography, distributions=["pybtex", "pylatexenc", "Babel"], more=[program_digest()]
    )


@dataclass(frozen=True, slots=True)
class _Summary:
    """What every build needs to know of the files: their keys, and what is wrong with them."""

    digest: str
    keys: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    aliases: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Body:
    """The entries, and what each that stands alone was read as, by the digest of its text; both share their records."""

    digest: str
    bibliography: Bibliography
    made: dict[str, MadeEntry]


def _parse(stored: StoredEntries, source: _BibtexSource) -> tuple[_Summary, Bibliography]:
    """Parse the entries that no earlier build has, and keep what all say."""
    problems = Problems()
    texts = {str(path): _text(path, source, problems) for path in source.contents}
    before = source.cache.load(_BODY)
    kept = KeptEntries(before.made if isinstance(before, _Body) else {})
    found = parse_bibtex(texts, problems, source.settings, kept)
    for name, keys in found.keys_of.items():
        logger.info("parsing bibtex file %s... parsed %d entries", name, len(keys))
    logger.info("bibtex entries read: %d", kept.read)
    summary = _Summary(stored.digest, found.keys_of, problems.sorted(), found.aliases)
    if isinstance(before, _Body) and _codes(source.cache.load(_HEAD)) == _codes(summary):
        source.former = former_entries(before.digest, before.bibliography, found)
    source.cache.save(summary, _Body(stored.digest, found, kept.used))
    return summary, found


def _codes(summary: _Summary | None) -> set[Code]:
    """Return what kinds of problems there are: some of them explain why other names are missing."""
    return {problem.code for problem in summary.problems} if summary else set()


def _text(path: Path, source: _BibtexSource, problems: Problems) -> str:
    """Return the text of a file in the configured encoding; sphinxcontrib-bibtex's default means UTF-8."""
    content = source.contents[path]
    if content is None:
        return read_bibtex(path, str(path), problems)
    return decode_bibtex_in(source.settings.encoding, content, str(path), problems)
