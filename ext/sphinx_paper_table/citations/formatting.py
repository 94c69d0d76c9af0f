"""Entries as a pybtex style prints them, each formatted once and kept between builds by its content.

Formatting is what a bibliography costs (2 ms an entry, twice, at every build in sphinxcontrib-bibtex 2.7, no-op builds
included). Here an entry is formatted when it is first listed, and again only when its BibTeX or the style changes.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pybtex.plugin
from pybtex.exceptions import PybtexError
from pybtex.plugin import PluginNotFound
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as Unsrt
from sphinx.util import logging

from sphinx_paper_table.bibliography.for_styles import in_text, styled
from sphinx_paper_table.citations.rich_text import unmarked
from sphinx_paper_table.compat.pybtex import FieldIsMissing
from sphinx_paper_table.store import Cache, cache_key, folder_digest, source_digest

if TYPE_CHECKING:
    from pybtex.backends import BaseBackend
    from pybtex.database import Entry
    from pybtex.richtext import BaseText
    from pybtex.style.formatting import BaseStyle
    from sphinx.application import Sphinx

    from sphinx_paper_table.citations.library import StoredEntries

logger = logging.getLogger(__name__)

FILE: Final = "citations.pickle"
_PACKAGE: Final = Path(__file__).parent.parent
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
def style_digest(name: str) -> str:
    """Return a digest of the source of the pybtex style *name* and of what it uses; empty when there is no such style.

    Styles of pybtex itself are known by its version, which is part of the store's key.
    """
    try:
        style = style_of(name)
    except PluginNotFound:
        return ""
    parts = [type(style), *(type(getattr(part, "__self__", part)) for part in vars(style).values())]
    return " ".join(sorted({source_digest(part, ["pybtex"]) for part in parts}))


@cache
def _plain_backend() -> BaseBackend:
    """Return the backend for tooltips; pybtex reads entry points at each request (see `style_of`)."""
    backend: BaseBackend = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()
    return backend


def tooltip_text(text: BaseText) -> str:
    """Return *text* as one line without TeX, for the tooltip of a reference."""
    plain: str = text.render(_plain_backend())
    return plain


_TEMPLATE: Final = re.compile(r"get_(\w+)_template")


def types_of(name: str) -> frozenset[str]:
    """Return the types that the style *name* has templates for; none where there is no such style."""
    found = map(_TEMPLATE.fullmatch, dir(style_of(name)) if is_style(name) else ())
    return frozenset(match[1] for match in found if match)


@dataclass(frozen=True, slots=True)
class StyleTypes:
    """The types of entries that a style can print."""

    style: BaseStyle

    def __contains__(self, kind: object) -> bool:
        """Return whether the style has a template for the type, or a method as styles had before pybtex 0.23."""
        old = f"format_{kind}"
        return hasattr(self.style, f"get_{kind}_template") or (hasattr(self.style, old) and not hasattr(Unsrt, old))


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text of an entry in one style."""

    text: BaseText


def formatted(style: BaseStyle, entry: Entry) -> BaseText:
    """Return *entry* in *style*; whatever the style asks for and the entry lacks is left out."""
    printed = styled(entry, StyleTypes(style))
    while True:
        try:
            return unmarked(style.format_entry("", printed).text)
        except FieldIsMissing as error:
            if error.field_name.lower() in printed.absent:
                break
            printed = printed.without(error.field_name)
        except (PybtexError, AttributeError, KeyError, TypeError, ValueError) as error:
            logger.debug("the style %s cannot print %s: %s", type(style).__name__, entry.key, error)
            break
    return _by_itself(entry)


def _by_itself(entry: Entry) -> BaseText:
    """Return an entry that a style cannot print: who, what and when."""
    plain = in_text(entry)
    names = ", ".join(str(person) for role in ("author", "editor") for person in plain.persons.get(role, ()))
    parts = (names, plain.fields.get("title", ""), plain.fields.get("year", ""))
    return Text.from_latex(" ".join(f"{part}." for part in parts if part) or entry.key)


@dataclass(slots=True)
class FormattedStore:
    """Formatted entries by style and content, kept in a file beside the environment.

    Values stay pickled until they are asked for: a build that prints one page unpickles the entries of one page.
    """

    cache: Cache
    _kept: dict[str, bytes] | None = None
    _used: set[str] = field(default_factory=set)
    _changed: bool = False
    _open: dict[str, Formatted] = field(default_factory=dict)

    def get(self, style: str, entry: Entry, content: str) -> Formatted:
        """Return *entry* in *style*; *content* identifies everything that it is made of, the style's source too."""
        key = f"{style}/{content}"
        self._used.add(key)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._load(key) or self._format(key, style, entry)
        return found

    def _entries(self) -> dict[str, bytes]:
        if self._kept is None:
            self._kept = self.cache.load(0) or {}
        return self._kept

    def _load(self, key: str) -> Formatted | None:
        data = self._entries().get(key)
        return pickle.loads(data) if data is not None else None  # noqa: S301 (its checksum was right)

    def _format(self, key: str, style: str, entry: Entry) -> Formatted:
        found = Formatted(formatted(style_of(style), entry))
        self._entries()[key] = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        self._changed = True
        return found

    def save(self) -> None:
        """Write what is new; entries that no bibliography lists any more are dropped."""
        if self._changed:
            entries = self._entries()
            self.cache.save({key: entries[key] for key in sorted(self._used or entries) if key in entries})
            self._changed = False


_stores: dict[Path, FormattedStore] = {}


def store_of(stored: StoredEntries) -> FormattedStore:
    """Return the store beside the entries' own file."""
    path = stored.path.with_name(FILE)
    if path not in _stores:
        own = [folder_digest(_PACKAGE / room, (".py",)) for room in ("bibliography", "citations")]
        key = cache_key(Formatted, distributions=["pybtex", "latexcodec", "pylatexenc"], more=own)
        _stores[path] = FormattedStore(Cache(path, key, logger.info))
    return _stores[path]


def save_stores(_app: Sphinx, _exception: Exception | None) -> None:
    """Write what this build has formatted (``build-finished``)."""
    for store in _stores.values():
        store.save()
    _stores.clear()
