"""Entries that seem to be one paper: with one DOI or arXiv id, or nearly one title by the same first author."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.references import Reference

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"\d+|[ivx]+")
_PARTS: Final = frozenset({"inbook", "incollection", "suppbook", "suppcollection", "inreference", "bookinbook"})
"""Types of parts of a book, which are often given the DOI of the whole."""
_ARTICLES: Final = frozenset({"a", "an", "the", "on"})
_NEAR: Final = 0.9
"""How alike the words of two titles are that may be one: a slip of the pen, a subtitle's colon, a spelling."""
_TELLING: Final = 3
"""Words of a title that tells a paper from others without its authors."""
_COMPARED: Final = 20
"""Titles with one beginning that a further one is compared with, so that the time grows with the number of entries."""


def check_duplicates(references: Iterable[Reference], problems: Problems) -> None:
    """Note entries that seem to be the same paper as an earlier one, each once."""
    known = [reference for reference in references if reference.type != "set"]  # which has the data of its members
    told = _check_identifiers(known, problems)
    for first, second in _near(reference for reference in known if reference.key not in told):
        message = f"'{second.key}' has nearly the title and authors of '{first.key}'"
        problems.add(Code.BIBTEX_SIMILAR, message, second.position, _hint(first))


def _check_identifiers(references: Iterable[Reference], problems: Problems) -> frozenset[str]:
    """Note equal identifiers; return the keys of the entries that have one of an earlier entry."""
    owners: dict[tuple[str, str], Reference] = {}
    told = set()
    for reference in references:
        for name, value in _identifiers(reference):
            first = owners.setdefault((name, value.casefold()), reference)
            if first is not reference and reference.key not in told and not _are_parts(first, reference):
                told.add(reference.key)
                message = f"'{reference.key}' has the {name} of '{first.key}', {value}"
                problems.add(Code.BIBTEX_SAME, message, reference.position, _hint(first))
    return frozenset(told)


def _hint(first: Reference) -> str:
    place = first.position
    return (
        f"that is at {place.path}:{place.line}; if they are one paper, keep one and name the other's key in its 'ids'"
    )


def _are_parts(first: Reference, second: Reference) -> bool:
    return bool({first.type, second.type} & _PARTS) and _words(first) != _words(second)


def _words(reference: Reference) -> list[str]:
    return _WORD.findall(reference.title.casefold())


def _near(references: Iterable[Reference]) -> Iterator[tuple[Reference, Reference]]:
    """Yield pairs of an entry and a later one with the same first author, last name of all, and nearly its title."""
    titles = _Titles()
    for reference in references:
        if other := titles.find(reference):
            yield other, reference
        titles.add(reference)


class _Titles:
    """Entries by first author, beginning of the title and number of authors."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str, str, int], list[tuple[Reference, list[str]]]] = {}

    @staticmethod
    def _beginning(reference: Reference, words: list[str]) -> tuple[str, str, int]:
        first = next((word for word in words if word not in _ARTICLES), words[0])
        return reference.authors[0].family.casefold(), first[:3], len(reference.authors)

    def find(self, reference: Reference) -> Reference | None:
        """Return an entry with nearly the same title and authors."""
        words = _words(reference)
        if not words or not reference.authors:
            return None
        others = self._alike.get(self._beginning(reference, words), ())
        return next((other for other, theirs in others if nearly_equal(words, theirs)), None)

    def add(self, reference: Reference) -> None:
        """Take in an entry."""
        words = _words(reference)
        if words and reference.authors:
            others = self._alike.setdefault(self._beginning(reference, words), [])
            if len(others) < _COMPARED:
                others.append((reference, words))


class Identities:
    """The papers that are known, by what tells whether another one is the same."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        """Begin with *references*."""
        self._owners: dict[tuple[str, str], Reference] = {}
        self._titles = _Titles()
        self._without_authors: dict[str, Reference] = {}
        self._by_words: dict[str, Reference] = {}
        for reference in references:
            self.add(reference)

    def add(self, reference: Reference) -> None:
        """Take in an entry."""
        for name, value in _identifiers(reference):
            self._owners.setdefault((name, value.casefold()), reference)
        self._titles.add(reference)
        words = _words(reference)
        if len(words) >= _TELLING:
            self._by_words.setdefault(" ".join(words), reference)
            if not reference.authors:
                self._without_authors.setdefault(" ".join(words), reference)

    def find(self, reference: Reference) -> tuple[Reference, str] | None:
        """Return the known entry that is the same paper, and by what: "DOI", "arXiv id" or "title"."""
        for name, value in _identifiers(reference):
            first = self._owners.get((name, value.casefold()))
            if first is not None and not _are_parts(first, reference):
                return first, name
        title = " ".join(_words(reference))
        known = self._without_authors if reference.authors else self._by_words
        found = self._titles.find(reference) or known.get(title)
        return (found, "title") if found else None


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in (("DOI", reference.doi), ("arXiv id", reference.arxiv)) if value)


def nearly_equal(words: list[str], others: list[str]) -> bool:
    """Return whether two titles, in words, are one but for spelling; "Part I" and "Part II" are not, nor two years."""
    if [word for word in words if _NUMBER.fullmatch(word)] != [word for word in others if _NUMBER.fullmatch(word)]:
        return False
    one, other = "".join(words)[:300], "".join(others)[:300]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return one == other or (matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR)
