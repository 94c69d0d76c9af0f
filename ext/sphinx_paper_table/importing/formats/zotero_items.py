"""An item of Zotero, with the field names of its data model, as a work: what its JSON and its RDF have in common.

https://api.zotero.org/schema
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.importing.collection import Leftover, Work
from sphinx_paper_table.importing.formats.publication_fields import (
    arxiv_fields,
    container_fields,
    date_in,
    doi_of,
    filled_in,
    pages_of,
    thesis_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import Author

TYPES: Final = {
    "journalArticle": "article",
    "magazineArticle": "article",
    "newspaperArticle": "article",
    "conferencePaper": "inproceedings",
    "book": "book",
    "bookSection": "incollection",
    "blogPost": "online",
    "forumPost": "online",
    "webpage": "online",
    "computerProgram": "software",
    "dataset": "dataset",
    "dictionaryEntry": "inreference",
    "encyclopediaArticle": "inreference",
    "manuscript": "unpublished",
    "patent": "patent",
    "report": "techreport",
    "standard": "standard",
}
"""Types of Zotero with those of BibTeX and biblatex; others are ``misc``."""
_FIELDS: Final = {
    "title": "title",
    "volume": "volume",
    "place": "address",
    "series": "series",
    "seriesTitle": "series",
    "edition": "edition",
    "versionNumber": "version",
    "abstractNote": "abstract",
    "language": "language",
    "ISBN": "isbn",
    "ISSN": "issn",
    "shortTitle": "shorttitle",
    "journalAbbreviation": "shortjournal",
    "conferenceName": "eventtitle",
    "reportType": "type",
}
_CONTAINERS: Final = ("publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle", "dictionaryTitle")
_MORE_CONTAINERS: Final = ("websiteTitle", "blogTitle", "forumTitle")
_PUBLISHERS: Final = ("publisher", "university", "institution", "repository", "company")
_NUMBERS: Final = ("issue", "reportNumber", "patentNumber", "seriesNumber", "archiveID")
_USED: Final = frozenset(
    (
        *("itemType", "date", "pages", "DOI", "url", "extra", "accessDate", "thesisType", "type", "libraryCatalog"),
        *_CONTAINERS,
        *_MORE_CONTAINERS,
        *_PUBLISHERS,
        *_NUMBERS,
        *_FIELDS,
    )
)
"""``libraryCatalog`` is where Zotero has found the item."""
_KEY: Final = re.compile(r"^(?:citation key|citekey|bibtex)\s{0,4}:\s{0,4}(\S+)$", re.IGNORECASE)
_DOI: Final = re.compile(r"^doi\s{0,4}:", re.IGNORECASE)
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#$~|&^!])")
_TAG: Final = re.compile(r"<[^<>]{0,400}>")
_LONGEST_NOTE: Final = 600
"""Characters of a note that may be a summary; a longer one is a text of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as its export tells it."""

    position: Position
    said: Mapping[str, str]
    """Its fields by Zotero's names."""
    people: Mapping[str, tuple[Author, ...]]
    tags: Iterable[str]
    notes: Iterable[str]
    """In HTML."""
    key: str = ""


def zotero_work(item: Item, leftovers: list[Leftover]) -> Work:
    """Return the item as a work. What has no place is added to *leftovers*."""
    said, place = item.said, item.position
    kind = TYPES.get(said.get("itemType", ""), "misc")
    if said.get("itemType") == "thesis":
        kind = thesis_type(said.get("thesisType") or said.get("type", ""))
    words = tuple(dict.fromkeys(tag.strip() for tag in item.tags if tag.strip()))
    from_extra, cite_key = _extra(said.get("extra", ""), place, leftovers)
    number = _first(said, _NUMBERS)
    fields = {
        **{field: said.get(name, "") for name, field in _FIELDS.items() if said.get(name)},
        **container_fields(kind, _first(said, (*_CONTAINERS, *_MORE_CONTAINERS)), _first(said, _PUBLISHERS)),
        **date_in(said.get("date", "")),
        **from_extra,
        **arxiv_fields(
            number, said.get("publicationTitle", ""), said.get("url", "").replace("arxiv.org/abs/", "arXiv:")
        ),
        "number": "" if arxiv_fields(number) else number,
        "pages": pages_of(said.get("pages", "")),
        "doi": doi_of(said.get("DOI", "")) or from_extra.get("doi", ""),
        "url": said.get("url", ""),
        "urldate": said.get("accessDate", "")[:10],
        "keywords": ", ".join(words),
    }
    rest = {name: value for name, value in said.items() if value and name not in _USED}
    leftovers += [Leftover(place, f"{name}: {value}", "no field of an entry") for name, value in rest.items()]
    return Work(
        position=place,
        key=item.key or cite_key,
        entry_type=kind,
        fields=filled_in(fields),
        people=item.people,
        summary=_summary(list(item.notes), place, leftovers),
        tags=words,
    )


def _first(said: Mapping[str, str], names: Iterable[str]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _extra(text: str, place: Position, leftovers: list[Leftover]) -> tuple[dict[str, str], str]:
    """Return the fields, and the cite key, in the field where users write what Zotero has no field for."""
    fields: dict[str, str] = {}
    key, rest = "", []
    for line in text.split("\n"):
        if found := _KEY.match(line.strip()):
            key = found[1]
        elif _DOI.match(line.strip()) and doi_of(line):
            fields["doi"] = doi_of(line)
        elif named := arxiv_fields(line):
            fields |= named
        elif line.strip():
            rest.append(line)
    if rest:
        leftovers.append(Leftover(place, "\n".join(rest), "Zotero's field 'Extra'"))
    return fields, key


def _summary(notes: list[str], place: Position, leftovers: list[Leftover]) -> str:
    """Return a single short note; others are left over."""
    texts = [plain_of(note) for note in notes]
    if len(texts) == 1 and len(texts[0]) <= _LONGEST_NOTE:
        return escaped(texts[0])
    leftovers += [Leftover(place, text, "a note") for text in texts if text]
    return ""


def plain_of(note: str) -> str:
    """Return the text of a note, which is HTML."""
    return html.unescape(_TAG.sub(" ", note.replace("</p>", "\n"))).strip()


def escaped(text: str) -> str:
    """Return plain text as Markdown."""
    return _MARKS.sub(r"\\\1", text)
