"""CSL-JSON, as Zotero, Pandoc and citeproc keep it.

Variables: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. The tables are the
inverse of those in `bibliography.csl`. citeproc-py's reader was the other candidate: it makes objects for formatting
and knows no entry types of BibTeX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.importing.collection import Collection, Leftover, Work
from sphinx_paper_table.importing.formats.json_files import Places, left_over, mapping_of, mappings_in, parsed, text_of
from sphinx_paper_table.importing.formats.publication_fields import (
    arxiv_fields,
    container_fields,
    date_fields,
    date_in,
    doi_of,
    filled_in,
    pages_of,
    thesis_type,
)
from sphinx_paper_table.survey.references import Author

if TYPE_CHECKING:
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
    from sphinx_paper_table.survey.located import Position

TYPES: Final = {
    "article": "misc",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "periodical": "periodical",
    "post": "online",
    "post-weblog": "online",
    "report": "techreport",
    "software": "software",
    "standard": "standard",
    "webpage": "online",
}
"""Types of CSL with those of BibTeX and biblatex; others are ``misc``."""
_FIELDS: Final = {
    "title": "title",
    "volume": "volume",
    "publisher-place": "address",
    "collection-title": "series",
    "edition": "edition",
    "chapter-number": "chapter",
    "version": "version",
    "abstract": "abstract",
    "language": "language",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "URL": "url",
    "event-title": "eventtitle",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
}
"""Variables that are a field."""
_USED: Final = frozenset(
    (
        *("id", "type", "citation-key", "author", "editor", "issued", "page", "issue", "number", "genre", "publisher"),
        *("container-title", "DOI", "keyword", "archive", "archive_location", "note", "accessed"),
    )
)


def recognises(source: SourceFile) -> bool:
    """Return whether this is a list of CSL items, or an object that has one under ``items``."""
    items = _items(parsed(source))
    return bool(items) and "type" in items[0] and ("itemType" not in items[0])


def _items(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        found = found.get("items")
    return mappings_in(found) if isinstance(found, list) else []


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the items, in no groups: the format has none."""
    places, leftovers, works = Places(source), list[Leftover](), list[Work]()
    for item in _items(parsed(source)):
        place = places.of(f'"{text_of(item.get("id"))}"')
        works.append(csl_work(item, place))
        rest = {name: value for name, value in item.items() if name not in _USED | _FIELDS.keys() and value}
        if rest:
            leftovers.append(Leftover(place, left_over(rest), f"further variables of '{works[-1].key}'"))
    return Collection(works=tuple(works), leftovers=tuple(leftovers))


def csl_work(item: dict[str, Any], place: Position) -> Work:
    """Return an item as a work."""
    said = {name: text_of(value) for name, value in item.items()}
    kind = TYPES.get(said.get("type", ""), "misc")
    if said.get("type") == "thesis":
        kind = thesis_type(said.get("genre", ""))
    tags = tuple(word.strip() for word in said.get("keyword", "").replace(";", ",").split(",") if word.strip())
    archived = said.get("archive_location", "") if "arxiv" in said.get("archive", "").lower() else ""
    fields = {
        **{field: said.get(name, "") for name, field in _FIELDS.items()},
        **container_fields(kind, said.get("container-title", ""), said.get("publisher", "")),
        **_date(item.get("issued")),
        **arxiv_fields(said.get("number", ""), f"arXiv:{archived}", said.get("note", "")),
        "pages": pages_of(said.get("page", "")),
        "number": said.get("issue") or ("" if "arxiv" in said.get("number", "").lower() else said.get("number", "")),
        "type": said.get("genre", "") if kind in {"techreport", "patent"} else "",
        "doi": doi_of(said.get("DOI", "")),
        "note": "" if arxiv_fields(said.get("note", "")) else said.get("note", ""),
        "urldate": "-".join(str(part) for part in _parts(item.get("accessed"))),
        "keywords": ", ".join(tags),
    }
    return Work(
        position=place,
        key=said.get("citation-key") or said.get("id", ""),
        entry_type=kind,
        fields=filled_in(fields),
        people={role: tuple(map(_author, mappings_in(item.get(role)))) for role in ("author", "editor")},
        tags=tags,
    )


def _author(name: dict[str, Any]) -> Author:
    parts = [text_of(name.get(part)) for part in ("non-dropping-particle", "family", "suffix")]
    given = " ".join(part for part in (text_of(name.get("given")), text_of(name.get("dropping-particle"))) if part)
    whole = text_of(name.get("literal")) or text_of(name.get("name"))
    return Author("", whole) if whole else Author(given, " ".join(part for part in parts if part))


def _parts(date: object) -> list[Any]:
    dates = mapping_of(date).get("date-parts")
    first = dates[0] if isinstance(dates, list) and dates else []
    numbers = first if isinstance(first, list) else [first]
    return [f"{int(str(part)):02}" for part in numbers[:3] if str(part).isdecimal() and len(str(part)) <= 4]  # noqa: PLR2004


def _date(date: object) -> dict[str, str]:
    said = mapping_of(date)
    words = text_of(said.get("raw")) or text_of(said.get("literal")) or text_of(date)
    return date_fields(_parts(date)) or date_in(words)
