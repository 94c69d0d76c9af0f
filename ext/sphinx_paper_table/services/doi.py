"""DOIs: those of Crossref, which has publishers' articles, and of DataCite, which has preprints, data and programs.

https://api.crossref.org/swagger-ui/index.html and https://support.datacite.org/docs/api.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import NotFoundError
from sphinx_paper_table.services.record import TYPES, Record, fields_of
from sphinx_paper_table.services.texts import LONGEST_ABSTRACT, line_of, name_of, names_of, pages_of, plain, tex_of_text
from sphinx_paper_table.services.trees import items, json_of, within

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

CROSSREF: Final = Service("Crossref", "https://api.crossref.org", interval=0.5)
DATACITE: Final = Service("DataCite", "https://api.datacite.org", interval=0.5)
KINDS: Final = frozenset({"application/json", "application/vnd.api+json"})
_CROSSREF_TYPES: Final = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "reference-entry": "incollection",
    "book": "book",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "proceedings": "proceedings",
    "dissertation": "phdthesis",
    "report": "techreport",
}
_WITHDRAWN: Final = frozenset({"retraction", "withdrawal", "removal", "partial_retraction"})
"""Kinds of updates at Crossref (https://www.crossref.org/documentation/crossmark/)."""
_PUBLISHED: Final = frozenset({"IsPreprintOf", "IsPreviousVersionOf", "IsVersionOf"})
"""Relations of a preprint to what was published at DataCite; arXiv has the last one."""
_CONTAINERS: Final = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}


def find(client: Client, name: str) -> Record:
    """Return the publication of a DOI, such as "10.1109/CVPR42600.2020.00975"."""
    try:
        return crossref(client, name)
    except NotFoundError:
        return datacite(client, name)


def crossref(client: Client, name: str) -> Record:
    """Return what Crossref has of a DOI."""
    query = {"mailto": client.settings.mailto} if client.settings.mailto else None
    answer = client.get(CROSSREF, f"works/{quote(name, safe='/')}", KINDS, query=query)
    work = within(json_of(answer, CROSSREF.name), "message")
    kind = _CROSSREF_TYPES.get(_line(work, "type"), "misc")
    title = ": ".join(part for part in (_line(work, "title", 0), _line(work, "subtitle", 0)) if part)
    fields = {
        "author": _people(items(work, "author")),
        "editor": _people(items(work, "editor")) if kind in {"book", "proceedings"} else "",
        "title": tex_of_text(title),
        "publisher": tex_of_text(_line(work, "publisher")) if kind not in {"article", "inproceedings"} else "",
        "volume": tex_of_text(_line(work, "volume")),
        "number": tex_of_text(_line(work, "issue")),
        "pages": pages_of(_line(work, "page") or _line(work, "article-number")),
        "year": _line(work, "issued", "date-parts", 0, 0),
        "doi": _line(work, "DOI") or name,
    }
    if kind in _CONTAINERS:
        fields[_CONTAINERS[kind]] = tex_of_text(_line(work, "container-title", 0))
    if _line(work, "type") == "posted-content":
        fields["venue"] = tex_of_text(_line(work, "institution", 0, "name") or _line(work, "publisher"))
    updates = [(_line(one, "type"), _line(one, "DOI")) for one in items(work, "updated-by")]
    return Record(
        CROSSREF.name,
        f"https://doi.org/{name}",
        kind,
        fields_of(CROSSREF.name, fields),
        plain(_line(work, "abstract", longest=LONGEST_ABSTRACT)),
        withdrawn=next((update for update, _doi in updates if update in _WITHDRAWN), ""),
        published_as=_line(work, "relation", "is-preprint-of", 0, "id"),
        replaced_by=tuple(f"{update} {doi}" for update, doi in updates if update and doi),
    )


def datacite(client: Client, name: str) -> Record:
    """Return what DataCite has of a DOI."""
    answer = client.get(DATACITE, f"dois/{quote(name, safe='/')}", KINDS)
    work = within(json_of(answer, DATACITE.name), "data", "attributes")
    kind = _line(work, "types", "bibtex")
    publisher = within(work, "publisher")
    related = items(work, "relatedIdentifiers")
    fields = {
        "author": _people(items(work, "creators")),
        "title": tex_of_text(_line(work, "titles", 0, "title")),
        "publisher": tex_of_text(_line(work, "publisher", *(("name",) if isinstance(publisher, dict) else ()))),
        "year": _line(work, "publicationYear"),
        "doi": _line(work, "doi") or name,
    }
    kind = kind if kind in TYPES else "misc"
    if kind in _CONTAINERS:
        fields[_CONTAINERS[kind]] = tex_of_text(_line(work, "container", "title"))
        fields |= {"volume": _line(work, "container", "volume"), "number": _line(work, "container", "issue")}
    return Record(
        DATACITE.name,
        f"https://doi.org/{name}",
        kind,
        fields_of(DATACITE.name, fields),
        plain(_line(work, "descriptions", 0, "description", longest=LONGEST_ABSTRACT)),
        published_as=_published_version(name, related),
    )


def _published_version(name: str, related: list[dict[str, Any]]) -> str:
    """Return the DOI of the published version; DOIs of one prefix are versions in the same archive."""
    named = [_line(one, "relatedIdentifier") for one in related if str(one.get("relationType")) in _PUBLISHED]
    prefix = name.partition("/")[0]
    return next((doi for doi in named if doi.startswith("10.") and doi.partition("/")[0] != prefix), "")


def _line(work: Any, *path: str | int, longest: int = 2_000) -> str:
    return line_of(within(work, *path), "DOI", str(path[0]), longest)


def _people(people: list[dict[str, Any]]) -> str:
    return names_of(map(_person, people), "DOI")


def _person(person: dict[str, Any]) -> str:
    """Return somebody as BibTeX writes it: Crossref's keys are ``family`` and ``given``, DataCite's have ``Name``."""
    family = _line(person, "family") or _line(person, "familyName")
    given = _line(person, "given") or _line(person, "givenName")
    name = _line(person, "name")
    is_split = not family and ", " in name and person.get("nameType") != "Organizational"
    if is_split:
        family, _comma, given = name.partition(", ")
    return name_of(family or name, given, _line(person, "suffix"))
