"""What entries inherit: ``crossref`` and ``xdata``, by the rules of biblatex's manual, appendix B (3.20).

BibTeX's own inheritance is the special case in which both entries have the fields of the same name. Whatever the rules
say, a part of a book without ``booktitle`` is in its parent: BibTeX's users write ``booktitle`` in the parent for that.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.entry_types import canonical
from sphinx_paper_table.bibliography.places import field_place
from sphinx_paper_table.survey.problems import Code, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.bibliography.kept_entries import EntryText
    from sphinx_paper_table.survey.references import BibtexEntry

_NEVER: Final = frozenset(
    {
        *("ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort"),
        *("related", "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey"),
        *("key", "keywords", "abstract", "file", "annote", "annotation", "url", "doi", "eprint", "timestamp", "owner"),
    }
)
"""Fields of the parent alone; those after ``sortkey`` are our addition: they tell of the parent itself."""
_TITLES: Final = ("title", "subtitle", "titleaddon")
_OF_WHOLE: Final = frozenset(
    {"shorttitle", "sorttitle", "indextitle", "indexsorttitle", "titleaddon", "subtitle", "title"}
)
_IN_BOOK: Final = frozenset({"inbook", "bookinbook", "suppbook"})
_IN_COLLECTION: Final = frozenset({"incollection", "inreference", "suppcollection"})
_RULES: Final[tuple[tuple[frozenset[str], frozenset[str], str], ...]] = (
    (frozenset({"mvbook"}), _IN_BOOK | {"book"}, "main"),
    (frozenset({"mvcollection", "mvreference"}), _IN_COLLECTION | {"collection", "reference"}, "main"),
    (frozenset({"mvproceedings"}), frozenset({"proceedings", "inproceedings"}), "main"),
    (frozenset({"book"}), _IN_BOOK, "book"),
    (frozenset({"collection", "reference"}), _IN_COLLECTION, "book"),
    (frozenset({"proceedings"}), frozenset({"inproceedings"}), "book"),
    (frozenset({"periodical"}), frozenset({"article", "suppperiodical"}), "journal"),
)
"""Types of parents and children, and what the parent's title is to the child."""
_PARTS: Final = _IN_BOOK | _IN_COLLECTION | {"inproceedings"}
_DATES: Final = frozenset({"date", "year", "month"})
_KEYS: Final = re.compile(r"[^,\s]+")
_SHOWN: Final = 8
"""Entries of a circle that a message names."""
_GRANULAR: Final = re.compile(r"xdata\s{0,9}=\s{0,9}([^\s,}]{1,500})", re.IGNORECASE)


