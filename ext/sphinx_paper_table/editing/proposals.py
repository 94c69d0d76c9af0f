"""Names that a new paper may have: its cite key, its short name and its id, made of authors, year and title."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.corrections import id_like
from sphinx_paper_table.survey.fields import is_id

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sphinx_paper_table.survey.entities import Vocabulary
    from sphinx_paper_table.survey.references import Reference

INSIGNIFICANT: Final = frozenset(
    [
        *("a", "an", "the", "and", "or"),
        *("on", "of", "for", "in", "to", "with", "from", "by", "at", "via", "towards", "toward"),
        *("is", "are", "do", "does", "what", "how", "why", "when", "where"),
    ]
)
"""Words that no key begins with."""
_PARTICLES: Final = re.compile(r"^(?:(?:van|von|de|den|der|di|la|le|ten|ter) )+", re.IGNORECASE)
_NOT_DECOMPOSED: Final = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "đ": "d"})
_NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]")
_BETWEEN_WORDS: Final = re.compile(r"[\s/–—-]+")
_YEAR: Final = re.compile(r"\d{4}")
_WORD: Final = re.compile(r"\S+")
_SUBTITLE: Final = re.compile(r": | [-–—] |\? ")
_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>#$~|&^@\"]")
_LONGEST_WORD: Final = 40
_LONGEST_NAME: Final = 60
_LONGEST_ACRONYM: Final = 25
_MOST_WORDS: Final = 3
"""Words before a colon that are a name, such as "MoCo" or "Vision Transformer Adapter"."""
_WORDS_OF_ID: Final = 4
_WORD_OR_NUMBER: Final = re.compile(r"[^\W_]+")
_SHORTEST_TAG: Final = 3
_MOST_TAGS: Final = 6


def proposed_key(reference: Reference, taken: Container[str]) -> str:
    """Return a cite key by the published pattern (`docs/guide/contract.md`): author, year, first significant word.

    One that is *taken* gets a letter: "he2020momentumb". *taken* holds keys in lower case, and their anchors.
    """
    first = next(iter(reference.authors), None)
    person = _bare(_PARTICLES.sub("", first.family or first.given)) if first else ""
    year = _YEAR.search(reference.year)
    words = list(map(_bare, _BETWEEN_WORDS.split(reference.title)))
    word = next((word for word in words if word and word not in INSIGNIFICANT), "")
    key = "".join((person[:_LONGEST_WORD], year[0] if year else "", word[:_LONGEST_WORD])) or "entry"
    others = (*(f"{key}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"), *(f"{key}-{n}" for n in range(2, 10_000)))
    return next(name for name in (key, *others) if name not in taken)


def _bare(text: str) -> str:
    """Return letters and digits only, without accents, in lower case."""
    return _NOT_IN_KEY.sub("", unicodedata.normalize("NFKD", text.lower().translate(_NOT_DECOMPOSED)))


def proposed_name(title: str, otherwise: str) -> str:
    """Return what readers may call the paper: what stands before a colon of the title if it is short, else its words.

    It is plain text without mark-up; *otherwise* where the title has no words.
    """
    plain = " ".join(_WORD.findall(_MARKS.sub("", title)))
    before = _SUBTITLE.split(plain, maxsplit=1)[0].strip(" .:")
    is_name = len(before) <= _LONGEST_ACRONYM and len(before.split(" ")) <= _MOST_WORDS
    if before and before != plain and is_name and not before.isdigit():
        return before
    if len(plain) > _LONGEST_NAME and 0 < len(before) <= _LONGEST_NAME:
        return before
    if len(plain) > _LONGEST_NAME:
        return f"{plain[:_LONGEST_NAME].rpartition(' ')[0] or plain[:_LONGEST_NAME]}…"
    return plain.strip(" .:") or otherwise


def with_likes(names: Iterable[str]) -> set[str]:
    """Return ids together with those that would have the same anchor: "gpt-5.2" takes "gpt-5-2" too."""
    return {form for name in names for form in (name, name.replace(".", "-"))}


def proposed_id(name: str, otherwise: str, taken: Container[str]) -> str:
    """Return an id made of the words of *name*, at most four; of *otherwise*, where it has no Latin letters.

    One that is *taken*, see `with_likes`, gets a number.
    """
    words = [part for part in id_like(name.replace("…", "")).split("-") if part]
    telling = [word for word in words if word not in INSIGNIFICANT] or words
    stem = "-".join(telling[:_WORDS_OF_ID])
    if not is_id(stem) or stem.isdigit():
        stem = id_like(otherwise)
    stem = stem if is_id(stem) else "paper"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and name.replace(".", "-") not in taken)


def proposed_tags(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the tags whose id, name or former id stands in *text*, those of the longest names first, six at most.

    Words count without regard to case, hyphens and a plural "s".
    """
    words = f" {' '.join(map(_singular, _WORD_OR_NUMBER.findall(text.casefold())))} "
    found: dict[str, int] = {}
    for tag, term in vocabulary.tags.items():
        names = (str(tag), str(term.name), *map(str, term.aliases))
        spoken = [" ".join(map(_singular, _WORD_OR_NUMBER.findall(name.casefold()))) for name in names]
        longest = max((len(name) for name in spoken if name and f" {name} " in words), default=0)
        if longest >= _SHORTEST_TAG:
            found[str(tag)] = longest
    return sorted(found, key=lambda tag: -found[tag])[:_MOST_TAGS]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST_TAG else word
