"""Changes of one BibTeX file as text edits: keys, fields and entries; comments, strings and layout stay."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.editing.documents import Document, EditError
from sphinx_paper_table.survey.edits import TextEdit, apply_edits
from sphinx_paper_table.survey.located import position_in
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.references import BibtexEntry

_HEAD: Final = re.compile(r"@\s*\w+\s*[({]\s*")
_TYPE: Final = re.compile(r"@\s*")
_FIELD: Final = re.compile(r"\s{0,99}+,?\s{0,99}+([^\s=,{}()\"#%']{1,200}+)(\s{0,99}+=\s*+)")
_LINE_END: Final = re.compile("\n")
_BLANK: Final = re.compile(r"(?:[ \t]{0,200}+\n)+")
_REST_OF_LINE: Final = re.compile(r"[ \t]{0,200}+(?:%[^\n]*+)?(?=\n|\Z)")
_JOINED: Final = re.compile(r"\s{0,200}+#\s*+")
_BARE: Final = re.compile(r"[^\s,#{}()\"]*+")
_WORD: Final = re.compile(r"[^,\s]+")


@dataclass(slots=True)
class Field:
    """A field of an entry: offsets of its name and of its value, braces or quotes included."""

    name: str
    start: int
    value_start: int
    end: int
    equals: str


@dataclass(slots=True)
class Entry:
    """An entry where it stands: offsets of the whole, of its key, and of its fields."""

    raw: BibtexEntry
    start: int
    end: int
    key_start: int
    fields: list[Field]

    def field(self, name: str) -> Field | None:
        """Return the first field of this name, whatever its case."""
        return next((one for one in self.fields if one.name.lower() == name), None)

    def value(self, name: str) -> str:
        """Return the value of a field, empty where there is none."""
        return next((value for key, value in self.raw.fields if key.lower() == name), "")


@dataclass
class BibtexEditor:
    """Collects edits of a file, and checks that the entries are what they are meant to be."""

    document: Document
    edits: list[TextEdit] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the entries; what cannot be read is not edited."""
        self._line_starts = [0, *(found.end() for found in _LINE_END.finditer(self.document.text))]
        self.entries = [self._located(entry) for entry in _read(self.document.text, self.document.name)]
        self._meant = {id(entry): (entry.raw.type, entry.raw.key, dict(_folded(entry.raw))) for entry in self.entries}
        self._new: list[tuple[str, str, dict[str, str]]] = []

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.document.text

    def entry(self, key: str) -> Entry | None:
        """Return the entry with this key."""
        return next((entry for entry in self.entries if entry.raw.key == key), None)

    def set_key(self, entry: Entry, key: str) -> None:
        """Give *entry* another key."""
        self._edit(entry.key_start, entry.key_start + len(entry.raw.key), key)
        kind, _key, fields = self._meant[id(entry)]
        self._meant[id(entry)] = (kind, key, fields)

    def set_type(self, entry: Entry, kind: str) -> None:
        """Make *entry* one of another type."""
        head = _TYPE.match(self.text, entry.start)
        start = head.end() if head else entry.start
        self._edit(start, start + len(entry.raw.type), kind)
        _kind, key, fields = self._meant[id(entry)]
        self._meant[id(entry)] = (kind, key, fields)

    def set_field(self, entry: Entry, name: str, value: str) -> None:
        """Give a field this value, in the quotes that it has, or add it behind the last one, laid out as that is."""
        self._meant[id(entry)][2][name] = value
        found = entry.field(name)
        if found is not None:
            written = self.text[found.value_start : found.end]
            begin, end = ('"', '"') if written.startswith('"') and '"' not in value else ("{", "}")
            is_bare = not written.startswith(('"', "{")) and value.isdigit()
            self._edit(found.value_start, found.end, value if is_bare else f"{begin}{value}{end}")
            return
        last = entry.fields[-1] if entry.fields else None
        place = last.end if last else entry.key_start + len(entry.raw.key)
        self._edit(place, place, f",{self._lead(entry, last)}{self._aligned(entry, name)}{{{value}}}")

    def remove_field(self, entry: Entry, name: str) -> None:
        """Take a field out, with the comma and the line end before it."""
        found = entry.field(name)
        if found is None:
            return
        number = entry.fields.index(found)
        before = entry.fields[number - 1].end if number else entry.key_start + len(entry.raw.key)
        self._edit(before, found.end, "")
        del self._meant[id(entry)][2][name]

    def remove_repeated(self, entry: Entry) -> int:
        """Take out each field that the entry has given before with the same value; return how many there are."""
        seen: dict[str, str] = {}
        number = 0
        for place, (found, (name, value)) in enumerate(zip(entry.fields, entry.raw.fields, strict=False)):
            if seen.get(name.lower()) == value:
                self._edit(entry.fields[place - 1].end, found.end, "")
                number += 1
            seen.setdefault(name.lower(), value)
        return number

    def remove_entry(self, entry: Entry) -> None:
        """Take an entry out, with the blank lines behind it."""
        end = entry.end
        rest = _BLANK.match(self.text, end)
        self._edit(entry.start, rest.end() if rest else end, "")
        del self._meant[id(entry)]

    def append(self, source: str) -> None:
        """Put an entry behind all others, with a blank line before it."""
        gap = "" if not self.text else "\n" if self.text.endswith("\n") else "\n\n"
        gap = "" if self.text.endswith("\n\n") else gap
        self._edit(len(self.text), len(self.text), f"{gap}{source.rstrip()}\n")
        self._new += [(raw.type, raw.key, dict(_folded(raw))) for raw in _read(source, self.document.name)]

    def insert(self, new: Iterable[BibtexEntry]) -> None:
        """Put entries where ``paper-table format`` puts them: by key where the others stand so, else behind them.

        Entries that others name in ``crossref`` stay the last ones.
        """
        parents = {entry.value("crossref").strip().casefold() for entry in self.entries}
        others = [entry for entry in self.entries if entry.raw.key.casefold() not in parents]
        keys = [entry.raw.key.casefold() for entry in others]
        is_sorted = keys == sorted(keys)
        places: dict[int, list[str]] = {}
        for entry in sorted(new, key=lambda entry: entry.key.casefold()):
            place = bisect(keys, entry.key.casefold()) if is_sorted else len(keys)
            source = entry_text(entry)
            places.setdefault(place, []).append(source)
            self._new += [(raw.type, raw.key, dict(_folded(raw))) for raw in _read(source, self.document.name)]
        for place, sources in places.items():
            if place:
                self._insert_behind(others[place - 1], sources)
            else:
                self._insert_first(others[0] if others else None, sources)

    def _insert_behind(self, entry: Entry, sources: list[str]) -> None:
        rest = _REST_OF_LINE.match(self.text, entry.end)
        place = rest.end() if rest else entry.end
        self._edit(place, place, "".join(f"{self._gap()}{source.rstrip()}" for source in sources))

    def _insert_first(self, entry: Entry | None, sources: list[str]) -> None:
        if entry is None:
            lead = "" if not self.text.strip() else "\n" if self.text.endswith("\n") else "\n\n"
            self._edit(len(self.text), len(self.text), lead + "\n".join(sources))
            return
        place = entry.start
        while place > 0:  # a comment right above an entry is its own
            above = self.text.rfind("\n", 0, place - 1) + 1
            line = self.text[above:place]
            if not line.strip() or line.lstrip().startswith(("@", "}")) or place != above + len(line):
                break
            place = above
        self._edit(place, place, "".join(f"{source.rstrip()}{self._gap()}" for source in sources))

    def _gap(self) -> str:
        """Return what parts two entries of this file: the line ends between the first two that nothing else parts."""
        between = (self.text[one.end : other.start] for one, other in pairwise(self.entries))
        return next((gap for gap in between if not gap.strip("\n") and gap), "\n\n")

    def finished(self) -> list[TextEdit]:
        """Return the edits; raises `EditError` when the entries would not be what is meant."""
        if self.edits:
            after = apply_edits(self.text, self.edits)
            found = [(raw.type, raw.key, dict(_folded(raw))) for raw in _read(after, self.document.name)]
            if _sorted(found) != _sorted([*self._meant.values(), *self._new]):
                first = min(edit.start for edit in self.edits)
                place = position_in(self.text, self.document.name, first)
                raise EditError("the entry cannot be changed safely as it is written", place, "change it by hand")
        return self.edits

    def _edit(self, start: int, end: int, replacement: str) -> None:
        """Note an edit; what is put to the place of an earlier one stands behind that."""
        for number, edit in enumerate(self.edits):
            if edit.start == edit.end == start == end:
                self.edits[number] = TextEdit(edit.path, start, end, edit.replacement + replacement)
                return
        self.edits.append(TextEdit(self.document.name, start, end, replacement))

    def _lead(self, entry: Entry, last: Field | None) -> str:
        """Return what stands between a comma and the next field in this entry."""
        if last is None:
            return "\n  "
        number = entry.fields.index(last)
        before = entry.fields[number - 1].end if number else entry.key_start + len(entry.raw.key)
        lead = self.text[before : last.start].partition(",")[2]
        return lead if not lead.strip() else "\n  "

    @staticmethod
    def _aligned(entry: Entry, name: str) -> str:
        """Return the name with its equals sign, below the others where these stand in a column."""
        if not entry.fields:
            return f"{name} = "
        columns = {len(one.name) + one.equals.index("=") for one in entry.fields}
        last = entry.fields[-1].equals
        if len(columns) == 1 and len(entry.fields) > 1 and "\n" not in last:
            return name.ljust(columns.pop()) + last.lstrip()
        return f"{name}{' ' if last[0].isspace() else ''}={' ' if last[-1].isspace() else ''}"

    def _located(self, raw: BibtexEntry) -> Entry:
        start = self._line_starts[raw.position.line - 1] + raw.position.column - 1
        head = _HEAD.match(self.text, start)
        key_start = head.end() if head else start
        if self.text[key_start : key_start + len(raw.key)] != raw.key:
            raise EditError(f"the entry '{raw.key}' is written in a way that cannot be edited", raw.position)
        return Entry(raw, start, start + len(raw.source), key_start, self._fields(raw, key_start + len(raw.key)))

    def _fields(self, raw: BibtexEntry, place: int) -> list[Field]:
        found = []
        for name, _value in raw.fields:
            head = _FIELD.match(self.text, place)
            if head is None or head[1] != name:
                break  # a comment between fields, for example: those behind it are not edited
            place = _value_end(self.text, head.end())
            found.append(Field(name, head.start(1), head.end(), place, head[2]))
        return found


def _read(text: str, name: str) -> list[BibtexEntry]:
    return list(raw_entries(text, name, Macros(is_complete=False), Problems()))


def _folded(raw: BibtexEntry) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in reversed(raw.fields)]


def _sorted(entries: list[tuple[str, str, dict[str, str]]]) -> list[str]:
    return sorted(repr((kind, key, sorted(fields.items()))) for kind, key, fields in entries)


def _value_end(text: str, place: int) -> int:
    """Return where a value ends: braces, quotes, numbers and names of strings, joined by ``#``."""
    while True:
        place = _part_end(text, place)
        more = _JOINED.match(text, place)
        if more is None:
            return place
        place = more.end()


def _part_end(text: str, place: int) -> int:
    if text[place] not in {"{", '"'}:
        found = _BARE.match(text, place)
        return found.end() if found else place
    depth, closing = 0, '"' if text[place] == '"' else "}"
    for end in range(place, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if text[end] == closing and depth == 0 and end > place:
            return end + 1
    return len(text)


def words_of(value: str) -> list[str]:
    """Return the keys in a field such as ``ids`` or ``xdata``."""
    return _WORD.findall(value)
