"""BibTeX and biblatex to references, with every entry that can be saved.

The steps are modules of their own: `scanner` reads the text, `inheritance` adds what other entries hand down, `entries`
checks fields and makes pybtex's entry, `decoded` makes the text for readers.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Final

from pybtex.database import BibliographyData

from sphinx_paper_table.bibliography.decoded import reference
from sphinx_paper_table.bibliography.dialect import date_of
from sphinx_paper_table.bibliography.duplicates import check_duplicates
from sphinx_paper_table.bibliography.entries import check_entry, check_privacy, checked_fields, database_entry
from sphinx_paper_table.bibliography.entry_types import STAND_INS
from sphinx_paper_table.bibliography.file_parts import forget_lines, parts_of, position
from sphinx_paper_table.bibliography.inheritance import Family, own_fields
from sphinx_paper_table.bibliography.kept_entries import KeptEntries, MadeEntry, entry_text, known_text, mark_of
from sphinx_paper_table.bibliography.linked import LinkedEntries
from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.names import author, people
from sphinx_paper_table.bibliography.places import field_place
from sphinx_paper_table.bibliography.public_fields import is_public, private_names
from sphinx_paper_table.bibliography.scanner import entries_in
from sphinx_paper_table.bibliography.settings import DEFAULT
from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.compat.pybtex import CaseInsensitiveDict
from sphinx_paper_table.survey.anchors import sharing
from sphinx_paper_table.survey.fields import MAX_ID
from sphinx_paper_table.survey.problems import Code, Problems, Severity, nearest
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sphinx_paper_table.bibliography.file_parts import Part
    from sphinx_paper_table.bibliography.kept_entries import EntryText
    from sphinx_paper_table.bibliography.settings import BibtexSettings
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import BibtexEntry, Reference

_ODD_YEARS: Final = frozenset({3, 5})
"""Digits of a year of which one was forgotten or typed twice."""
_ALIAS: Final = re.compile(r"[^,\s]+")
_WORD: Final = re.compile(r"[^\W_]+")
_SOME_WORD: Final = re.compile(r"\b(?!(?:the|an?|on|of|in|for|and|to)\b)[^\W_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The good entries of some BibTeX files: as `references` for us and as pybtex's `database` for citations."""

    references: dict[str, Reference] = field(default_factory=dict)
    database: BibliographyData = field(default_factory=BibliographyData)
    """A `CompleteEntry` of each: of the type that is written, in TeX, with what it inherits, and BibTeX's names."""
    keys_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    """A hash of all that an entry is made of, by key: equal ones are formatted alike."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Former keys, from the field ``ids`` (biblatex manual, section 2.2.3), each with the present one."""


def parse_bibtex(
    texts: Mapping[str, str],
    problems: Problems,
    settings: BibtexSettings = DEFAULT,
    kept: KeptEntries | None = None,
) -> Bibliography:
    """Return the entries of *texts*, a mapping of file names to contents, noting all problems.

    *kept* has what an earlier reading with the same settings has made of entries, and gets what this one makes.
    """
    found, kept = Bibliography(), KeptEntries() if kept is None else kept
    entries = _entries(texts, found, kept, problems)
    family = Family(entries, problems)
    for key, text in entries.items():
        kept.read += text.made is None
        if text.type != "xdata":  # data for other entries, never one of its own (biblatex manual, section 3.13.6)
            made = text.made or _made(text, family, settings)
            problems.take(made.problems)
            _add(found, key, made)
            if text.mark and (text.made or _stands_alone(text, family)):
                kept.used[text.mark] = made
    found.keys_of.update(
        {name: tuple(key for key in keys if key in found.references) for name, keys in found.keys_of.items()}
    )
    _check_former_keys(found, problems)
    LinkedEntries(found.database.entries, found.references, found.contents, found.aliases).link(problems)
    _check_anchors(found, problems)
    check_duplicates(found.references.values(), problems)
    return found


