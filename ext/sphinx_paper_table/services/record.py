"""What a service knows of a publication, as a BibTeX entry has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography import writer
from sphinx_paper_table.bibliography.conversion import in_dialect
from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.services.errors import RefusedError
from sphinx_paper_table.services.texts import LONGEST, is_balanced, line_of, names_of, safe_tex
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.services.client import Answer
    from sphinx_paper_table.survey.references import BibtexEntry

TEXTS: Final = ("title", "booktitle", "journal", "series", "publisher", "institution", "school", "edition", "type")
NUMBERS: Final = ("volume", "number", "pages", "chapter", "year", "issn", "isbn")
NAMES: Final = ("author", "editor")
VERBATIM: Final = ("doi", "eprint", "archiveprefix", "url")
FIELDS: Final = frozenset((*TEXTS, *NUMBERS, *NAMES, *VERBATIM, "venue"))
"""All that is taken from a service; whatever else it gives is left out."""
_USUAL: Final = FIELDS | frozenset(writer.FIELDS)
_NOT_VERBATIM: Final = re.compile(r"[{}\\\s\"]")
"""What ends a value, or the address in it."""
_MOST_NAMES: Final = 500_000
TYPES: Final = frozenset(
    (
        *("article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc"),
        *("phdthesis", "proceedings", "techreport", "unpublished"),
    )
)


@dataclass(frozen=True, slots=True)
class Record:
    """A publication as one service has it."""

    service: str
    address: str
    """Where it was learnt."""
    type: str
    fields: Mapping[str, str]
    """In TeX, one line each, names in lower case, those of `FIELDS`; none is empty."""
    abstract: str = ""
    """In text, for comparison only: it is not published."""
    first_public: str = ""
    """The date of the first version, where the service says it: "2019-11-13"."""
    withdrawn: str = ""
    """What the service says of a work that was withdrawn or retracted: "withdrawn", "retraction"; else empty."""
    published_as: str = ""
    """The DOI of the published version of a preprint."""
    journal: str = ""
    """Where a preprint was published, in the words of its authors."""
    replaced_by: tuple[str, ...] = field(default=())
    """DOIs of corrections, retractions and newer versions, each after its kind: "correction 10.1371/…"."""

    @property
    def title(self) -> str:
        """The title as readers see it."""
        return readable(self.fields.get("title", ""))


def fields_of(service: str, fields: Mapping[str, str], known: frozenset[str] = FIELDS) -> dict[str, str]:
    """Return the *known* ones of *fields*, without the empty ones and made safe: none can end its own braces.

    Raises `RefusedError` where there is no title.
    """
    safe = {name: _safe(name, value, service) for name, value in fields.items() if name in known}
    found = {name: value for name, value in safe.items() if value}
    if not found.get("title"):
        raise RefusedError(service, "its answer has no title")
    return found


def _safe(name: str, value: str, service: str) -> str:
    if name in VERBATIM:
        is_good = not _NOT_VERBATIM.search(value) and (name != "url" or is_web_address(value))
        return value if is_good else ""
    if name in NAMES and not is_balanced(value):
        raise RefusedError(service, f"the braces of its {name} are not balanced")
    return value if name in NAMES else safe_tex(value)


def bibtex_entry(answer: Answer, service: str) -> tuple[str, dict[str, str]]:
    """Return type and fields of the one entry in an answer in BibTeX; raises `RefusedError` where it cannot be read."""
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(service, f"its answer is not UTF-8: {answer.address}") from error
    return entry_in(text, service, answer.address)


def entries_in(text: str, service: str, address: str) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return type, fields, and names of fields that are left out, of all entries of an author's own *text* in BibTeX.

    All of the usual fields are kept, by BibTeX's names. Raises `RefusedError` where an entry cannot be read.
    """
    problems = Problems()
    entries = list(raw_entries(text, address, Macros(), problems))
    if not entries or any(entry.is_damaged for entry in entries):
        problem = next(iter(problems.sorted()), None)
        raise RefusedError(service, f"{problem or 'there is no entry'}: {address}")
    found = []
    for entry in (in_dialect(entry, "bibtex") for entry in entries):
        names = {name.lower() for name, _value in entry.fields}
        found.append((*_fields(entry, service, _USUAL), sorted(names - _USUAL)))
    return found


def entry_in(text: str, service: str, address: str) -> tuple[str, dict[str, str]]:
    """Return type and fields of the first entry of a *text* in BibTeX, as `fields_of` does."""
    problems = Problems()
    entry = next(iter(raw_entries(text, address, Macros(), problems)), None)
    if entry is None or entry.is_damaged:
        reason = next((f" ({one.text})" for one in problems.sorted()), "")
        raise RefusedError(service, f"its answer is no BibTeX entry{reason}: {address}")
    return _fields(entry, service)


def _fields(entry: BibtexEntry, service: str, known: frozenset[str] = FIELDS) -> tuple[str, dict[str, str]]:
    fields: dict[str, str] = {}
    for name, value in ((name.lower(), value) for name, value in entry.fields):
        if name in known and name not in fields:
            fields[name] = _checked(name, value, service)
    return entry.type if entry.type in TYPES else "misc", fields_of(service, fields, known)


def _checked(name: str, value: str, service: str) -> str:
    line = line_of(value, service, name, _MOST_NAMES if name in NAMES else LONGEST)
    if name in NAMES:
        return names_of([safe_tex(line)], service)
    return _bare(line) if name == "title" else line


def _bare(title: str) -> str:
    """Return a title without braces around the whole, with which archives keep all of its capitals."""
    depth = 0
    for place, sign in enumerate(title):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth <= 0 and place < len(title) - 1:
            return title
    return title[1:-1] if title.startswith("{") and title.endswith("}") else title
