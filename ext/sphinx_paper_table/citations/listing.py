"""What each bibliography lists: which entries, in which order, under which label; one pass over the references.

The result is kept in the environment with a digest of everything it depends on, and is only computed anew when that
changes. Texts are not in it: they are formatted, or fetched from the store, when a page shows them.
"""

from __future__ import annotations

import ast
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx.util import logging

from sphinx_paper_table.bibliography.for_styles import has_formula, in_text
from sphinx_paper_table.citations.citing import EVERYTHING, asked_for, citing_pages
from sphinx_paper_table.citations.edited_listings import edited_citations
from sphinx_paper_table.citations.formatting import missing_field
from sphinx_paper_table.citations.former_keys import with_present_keys
from sphinx_paper_table.citations.label_text import label_words
from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.citations.list_parts import ListPart, part_of
from sphinx_paper_table.citations.listed import Listed, TextSource
from sphinx_paper_table.citations.style_registry import in_order, sort_name, style_digest, style_of
from sphinx_paper_table.citations.styles import author_year_labels
from sphinx_paper_table.compat.sphinxcontrib_bibtex import admits, get_docnames
from sphinx_paper_table.store import content_digest
from sphinx_paper_table.survey.initials import initial_of
from sphinx_paper_table.survey.query import digest
from sphinx_paper_table.survey.selection import in_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.bibliography.reader import Bibliography
    from sphinx_paper_table.citations.styles import AuthorYearLabel
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey, BibliographyValue, BibtexDomain

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Listings:
    """What all bibliographies list, in their order."""

    circumstances: str
    """All that they depend on beside the pages."""
    state: str
    """A digest of all that they depend on."""
    citations: list[Listed]
    """By the names of their pages; those of one page in its order."""
    warnings: list[tuple[str, str, str, int]] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    formulas: frozenset[str] = frozenset()
    """Pages whose lists have formulas."""
    places: str = ""
    """A digest of where the references stand."""
    names: str = ""
    """A digest of how other pages call them, too."""
    marks: str = ""
    """A digest of all that shows of them, too."""
    _by_key: dict[str, list[int]] = field(default_factory=dict)
    _by_bibliography: dict[BibliographyKey, list[Listed]] = field(default_factory=dict)
    _preferred: dict[str, Listed] = field(default_factory=dict)
    _items: dict[str, Listed] = field(default_factory=dict)
    """What stands in lists of other kinds, whose items have no label."""

    def __post_init__(self) -> None:
        """Index the citations."""
        for number, listed in enumerate(self.citations):
            self._by_bibliography.setdefault(listed.bibliography_key, []).append(listed)
            if listed.list_ == "citation":
                self._by_key.setdefault(listed.key, []).append(number)
            elif not listed.source.as_stock:
                self._items.setdefault(listed.key, listed)
        for key, numbers in self._by_key.items():
            self._preferred[key] = max((self.citations[number] for number in numbers), key=self.size)
        placed = [(*one[:4], one.list_, one.source.as_stock) for one in self.citations]
        self.places = digest((placed, sorted(self.aliases.items())))
        self.names = digest((self.places, [one.author_year for one in self.citations]))
        self.marks = digest((self.names, [(one.label, one.content) for one in self.citations]))

    def size(self, listed: Listed) -> tuple[int, BibliographyKey]:
        """Order references by the length of their lists."""
        return len(self._by_bibliography[listed.bibliography_key]), listed.bibliography_key

    def of(self, key: BibliographyKey) -> list[Listed]:
        """Return what one bibliography lists."""
        return self._by_bibliography.get(key, [])

    def find(self, key: str, docname: str) -> Listed | None:
        """Return the reference that *key* on the page *docname* leads to: its own list's, else the largest list's.

        Where no list has labels for it, it is the first item of those that have none.
        """
        name = key if key in self._by_key else self.aliases.get(key, key)
        numbers = self._by_key.get(name, ())
        if len(numbers) > 1:
            behind = bisect_right(numbers, docname, key=self._page)
            if behind and self._page(numbers[behind - 1]) == docname:
                return self.citations[numbers[behind - 1]]
        return self._preferred.get(name) or self._items.get(name)

    def in_stock_order(self, keys: Iterable[str], docname: str) -> list[tuple[str, Listed]]:
        """Return the references of *keys* as the stock domain orders them: local ones first, each in list order."""
        found = [(key, listed) for key in keys if (listed := self.find(key, docname))]
        return sorted(found, key=lambda pair: self._stock_order(pair[1], docname))

    def _stock_order(self, listed: Listed, docname: str) -> tuple[bool, int]:
        numbers = self._by_key.get(listed.key, ())
        if not numbers:
            return True, len(self.citations)
        if listed.bibliography_key.docname != docname:
            return True, numbers[0]
        return False, numbers[bisect_left(numbers, docname, key=self._page)]

    def _page(self, number: int) -> str:
        """Return the page of a citation; they are in the order of their pages' names."""
        return self.citations[number].bibliography_key.docname

    def preferred(self) -> Iterator[Listed]:
        """Yield one reference for every key: the one that pages without a list of their own lead to."""
        return iter(self._preferred.values())

    def warn(self) -> None:
        """Repeat the warnings; they are those of the stock domain."""
        for message, subtype, docname, line in self.warnings:
            logger.warning("%s", message, location=(docname, line), type="bibtex", subtype=subtype)


