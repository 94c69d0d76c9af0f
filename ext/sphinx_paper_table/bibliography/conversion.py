"""Entries in the other dialect: BibTeX's names of types and fields to biblatex's, and back.

Names and meanings: biblatex's manual, sections 2.1.2 (aliases of types), 2.2.2, 2.2.5 (aliases of fields) and 2.3.8
(dates). What has no name in the other dialect stays as it is, and a field is not renamed where the entry has one of the
new name: nothing is lost.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.bibliography.dates import MONTHS, month_name, read_date
from sphinx_paper_table.bibliography.dialect import KINDS
from sphinx_paper_table.bibliography.public_fields import PUBLIC
from sphinx_paper_table.bibliography.settings import BIBLATEX, BIBTEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.references import BibtexEntry

RENAMED: Final = {
    "journal": "journaltitle",
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "key": "sortkey",
}
"""BibTeX's fields that biblatex only calls otherwise."""
_TYPES: Final = {
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
}
"""BibTeX's types, each with biblatex's and the value of its ``type``."""
_ALIASES: Final = {"conference": "inproceedings", "electronic": "online", "www": "online"}
_THESES: Final = frozenset({"thesis", "phdthesis", "mastersthesis"})
_JOURNALS: Final = frozenset({"article", "periodical"})
_MASTER: Final = re.compile(r"master|bachelor|mathesis|bathesis|diplom", re.IGNORECASE)
_DOCTOR: Final = re.compile(r"ph\.?\s?d|doctor|candthesis|dissertation", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"0?[1-9]|[12]\d|3[01]")
_DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_DIGIT: Final = re.compile(r"\d")
BIBTEX_TYPES: Final = frozenset(
    (
        *("article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual"),
        *("mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished"),
    )
)
"""The types of BibTeX's own styles (btxdoc, section 3.1)."""
_KNOWN_TO_BOTH: Final = frozenset(
    (
        *("address", "annote", "author", "booktitle", "chapter", "crossref", "edition", "editor", "howpublished"),
        *("institution", "journal", "key", "month", "note", "number", "organization", "pages", "publisher", "school"),
        *("series", "title", "type", "volume", "year", "day", "doi", "eid", "isbn", "issn", "url", "urldate", "eprint"),
        *("archiveprefix", "primaryclass", "pmid", "pmcid", "collaboration", "language", "numpages", "articleno"),
        *("lccn", "mrnumber", "zblnumber", "coden", "venue", "lastchecked", "adsurl", "biburl", "bibsource", "arxiv"),
    )
)
"""Fields of BibTeX's own styles and those that files for BibTeX have beside them."""


class _Field(NamedTuple):
    name: str
    value: str
    written: str = ""
    """How the value is written, where it names an ``@string``."""


def in_dialect(entry: BibtexEntry, dialect: str) -> BibtexEntry:
    """Return *entry* with the names that it has in *dialect*; as it is where that is empty."""
    if not dialect:
        return entry
    macros = dict(entry.written)
    fields = [_Field(name, value, macros.get(place, "")) for place, (name, value) in enumerate(entry.fields)]
    kind, fields = _for_biblatex(entry.type, fields) if dialect == BIBLATEX else _for_bibtex(entry.type, fields)
    return dataclasses.replace(
        entry,
        type=kind,
        fields=tuple((field.name, field.value) for field in fields),
        written=tuple((place, field.written) for place, field in enumerate(fields) if field.written),
    )


def kept_names(entry: BibtexEntry, dialect: str) -> Iterator[str]:
    """Yield the type, as ``@type``, and the fields of *entry* that only the other dialect knows."""
    if dialect == BIBTEX:
        if entry.type not in BIBTEX_TYPES:
            yield f"@{entry.type}"
        yield from (name for field, _value in entry.fields if (name := field.lower()) in PUBLIC - _KNOWN_TO_BOTH)


def _for_biblatex(kind: str, fields: list[_Field]) -> tuple[str, list[_Field]]:
    known = _by_name(fields)
    if kind in _TYPES and ("type" not in known or kind == "techreport"):
        kind, word = _TYPES[kind]
        fields = fields if "type" in known else [*fields, _Field("type", word)]
    names = {**RENAMED, "school": "institution"} if kind in _THESES else dict(RENAMED)
    if kind in _JOURNALS and "number" in known and not _DIGIT.search(known["number"].value):
        names["number"] = "issue"  # "Spring": a designation that is no number
    return _ALIASES.get(kind, kind), _with_date(_renamed(fields, names))


