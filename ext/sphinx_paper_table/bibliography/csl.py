"""The references as CSL-JSON, the form that Zotero, Pandoc and citeproc read.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables and its JSON Schema,
https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.

The tables below are our own, because no library fits: citeproc-py's reader of BibTeX (0.11) gives objects of its own
and no CSL-JSON, fails at entry types that it does not list and drops arXiv identifiers; others run Pandoc or
JavaScript. Where BibTeX leaves a choice, Pandoc's is followed.
"""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.dialect import KINDS
from sphinx_paper_table.bibliography.entries import CompleteEntry
from sphinx_paper_table.bibliography.public_fields import is_public
from sphinx_paper_table.bibliography.tex import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pybtex.database import Entry, Person

    from sphinx_paper_table.survey.references import Reference

TYPES: Final[dict[str, str]] = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "bibnote": "document",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "commentary": "document",
    "conference": "paper-conference",
    **dict.fromkeys(("customa", "customb", "customc", "customd", "custome", "customf"), "document"),
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "set": "document",
    "software": "software",
    **dict.fromkeys(("softwareversion", "softwaremodule", "codefragment"), "software"),
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
"""Entry types of BibTeX and biblatex, with those of CSL; others are documents."""
_DASHES: Final = re.compile("-+|–")
PREPRINT: Final = "article"
"""What CSL calls a preprint: here an ``@misc`` that has an arXiv identifier."""
GENRES: Final = {"mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis"}
VARIABLES: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title",),
    "container-title": ("journal", "booktitle"),
    "collection-title": ("series",),
    "publisher": ("publisher", "school", "institution", "organization", "howpublished"),
    "publisher-place": ("address",),
    "event-title": ("eventtitle",),
    "volume": ("volume",),
    "page": ("pages",),
    "chapter-number": ("chapter",),
    "edition": ("edition",),
    "version": ("version",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "language": ("language",),
    "note": ("note",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
}
"""Variables of CSL, each with the BibTeX fields that it is taken from: the first that is there."""
NUMBERS: Final = {
    "article": "issue",
    "review": "issue",
    "suppperiodical": "issue",
    "periodical": "issue",
    "techreport": "number",
    "report": "number",
    "patent": "number",
    "standard": "number",
}
"""What BibTeX's ``number`` is, by entry type; elsewhere it is the number in the series."""
NO_STATES: Final[Mapping[str, str]] = MappingProxyType({})
_USED: Final = {"type", "number", *(name for names in VARIABLES.values() for name in names)}


def csl_items(
    references: Mapping[str, Reference], entries: Mapping[str, Entry], states: Mapping[str, str] = NO_STATES
) -> list[dict[str, Any]]:
    """Return all references as CSL items, sorted by key; *states* say which are, for example, ``retracted``."""
    ordered = sorted(references.values(), key=lambda reference: (reference.key.casefold(), reference.key))
    items = [_item(reference, entries[reference.key]) for reference in ordered]
    return [{**item, "status": states[item["id"]]} if item["id"] in states else item for item in items]


def csl_json(items: list[dict[str, Any]]) -> str:
    """Return CSL items as the text of a file, one a line."""
    return "".join(csl_file(map(csl_line, items)))


def csl_line(item: dict[str, Any]) -> str:
    """Return a CSL item as a line of a file."""
    return json.dumps(item, ensure_ascii=False)


def csl_file(lines: Iterable[str]) -> Iterator[str]:
    """Yield the text of the file of the *lines*."""
    before = "[\n"
    for line in lines:
        yield before + line
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _item(reference: Reference, entry: Entry) -> dict[str, Any]:
    fields = _fields(entry)
    is_preprint = bool(reference.arxiv) and (entry.type in {"misc", "online"} or reference.venue == "arXiv")
    item: dict[str, Any] = {
        "id": reference.key,
        "citation-key": reference.key,
        "type": PREPRINT if is_preprint else TYPES.get(entry.type, "document"),
        "genre": KINDS.get(fields.get("type", ""), fields.get("type", "")) or GENRES.get(entry.type, ""),
        **{role: [_name(person) for person in entry.persons.get(role, ())] for role in ("author", "editor")},
        "issued": _date(reference),
        **{variable: _first(fields, names) for variable, names in VARIABLES.items()},
        NUMBERS.get(entry.type, "collection-number"): fields.get("number", ""),
        **_identifiers(reference, is_preprint=is_preprint),
    }
    item["title"] = reference.title
    if reference.venue != item["container-title"] and item["container-title"] and not is_preprint:
        item["container-title-short"] = reference.venue
    return {variable: value for variable, value in item.items() if value}


def _fields(entry: Entry) -> dict[str, str]:
    """Return the published fields as readers see them; of the rest nothing is decoded."""
    complete = entry.complete if isinstance(entry, CompleteEntry) else {}
    found = {
        name.lower(): value
        for name, value in entry.fields.items()
        if value and (name.lower() in complete or is_public(name, value))
    }
    if "pages" in found:
        found["pages"] = _DASHES.sub("-", found["pages"])
    return {name: readable(value) for name, value in found.items() if name in _USED}


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _identifiers(reference: Reference, *, is_preprint: bool) -> dict[str, str]:
    found = {"DOI": reference.doi, "URL": next(iter(reference.links.values()), "")}
    if reference.arxiv:
        found |= {"archive": "arXiv", "archive_location": reference.arxiv}
    if is_preprint:
        found |= {"number": f"arXiv:{reference.arxiv}", "publisher": "arXiv"}
    known = dict(reference.identifiers)
    return {**found, "PMID": known.get("pubmed", ""), "PMCID": known.get("pmcid", "")}


def _name(person: Person) -> dict[str, str]:
    """Return a name in its parts; a name of one part is that of an organisation, or "others", and stays whole."""
    parts = {
        "family": person.last_names,
        "given": [*person.first_names, *person.middle_names],
        "non-dropping-particle": person.prelast_names,
        "suffix": person.lineage_names,
    }
    found = {part: text for part, words in parts.items() if (text := readable(" ".join(words)))}
    return {"literal": found["family"]} if found.keys() == {"family"} else found


def _date(reference: Reference) -> dict[str, Any]:
    """Return the date of publication; one in words, or with a letter, as it is written."""
    parts = [int(part) for part in reference.date.split("-") if part]
    if not parts or not reference.year.isdecimal():
        return {"literal": reference.year} if reference.year else {}
    return {"date-parts": [parts]}
