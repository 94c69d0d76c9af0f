r"""People in fields: BibTeX's names, biblatex's extended ones, organisations, and names in Chinese order.

pybtex splits and reads BibTeX's names. Before, commands for spaces become spaces: to TeX ``J.\,K.`` is one word, which
no style can take apart. Extended names (``family=…, given=…``) are those of biber's manual, section 3.4.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pybtex.database import Person
from pybtex.exceptions import PybtexError

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.compat.pybtex import person_of, split_name_list
from sphinx_paper_table.survey.references import FIRST_NAMES, MOST_NAMES, OTHERS, Author, is_in_family_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROLES: Final = ("author", "editor")
_SPACE: Final = re.compile(
    r"\\(?:[,;:! ]|thinspace(?![A-Za-z])|enspace(?![A-Za-z]))(?:\{\})?|(?<!\\)~|[\u2009\u202f\u00a0]"
)
_HYPHEN: Final = re.compile(r"\{?\\-\}?")
_EXTENDED: Final = re.compile(
    r"^\s*\"?(?:family|given|prefix|suffix|useprefix|id|hash|literal|[a-z]{4,30}templatename|nosortothers)(?:-i)?\s*=",
    re.IGNORECASE,
)
_NAME_PARTS: Final = frozenset({"family", "given", "prefix", "suffix", "literal"})
_OTHERS: Final = re.compile(
    r" and others$|^\{?others\}?$|^\{{0,2}et\.? ?al\.?\}{0,2}$| (?:et\.? ?al\.?|and \d{1,4} others)$", re.IGNORECASE
)
_NOBODY: Final = re.compile(r"^\s*and\s+|(?<=\sand)(?:\s+and)+(?=\s)")
_SEMICOLON: Final = re.compile(r";\s+")
_PARTICLES: Final = frozenset(
    (
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "bin",
        "al",
    )
)
_ORGANISATION: Final = re.compile(
    r"\b(?:Universit|Institut|Organi[sz]ation|Department|Office|Cent(?:er|re)\b|Lab|Team|Group|Research|Committee"
    r"|Council|Association|Society|Company|School|College|Foundation|Ministry|Academy|Inc\b|Ltd\b)"
)
_MOST_WORDS: Final = 4
_LINEAGE: Final = re.compile(r"(?:[JS]r|I{2,3}|IV)\.?")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
_FAMILY: Final = re.compile(r"[^\W\d_][^\W\d_A-Z][^.]*")
_LAST_FIRST: Final = re.compile(r"([\w'’.-]{1,60}+), ([\w'’.-]{1,60}+(?: [\w'’.-]{1,60}+){0,9}+)")
"""How most names are written: "Lecun, Yann A."; of one word, all is the family name."""
_TRAILING: Final = re.compile(r"\s(?:and|,|;)\s*$")


def people(value: str) -> Iterator[tuple[Person, str]]:
    """Yield the people in the TeX of a field, each with what is odd about the way the name is written, or nothing."""
    tidy = _HYPHEN.sub("", _SPACE.sub(" ", value)) if "\\" in value or "~" in value or not value.isascii() else value
    for number, name in enumerate(_names(tidy)):
        is_extended = "=" in name and _EXTENDED.match(name) is not None
        if number == 0 and is_extended and _NAME_PARTS.isdisjoint(dict(_parts(name))):
            continue  # an option of biber for the whole list
        if not is_extended and (pairs := _between_commas(name)):
            odd = f"'{name}' has commas for 'and'"
            yield from ((Person(pair), odd if pair is pairs[0] else "") for pair in pairs)
        else:
            yield _extended(name) if is_extended else _person(name)


def _between_commas(name: str) -> list[str]:
    """Return the people in "Moss, A., Fern, B. C." or "Ann Moss, B. C. Fern, Dan Reed"; none in another form."""
    if name.count(",") < 2 or "{" in name:  # noqa: PLR2004 (a name may have one, and two before "Jr.")
        return []
    parts = [part.strip() for part in name.split(",")]
    if all(map(_is_given_and_family, parts)) and _ORGANISATION.search(name) is None:
        return parts
    if len(parts) % 2 or not all(map(_INITIALS.fullmatch, parts[1::2])) or not all(map(_FAMILY.fullmatch, parts[::2])):
        return []
    return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]


def _is_given_and_family(part: str) -> bool:
    """Return whether *part* reads like "Ann B. Moss": no "Jr.", no "Reed" alone, no "University of Moss"."""
    words = [word for word in part.split() if word not in _PARTICLES]
    return 2 <= len(words) <= _MOST_WORDS and all(word[0].isupper() for word in words) and len(words[-1]) > 2  # noqa: PLR2004


def _names(value: str) -> Iterator[str]:
    text = _NOBODY.sub("", _TRAILING.sub("", value))
    for name in split_name_list(text) if " and " in text or "&" in text else _SEMICOLON.split(text):
        found = _OTHERS.search(name)
        bare = _OTHERS.sub("", name) if found else name
        if bare.strip(" ,;"):
            yield bare.strip(" ;") if found else name
        if found:
            yield "others"


@lru_cache(maxsize=10_000)  # who has written several entries stands in memory once
def _person(name: str) -> tuple[Person, str]:
    text, odd = name.strip().rstrip(",").strip(), ""
    family, _, given = text.partition(" ")
    if not text.isascii() and is_in_family_order(given, family):  # BibTeX would take the first word for the given name
        return Person(first=given.replace(" ", ""), last=family), ""
    if found := _LAST_FIRST.fullmatch(text):
        return person_of(found[1], found[2].split(" ")), ""
    whole, _comma, last = text.partition(",")
    if " " in whole.strip() and not {"{", "}"} & set(whole) and _LINEAGE.fullmatch(last.strip()):
        return Person(whole, lineage=last.strip()), ""  # "Ann Moss, Jr.", which BibTeX takes for somebody called Jr.
    try:
        return Person(text), ""
    except PybtexError:  # more commas than a name has
        odd = f"'{name}' is not a name"
    return _whole(text), odd


def _whole(text: str) -> Person:
    """Return a name that is not taken apart."""
    person = Person()
    person.last_names = [f"{{{text}}}" if text.count("{") == text.count("}") else readable(text)]
    return person


def _extended(name: str) -> tuple[Person, str]:
    parts = dict(_parts(name))
    if parts.get("literal") or not parts.get("family"):
        whole = parts.get("literal") or parts.get("given", "")
        return (_whole(whole), "") if whole else (_whole(name), f"'{name}' has no family name")
    given, middle = parts.get("given", ""), parts.get("middle", "")
    person = Person(
        first=given,
        middle=middle,
        prelast=parts.get("prefix", ""),
        last=parts["family"],
        lineage=parts.get("suffix", ""),
    )
    return person, ""


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of an extended name; a comma in braces or quotation marks ends none."""
    depth, is_quoted, start = 0, False, 0
    for place, sign in enumerate(f"{name},"):
        if sign == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth <= 0 and (not is_quoted or place == len(name)):
            key, _, value = name[start:place].partition("=")
            yield key.strip(' "').lower(), value.replace('"', "").strip()
            start = place + 1


