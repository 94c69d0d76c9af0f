"""RIS, which all reference managers write; rispy reads it, as it writes ours.

The other candidate was a reader of our own: the format has a line for each value, but tags that differ by program, for
which rispy has the tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import rispy

from sphinx_paper_table.bibliography.file_parts import position
from sphinx_paper_table.importing.collection import Collection, Leftover, Work
from sphinx_paper_table.importing.formats.json_files import left_over
from sphinx_paper_table.importing.formats.publication_fields import (
    arxiv_fields,
    container_fields,
    date_in,
    doi_of,
    filled_in,
    pages_of,
    thesis_type,
)
from sphinx_paper_table.survey.references import Author

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
    from sphinx_paper_table.survey.located import Position

TYPES: Final = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "INPR", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("CPAPER", "CONF"), "inproceedings"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("DICT", "ENCYC"), "inreference"),
    **dict.fromkeys(("ELEC", "BLOG", "ICOMM", "MULTI"), "online"),
    **dict.fromkeys(("RPRT", "GOVDOC"), "techreport"),
    **dict.fromkeys(("UNPB", "MANSCPT"), "unpublished"),
    "COMP": "software",
    "DATA": "dataset",
    "PAMP": "booklet",
    "PAT": "patent",
    "STAND": "standard",
}
"""Types of RIS with those of BibTeX and biblatex; others are ``misc``."""
_START: Final = re.compile(r"^TY  -", re.MULTILINE)
_FIELDS: Final = {
    "volume": "volume",
    "number": "number",
    "place_published": "address",
    "edition": "edition",
    "tertiary_title": "series",
    "language": "language",
    "abstract": "abstract",
    "short_title": "shorttitle",
    "section": "chapter",
}
_WEB_OF_SCIENCE: Final = {"PU": "publisher", "PI": "place_published"}
"""Tags of Web of Science for what others have tags for that rispy knows."""
_CONTAINERS: Final = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "alternate_title1")
_USED: Final = frozenset(
    (
        *("type_of_reference", "authors", "first_authors", "secondary_authors", "title", "primary_title", "year"),
        *("publication_year", "date", "start_page", "end_page", "doi", "keywords", "publisher", "issn", "id", "label"),
        *("type_of_work", "end_of_reference"),
    )
)
"""What an entry has in another form; what else it has word for word is found by that."""


def recognises(source: SourceFile) -> bool:
    """Return whether this is RIS."""
    return source.suffix == ".ris" or (source.suffix in {".txt", ""} and source.text.lstrip()[:5] == "TY  -")


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the records, in no groups: the format has none."""
    starts = [found.start() for found in _START.finditer(source.text)]
    parts = [source.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=False)]
    leftovers, works = list[Leftover](), list[Work]()
    for start, part in zip(starts, parts, strict=True):
        place = position(source.text, source.name, start)
        record = _record(part)
        if record is None:
            leftovers.append(Leftover(place, part.strip(), "no record that can be read"))
            continue
        works.append(_work(record, place))
        rest = {name: value for name, value in record.items() if name not in _USED | _FIELDS.keys()}
        fields = works[-1].fields
        if rest := _unsaid(rest, {*map(_plain, (*fields.values(), f"arXiv:{fields.get('eprint')}"))}):
            leftovers.append(Leftover(place, left_over(rest), "further tags"))
    before = source.text[: starts[0] if starts else None].strip()
    if before:
        leftovers.append(Leftover(position(source.text, source.name, 0), before, "no record"))
    return Collection(works=tuple(works), leftovers=tuple(leftovers))


def _record(text: str) -> dict[str, Any] | None:
    """Return one record; its end may be missing."""
    try:
        found = rispy.loads(f"{text.rstrip()}\nER  - \n")
    except (rispy.parser.ParseError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    if not found:
        return None
    record: dict[str, Any] = _unsaid(found[0], frozenset(("",)))
    others = record.get("unknown_tag", {})
    for tag, name in _WEB_OF_SCIENCE.items():
        if tag in others and name not in record:
            record[name] = others.pop(tag)[0]
    return record


def _unsaid(value: Any, said: AbstractSet[str]) -> Any:
    """Return *value* without the texts that are *said*."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _unsaid(one, said))}
    if isinstance(value, list):
        return [kept for one in value if (kept := _unsaid(one, said))]
    return "" if isinstance(value, str) and _plain(value) in said else value


def _plain(text: str) -> str:
    return " ".join(pages_of(text).casefold().split())


def _work(record: dict[str, Any], place: Position) -> Work:
    said = {name: value if isinstance(value, str) else "" for name, value in record.items()}
    ris_type = said.get("type_of_reference", "")
    kind = thesis_type(said.get("type_of_work", "")) if ris_type == "THES" else TYPES.get(ris_type, "misc")
    tags = tuple(word for word in _list(record, "keywords") if word)
    urls = _list(record, "urls")
    pages = [said.get(name, "") for name in ("start_page", "end_page")]
    database = said.get("accession_number", "") if "arxiv" in said.get("name_of_database", "").lower() else ""
    number = said.get("issn", "")
    container = next((said[name] for name in _CONTAINERS if said.get(name)), "")
    fields = {
        **{field: said.get(name, "") for name, field in _FIELDS.items()},
        **container_fields(kind, container, said.get("publisher", "")),
        **_date(said.get("year") or said.get("publication_year", ""), said.get("date", "")),
        **arxiv_fields(f"arXiv:{database.removeprefix('arXiv:')}", said.get("number", "")),
        "title": said.get("title") or said.get("primary_title", ""),
        "abstract": said.get("abstract") or said.get("notes_abstract", ""),
        "pages": pages_of("-".join(page for page in pages if page)),
        "eid": said.get("custom7", "") if kind == "article" else "",
        "doi": doi_of(said.get("doi", "")),
        "url": urls[0] if urls else "",
        "isbn" if kind in {"book", "incollection", "inproceedings"} else "issn": number,
        "keywords": ", ".join(tags),
    }
    people = {"author": [*_list(record, "first_authors"), *_list(record, "authors")]}
    people["editor"] = _list(record, "secondary_authors")
    return Work(
        position=place,
        key=said.get("id") or said.get("label", ""),
        entry_type=kind,
        fields=filled_in(fields),
        people={role: tuple(map(_author, names)) for role, names in people.items()},
        tags=tags,
    )


def _date(year: str, date: str) -> dict[str, str]:
    """Return the fields of a date that two tags tell: the year, and a date of the same year or without one."""
    found, exact = date_in(year), date_in(f"{date} {year}")
    return exact | found if not found or found.get("year") == exact.get("year") else found


def _list(record: dict[str, Any], name: str) -> list[str]:
    values = record.get(name)
    return [value.strip() for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _author(name: str) -> Author:
    """Return a name of RIS: "Family, Given, Suffix"."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return Author("", parts[0])
    return Author(parts[1], " ".join((parts[0], *parts[2:])))