def list_references(domain: BibtexDomain, known: Listings | None, *, pages_changed: bool) -> Listings:
    """Return what all bibliographies of *domain* list; *known* itself when nothing has changed."""
    circumstances = _circumstances(domain, domain.bibdata.data.digest)
    if known is not None and not pages_changed and known.circumstances == circumstances:
        return known
    docnames = get_docnames(domain.env)
    state = _state(domain, circumstances, docnames)
    if known is not None and known.state == state:
        return known
    keys = sorted(domain.bibliographies, key=lambda key: (key.docname, _number(key.id_)))
    former, aliases = library_of(domain.env).former, dict(library_of(domain.env).aliases)
    if known and former and known.state == _state(domain, _circumstances(domain, former.digest), docnames):
        is_in = _ListingRun(domain, docnames).is_in
        edited = edited_citations({key: known.of(key) for key in keys}, former, domain.bibdata.data, is_in)
        if edited is not None:
            found = list(chain(*edited.values()))
            return Listings(circumstances, state, found, known.warnings, aliases, known.formulas)
    run = _ListingRun(domain, docnames)
    for key in keys:
        run.list_bibliography(key, domain.bibliographies[key])
    return Listings(circumstances, state, run.citations, run.warnings, aliases, frozenset(run.formulas))


def _number(name: str) -> tuple[int, str]:
    """Order ids as a page has them: ``id9`` before ``id10``."""
    digits = "".join(filter(str.isdigit, name))
    return int(digits or 0), name


def _circumstances(domain: BibtexDomain, entries: str) -> str:
    """Return all that lists depend on beside the pages; *entries* is the digest of the bibliography."""
    config = domain.env.config
    styles = {value.style for value in domain.bibliographies.values()} | {config.bibtex_tooltips_style or ""}
    sources = [style_digest(name) for name in sorted(styles) if name]
    options = config.bibtex_tooltips, config.bibtex_tooltips_style, config.citations_compatible
    return repr((entries, *options, label_words(), sources))


def _state(domain: BibtexDomain, circumstances: str, docnames: list[str]) -> str:
    found = hashlib.blake2b(digest_size=16)
    found.update(repr((circumstances, docnames)).encode())
    for key in sorted(domain.bibliographies):
        value: Any = domain.bibliographies[key]
        facts = value._replace(filter_=ast.dump(value.filter_), citation_nodes=value.citation_nodes.facts)
        found.update(repr((key, facts, part_of(domain, key))).encode())
    found.update(repr(sorted(domain.data["cited"].items())).encode())
    return found.hexdigest()


