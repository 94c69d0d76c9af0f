"""The fields of an entry, checked, and the entry that pybtex and filters see."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Final

from pybtex.database import Entry

from sphinx_paper_table.bibliography.dialect import bibtex_names, date_of
from sphinx_paper_table.bibliography.entry_types import required_fields
from sphinx_paper_table.bibliography.names import ROLES, collaboration, people
from sphinx_paper_table.bibliography.places import field_place, text_place
from sphinx_paper_table.bibliography.plain_entries import VERBATIM
from sphinx_paper_table.bibliography.public_fields import OPTION, PUBLIC, is_public, names_file
from sphinx_paper_table.bibliography.tex import clean_address, unknown_commands
from sphinx_paper_table.compat.pybtex import normalize_whitespace
from sphinx_paper_table.survey.addresses import UNSAFE_TEX_LINK, is_linkable, is_web_address, scheme_of
from sphinx_paper_table.survey.problems import Code, Problems, Severity
from sphinx_paper_table.survey.source_files import MAX_TEXT
from sphinx_paper_table.survey.spelling import meant
from sphinx_paper_table.survey.tex_escapes import percent_escaped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sphinx_paper_table.bibliography.settings import BibtexSettings
    from sphinx_paper_table.survey.references import BibtexEntry

MAX_NAMES: Final = 5_000_000
"""Characters in ``author`` or ``editor``: the largest experiments have some 5,000 authors, in 250,000 characters."""
_LINK: Final = re.compile(r"\\(?:url|href)(?![A-Za-z])\s*")
_NAMED: Final = 3
"""Commands that a message names."""
_NAMED_FIELDS: Final = 8
_REMARKS: Final = frozenset({"annotation", "annote", "notes"})
"""Fields of readers' own remarks, whose names are like those of others."""
_PRINTED: Final = ("title", "journal", "booktitle", "series", "publisher", "note", "howpublished", "author", "editor")


