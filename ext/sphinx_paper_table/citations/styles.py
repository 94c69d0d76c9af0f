"""Author–year styles: labels that a reader of the field expects, told apart by letters, in the language of the build.

Choose them with ``bibtex_default_style = "author_year"`` and ``bibtex_reference_style = "author_year_letters"``; any
other pybtex style works as before.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import pybtex.plugin
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.citations.label_text import label_words, semicolon
from sphinx_paper_table.compat.sphinxcontrib_bibtex import AuthorYearReferenceStyle, register_plugin
from sphinx_paper_table.reading.bibtex_options import FORMATTING, REFERENCING
from sphinx_paper_table.survey.references import OTHERS, short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex.database import Entry, Person


_LETTERED: Final = re.compile(r"(?<!\d)\d{4}[a-z]$")
"""A year with a letter, as authors write it who tell their works apart by hand."""
_SUBTITLE: Final = re.compile(r"(?<=\w): |(?<=\w)：")
_WORDS_OF_LABEL: Final = 6


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]  # pybtex has no types
    """Labels such as "He et al., 2020" and "Chen and He, 2021a"."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the labels of a bibliography's entries, in order."""
        return (label.text + label.letter for label in author_year_labels(sorted_entries))


class AuthorYearLabel(NamedTuple):
    """A label, and what tells it from the others of the same authors and year: "a", or " a" behind a word."""

    text: str
    letter: str


def author_year_labels(sorted_entries: Iterable[Entry]) -> Iterator[AuthorYearLabel]:
    """Yield the labels of a bibliography's entries, in order."""
    words = label_words()
    plain = [words.comma.join((_authors(entry), year_of(entry))) for entry in sorted_entries]
    count = Counter(plain)
    free: dict[str, Iterator[str]] = {}
    for label in plain:
        if count[label] == 1:
            yield AuthorYearLabel(label, "")
            continue
        bare = label[:-1] if _LETTERED.search(label) else label
        if bare not in free:
            free[bare] = (letter for letter in map(letters, itertools.count()) if count[bare + letter] != 1)
        before = "" if bare[-1:].isdecimal() else " "
        yield AuthorYearLabel(bare, f"{before}{next(free[bare])}")


def year_of(entry: Entry, letter: str = "") -> str:
    """Return the year, or what says that there is none, with the *letter* of its label.

    A letter that somebody wrote stays where it tells the work from others, and is not doubled where it does not.
    """
    year = readable(entry.fields.get("year", "")) or label_words().undated
    return (year[:-1] if letter and _LETTERED.search(year) else year) + letter


def letters(number: int) -> str:
    """Return a, b, … z, aa, ab for 0, 1, … 25, 26, 27: they tell works of the same authors and year apart."""
    before, last = divmod(number, len(string.ascii_lowercase))
    return (letters(before - 1) if before else "") + string.ascii_lowercase[last]


def _authors(entry: Entry) -> str:
    """Return the authors as a label has them, or the first words of the title of a work without any."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_family(person) for person in persons]
    return short_names(names, label_words()) or _short_title(readable(entry.fields.get("title", entry.key)))


def _short_title(title: str) -> str:
    """Return the part of a title before its colon, or its first words: labels stand in the middle of sentences."""
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    words = main.split()
    if len(words) <= _WORDS_OF_LABEL:
        return main
    return f"{' '.join(words[:_WORDS_OF_LABEL]).rstrip(',;')}…"


def _family(person: Person) -> str:
    if str(person) == "others":
        return OTHERS
    parts = [*person.prelast_names, *person.last_names, *person.lineage_names] or person.first_names
    return readable(" ".join(parts))


class AuthorYearStyle(PlainStyle):  # type: ignore[misc]  # as above
    """pybtex's plain style with author–year labels."""

    default_label_style: ClassVar[Any] = AuthorYearLabels


@dataclass
class LettersReferenceStyle(AuthorYearReferenceStyle):
    """References by author and year, with the letters of the list and the words of the language."""

    has_letters: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Set the words between names."""
        words = label_words()
        self.person.sep2 = words.two.replace("%s", "")
        self.person.last_sep = self.person.sep2
        rest = words.many.replace("%s", "")
        lead = rest[: len(rest) - len(rest.lstrip())]
        self.person.other = Text(lead, Tag("em", rest.strip()) if rest.isascii() else rest.strip())
        self.author_year_sep = self.post_text_sep = words.comma
        if not words.comma.isascii():  # wide punctuation parts references that have a comma in them by a semicolon
            self.bracket_parenthetical.sep = semicolon()
            self.bracket_textual.sep = words.comma
        super().__post_init__()  # type: ignore[no-untyped-call]


def register_styles() -> None:
    """Make both styles known to pybtex."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", FORMATTING, AuthorYearStyle)
    register_plugin("sphinxcontrib.bibtex.style.referencing", REFERENCING, LettersReferenceStyle)
