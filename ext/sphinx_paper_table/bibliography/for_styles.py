r"""Entries as any of pybtex's styles can print them: known types, BibTeX's names, TeX that they understand.

Styles read fields with pybtex's own reader of TeX. What it would spoil is written in characters of Unicode's private
use, which every style passes on: a sign that is special to TeX as one character; a formula or an address as a run of
them; the begin and the end of emphasis as one each. `citations.rich_text` makes text of them when the style is done.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pybtex.database import Entry, Person

from sphinx_paper_table.bibliography.entry_types import printed_type
from sphinx_paper_table.bibliography.printed_fields import printed_fields
from sphinx_paper_table.bibliography.tex import Kind, parse, plain_text, readable
from sphinx_paper_table.compat.pybtex import OrderedCaseInsensitiveDict, person_with
from sphinx_paper_table.survey.references import FIRST_NAMES, MOST_NAMES, is_in_family_order

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sphinx_paper_table.bibliography.tex import Piece

SIGN: Final = 0xF0000
"""The first of the characters that stand for a sign of ASCII that is special to TeX."""
QUOTED: Final = 0xF1000
"""The first of the characters that spell a formula or an address, which lies in the plane."""
LAST: Final = 0xFFFFD
MATH, LINK, END = chr(0xF0100), chr(0xF0101), chr(0xF0102)
TAGS: Final = {
    Kind.EMPHASIS: chr(0xF0110),
    Kind.STRONG: chr(0xF0111),
    Kind.CODE: chr(0xF0112),
    Kind.RAISED: chr(0xF0113),
    Kind.LOWERED: chr(0xF0114),
}
"""Where something begins, and where it ends; of a link, the address follows."""
_PRIVATE: Final = re.compile("[\U000f0000-\U000ffffd]")
_SPECIAL: Final = {ord(sign): chr(SIGN + ord(sign)) for sign in "\\{}$%&#_^~`'\""}
_MARKED: Final = re.compile(r"[\\$%<~]|&#?\w+;|---?|``|''|[\U000f0000-\U000ffffd]")
_LATE_SPACE: Final = re.compile(r"(?<=[^\s\\])\s+(\}{1,3})\Z")
_PLAIN_SPECIAL: Final = {code: sign for code, sign in _SPECIAL.items() if chr(code) not in "{}"}
_VERBATIM: Final = frozenset({"url", "doi", "eprint", "pubmed", "crossref", "xdata", "ids", "file"})
_UNPRINTED: Final = frozenset({"abstract", "annote", "annotation", "file", "keywords", *_VERBATIM})


class StyledEntry(Entry):  # type: ignore[misc]  # pybtex has no types
    """An entry of which whatever a style misses can be left out."""

    absent: frozenset[str] = frozenset()

    def without(self, name: str) -> StyledEntry:
        """Return the entry with the field or the people *name* as if they were there and empty."""
        other = copy.copy(self)
        other.absent = self.absent | {name.lower()}
        other.persons = _People(self.persons, other.absent)
        return other

    def _find_field(self, name: str, bib_data: Any = None) -> Any:
        if name in self.fields or name in self.persons:
            return super()._find_field(name, None)
        if name.lower() in self.absent:
            return ""
        raise KeyError(name)  # pybtex raises three errors for each of the fields that an entry does without


class _People(OrderedCaseInsensitiveDict):  # type: ignore[misc]  # as above
    """People by their role; none, and not an error, in roles that are absent."""

    def __init__(self, people: Mapping[str, Sequence[Person]], absent: frozenset[str]) -> None:
        super().__init__(people)
        self.absent = absent

    def __getitem__(self, role: str) -> Any:
        return [] if role not in self and role.lower() in self.absent else super().__getitem__(role)


def tex_for_styles(latex: str, math: frozenset[str] = frozenset()) -> str:
    """Return *latex* as pybtex's reader of TeX gets right: Unicode, braces that protect, and our own marks."""
    latex = _LATE_SPACE.sub(r"\1", latex)
    if _MARKED.search(latex) is None and latex.count("{") == latex.count("}"):
        return latex.translate(_PLAIN_SPECIAL)
    return "".join(map(_encoded, parse(_PRIVATE.sub("\ufffd", latex), math).pieces))


def _encoded(piece: Piece) -> str:
    if piece.kind is Kind.TEXT:
        return piece.text.translate(_SPECIAL)
    if piece.kind is Kind.MATH:
        return f"{{{MATH}{_quoted(piece.text)}{END}}}"
    inner = "".join(map(_encoded, piece.parts))
    if piece.kind is Kind.GROUP:
        return f"{{{inner}}}"
    begin = f"{LINK}{_quoted(piece.text)}" if piece.kind is Kind.LINK else TAGS[piece.kind]
    return f"{{{begin}{inner}{END}}}"


