r"""BibTeX to references, with every entry that can be saved.

pybtex's own scanner does the reading, so an entry here is what sphinxcontrib-bibtex understands by one; but its
database stops at a duplicate key, and a style aborts at an entry type it does not know. Both are mended here and
reported with their line. The required fields are those of Oren Patashnik's *BibTeXing* (1988), section 3.1.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pybtex.database import BibliographyData, Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.style.formatting.unsrt import Style

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.compat.pybtex import (
    CaseInsensitiveDict,
    LowLevelParser,
    PrematureEOF,
    PybtexSyntaxError,
    SkipEntry,
    UndefinedMacro,
    month_names,
    normalize_whitespace,
    split_name_list,
)
from sphinx_paper_table.survey.addresses import UNSAFE_TEX_LINK, is_web_address
from sphinx_paper_table.survey.anchors import sharing
from sphinx_paper_table.survey.fields import MAX_ID
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems, nearest
from sphinx_paper_table.survey.references import OTHERS, Author, BibtexEntry, Reference
from sphinx_paper_table.survey.source_files import MAX_TEXT
from sphinx_paper_table.survey.tex_escapes import percent_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY_START: Final = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[({]", re.MULTILINE)
_TEMPLATE: Final = re.compile(r"^get_(\w+)_template")
_NO_KEY: Final = re.compile(r"[\"=<>]")
_BEGINNING: Final = re.compile(r"@\s*(\w+)\s*[({]\s*([^\s,}]*)")
_ALIAS: Final = re.compile(r"[^,\s]+")
_RESOLVER: Final = re.compile(r"https?://(dx\.)?doi\.org/")
_ARXIV: Final = re.compile(r"arxiv:", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\n")
VERBATIM: Final = frozenset({"doi", "eprint", "file", "ids", "pdf", "url", "crossref", "xdata"})
"""Fields that are no LaTeX (biblatex manual, section 2.2.1)."""
_LATEX: Final = frozenset("\\{}")
MAX_EXPANDED: Final = 10_000_000
"""Characters that all uses of ``@string`` stand for in one build; in one value, as many as a text may have."""
TYPES: Final = frozenset(match[1] for name in dir(Style) if (match := _TEMPLATE.fullmatch(name)))
"""Entry types that pybtex's styles can format."""
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "article": ("author", "title", "journal", "year"),
    "book": ("author|editor", "title", "publisher", "year"),
    "inbook": ("author|editor", "title", "chapter|pages", "publisher", "year"),
    "incollection": ("author", "title", "booktitle", "publisher", "year"),
    "inproceedings": ("author", "title", "booktitle", "year"),
    "mastersthesis": ("author", "title", "school", "year"),
    "phdthesis": ("author", "title", "school", "year"),
    "techreport": ("author", "title", "institution", "year"),
    "proceedings": ("title", "year"),
}
_REQUIRED_OF_OTHERS: Final = ("author|editor", "title", "year")
_VENUE_FIELDS: Final = ("venue", "journal", "series", "booktitle", "howpublished", "publisher", "school", "institution")


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The good entries of some BibTeX files: as `references` for us and as pybtex's `database` for citations."""

    references: dict[str, Reference] = field(default_factory=dict)
    database: BibliographyData = field(default_factory=BibliographyData)
    keys_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    """A hash of all that an entry is made of, by key: equal ones are formatted alike."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Former keys, from the field ``ids`` (biblatex manual, section 2.2.3), each with the present one."""


def parse_bibtex(texts: dict[str, str], problems: Problems) -> Bibliography:
    """Return the entries of *texts*, a mapping of file names to contents, noting all problems."""
    found = Bibliography()
    folded: dict[str, Position] = {}
    macros = _Macros()
    for name, text in texts.items():
        before = set(found.references)
        for raw in _raw_entries(text, name, macros, problems):
            if _NO_KEY.search(raw.key):
                hint = "write letters, digits and hyphens, then a comma; the entry is left out"
                problems.add(Code.SYNTAX, f"'{raw.key[:40]}' is not a key", raw.position, hint)
                continue
            if len(raw.key) > MAX_ID:
                message = f"the key '{raw.key[:40]}…' is {len(raw.key):,} characters long"
                hint = f"the limit is {MAX_ID}; the entry is left out"
                problems.add(Code.TOO_LARGE, message, raw.position, hint)
                continue
            first = folded.setdefault(raw.key.casefold(), raw.position)
            if first is not raw.position:
                hint = f"the first, at {first.path}:{first.line}, is used; rename or remove one"
                problems.add(Code.BIBTEX_DUPLICATE, f"the key '{raw.key}' is taken", raw.position, hint)
                continue
            entry = _entry(raw, problems)
            found.database.add_entry(raw.key, entry)
            found.references[raw.key] = _reference(raw, entry)
            found.contents[raw.key] = _content(raw, found.contents)
            for alias in _aliases(raw):
                found.aliases.setdefault(alias, raw.key)
        found.keys_of[name] = tuple(key for key in found.references if key not in before)
    _check_anchors(found, problems)
    return found


