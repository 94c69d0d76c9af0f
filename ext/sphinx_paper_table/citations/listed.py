"""One entry in one bibliography: what it is called there, and what it says when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pybtex.style import FormattedEntry

from sphinx_paper_table.citations.formatting import key_of, made, missing_field, store_of, text_of
from sphinx_paper_table.citations.style_registry import style_of

if TYPE_CHECKING:
    from pybtex.database import Entry
    from pybtex.richtext import BaseText

    from sphinx_paper_table.citations.formatting import Formatted
    from sphinx_paper_table.citations.library import StoredEntries
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where the texts of one bibliography come from."""

    stored: StoredEntries
    style: str
    tooltip_style: str | None
    line: int
    as_stock: bool = False
    """Whether entries are printed as sphinxcontrib-bibtex does (``citations_compatible``)."""

    def formatted(self, style: str, key: str, content: str) -> Formatted:
        """Return the entry *key*, which *content* identifies, in *style*."""
        entries = self.stored
        return store_of(entries).get(style, content, lambda: entries.entries[key], as_stock=self.as_stock)


class Listed(NamedTuple):
    """One entry in one bibliography; it answers like the stock domain's ``Citation``."""

    citation_id: str
    bibliography_key: BibliographyKey
    key: str
    entry_key: str
    label: str
    author_year: str
    """The label that readers elsewhere see: "He et al., 2020"."""
    letter: str
    """What ends it, to tell it from others: the "a" of "He et al., 2020a"."""
    content: str
    """A hash of what the entry is made of, and one of the styles that print it."""
    list_: str
    source: TextSource

    @property
    def entry(self) -> Entry:
        """The pybtex entry."""
        return self.source.stored.entries[self.entry_key]

    @property
    def formatted(self) -> Formatted:
        """What the entry says in the bibliography's style."""
        return self.source.formatted(self.source.style, self.entry_key, self.content)

    @property
    def kept_under(self) -> str:
        """What the text is kept under."""
        return key_of(self.source.style, self.content, as_stock=self.source.as_stock)

    @property
    def is_kept(self) -> bool:
        """Whether the text has been made, by this build or one before."""
        return store_of(self.source.stored).has(self.kept_under)

    def made(self) -> bytes:
        """Return the text as it is kept, which takes most of the time; nothing is kept."""
        return made(self.source.style, self.entry, as_stock=self.source.as_stock)

    def keep(self, data: bytes) -> None:
        """Keep what `made` has returned in another process."""
        store_of(self.source.stored).keep(self.kept_under, data)

    @property
    def formatted_entry(self) -> FormattedEntry:
        """The entry in the bibliography's style."""
        return _FormattedLater(self, self.source.style)

    @property
    def tooltip_entry(self) -> FormattedEntry | None:
        """The entry in the style of the tooltips; None where there are none."""
        style = self.source.tooltip_style
        if style is None or (self.source.as_stock and missing_field(style_of(style), self.entry)):
            return None
        return _FormattedLater(self, style)

    @property
    def tooltip(self) -> str | None:
        """The text of the tooltip."""
        found = self.tooltip_entry
        style = self.source.tooltip_style
        return self.source.formatted(style, self.entry_key, self.content).plain if found and style else None


class _FormattedLater(FormattedEntry):  # type: ignore[misc]  # pybtex has no types
    """What pybtex's own class is; the text is made when a style asks for it, which those of the package do not."""

    def __init__(self, listed: Listed, style: str) -> None:
        self.key, self.label = listed.entry_key, listed.label
        self._listed, self._style = listed, style

    @property
    def text(self) -> BaseText:
        """The text of the entry."""
        return text_of(self._style, self._listed.entry, as_stock=self._listed.source.as_stock)
