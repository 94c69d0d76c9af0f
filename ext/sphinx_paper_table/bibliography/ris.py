"""The references as RIS, the oldest form that all reference managers read; rispy writes it.

The tables go from CSL to RIS, so that BibTeX is interpreted once, in `csl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import rispy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TYPES: Final[dict[str, str]] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "ENCYC",
    "graphic": "ART",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "motion_picture": "VIDEO",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "performance": "GEN",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "GEN",
    "webpage": "ELEC",
}
"""Types of CSL, with those of RIS."""
TAGS: Final[dict[str, str]] = {
    "id": "id",
    "title": "title",
    "container-title": "secondary_title",
    "container-title-short": "alternate_title1",
    "collection-title": "tertiary_title",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "edition": "edition",
    "genre": "type_of_work",
    "DOI": "doi",
    "ISBN": "issn",
    "ISSN": "issn",
    "archive_location": "accession_number",
    "archive": "name_of_database",
    "abstract": "abstract",
    "language": "language",
}
"""Variables of CSL, with rispy's names for the tags of RIS."""


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy 0.10 is not typed
    """RIS as it is specified: rispy's own writer numbers the references on lines between them."""

    def set_header(self, count: int) -> str:
        """Return no header."""
        return ""


def ris_text(items: list[dict[str, Any]]) -> str:
    """Return CSL items as RIS, in their order."""
    return rispy.dumps([_record(item) for item in items], implementation=_Writer) if items else ""


def ris_file(texts: Iterable[str]) -> Iterator[str]:
    """Yield the text of the file of *texts*, each of one item."""
    before = ""
    for text in texts:
        yield before + text
        before = "\n"


def _record(item: dict[str, Any]) -> dict[str, Any]:
    first, _, last = item.get("page", "").partition("-")
    found: dict[str, Any] = {
        "type_of_reference": TYPES[item["type"]],
        "authors": [_name(name) for name in item.get("author", ())],
        "secondary_authors": [_name(name) for name in item.get("editor", ())],
        **_date(item.get("issued", {})),
        **{tag: item[variable] for variable, tag in TAGS.items() if variable in item},
        "start_page": first,
        "end_page": last,
        "urls": [item["URL"]] if "URL" in item else [],
        "keywords": [word.strip() for word in item.get("keyword", "").split(",") if word.strip()],
        "notes": [note for note in (item.get("status", "").capitalize(), item.get("note", "")) if note],
    }
    return {tag: value for tag, value in found.items() if value}


def _name(name: dict[str, str]) -> str:
    """Return "Family, Given, Suffix"."""
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    parts = (name.get("literal") or family, name.get("given", ""), name.get("suffix", ""))
    return ", ".join(parts if parts[2] else parts[:2] if parts[1] else parts[:1])


def _date(issued: dict[str, Any]) -> dict[str, str]:
    if "literal" in issued:
        return {"year": issued["literal"]}
    if not issued:
        return {}
    year, *month = issued["date-parts"][0]
    return {"year": str(year), **({"date": f"{year}/{month[0]:02}"} if month else {})}