def _check_anchors(found: Bibliography, problems: Problems) -> None:
    """Note keys that differ in punctuation, case or accents only: anchors have none of these."""
    for key, first in sharing(found.references):
        place = found.references[first].position
        hint = f"'{first}' has it, at {place.path}:{place.line}; rename one, and name its old key in the field 'ids'"
        message = f"the key '{key}' would have the anchor of '{first}'"
        problems.add(Code.ANCHOR, message, found.references[key].position, hint)


def _aliases(raw: BibtexEntry) -> list[str]:
    listed = next((value for name, value in raw.fields if name.lower() == "ids"), "")
    return [alias for alias in _ALIAS.findall(listed) if len(alias) <= MAX_ID]


def _content(raw: BibtexEntry, known: dict[str, str]) -> str:
    """Return a hash of the entry's type and fields, macros replaced, and of the entry that it inherits from."""
    parents = [known.get(value, value) for name, value in raw.fields if name.lower() in {"crossref", "xdata"}]
    return hashlib.blake2b(repr((raw.key, raw.type, raw.fields, parents)).encode(), digest_size=16).hexdigest()


def entries_only(text: str, name: str, problems: Problems) -> tuple[BibtexEntry, ...]:
    """Return the entries of a file that consists of nothing else, noting whatever else is in it."""
    found = tuple(_raw_entries(text, name, _Macros(), problems))
    if problems.sorted():
        return found
    start = 0
    for entry in found:
        end = text.index(entry.source, start)
        _refuse_between(text, name, start, end, problems)
        start = end + len(entry.source)
    _refuse_between(text, name, start, len(text), problems)
    return found


def _refuse_between(text: str, name: str, start: int, end: int, problems: Problems) -> None:
    """Note a comment, @string, @preamble or entry without fields at the place where it begins."""
    between = text[start:end]
    if between.strip():
        first = start + len(between) - len(between.lstrip())
        hint = "take it out, or write what it says into the entries"
        message = f"'{between.split()[0][:40]}' belongs to no entry"
        problems.add(Code.SYNTAX, message, _position(text, name, first), hint)


class _ExpandedTooFarError(PybtexSyntaxError):  # type: ignore[misc]  # pybtex has no types
    """A value for which ``@string`` stands for more than anybody has written."""


@dataclass
class _Macros:
    """The ``@string`` definitions of a build, and how much they have stood for."""

    values: CaseInsensitiveDict = field(default_factory=lambda: CaseInsensitiveDict(month_names))
    expanded: int = 0


class _Parser(LowLevelParser):  # type: ignore[misc]  # as above
    """pybtex's parser of a part of a file, with a limit to what ``@string`` can stand for."""

    def __init__(self, text: str, macros: _Macros, problems: Problems, start: Position) -> None:
        """Read *text*, which stands at *start*."""
        super().__init__(text, macros=macros.values, filename=start.path)
        self._macros = macros
        self._problems = problems
        self._start = start
        self.latex: list[tuple[int, int]] = []
        """Where the values are that are LaTeX."""

    def handle_error(self, error: Exception) -> None:
        """Go on after an undefined @string, whose value is empty; everything else costs the entry."""
        if not isinstance(error, UndefinedMacro):
            raise error
        name = str(error.args[0]).rpartition(":")[2].strip()
        hint = "put the value into braces, or define it with @string"
        self._problems.add(Code.SYNTAX, f"no @string defines '{name}'", self.place(self.pos), hint)

    def place(self, offset: int) -> Position:
        """Return the place of a character in the file."""
        line = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset) - 1
        start = self._start
        return Position(start.path, start.line + line, column + (1 if line else start.column))

    def parse_value(self) -> None:
        """Parse a value; refuse one that is too long before its parts are joined."""
        self._size, start = 0, self.pos
        super().parse_value()
        if self.current_field_name and self.current_field_name.lower() not in VERBATIM:
            self.latex.append((start, self.pos))

    def substitute_macro(self, name: str) -> str:
        """Return what *name* stands for."""
        value: str = super().substitute_macro(name)
        self._size += len(value)
        self._macros.expanded += len(value)
        if self._size > MAX_TEXT or self._macros.expanded > MAX_EXPANDED:
            msg = f"what its @string stand for is too long; the limits are {MAX_TEXT:,} and {MAX_EXPANDED:,} characters"
            raise _ExpandedTooFarError(msg, self)
        return value