def in_words(persons: Sequence[Person]) -> str:
    """Return names in reading order, in TeX: "A. Moss, B. Fern, and C. Reed"; of very many the first."""
    shown = persons if len(persons) <= MOST_NAMES else [*persons[:FIRST_NAMES], Person("others")]
    names = [_in_order(person) for person in shown]
    if shown and is_others(shown[-1]):
        return f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} {OTHERS}"  # noqa: PLR2004 (as below)
    if len(names) > 2:  # noqa: PLR2004 (a comma stands before "and" where there is another)
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return " and ".join(names)


def _in_order(person: Person) -> str:
    given, family = [*person.first_names, *person.middle_names], [*person.prelast_names, *person.last_names]
    if is_in_family_order(readable("".join(given)), readable("".join(family))):
        return "".join((*family, *given))
    return ", ".join((" ".join((*given, *family)), *person.lineage_names))


def collaboration(fields: Mapping[str, str]) -> str:
    """Return who a large experiment's papers are by, "ATLAS Collaboration", in TeX; empty where none is named."""
    name = fields.get("collaboration", "").strip()
    return name if not name or "collab" in name.lower() or " team" in name.lower() else f"{name} Collaboration"


def author(person: Person) -> Author:
    """Return a name as readers see it."""
    given = " ".join((*person.first_names, *person.middle_names))
    family = " ".join((*person.prelast_names, *person.last_names, *person.lineage_names))
    return Author("", OTHERS) if is_others(person) else _author(given, family)


@lru_cache(maxsize=20_000)
def _author(given: str, family: str) -> Author:
    return Author(readable(given), readable(family))


def is_others(person: Person) -> bool:
    """Return whether this stands for people who are not named ("and others")."""
    return person.last_names == ["others"] and not person.first_names
