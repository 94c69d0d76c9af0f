"""Venues under one name, however entries spell them: titles of proceedings, abbreviations of ISO 4, former names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.entities import Venue

_LONGEST: Final = 400
"""Characters of a spelling that count; the longest titles of proceedings have some 250."""
_SIGNS: Final = re.compile(r"\\?&")
_SHORT_YEAR: Final = re.compile(r"['’]\d\d\b")
_WORD: Final = re.compile(r"[^\W_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WITH_YEAR: Final = re.compile(r"^([^\W\d]{3,})(?:19|20)\d\d$")
_UNIT: Final = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEN: Final = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ORDINAL: Final = re.compile(
    rf"\d{{1,4}}(?:st|nd|rd|th)|{_UNIT}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:{_TEN})ieth"
)
_TENS: Final = re.compile(rf"(?:{_TEN})y")
_NUMBER: Final = re.compile(r"\d+|[ivx]+")
_SMALL: Final = frozenset({"the", "of", "on", "in", "for", "and"})
"""Words that abbreviations leave out."""
_HEADS: Final = frozenset({"proceedings", "proc"})
_VOLUME: Final = frozenset({"volume", "vol"})
_SPONSORS: Final = frozenset({"ieee", "cvf", "acm", "annual"})
"""Words that titles of one conference have in one year and not in another."""
_EVENTS: Final = frozenset({"conference", "conf", "symposium", "meeting", "convention"})
_WORKSHOP: Final = re.compile(r"\s(workshops?\b.*)", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\(([^()]*)\)")
_BREAK: Final = re.compile(r"[,:;]|\s[-–—]+\s")


def words_of(spelling: str) -> tuple[str, ...]:
    """Return what tells a venue from others: its words without small ones, ordinals, years and numbers of volumes.

    A name that has nothing else keeps all its words.
    """
    return _words_of(str(spelling[:_LONGEST]))


@lru_cache(maxsize=4096)  # those of the built-in vocabulary are asked for several times by each load
def _words_of(text: str) -> tuple[str, ...]:
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    every = _WORD.findall(_SHORT_YEAR.sub(" ", _SIGNS.sub(" and ", text.casefold())))
    words = list(filter(None, map(_telling, every, [*every[1:], ""])))
    while words and words[0] in _HEADS:
        del words[0]
    while words and (words[-1].isdecimal() or words[-1] in _VOLUME):
        del words[-1]
    return tuple(words or every)


@lru_cache(maxsize=4096)
def _telling(word: str, after: str) -> str:
    """Return *word* without a year that ends it; nothing of a small one and of one that says which time it was.

    That is so of "forty" where "second" stands *after* it.
    """
    if word in _SMALL or _YEAR.fullmatch(word) or _ORDINAL.fullmatch(word):
        return ""
    if _TENS.fullmatch(word) and _ORDINAL.fullmatch(after):
        return ""
    return _WITH_YEAR.sub(r"\1", word)


def key_of(spelling: str) -> str:
    """Return a text that is equal for spellings which differ in signs, spaces, capitals and passing words only."""
    return "".join(words_of(spelling))


def are_alike(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether each word of one name begins as that of the other does: "Phys. Rev. D" and "Physical Review D"."""
    return len(words) == len(others) > 1 and all(map(_is_short_for, words, others))


def _is_short_for(word: str, other: str) -> bool:
    """Return whether one word begins the other; "I" does not abbreviate "II"."""
    return word == other or (
        (word.startswith(other) or other.startswith(word)) and not (_NUMBER.fullmatch(word) or _NUMBER.fullmatch(other))
    )


def initials(words: tuple[str, ...]) -> str:
    """Return what names that are alike, as `are_alike` sees it, have in common."""
    return "".join(word[0] for word in words)


def label_of(venue: Venue) -> str:
    """Return what readers see of a venue."""
    return str(venue.short or venue.name)


def spellings_of(name: str, venue: Venue) -> Iterator[str]:
    """Yield every name of a venue, its id *name* among them, the most proper first."""
    yield str(venue.name)
    if venue.short is not None:
        yield str(venue.short)
    yield from map(str, venue.aliases)
    yield name


class VenueIndex:
    """Finds a venue by whatever an entry calls it; each spelling is looked up once."""

    def __init__(self, venues: Iterable[tuple[str, Venue]] = ()) -> None:
        """Take in *venues* with their ids; of two with one name, the first has it."""
        self._by_key: dict[str, Venue] = {}
        self._by_initials: dict[str, list[tuple[tuple[str, ...], Venue]]] = {}
        self._labels: dict[str, str] = {}
        for name, venue in venues:
            for spelling in spellings_of(name, venue):
                words = words_of(spelling)
                if self._by_key.setdefault("".join(words), venue) is venue and len(words) > 1:
                    self._by_initials.setdefault(initials(words), []).append((words, venue))

    def label(self, spelling: str) -> str:
        """Return what readers see of the venue that an entry calls *spelling*; that itself when no venue is known."""
        known = self._labels.get(spelling)
        if known is None:
            known = self._labels[spelling] = self._label(spelling)
        return known

    def find(self, spelling: str) -> Venue | None:
        """Return the venue that *spelling* names, alone or with time and place; None when none is known."""
        whole = spelling[:_LONGEST]
        without = _ASIDE.sub(" ", whole)
        for text in dict.fromkeys((whole, without)):
            words = words_of(text)
            if found := self._exact(words) or self._alike(words):
                return found
        parts = [*_BREAK.split(without), *_ASIDE.findall(whole)] if _is_event(whole) else ()
        return next((found for part in parts if (found := self._exact(words_of(part)))), None)

    def _exact(self, words: tuple[str, ...]) -> Venue | None:
        """Return the venue of this name, which a conference has with its sponsors or without."""
        found = self._by_key.get("".join(words))
        if found is not None or _EVENTS.isdisjoint(words):
            return found
        return self._by_key.get("".join(word for word in words if word not in _SPONSORS))

    def _alike(self, words: tuple[str, ...]) -> Venue | None:
        """Return the venue whose name has all these words, here or there abbreviated; None when it may be several.

        A letter of an acronym abbreviates nothing: "A&A" would be anybody who begins so.
        """
        alike = [
            venue
            for other, venue in self._by_initials.get(initials(words), ())
            if are_alike(words, other)
            and not any(len(known) == 1 < len(word) for word, known in zip(words, other, strict=True))
        ]
        return alike[0] if len({label_of(venue) for venue in alike}) == 1 else None

    def _label(self, spelling: str) -> str:
        found = self.find(spelling)
        if found is not None:
            return label_of(found)
        workshop = _WORKSHOP.search(spelling[:_LONGEST])
        if workshop and (found := self.find(spelling[: workshop.start()])):
            return f"{label_of(found)} {_ASIDE.sub('', workshop[1]).strip()}"
        acronym, space, rest = spelling.partition(" ")
        found = self._by_key.get(key_of(acronym)) if sum(map(str.isupper, acronym)) > 1 else None
        return f"{label_of(found)}{space}{rest}" if found is not None else spelling


def _is_event(spelling: str) -> bool:
    """Return whether *spelling* is the title of proceedings, whose parts may be names; a workshop has its own."""
    words = _WORD.findall(spelling.casefold())
    if any(word.startswith("workshop") for word in words):
        return False
    return any(word in _EVENTS or _ORDINAL.fullmatch(word) or _YEAR.fullmatch(word) for word in words)