def _raw_entries(text: str, name: str, macros: _Macros, problems: Problems) -> Iterator[BibtexEntry]:
    """Yield the entries of *text*; after a syntax error, go on at the next line that begins with ``@type{``.

    Each part of the text from one such line to the ``@`` of the next is read alone: an entry that is never closed
    costs no more than itself.
    """
    starts = [0, *(found.start() for found in _ENTRY_START.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        is_last = end == len(text)
        part = text[start : end if is_last else text.index("@", end) + 1]
        yield from _entries_of(_Parser(part, macros, problems, _position(text, name, start)), problems, is_last=is_last)


def _entries_of(parser: _Parser, problems: Problems, *, is_last: bool) -> Iterator[BibtexEntry]:
    """Yield the entries of one part of a file, up to its first error."""
    while parser.skip_to([parser.AT]):
        start = parser.command_start = parser.pos - 1
        if parser.eof() and not is_last:
            return
        place = parser.place(start)
        try:
            command, body = parser.parse_command()
        except PybtexSyntaxError as error:
            _note_syntax_error(error, parser, start, problems, is_last=is_last)
            return
        except SkipEntry:  # a @comment
            continue
        if len(body) != 2 or command.lower() in {"string", "preamble"}:  # noqa: PLR2004 (a key and its fields)
            continue
        fields = tuple((field_name, "".join(value)) for field_name, value in body[1])
        latex = tuple((first - start, last - start) for first, last in parser.latex if first > start)
        yield BibtexEntry(command.lower(), body[0], fields, parser.text[start : parser.pos], place, latex)


def _note_syntax_error(error: Any, parser: _Parser, start: int, problems: Problems, *, is_last: bool) -> None:
    found = _BEGINNING.match(parser.text, start)
    entry = f"entry '{found[2]}'" if found and found[2] else "this entry"
    place = parser.place(start)
    if isinstance(error, PrematureEOF) and not is_last:
        hint = "a closing brace is missing before it, or a line in it begins with '@'"
        problems.add(Code.SYNTAX, f"{entry} runs into the next one", place, hint)
    elif isinstance(error, _ExpandedTooFarError):
        problems.add(Code.TOO_LARGE, f"{entry} is left out", place, error.args[0])
        if found and found[1].lower() == "string":
            parser.macros[parser.current_field_name] = ""  # so that it is not reported once more wherever it is used
    else:
        line = parser.place(parser.pos).line
        hint = f"{error.args[0]} near line {line}; check braces, quotes and commas, other entries are kept"
        problems.add(Code.SYNTAX, f"{entry} cannot be parsed", place, hint)


def _position(text: str, name: str, offset: int) -> Position:
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(name, line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where the lines begin; counting them for each entry would take time that grows with the file's square."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))


def _entry(raw: BibtexEntry, problems: Problems) -> Entry:
    """Return *raw* as pybtex's entry, of a type that every style can format."""
    kind = raw.type
    if kind not in TYPES:
        hint = f"it is shown as @misc; {nearest(kind, TYPES)}"
        problems.add(Code.BIBTEX_TYPE, f"entry '{raw.key}' has the unknown type '@{kind}'", raw.position, hint)
        kind = "misc"
    entry = Entry(kind)
    seen: set[str] = set()
    for name, value in raw.fields:
        if name.lower() in seen:
            message = f"entry '{raw.key}' gives '{name}' twice"
            problems.add(Code.DUPLICATE_KEY, message, raw.position, "the first is used; remove one")
            continue
        seen.add(name.lower())
        _set_field(entry, name, normalize_whitespace(value), raw, problems)
    _check_fields(entry, raw, problems)
    return entry


def _set_field(entry: Entry, name: str, value: str, raw: BibtexEntry, problems: Problems) -> None:
    if name.lower() not in VERBATIM:
        value = percent_escaped(value)
    value = _with_safe_links(name, value, raw, problems)
    if len(value) > MAX_TEXT:
        message = f"entry '{raw.key}': the {name} is {len(value):,} characters long"
        problems.add(Code.TOO_LARGE, message, raw.position, f"the limit is {MAX_TEXT:,}; it is left out")
    elif not _is_latex(value):
        hint = "a backslash begins a command; the field is left out"
        problems.add(Code.SYNTAX, f"entry '{raw.key}': the {name} is not valid LaTeX", raw.position, hint)
    elif name.lower() in Person.valid_roles:
        for person in split_name_list(value):
            _add_person(entry, name.lower(), person, raw, problems)
    elif name.lower() == "url" and not is_web_address(value):
        hint = "write one that begins with https://; it is left out"
        problems.add(Code.UNSAFE, f"entry '{raw.key}': the url is not a web address", raw.position, hint)
    else:
        entry.fields[name] = value


def _with_safe_links(name: str, value: str, raw: BibtexEntry, problems: Problems) -> str:
    r"""Return *value* without ``\url`` and ``\href`` to anything but web addresses: pybtex makes links of them."""
    if UNSAFE_TEX_LINK.search(value) is None:
        return value
    hint = "write \\url{https://…}; it is shown as text"
    problems.add(Code.UNSAFE, f"entry '{raw.key}': the {name} links to no web address", raw.position, hint)
    return UNSAFE_TEX_LINK.sub("", value)


def _add_person(entry: Entry, role: str, name: str, raw: BibtexEntry, problems: Problems) -> None:
    try:
        person = Person(name)
    except PybtexError:
        person = None
    if person is None or not all(map(_is_latex, (*person.first_names, *person.middle_names, *person.last_names))):
        hint = "write 'Last, First and Last, First'"
        problems.add(Code.BAD_VALUE, f"entry '{raw.key}': '{name}' is not a name", raw.position, hint)
        return
    entry.add_person(person, role)


def _is_latex(value: str) -> bool:
    """Return whether the styles can read *value*: latexcodec raises an error at a backslash that begins nothing."""
    if _LATEX.isdisjoint(value):
        return True
    try:
        readable(value)
    except (ValueError, PybtexError, RecursionError):
        return False
    return True


def _check_fields(entry: Entry, raw: BibtexEntry, problems: Problems) -> None:
    for wanted in REQUIRED.get(raw.type, _REQUIRED_OF_OTHERS):
        names = wanted.split("|")
        if not any(entry.fields.get(name) or entry.persons.get(name) for name in names):
            message = f"entry '{raw.key}' has no {' or '.join(names)}"
            problems.add(Code.BIBTEX_FIELD, message, raw.position, f"@{raw.type} needs it; add '{names[0]} = {{…}},'")


def _reference(raw: BibtexEntry, entry: Entry) -> Reference:
    fields: Any = entry.fields
    arxiv = _arxiv_id(fields)
    return Reference(
        key=raw.key,
        type=entry.type,
        title=readable(fields.get("title", "")),
        authors=tuple(_author(person) for person in entry.persons.get("author", entry.persons.get("editor", ()))),
        year=readable(fields.get("year", "")),
        venue=readable(next((fields[name] for name in _VENUE_FIELDS if fields.get(name)), "arXiv" if arxiv else "")),
        doi=_without(_RESOLVER, fields.get("doi", "")).replace("\\_", "_"),
        arxiv=arxiv,
        url=fields.get("url", ""),
        source=raw.passed_on.strip(),
        position=raw.position,
        former=tuple(_aliases(raw)),
    )


def _arxiv_id(fields: Any) -> str:
    if fields.get("archiveprefix", "").lower() != "arxiv" and "arxiv" not in fields.get("eprinttype", "").lower():
        return ""
    return _without(_ARXIV, fields.get("eprint", ""))


def _without(beginning: re.Pattern[str], value: str) -> str:
    return value[found.end() :] if (found := beginning.match(value)) else value


def _author(person: Person) -> Author:
    given = " ".join((*person.first_names, *person.middle_names))
    family = " ".join((*person.prelast_names, *person.last_names, *person.lineage_names))
    if not given and family == "others":
        return Author("", OTHERS)
    return Author(readable(given), readable(family))