class Family:
    """Finds the fields of each entry with what it inherits from the others, which may stand in any order and file."""

    def __init__(self, entries: dict[str, EntryText], problems: Problems) -> None:
        """Prepare; *entries* are all of a build. Parents that no file has, and circles, are noted."""
        self._entries = entries
        self._folded = {key.casefold(): key for key in reversed(entries)}
        self._fields: dict[str, dict[str, str]] = {}
        for key, text in entries.items():
            for former in text.former:
                self._folded.setdefault(former.casefold(), key)
        self._complete: dict[str, dict[str, str]] = {}
        self._cut: set[tuple[str, str]] = set()
        """Child and parent where a circle is broken."""
        self._problems = problems

    def inherits(self, key: str) -> bool:
        """Return whether an entry names others to inherit from."""
        return any(True for _named in _named_parents(self._own(key)))

    def _own(self, key: str) -> dict[str, str]:
        if key not in self._fields:
            self._fields[key] = own_fields(self._entries[key].entry)
        return self._fields[key]

    def fields_of(self, key: str) -> Mapping[str, str]:
        """Return the fields of an entry by their names in lower case, its own first."""
        if key not in self._complete:
            for name in self._parents_first(key):
                self._complete[name] = self._with_inherited(name)
        return self._complete[key]

    def _parents_first(self, key: str) -> list[str]:
        """Return *key* and its ancestors that are not complete, each after its own parents."""
        ordered: dict[str, None] = {}
        path = {key: iter(self._parents(key))}
        while path:
            current = next(reversed(path))
            parent = next((name for name in path[current] if name not in self._complete and name not in ordered), None)
            if parent is None:
                del path[current]
                ordered[current] = None
            elif parent in path:
                self._note_circle(list(islice(reversed(path), _SHOWN)), parent)
            else:
                path[parent] = iter(self._parents(parent))
        return list(ordered)

    def _parents(self, key: str) -> list[str]:
        """Return the keys that an entry inherits from; note those that no file has."""
        found = []
        for field, name in _named_parents(self._own(key)):
            parent = self._known_as(name)
            if parent is not None:
                found.append(parent)
                continue
            message = f"entry '{key}' inherits from '{name}' ({field}), which no file has"
            hint = partial(nearest, name, self._entries)
            place = field_place(self._entries[key].entry, field)
            self._problems.add(Code.BIBTEX_PARENT, message, place.start, hint, end=place.end)
        return found

    def _known_as(self, name: str) -> str | None:
        return name if name in self._entries else self._folded.get(name.casefold())

    def _note_circle(self, line: list[str], parent: str) -> None:
        """Note that *line*, the last entries from child to parent backwards, leads to an entry that is in it."""
        child = line[0]
        self._cut.add((child, parent))
        within = line[: line.index(parent) + 1] if parent in line else line
        message = f"entries inherit in a circle: {' → '.join((*reversed(within), parent))}"
        hint = "take one of these out; each entry keeps its own fields"
        self._problems.add(Code.BIBTEX_PARENT, message, self._entries[child].position, hint)

    def _with_inherited(self, key: str) -> dict[str, str]:
        found = dict(self._own(key))
        for name in _KEYS.findall(found.get("xdata", "")):
            inherited = self._fields_for(key, name)
            found = {**{field: value for field, value in inherited.items() if field != "ids"}, **found}
        for field, value in list(found.items()):
            if "xdata" in value and (granular := _GRANULAR.fullmatch(value.strip())):
                found[field] = self._granular(key, granular[1])
        named = found.get("crossref", "").strip()
        if parent := self._known_as(named):
            if parent.casefold() != named.casefold():
                found["crossref"] = parent  # by a former key, which BibTeX does not know
            is_dated = bool(_DATES & found.keys())
            kinds = self._entries[parent].type, self._entries[key].type
            for field, value in _handed_down(*kinds, self._fields_for(key, parent)):
                if not (is_dated and field in _DATES):
                    found.setdefault(field, value)
        return found

    def _fields_for(self, child: str, name: str) -> Mapping[str, str]:
        """Return the fields of the parent *name*, or none where there is no such parent."""
        parent = self._known_as(name)
        return {} if parent is None or (child, parent) in self._cut else self._complete.get(parent, {})

    def _granular(self, key: str, reference: str) -> str:
        """Return the field that ``xdata=KEY-FIELD`` or, of a list, ``xdata=KEY-FIELD-NUMBER`` refers to."""
        name, field, number = _granular_parts(reference)
        value = self._fields_for(key, name).get(field, "")
        parts = value.split(" and ")
        return parts[number - 1] if 0 < number <= len(parts) else value


def _granular_parts(reference: str) -> tuple[str, str, int]:
    name, _, field = reference.partition("-")
    field, _, number = field.partition("-")
    return name, field.lower(), int(number) if number.isdecimal() and len(number) < _SHOWN else 0


def _named_parents(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the keys in ``xdata`` and ``crossref``, each with the field."""
    yield from (("xdata", name) for name in _KEYS.findall(fields.get("xdata", "")))
    for field, value in fields.items():
        if field != "xdata" and "xdata" in value and (granular := _GRANULAR.fullmatch(value.strip())):
            yield field, _granular_parts(granular[1])[0]
    if name := fields.get("crossref", "").strip():
        yield "crossref", name


def own_fields(entry: BibtexEntry) -> dict[str, str]:
    """Return the fields of an entry by their names in lower case; of two with one name, the first."""
    found: dict[str, str] = {}
    for name, value in entry.fields:
        found.setdefault(intern(name.lower()), value)
    return found


def _handed_down(parent: str, child: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the fields that a child gets from its parent, under the child's names, the best first."""
    parent, child = canonical(parent), canonical(child)
    prefix = next((name for parents, children, name in _RULES if parent in parents and child in children), "")
    found: list[tuple[str, str]] = []
    if prefix:
        found += [(f"{prefix}{name}", fields[name]) for name in _TITLES if name in fields]
    if parent in {"mvbook", "book"} and child in _IN_BOOK and "author" in fields:
        found.append(("bookauthor", fields["author"]))
    without = _NEVER | (_OF_WHOLE if prefix else frozenset())
    if child in _PARTS:  # a chapter without authors is not by those who edited or wrote the whole, unless in their book
        without |= frozenset() if child in _IN_BOOK else {"author"}
        without |= _OF_WHOLE
    found += [(name, value) for name, value in fields.items() if name not in without]
    if child in _PARTS and "title" in fields:
        found.append(("booktitle", fields["title"]))
    return found
