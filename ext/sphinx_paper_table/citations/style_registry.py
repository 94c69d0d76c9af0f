"""The pybtex styles that are installed or registered by a project: by name, what they print, what they are made of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final

import pybtex.plugin
from pybtex.database import Entry, Person
from pybtex.plugin import PluginNotFound
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.sorting.author_year_title import SortingStyle as AuthorYearTitle
from pybtex.style.sorting.none import SortingStyle as InOrderOfCitation

from sphinx_paper_table.bibliography.for_styles import in_text
from sphinx_paper_table.store import source_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pybtex.style.formatting import BaseStyle

_STYLES: Final = "pybtex.style.formatting"
_ARTICLE: Final = re.compile(r"^[\W_]*(?:(?:a|an|the)\s+)?", re.IGNORECASE)
_BRACES: Final = str.maketrans("", "", "{}")


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


def types_of(name: str) -> frozenset[str]:
    """Return the types that the style *name* has templates for; none where there is no such style."""
    names = dir(style_of(name)) if is_style(name) else ()
    return frozenset(
        method.removeprefix("get_").removesuffix("_template")
        for method in names
        if method.startswith("get_") and method.endswith("_template")
    )


def in_order(style: BaseStyle, entries: Sequence[Entry]) -> list[Entry]:
    """Return *entries*, each `in_text`, in the order of *style*; in pybtex's, works without authors go by their titles.

    pybtex knows editors of books only, and puts whatever else has no author first; names in braces and letters with
    accents it puts last. BibTeX's ``plain.bst`` and biblatex order by editors, or else by title, without its article,
    and see neither braces nor accents.
    """
    if not isinstance(style.sorting_style, AuthorYearTitle):
        return list(map(in_text, style.sort(entries)))
    return sorted(map(in_text, entries), key=partial(order_key, style))


def has_known_order(style: BaseStyle) -> bool:
    """Return whether the order of a list in *style* is that of `order_key`."""
    return type(style.sorting_style) in {AuthorYearTitle, InOrderOfCitation}


def order_key(style: BaseStyle, entry: Entry) -> tuple[str, ...]:
    """Return what *entry*, which is `in_text`, has its place by in a list of pybtex's order; nothing is unsorted."""
    if type(style.sorting_style) is InOrderOfCitation:
        return ()
    return tuple(map(_purified, style.sorting_style.sorting_key(_with_author(entry))))


def _purified(text: str) -> str:
    """Return a text without braces and accents, as BibTeX's ``purify$`` does."""
    bare = text.translate(_BRACES)
    return (
        bare
        if bare.isascii()
        else "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    )


def sort_name(entry: Entry) -> str:
    """Return the name that *entry* is looked up by: the family name of its first author or editor, else its title."""
    person = _with_author(entry).persons["author"][0]
    return " ".join([*person.prelast_names, *person.last_names] or person.first_names)


def _with_author(entry: Entry) -> Entry:
    if entry.persons.get("author"):
        return entry
    title = Person()
    title.last_names = [_ARTICLE.sub("", entry.fields.get("key") or entry.fields.get("title") or entry.key)]
    found = Entry(entry.type, fields=entry.fields, persons={"author": entry.persons.get("editor") or [title]})
    found.key = entry.key
    return found


@dataclass(frozen=True, slots=True)
class StyleTypes:
    """The types of entries that a style can print."""

    style: BaseStyle

    def __contains__(self, kind: object) -> bool:
        """Return whether the style has a template for the type, or a method as styles had before pybtex 0.23."""
        old = f"format_{kind}"
        return hasattr(self.style, f"get_{kind}_template") or (hasattr(self.style, old) and not hasattr(Unsrt, old))