def _entries(
    texts: Mapping[str, str], found: Bibliography, kept: KeptEntries, problems: Problems
) -> dict[str, EntryText]:
    """Return the entries by their keys, of two with one key the first; note the keys of each file in *found*."""
    named: dict[str, EntryText] = {}
    folded: dict[str, EntryText] = {}
    counts = defaultdict[str, "count[int]"](lambda: count(2))
    macros = Macros()
    for name, text in texts.items():
        keys: dict[str, None] = {}
        for read in _texts(text, name, macros, kept, problems):
            entry = read if read.key else entry_text(_with_key(read.entry, folded, counts, problems))
            first = folded.get(entry.key.casefold())
            if first and first.position.path != name:
                keys[first.key] = None  # files of several chapters may give the same work
            if first and first.position.path != name and _says_the_same(entry.entry, first.entry):
                continue
            if _is_key(entry, problems) and _is_first(entry, folded, problems):
                named[entry.key] = entry
                keys[entry.key] = None
        found.keys_of[name] = tuple(keys)
    forget_lines()
    return named


def _texts(text: str, name: str, macros: Macros, kept: KeptEntries, problems: Problems) -> Iterator[EntryText]:
    """Yield the entries of the file *name*, those that are known without reading them."""
    for part in parts_of(text):
        place = position(text, name, part.start)
        mark = mark_of(part.text if part.is_last else part.text[:-1])
        made = kept.find(mark, macros)
        if made is not None:
            macros.expanded += made.expanded
            yield known_text(made.at(place.line, name), mark, partial(_reread, part, place, macros.definitions))
        else:
            yield from _read(part, place, macros, mark, problems)


def _read(part: Part, place: Position, macros: Macros, mark: str, problems: Problems) -> Iterator[EntryText]:
    """Yield the entries of a part; a single one without a mistake is known by *mark* from now on."""
    own = Problems()
    changes, expanded = macros.changes, macros.expanded
    entries = list(entries_in(part, place, macros, own))
    problems.take(own)
    is_clean = len(entries) == 1 and not own and macros.changes == changes
    for entry in entries:
        is_kept = is_clean and entry.key and not entry.is_damaged and not (entry.written and macros.missing)
        found = entry_text(entry, mark if is_kept else "")
        found.strings = macros.state if entry.written else ""
        found.expanded = macros.expanded - expanded
        found.offset = entry.position.line - place.line
        yield found


def _reread(part: Part, place: Position, definitions: dict[str, str]) -> BibtexEntry:
    """Return the entry of a part, which was read without a mistake before."""
    return next(entries_in(part, place, Macros(CaseInsensitiveDict(definitions)), Problems()))


def _stands_alone(text: EntryText, family: Family) -> bool:
    """Return whether what an entry becomes follows from its own text."""
    fields = own_fields(text.entry)
    return text.type != "set" and not fields.get("related") and not family.inherits(text.key)


def _with_key(
    entry: BibtexEntry, taken: Collection[str], counts: defaultdict[str, count[int]], problems: Problems
) -> BibtexEntry:
    """Return an entry without a key with one made of its first author, its year and the first word of its title."""
    fields = {name.lower(): value for name, value in entry.fields}
    person = next((author(person).family for person, _odd in people(fields.get("author", ""))), "")
    words = (person, date_of(fields).year, *_SOME_WORD.findall(readable(fields.get("title", "")))[:1])
    name = "".join(_WORD.findall("".join(words).casefold()))[:40] or "entry"
    numbered = (f"{name}-{number}" for number in counts[name])
    key = name if name not in taken else next(key for key in numbered if key not in taken)
    hint = f"it is '{key}' for now; write a key and a comma before its fields"
    problems.add(Code.SYNTAX, "this entry has no key", entry.position, hint, Severity.WARNING)
    return replace(entry, key=key, is_irregular=True)


def _is_key(entry: EntryText, problems: Problems) -> bool:
    if "{" in entry.key:
        hint = "write letters, digits and hyphens, then a comma; the entry is left out"
        problems.add(Code.SYNTAX, f"'{entry.key[:40]}' is not a key", entry.position, hint)
        return False
    if len(entry.key) > MAX_ID:
        message = f"the key '{entry.key[:40]}…' is {len(entry.key):,} characters long"
        problems.add(Code.TOO_LARGE, message, entry.position, f"the limit is {MAX_ID}; the entry is left out")
        return False
    return True


def _says_the_same(entry: BibtexEntry, other: BibtexEntry) -> bool:
    """Return whether two entries say the same of a work, however they are written and whatever is private in them."""
    return (entry.key, entry.type, _public_fields(entry)) == (other.key, other.type, _public_fields(other))