class _Labelled(NamedTuple):
    """An entry, as labels and orders need it, with its labels in the style of the list and by author and year."""

    label: str
    author_year: AuthorYearLabel
    entry: Entry


_YEAR: Final = re.compile(r"\d{4}")


def _is_in(part: ListPart, entry: Entry) -> bool:
    year = _YEAR.search(entry.fields.get("year", ""))
    return (part.years is None or in_years(year[0] if year else "", part.years)) and (
        not part.letters or initial_of(sort_name(entry)) in part.letters
    )


class _ListingRun:
    """One computation of the listings."""

    def __init__(self, domain: BibtexDomain, docnames: list[str]) -> None:
        self.citations: list[Listed] = []
        self.warnings: list[tuple[str, str, str, int]] = []
        self.formulas: set[str] = set()
        self._domain = domain
        self._ranks, self._citing = citing_pages(domain, docnames)
        self._filters: dict[BibliographyKey, ast.AST] = {}
        self._wholes: dict[str, list[_Labelled]] = {}
        self._used: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        self._anchors: dict[str, set[str]] = defaultdict(set)

    def list_bibliography(self, key: BibliographyKey, value: BibliographyValue) -> None:
        """Add what one bibliography lists."""
        style = style_of(value.style)
        source = self._source(value)
        entries = self._labelled(key, value, source)
        if any(has_formula(self._entries[labelled.entry.key]) for labelled in entries):
            self.formulas.add(key.docname)
        styled = content_digest(f"{style_digest(source.style)} {style_digest(source.tooltip_style or '')}".encode())
        ids: Any = value.citation_nodes
        for label, author_year, entry in entries:
            name = value.keyprefix + entry.key
            listed = Listed(
                self._anchor(ids.id_of(name), key.docname, value.line),
                key,
                name,
                entry.key,
                value.labelprefix + label,
                author_year.text + author_year.letter,
                author_year.letter,
                f"{self._library.contents.get(entry.key, '')} {styled[:16]}",
                value.list_,
                source,
            )
            self.citations.append(listed)
            self._check(listed, value.line)
            if source.as_stock and (missing := missing_field(style, listed.entry)):
                self.warnings.append((missing, "missing_field", key.docname, value.line))

    def _labelled(self, key: BibliographyKey, value: BibliographyValue, source: TextSource) -> list[_Labelled]:
        """Return the entries of a list in order, or those in its part of one; labels are those of the whole list."""
        part = part_of(self._domain, key)
        if part is None:
            return self._whole(key, value, source)
        if part.of not in self._wholes:
            self._wholes[part.of] = self._whole(key, value, source)
        return [labelled for labelled in self._wholes[part.of] if _is_in(part, labelled.entry)]

    def _whole(self, key: BibliographyKey, value: BibliographyValue, source: TextSource) -> list[_Labelled]:
        style = style_of(value.style)
        ranked = [entry for _, entry in sorted(self._filtered(key, value).items(), key=self._rank)]
        ordered = list(map(in_text, style.sort(ranked))) if source.as_stock else in_order(style, ranked)
        labels = zip(style.format_labels(ordered), author_year_labels(ordered), ordered, strict=True)
        return [_Labelled(*found) for found in labels]

    def _anchor(self, name: str, docname: str, line: int) -> str:
        """Return *name*, or another one where an earlier bibliography of the page has it; ids must be unique.

        The stock directive warns of every entry in the files; here only those that the page shows twice count.
        """
        taken = self._anchors[docname]
        found, number = name, 1
        while found in taken:
            number += 1
            found = f"{name}-{number}"
        if found != name:
            self.warnings.append((f"duplicate citation id {name}", "duplicate_id", docname, line))
        taken.add(found)
        return found

    def is_in(self, key: BibliographyKey, entry: Entry) -> bool:
        """Return whether a list has *entry*, as it is or as it was, if the list is of a file that has its key."""
        value, part = self._domain.bibliographies[key], part_of(self._domain, key)
        is_admitted = entry.key in value.keys or self._admits(key, value, value.keyprefix + entry.key, entry)
        return is_admitted and (part is None or _is_in(part, in_text(entry)))

    @property
    def _library(self) -> Bibliography:
        found: Bibliography = self._domain.bibdata.data.bibliography
        return found

    def _source(self, value: BibliographyValue) -> TextSource:
        config = self._domain.env.config
        tooltip = (config.bibtex_tooltips_style or value.style) if config.bibtex_tooltips else None
        return TextSource(self._domain.bibdata.data, value.style, tooltip, value.line, config.citations_compatible)

    def _rank(self, item: tuple[str, Entry]) -> tuple[int, int]:
        """Order cited entries by their first citation, then the others as the files have them."""
        key, _entry = item
        return (0, self._ranks[key]) if key in self._ranks else (1, 0)

    def _filtered(self, key: BibliographyKey, value: BibliographyValue) -> dict[str, Entry]:
        """Return the entries that the filter admits, in the order of the files."""
        found = {}
        for name, entry_key in self._candidates(key, value):
            entry = self._entries[entry_key]
            if entry_key in value.keys or self._admits(key, value, name, entry):
                found[name] = entry
        return found

    @property
    def _entries(self) -> Mapping[str, Entry]:
        entries: Mapping[str, Entry] = self._domain.bibdata.data.entries
        return entries

    def _candidates(self, key: BibliographyKey, value: BibliographyValue) -> Iterator[tuple[str, str]]:
        """Yield the entries that the filter may admit: those cited (here) where it asks for that, else all."""
        wanted = asked_for(value.filter_)
        here = wanted == "here"
        for path in value.bibfiles:
            for entry_key in self._domain.bibdata.bibfiles[path].keys:
                name = value.keyprefix + entry_key
                cited = self._citing.get(name, ())
                if not wanted or (key.docname in cited if here else cited) or entry_key in value.keys:
                    yield name, entry_key

    def _admits(self, key: BibliographyKey, value: BibliographyValue, name: str, entry: Entry) -> bool:
        cited = self._citing.get(name, set())
        if isinstance(value.filter_, ast.Module) and ast.dump(value.filter_) == EVERYTHING:
            return True
        try:
            return admits(self._filter_of(key, value), entry, key.docname, cited)
        except ValueError as error:
            message = f"syntax error in :filter: expression; {error}"
            self.warnings.append((message, "filter_syntax_error", key.docname, value.line))
            return bool(cited)

    def _filter_of(self, key: BibliographyKey, value: BibliographyValue) -> ast.AST:
        """Return the filter of a list with the present keys for former ones."""
        if key not in self._filters:
            aliases = library_of(self._domain.env).aliases
            former = {alias: name for alias, name in aliases.items() if alias not in self._entries}
            self._filters[key] = with_present_keys(value.filter_, former)
        return self._filters[key]

    def _check(self, listed: Listed, line: int) -> None:
        """Note what the stock domain warns of; a key in a second page's list is no fault any more."""
        docname = listed.bibliography_key.docname
        if listed.list_ != "citation":
            return
        if listed.key in self._used[docname]:
            message = f'duplicate local citation for key "{listed.key}"'
            self.warnings.append((message, "duplicate_local_citation", docname, line))
        self._used[docname].add(listed.key)
        first = self._labels.setdefault(listed.label, listed.entry_key)
        if first != listed.entry_key:
            message = f'duplicate label "{listed.label}" for keys "{first}" and "{listed.entry_key}"'
            self.warnings.append((message, "duplicate_label", docname, line))