def _for_bibtex(kind: str, fields: list[_Field]) -> tuple[str, list[_Field]]:
    kind, fields = _with_kind_in_words(kind, fields)
    names = {modern: name for name, modern in RENAMED.items()}
    if kind in {"phdthesis", "mastersthesis"}:
        names["institution"] = "school"
    if kind in _JOURNALS:
        names["issue"] = "number"
    return kind, _with_year(_renamed(fields, names))


def _with_kind_in_words(kind: str, fields: list[_Field]) -> tuple[str, list[_Field]]:
    """Return BibTeX's type for a thesis or report, whose ``type`` is no key of biblatex then."""
    said = _by_name(fields).get("type", _Field("", ""))
    if kind == "thesis":
        doctor, master = _DOCTOR.search(said.value), _MASTER.search(said.value)
        kind = "mastersthesis" if master else "phdthesis" if doctor else kind
    elif kind == "report":
        kind = "techreport"
    if kind not in _TYPES or said.written:
        return kind, fields
    if said.value == _TYPES[kind][1]:
        return kind, [field for field in fields if field is not said]
    in_words = said._replace(value=KINDS.get(said.value, said.value))
    return kind, [in_words if field is said else field for field in fields]


def _by_name(fields: Iterable[_Field]) -> dict[str, _Field]:
    """Return the fields by their names in lower case; of two with one name the first, which is the one that counts."""
    found: dict[str, _Field] = {}
    for field in fields:
        found.setdefault(field.name.lower(), field)
    return found


def _renamed(fields: list[_Field], names: Mapping[str, str]) -> list[_Field]:
    present = {field.name.lower() for field in fields}
    new = {name: other for name, other in names.items() if other not in present}
    return [field._replace(name=new.get(field.name.lower(), field.name)) for field in fields]


def _with_date(fields: list[_Field]) -> list[_Field]:
    """Return *fields* with a date in the place of a year, month and day that say no more than it can."""
    known = _by_name(fields)
    parts = [known[name] for name in ("year", "month", "day") if name in known]
    if "date" in known:  # from which a year and a month may have been taken for BibTeX
        derived = [field.value for field in _taken_from(known["date"].value)]
        return [field for field in fields if field not in parts or field.value not in derived]
    date = _date_of(known)
    if not date or sum(field.name.lower() in {"year", "month", "day"} for field in fields) > len(parts):
        return fields
    return [_Field("date", date) if field is parts[0] else field for field in fields if field not in parts[1:]]


def _date_of(known: Mapping[str, _Field]) -> str:
    """Return year, month and day as a date; empty where one of them says something else."""
    none = _Field("", "")
    year, month, day = (known.get(name, none) for name in ("year", "month", "day"))
    if year.written or day.written or not _YEAR.fullmatch(year.value):
        return ""
    if not (month.value or day.value):
        return year.value
    name = month_name(month.value)
    if name not in MONTHS or (month.written and month.written.lower() != name[:3].lower()):
        return ""
    if day.value and not _DAY.fullmatch(day.value):
        return ""
    return f"{year.value}-{MONTHS.index(name) + 1:02}{f'-{int(day.value):02}' if day.value else ''}"


def _with_year(fields: list[_Field]) -> list[_Field]:
    """Return *fields* with year, month and day in the place of a date; beside it where it says more than they can."""
    known = _by_name(fields)
    if "date" not in known or not known.keys().isdisjoint({"year", "month", "day"}):
        return fields
    date = known["date"]
    taken = _taken_from(date.value)
    is_whole = _DATE.fullmatch(date.value.strip()) is not None and not date.written
    place = fields.index(date)
    return [*fields[:place], *(taken if is_whole else [date, *taken]), *fields[place + 1 :]]


def _taken_from(date: str) -> list[_Field]:
    """Return year, month and day of a date, of a range those of its beginning."""
    found = _DATE.fullmatch(date.strip())
    if found:
        year, month, day = found.groups("")
    else:
        read = read_date(date)
        year, _, month = (read.date if read else "").partition("-")
        month, _, day = month.partition("-")
    fields = [_Field("year", year)] if year else []
    if month:
        name = MONTHS[int(month) - 1]
        fields.append(_Field("month", name, name[:3].lower()))
    return [*fields, _Field("day", str(int(day)))] if day else fields
