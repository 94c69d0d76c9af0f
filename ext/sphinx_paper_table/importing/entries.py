"""Works to BibTeX entries that a site can be built with: what no entry can hold is taken out, and said."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.entry_types import STAND_INS
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.tex_text import tex_of_field, tex_of_people
from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.importing.collection import Leftover, Work
from sphinx_paper_table.survey.problems import Code, Problems, Severity
from sphinx_paper_table.survey.references import BibtexEntry, Reference
from sphinx_paper_table.survey.source_files import MAX_TEXT
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_paper_table.bibliography.settings import BibtexSettings
    from sphinx_paper_table.survey.located import Position

NAMING: Final = ("crossref", "xdata", "xref", "related", "entryset")
"""Fields that name other entries."""
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+:-]{0,60}")
_TYPE: Final = re.compile(r"[a-z][a-z0-9]{0,40}")
_MONTH: Final = re.compile(r"[a-z]{3}", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"[\s,]+")
_MOST_TRIED: Final = 100
"""Fields of an entry that are left out one after the other to find the one that is wrong."""
_FILE: Final = "imported.bib"
_OF_PAIRS: Final = frozenset({Code.BIBTEX_SAME, Code.BIBTEX_DUPLICATE, Code.ANCHOR})
"""Problems of two entries together, which the plan decides on."""


@dataclass(slots=True)
class Decoded:
    """The entries of works, and what they say to readers; ``leftovers`` are what was taken out of them."""

    entries: list[BibtexEntry] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    """As many, in the same order; one without a key belongs to a work that no entry can be made of."""
    leftovers: list[Leftover] = field(default_factory=list)


def decode(works: Sequence[Work], settings: BibtexSettings) -> Decoded:
    """Return an entry for each of *works*, in their order, under keys that are for this moment only.

    Fields that name other entries still have the collection's own keys. Entries are read as a build would read them;
    what that would warn of has no place: a field, or the type.
    """
    found = Decoded()
    for number, work in enumerate(works):
        found.entries.append(_entry(work, f"w{number}", found.leftovers))
    temporary = {work.cite_key: f"w{number}" for number, work in reversed(tuple(enumerate(works)))}
    named = [with_names(entry, temporary) for entry in found.entries]
    known, faulty = _read(named, settings)
    parents = _parents(named)
    for number in sorted(faulty):
        sound, taken = _mended(named[number], parents, settings)
        dropped = {name.lower() for name, _value in taken}
        entry = found.entries[number]
        fields = tuple(pair for pair in entry.fields if pair[0].lower() not in dropped)
        found.entries[number] = replace(entry, type=sound.type, fields=fields, written=())
        position = works[number].position
        found.leftovers += [Leftover(position, f"{name} = {value}", reason) for (name, value), reason in taken.items()]
        named[number] = sound
    if faulty:
        known, faulty = _read(named, settings)
    unsound = {named[number].key for number in faulty}
    nothing = Reference("", "")
    found.references = [nothing if entry.key in unsound else known.get(entry.key, nothing) for entry in named]
    return found


def _read(entries: Iterable[BibtexEntry], settings: BibtexSettings) -> tuple[dict[str, Reference], dict[int, str]]:
    """Return the references of *entries* by key, and which entries a build would warn of, with the first message."""
    lines: list[str] = []
    starts: list[int] = []
    for entry in entries:
        starts.append(len(lines) + 1)
        lines += entry_text(entry).split("\n")
    problems = Problems()
    known = parse_bibtex({_FILE: "\n".join(lines)}, problems, settings).references
    faulty: dict[int, str] = {}
    for problem in problems.sorted():
        if problem.severity is not Severity.ADVICE and problem.code not in _OF_PAIRS:
            faulty.setdefault(max(0, bisect_right(starts, problem.position.line) - 1), problem.message)
    return known, faulty


def _entry(work: Work, key: str, leftovers: list[Leftover]) -> BibtexEntry:
    """Return the entry of a work, with each field once and nothing in it that is no field."""
    if work.entry is not None:
        return _of_source(work.entry, key, work.position, leftovers)
    people = {role: tex_of_people(names) for role, names in work.people.items()}
    fields = {**people, **{name: tex_of_field(name, value) for name, value in work.fields.items()}}
    kept = []
    for name, value in fields.items():
        if _FIELD.fullmatch(name) and len(value) <= MAX_TEXT:
            kept += [(name, value)] if value else []
        else:
            leftovers.append(Leftover(work.position, f"{name[:60]} = {value[:400]}", "no field of an entry"))
    kind = work.entry_type if _TYPE.fullmatch(work.entry_type) else "misc"
    return BibtexEntry(kind, key, tuple(kept), position=work.position)


def _of_source(entry: BibtexEntry, key: str, position: Position, leftovers: list[Leftover]) -> BibtexEntry:
    written = dict(entry.written)
    fields: list[tuple[str, str]] = []
    months: list[tuple[int, str]] = []
    seen: dict[str, str] = {}
    for place, (name, value) in enumerate(entry.fields):
        if seen.setdefault(name.lower(), value) is not value:
            if value != seen[name.lower()]:
                leftovers.append(Leftover(position, f"{name} = {value}", "the entry has the field twice"))
        elif not _FIELD.fullmatch(name) or not _is_closed(value):
            leftovers.append(Leftover(position, f"{name} = {value}", "braces that do not match, or no field"))
        else:
            if name.lower() == "month" and _MONTH.fullmatch(written.get(place, "")):
                months.append((len(fields), written[place]))
            fields.append((name, value))
    leftovers += [Leftover(position, comment, "a comment within an entry") for comment in entry.comments]
    kind = entry.type if _TYPE.fullmatch(entry.type) else "misc"
    return BibtexEntry(kind, key, tuple(fields), position=position, written=tuple(months))


def _is_closed(value: str) -> bool:
    depth = 0
    for sign in value:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def with_names(entry: BibtexEntry, names: Mapping[str, str]) -> BibtexEntry:
    """Return *entry* with other keys in the fields that name entries; those that nobody has are taken out."""
    fields = []
    for name, value in entry.fields:
        if name.lower() in NAMING:
            value = ",".join(names[word] for word in names_in(value) if word in names)  # noqa: PLW2901
        if value or name.lower() not in NAMING:
            fields.append((name, value))
    is_same = len(fields) == len(entry.fields)
    return replace(entry, fields=tuple(fields), written=entry.written if is_same else ())


def names_in(value: str) -> list[str]:
    """Return the keys in the value of a field that names entries."""
    return [word for word in _SEPARATOR.split(value.strip()) if word]


def named_by(entry: BibtexEntry) -> Iterator[str]:
    """Yield the keys of the entries that *entry* names."""
    for name, value in entry.fields:
        if name.lower() in NAMING:
            yield from names_in(value)


def _parents(entries: Iterable[BibtexEntry]) -> dict[str, BibtexEntry]:
    entries = list(entries)
    names = {name for entry in entries for name in named_by(entry)}
    return {entry.key: entry for entry in entries if entry.key in names}


def _mended(
    entry: BibtexEntry, parents: Mapping[str, BibtexEntry], settings: BibtexSettings
) -> tuple[BibtexEntry, dict[tuple[str, str], str]]:
    """Return *entry* so that a build does not warn of it, and the fields that this took, each with the reason."""
    taken: dict[tuple[str, str], str] = {}
    likely = meant(entry.type, STAND_INS) if entry.type not in STAND_INS else ""
    if likely:
        taken["@type", entry.type] = f"no type of entry; it is '@{likely}' now"
        entry = replace(entry, type=likely)
    while message := _fault(entry, parents, settings):
        last = entry.fields[: -_MOST_TRIED - 1 : -1]
        others = ((pair, replace(entry, fields=_without(entry, pair), written=())) for pair in last)
        found = next(((pair, one) for pair, one in others if _fault(one, parents, settings) != message), None)
        if found is None:
            break
        taken[found[0]] = message
        entry = found[1]
    return entry, taken


def _without(entry: BibtexEntry, pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(one for one in entry.fields if one is not pair)


def _fault(entry: BibtexEntry, parents: Mapping[str, BibtexEntry], settings: BibtexSettings) -> str:
    """Return the first message of a build about *entry* alone, with those that it inherits from."""
    needed: dict[str, BibtexEntry] = {}
    pending = list(named_by(entry))
    while pending:
        name = pending.pop()
        if name in parents and name not in needed and name != entry.key:
            needed[name] = parents[name]
            pending += named_by(parents[name])
    _known, faulty = _read([entry, *needed.values()], settings)
    return faulty.get(0, "")