def _quoted(text: str) -> str:
    return "".join(chr(QUOTED + code) if (code := ord(sign)) < LAST - QUOTED else "\ufffd" for sign in text)


@lru_cache(maxsize=4096)
def text_for_styles(latex: str) -> str:
    """Return *latex* as Unicode text that pybtex's reader of TeX leaves as it is, with the braces that protect."""
    if _MARKED.search(latex) is None and latex.count("{") == latex.count("}"):
        return latex.translate(_ESCAPED)
    return _text(parse(_PRIVATE.sub("\ufffd", latex)).pieces)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"{{{_text(piece.parts)}}}" if piece.kind is Kind.GROUP else plain_text((piece,)).translate(_IN_TEXT)
        for piece in pieces
    )


_ESCAPED: Final = {ord(sign): f"\\{sign}" for sign in "%&#_$"}
_IN_TEXT: Final = {**_ESCAPED, **dict.fromkeys(map(ord, "\\{}^~"))}
_WITH_LABELS: Final = frozenset({"article", "book", "inbook", "incollection", "manual", "misc", "proceedings"})
"""Types that styles of labels and orders tell apart, and two for all others."""
_IN_LABELS: Final = ("title", "booktitle", "year", "month", "key", "journal", "organization", "institution")


def has_formula(entry: Entry) -> bool:
    """Return whether a reference to *entry* may have a formula in it."""
    return any(
        "$" in value or "\\(" in value or "\\ensuremath" in value
        for name, value in entry.fields.items()
        if name.lower() not in _UNPRINTED
    )


def in_text(entry: Entry) -> Entry:
    """Return *entry* as labels, citations and the order of a list need it: who, what and when, without TeX."""
    written = {name.lower(): value for name, value in entry.fields.items()}
    kind = printed_type(entry.type, written, _WITH_LABELS)
    found = Entry("book" if kind != "proceedings" and _is_edited(entry) else kind)
    found.key = entry.key
    if (members := getattr(entry, "members", ())) and not entry.persons:
        entry = members[0]  # a set is cited as its first
    for name, value in entry.fields.items():
        found.fields[name] = text_for_styles(value) if name.lower() in _IN_LABELS else value
    for role, persons in entry.persons.items():
        found.persons[role] = [_spelt(person) for person in persons]
    return found


def _is_edited(entry: Entry) -> bool:
    """Return whether the people of a work are its editors, which styles of labels expect of books."""
    return bool(entry.persons.get("editor") and not entry.persons.get("author"))


def _spelt(person: Person) -> Person:
    parts = (person.first_names, person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
    return person_with(*([text_for_styles(word) for word in part] for part in parts))


def styled(entry: Entry, known: Container[str]) -> StyledEntry:
    """Return *entry*, as `entries` makes it, for a style that knows the types *known*."""
    written = {name.lower(): value for name, value in entry.fields.items()}
    kind = printed_type(entry.type, written, known)
    fields = printed_fields(entry, kind, written, known, getattr(entry, "linked", ""))
    if kind == "proceedings" and "book" in known and entry.persons.get("author") and not entry.persons.get("editor"):
        kind = "book"  # styles print no authors of proceedings
    kind = fields.pop("", kind)
    found = StyledEntry(kind)
    found.key = entry.key
    math: frozenset[str] = getattr(entry, "math", frozenset())
    for name, value in fields.items():
        if value:
            found.fields[name] = value if name in _VERBATIM else tex_for_styles(value, math)
    for role, persons in entry.persons.items():
        shown = persons if len(persons) <= MOST_NAMES else [*persons[:FIRST_NAMES], Person("others")]
        found.persons[role] = [_person(person) for person in shown]
    return found


def _person(person: Person) -> Person:
    return _styled_name(
        *(tuple(person.first_names), tuple(person.middle_names), tuple(person.prelast_names)),
        *(tuple(person.last_names), tuple(person.lineage_names)),
    )


@lru_cache(maxsize=4096)
def _styled_name(
    first: tuple[str, ...],
    middle: tuple[str, ...],
    prelast: tuple[str, ...],
    last: tuple[str, ...],
    lineage: tuple[str, ...],
) -> Person:
    """Return a name for styles, which put given names first: one in Chinese order is a whole.

    Most people have written several works, and styles change no names.
    """
    given = (*first, *middle)
    if given and is_in_family_order("".join(map(readable, given)), "".join(map(readable, last))):
        whole = Person()
        whole.last_names = [tex_for_styles("".join((*last, *given)))]
        return whole
    return person_with(*([tex_for_styles(word) for word in part] for part in (first, middle, prelast, last, lineage)))
