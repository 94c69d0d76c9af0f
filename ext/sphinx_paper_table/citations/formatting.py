"""Entries as a pybtex style prints them, each formatted once and kept between builds by its content.

Formatting is what a bibliography costs (2 ms an entry, twice, at every build in sphinxcontrib-bibtex 2.7, no-op builds
included). Here an entry is formatted when it is first listed, and again only when its BibTeX or the style changes.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pybtex.plugin
from docutils import nodes
from pybtex.exceptions import PybtexError
from pybtex.richtext import Tag, Text
from sphinx.util import logging

from sphinx_paper_table.bibliography.for_styles import in_text, styled
from sphinx_paper_table.citations.kept_nodes import kept_node, node_of
from sphinx_paper_table.citations.reference_text import join_texts, kept_reference, reference_paragraph
from sphinx_paper_table.citations.rich_text import unmarked
from sphinx_paper_table.citations.style_registry import StyleTypes, style_of
from sphinx_paper_table.citations.templates import corrected, template_of
from sphinx_paper_table.compat.pybtex import FieldIsMissing
from sphinx_paper_table.compat.pybtex_texts import entry_text
from sphinx_paper_table.compat.sphinxcontrib_bibtex import node_text_transform
from sphinx_paper_table.store import Values, cache_key, program_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pybtex.backends import BaseBackend
    from pybtex.database import Entry
    from pybtex.richtext import BaseText
    from pybtex.style.formatting import BaseStyle
    from sphinx.application import Sphinx

    from sphinx_paper_table.citations.kept_nodes import KeptNode
    from sphinx_paper_table.citations.library import StoredEntries

logger = logging.getLogger(__name__)

FILE: Final = "citations.pickle"
_FAULTS: Final = (PybtexError, AttributeError, KeyError, TypeError, ValueError)
"""What styles raise for types, fields and TeX that they do not know."""


@cache
def _plain_backend() -> BaseBackend:
    """Return the backend for tooltips; pybtex reads entry points at each request (see `style_of`)."""
    backend: BaseBackend = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()
    return backend


def tooltip_text(text: BaseText) -> str:
    """Return *text* as one line without TeX, for the tooltip of a reference."""
    plain: str = text.render(_plain_backend())
    return plain.replace("\\url ", "")  # pybtex leaves it in what is printed as by the stock package


class Formatted(NamedTuple):
    """What an entry says in one style."""

    paragraph: KeptNode | nodes.Element
    plain: str
    """The text as `tooltip_text` returns it."""

    def node(self) -> nodes.Element:
        """Return the paragraph on a page."""
        found: nodes.Element = (
            self.paragraph.deepcopy() if isinstance(self.paragraph, nodes.Element) else node_of(self.paragraph)
        )
        return found


def _formatted(text: BaseText) -> Formatted:
    """Return *text* as nodes and in plain text; nodes of a project's own classes stay nodes."""
    try:
        return Formatted(kept_reference(text), tooltip_text(text))
    except ValueError:
        return Formatted(_nodes_of(text), tooltip_text(text))


def _nodes_of(text: BaseText) -> KeptNode | nodes.Element:
    paragraph = reference_paragraph(text)
    node_text_transform(paragraph)  # which looks for texts that end with \url
    join_texts(paragraph)
    try:
        return kept_node(paragraph)
    except ValueError:
        return paragraph


def formatted(style: BaseStyle, entry: Entry) -> BaseText:
    """Return *entry* in *style*; whatever the style asks for and the entry lacks is left out."""
    if members := getattr(entry, "members", ()):
        return Text(" ").join([formatted(style, member) for member in members])
    printed, complete = styled(entry, StyleTypes(style)), corrected(style)
    while True:
        try:
            return unmarked(entry_text(complete, printed, template_of))
        except FieldIsMissing as error:
            if error.field_name.lower() in printed.absent:
                break
            printed = printed.without(error.field_name)
        except _FAULTS as error:
            logger.debug("the style %s cannot print %s: %s", type(style).__name__, entry.key, error)
            break
    return _by_itself(entry)


