"""Entries as a pybtex style prints them, each formatted once and kept between builds by its content.

Formatting is what a bibliography costs (2 ms an entry, twice, at every build in sphinxcontrib-bibtex 2.7, no-op builds
included). Here an entry is formatted when it is first listed, and again only when its BibTeX or the style changes.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pybtex.plugin
from pybtex.style.template import FieldIsMissing

if TYPE_CHECKING:
    from pathlib import Path

    from pybtex.backends import BaseBackend
    from pybtex.database import Entry
    from pybtex.richtext import BaseText
    from pybtex.style.formatting import BaseStyle

    from sphinx_paper_table.citations.library import StoredEntries

FILE: Final = "citations.pickle"
_VERSION: Final = 1
_STYLES: Final = "pybtex.style.formatting"
FALLBACK: Final = "alpha"
"""sphinxcontrib-bibtex's default style."""


@cache
def style_of(name: str) -> BaseStyle:
    """Return the pybtex style; pybtex itself reads the entry points of every installed package at each request."""
    style: BaseStyle = pybtex.plugin.find_plugin(_STYLES, name)()
    return style


@cache
def styles() -> frozenset[str]:
    """Return the names of all styles that are installed."""
    return frozenset(pybtex.plugin.enumerate_plugin_names(_STYLES))


@cache
def is_style(name: str) -> bool:
    """Return whether there is a style of this name; those that a project's conf.py registers have no other list."""
    try:
        style_of(name)
    except pybtex.plugin.PluginNotFound:
        return False
    return True


@cache
def plain_backend() -> BaseBackend:
    """Return the backend for tooltips."""
    backend: BaseBackend = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()
    return backend


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text of an entry in one style, or what kept the style from making it."""

    text: BaseText | None
    missing: str = ""


@dataclass(slots=True)
class FormattedStore:
    """Formatted entries by style and content, kept in a file beside the environment.

    Values stay pickled until they are asked for: a build that prints one page unpickles the entries of one page.
    """

    path: Path | None = None
    _kept: dict[str, bytes] | None = None
    _used: set[str] = field(default_factory=set)
    _changed: bool = False
    _open: dict[str, Formatted] = field(default_factory=dict)

    def get(self, style: str, entry: Entry, content: str) -> Formatted:
        """Return *entry* in *style*; *content* identifies everything that it is made of."""
        key = f"{style}/{content}"
        self._used.add(key)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._load(key) or self._format(key, style, entry)
        return found

    def _entries(self) -> dict[str, bytes]:
        if self._kept is None:
            self._kept = _read(self.path)
        return self._kept

    def _load(self, key: str) -> Formatted | None:
        data = self._entries().get(key)
        return pickle.loads(data) if data is not None else None  # noqa: S301 (our own file beside the environment)

    def _format(self, key: str, style: str, entry: Entry) -> Formatted:
        try:
            formatted = Formatted(style_of(style).format_entry("", entry).text)
        except FieldIsMissing as error:
            formatted = Formatted(None, str(error))
        self._entries()[key] = pickle.dumps(formatted, pickle.HIGHEST_PROTOCOL)
        self._changed = True
        return formatted

    def save(self) -> None:
        """Write what is new; entries that no bibliography lists any more are dropped."""
        if self.path is None or not self._changed:
            return
        entries = self._entries()
        kept = {key: entries[key] for key in sorted(self._used or entries) if key in entries}
        temporary = self.path.with_suffix(".tmp")
        temporary.write_bytes(pickle.dumps((_VERSION, kept), pickle.HIGHEST_PROTOCOL))
        os.replace(temporary, self.path)  # noqa: PTH105 (atomic also where the target exists)
        self._changed = False


def _read(path: Path | None) -> dict[str, bytes]:
    """Return the kept entries; none when the file is missing, damaged or of another version."""
    try:
        version, kept = pickle.loads(path.read_bytes()) if path else (None, {})  # noqa: S301 (as above)
    except Exception:  # noqa: BLE001 (whatever a damaged pickle raises: the entries are formatted anew)
        return {}
    return kept if version == _VERSION else {}


def content_of(source: str, *more: Any) -> str:
    """Return a short name for the content of an entry."""
    return hashlib.blake2b(repr((source, more)).encode(), digest_size=16).hexdigest()


_stores: dict[Path, FormattedStore] = {}


def store_of(stored: StoredEntries) -> FormattedStore:
    """Return the store beside the entries' own file."""
    path = stored.path.with_name(FILE)
    return _stores.setdefault(path, FormattedStore(path))


def save_stores() -> None:
    """Write what this build has formatted."""
    for store in _stores.values():
        store.save()
    _stores.clear()