def checked_fields(raw: BibtexEntry, fields: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """Return *fields*, those of *raw* with what it inherits, as one line each, without what must not be passed on."""
    seen: set[str] = set()
    for name, _value in raw.fields:
        if name.lower() in seen:
            message = f"entry '{raw.key}' gives '{name}' twice"
            place = field_place(raw, name, 1)
            problems.add(Code.DUPLICATE_KEY, message, place.start, "the first is used; remove one", end=place.end)
        seen.add(name.lower())
    found = {}
    for name, value in fields.items():
        kept = _checked(name, normalize_whitespace(value), raw, problems)
        if kept is not None:
            found[name] = kept
    return found


def _checked(name: str, value: str, raw: BibtexEntry, problems: Problems) -> str | None:
    limit = MAX_NAMES if name in ROLES else MAX_TEXT
    if len(value) > limit:
        message = f"entry '{raw.key}': the {name} is {len(value):,} characters long"
        place = field_place(raw, name)
        problems.add(Code.TOO_LARGE, message, place.start, f"the limit is {limit:,}; it is left out", end=place.end)
        return None
    if name == "url":
        address = clean_address(value)
        if scheme_of(address) and not (is_web_address(address) or is_linkable(address)):
            hint = "write one that begins with https://; it is left out"
            place = field_place(raw, name)
            message = f"entry '{raw.key}': the url is not a web address"
            problems.add(Code.UNSAFE, message, place.start, hint, end=place.end)
            return None
        return None if names_file(name, value) else address
    if names_file(name, value):  # no page and no file shows it; `check_privacy` tells of it
        return None
    if name not in VERBATIM and has_unsafe_link(value):
        hint = "write \\url{https://…}; it is shown as text"
        place = field_place(raw, name)
        message = f"entry '{raw.key}': the {name} links to no web address"
        problems.add(Code.UNSAFE, message, place.start, hint, end=place.end)
        return UNSAFE_TEX_LINK.sub("", value)
    return value


def has_unsafe_link(latex: str) -> bool:
    r"""Return whether a ``\url`` or ``\href`` in *latex* leads to what may not be linked, or may lead anywhere."""
    if UNSAFE_TEX_LINK.search(latex) is None:
        return False
    return any(not _is_safe(latex, found.end()) for found in _LINK.finditer(latex))


def _is_safe(latex: str, start: int) -> bool:
    """Return whether the group that begins at *start* is an address that may be linked, or text."""
    depth = 0
    for place in range(start, min(len(latex), start + MAX_TEXT)):
        depth += {"{": 1, "}": -1}.get(latex[place], 0)
        if depth <= 0:
            return place > start and is_linkable(clean_address(latex[start + 1 : place]))
    return False


class CompleteEntry(Entry):  # type: ignore[misc]  # pybtex has no types
    """An entry of its own type with its fields, and with BibTeX's names for what it has under biblatex's only.

    ``complete`` are the fields that are published, by their own names in lower case: ``@string`` written out, with what
    it inherits, nothing renamed.
    """

    complete: Mapping[str, str]
    own: frozenset[str]
    """The names of those that it does not inherit."""
    math: frozenset[str] = frozenset()
    """The commands that a project allows in formulas in addition."""
    linked: str = ""
    """What it says of entries that it is related to, in TeX."""
    members: tuple[Entry, ...] = ()
    """The entries of a set."""


def database_entry(
    raw: BibtexEntry, fields: Mapping[str, str], settings: BibtexSettings, problems: Problems
) -> CompleteEntry:
    """Return the entry that pybtex, filters and exports see; note names that cannot be read as names."""
    entry = CompleteEntry(raw.type)
    entry.key = raw.key
    entry.own = _names(tuple(name for name, _value in raw.fields))
    entry.complete = {
        intern(name.lower()): value for name, value in fields.items() if is_public(name, value, settings.public)
    }
    entry.math = settings.math
    for name, value in fields.items():
        if name in ROLES:
            for person, odd in people(value):
                entry.add_person(person, name)
                if odd:
                    hint = "write 'Last, First and Last, First', an organisation in double braces"
                    place, message = field_place(raw, name), f"entry '{raw.key}': {odd}"
                    problems.add(Code.BAD_VALUE, message, place.start, hint, Severity.ADVICE, end=place.end)
        else:
            entry.fields[name] = value if name in VERBATIM else percent_escaped(value)
    if not entry.persons.get("author") and (name := collaboration(fields)):
        entry.persons["author"] = [person for person, _odd in people(f"{{{name}}}")]
    for name, value in bibtex_names(raw.type, fields, date_of(fields)).items():
        entry.fields[name] = value
    return entry


@lru_cache(maxsize=1000)  # most entries of a type have the same fields
def _names(fields: tuple[str, ...]) -> frozenset[str]:
    return frozenset(intern(name.lower()) for name in fields)


def _misspelt(raw: BibtexEntry, private: Collection[str]) -> dict[str, str]:
    """Return those of the *private* names that nobody knows, with those that were probably meant."""
    if not private:
        return {}
    given = {name.lower() for name, _value in raw.fields}
    likely = {name: _meant_field(name) for name in private if name not in _REMARKS}
    return {name: other for name, other in likely.items() if other and other not in given}


@lru_cache(maxsize=1000)
def _meant_field(name: str) -> str:
    return meant(name, PUBLIC)


def check_entry(
    raw: BibtexEntry, entry: Entry, private: Collection[str], problems: Problems, *, is_preprint: bool
) -> None:
    """Note, as advice, what an entry of its type asks for and does not have, and commands that are not known.

    *private* are the names of its fields that are not published.
    """
    misspelt = _misspelt(raw, private)
    for name, likely in misspelt.items():
        message = f"entry '{raw.key}' has '{name}', which no style knows"
        place = field_place(raw, name)
        problems.add(Code.BIBTEX_FIELD, message, place.start, f"did you mean '{likely}'?", end=place.end)
    missing = []
    for wanted in required_fields(raw.type):
        names = wanted.split("|")
        if wanted == "journal" and is_preprint:
            continue
        if not any(entry.fields.get(name) or entry.persons.get(name) or name in misspelt.values() for name in names):
            missing.append(" or ".join(names))
    if missing:
        hint = f"@{raw.type} asks for {'it' if len(missing) == 1 else 'them'}; it is printed without"
        problems.add(Code.BIBTEX_FIELD, f"entry '{raw.key}' has no {_listed(missing)}", raw.position, hint)
    values = (value for name, value in raw.fields if "\\" in value and name.lower() in _PRINTED)
    unknown = dict.fromkeys(f"\\{name}" for value in values for name in unknown_commands(value))
    if unknown:
        shown = _listed(list(unknown)[:_NAMED])
        hint = "its argument, or else its name, is printed"
        place, message = text_place(raw, next(iter(unknown))), f"entry '{raw.key}' has {shown}, which nobody knows here"
        problems.add(Code.BIBTEX_COMMAND, message, place.start, hint, end=place.end)


def check_privacy(raw: BibtexEntry, private: Collection[str], problems: Problems) -> None:
    """Note, as advice, the *private* fields, which stand in the file and are not published."""
    misspelt = _misspelt(raw, private)
    names = [name for name in private if name not in misspelt]
    if names:
        shown = _listed([f"'{name}'" for name in names[:_NAMED_FIELDS]])
        hint = f"remove {'it' if len(names) == 1 else 'them'} from a file that others can read, or see {OPTION}"
        message = f"entry '{raw.key}' has {shown}, which no export shows"
        place = field_place(raw, names[0])
        problems.add(Code.BIBTEX_PRIVATE, message, place.start, hint, end=place.end)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