def _public_fields(entry: BibtexEntry) -> dict[str, str]:
    return {name.lower(): " ".join(value.split()) for name, value in entry.fields if is_public(name, value)}


def _is_first(entry: EntryText, folded: dict[str, EntryText], problems: Problems) -> bool:
    other = folded.setdefault(entry.key.casefold(), entry)
    if other is entry:
        return True
    first = other.position
    hint = f"the first, at {first.path}:{first.line}, is used; rename or remove one"
    problems.add(Code.BIBTEX_DUPLICATE, f"the key '{entry.key}' is taken", entry.position, hint)
    return False


def _made(text: EntryText, family: Family, settings: BibtexSettings) -> MadeEntry:
    """Return what an entry becomes, with what is wrong in it."""
    raw, key, problems = text.entry, text.key, Problems()
    fields = checked_fields(raw, family.fields_of(key), problems)
    entry = database_entry(raw, fields, settings, problems)
    former = tuple(alias for alias in _ALIAS.findall(fields.get("ids", "")) if len(alias) <= MAX_ID)
    known = reference(raw, fields, entry, former)
    content = repr((key, raw.type, list(fields.items()), sorted(settings.math)))
    digest = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    if fields.get("doi") and not known.doi:
        message, hint = f"entry '{key}': '{fields['doi'][:60]}' is no DOI", "one begins with '10.'; it is not printed"
        place = field_place(raw, "doi")
        problems.add(Code.BAD_VALUE, message, place.start, hint, Severity.ADVICE, end=place.end)
    if len(year := _year_of(raw)) in _ODD_YEARS:
        place, hint = field_place(raw, "year"), "write four digits, as in 2020"
        message = f"entry '{key}': '{year}' is no year"
        problems.add(Code.BAD_VALUE, message, place.start, hint, Severity.ADVICE, end=place.end)
    private = private_names(raw.fields, settings.public)
    check_privacy(raw, private, problems)
    check_entry(raw, entry, private, problems, is_preprint=bool(known.arxiv or fields.get("eprint")))
    _check_type(raw, settings.types, problems)
    return MadeEntry(entry, known, digest, text.former, text.strings, text.expanded, text.offset, tuple(problems))


def _year_of(raw: BibtexEntry) -> str:
    """Return the field ``year`` of an entry where it is a number; words such as "in press" are what they are."""
    year = next((value.strip() for name, value in raw.fields if name.lower() == "year"), "")
    return year if year.isdecimal() else ""


def _add(found: Bibliography, key: str, made: MadeEntry) -> None:
    found.database.add_entry(key, made.entry)
    found.references[key] = made.reference
    for alias in made.reference.former:
        found.aliases.setdefault(alias, key)
    found.contents[key] = made.content


def _check_former_keys(found: Bibliography, problems: Problems) -> None:
    """Note former keys that another entry has, today or as a former one too: only one entry can be meant."""
    for key, known in found.references.items():
        for alias in known.former:
            owner = alias if alias in found.references else found.aliases[alias]
            if owner != key:
                first = found.references[owner].position
                hint = f"it is that of '{owner}' at {first.path}:{first.line}, which is meant; remove one"
                message = f"the former key '{alias}' of '{key}' is taken"
                problems.add(Code.BIBTEX_DUPLICATE, message, known.position, hint)


def _check_type(raw: BibtexEntry, types: Collection[str], problems: Problems) -> None:
    """Note a type that nothing knows: a slip of the pen is a mistake, a type of somebody's own is not."""
    if raw.type in STAND_INS or raw.type in types:
        return
    hint = f"it is shown as @misc; {nearest(raw.type, STAND_INS)}"
    severity = Severity.WARNING if meant(raw.type, STAND_INS) else Severity.ADVICE
    message = f"entry '{raw.key}' has the unknown type '@{raw.type}'"
    problems.add(Code.BIBTEX_TYPE, message, raw.position, hint, severity)


def _check_anchors(found: Bibliography, problems: Problems) -> None:
    """Note keys that differ in punctuation, case or accents only: anchors have none of these."""
    for key, first in sharing(found.references):
        place = found.references[first].position
        hint = f"'{first}' has it, at {place.path}:{place.line}; rename one, and name its old key in the field 'ids'"
        message = f"the key '{key}' would have the anchor of '{first}'"
        problems.add(Code.ANCHOR, message, found.references[key].position, hint)