def formatted_as_stock(style: BaseStyle, entry: Entry) -> BaseText:
    """Return *entry* as sphinxcontrib-bibtex prints it: what the style misses takes the place of the entry.

    Where that would end the build, it is printed as without ``citations_compatible``.
    """
    try:
        return style.format_entry("", entry).text
    except FieldIsMissing as error:
        return Tag("b", str(error))
    except _FAULTS as error:
        logger.debug("the style %s cannot print %s: %s", type(style).__name__, entry.key, error)
        return formatted(style, entry)


def missing_field(style: BaseStyle, entry: Entry) -> str:
    """Return what pybtex says of a field that *style* asks for and *entry* lacks; the empty string where it has all."""
    try:
        style.format_entry("", entry)
    except FieldIsMissing as error:
        return str(error)
    except _FAULTS:
        return ""
    return ""


def _by_itself(entry: Entry) -> BaseText:
    """Return an entry that a style cannot print: who, what and when."""
    plain = in_text(entry)
    names = ", ".join(str(person) for role in ("author", "editor") for person in plain.persons.get(role, ()))
    parts = (names, plain.fields.get("title", ""), plain.fields.get("year", ""))
    return Text.from_latex(" ".join(f"{part}." for part in parts if part) or entry.key)


def text_of(style: str, entry: Entry, *, as_stock: bool) -> BaseText:
    """Return *entry* in the style with the name *style*."""
    return (formatted_as_stock if as_stock else formatted)(style_of(style), entry)


def key_of(style: str, content: str, *, as_stock: bool) -> str:
    """Return what an entry is kept under."""
    return f"{style}/{'stock' if as_stock else ''}/{content}"


def made(style: str, entry: Entry, *, as_stock: bool) -> bytes:
    """Return *entry* in a style, as it is kept."""
    return pickle.dumps(tuple(_formatted(text_of(style, entry, as_stock=as_stock))), pickle.HIGHEST_PROTOCOL)


@dataclass(slots=True)
class FormattedStore:
    """Formatted entries by style and content, kept in a file beside the environment: a page with all holds none."""

    values: Values
    _used: set[str] = field(default_factory=set)
    _made: int = 0
    """How many entries this build has formatted."""

    def get(self, style: str, content: str, entry: Callable[[], Entry], *, as_stock: bool) -> Formatted:
        """Return the *entry* in *style*; *content* identifies everything that it is made of, the style's source too."""
        key = key_of(style, content, as_stock=as_stock)
        self._used.add(key)
        data = self.values.get(key)
        if data is None:
            data = made(style, entry(), as_stock=as_stock)
            self.keep(key, data)
        return Formatted(*pickle.loads(data))  # noqa: S301 (its checksum was right)

    def has(self, key: str) -> bool:
        """Return whether an entry is kept."""
        return self.values.has(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep an entry that this build has formatted."""
        self.values.put(key, data)
        self._made += 1

    def save(self) -> None:
        """Write what is new; entries that no bibliography lists any more are dropped."""
        if self._made:
            self.values.save(sorted(self._used or self.values.names()))
            logger.info("references formatted: %d", self._made)
            self._made = 0


_stores: dict[str, FormattedStore] = {}
"""The stores of a build, by the digests of what they are made from."""


def store_of(stored: StoredEntries) -> FormattedStore:
    """Return the store beside the entries' own file; each reference on a page asks."""
    if stored.digest not in _stores:
        # pybtex's styles read every text with latexcodec once more; what we have made of it passes through that.
        key = cache_key(
            Formatted, distributions=["pybtex", "pybtex-docutils", "latexcodec", "pylatexenc"], more=[program_digest()]
        )
        _stores[stored.digest] = FormattedStore(Values(stored.path.with_name(FILE), key, logger.info))
    return _stores[stored.digest]


def save_stores(_app: Sphinx, _exception: Exception | None) -> None:
    """Write what this build has formatted (``build-finished``)."""
    for store in _stores.values():
        store.save()
        store.values.close()
    _stores.clear()
