"""From what an author has, an identifier or an address, to the service that knows it and to its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from sphinx_paper_table.bibliography.identifiers import identifiers
from sphinx_paper_table.services import arxiv, bibtex_archives, doi, openreview, pages, pubmed
from sphinx_paper_table.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.services.client import Client
    from sphinx_paper_table.services.record import Record

ARCHIVES: Final[dict[str, Callable[[Client, str], Record]]] = {
    "arxiv": arxiv.find,
    "acl": bibtex_archives.find_acl,
    "openreview": openreview.find,
    "dblp": bibtex_archives.find_dblp,
    "pubmed": pubmed.find,
    "inspire": bibtex_archives.find_inspire,
    "page": pages.find,
    "doi": doi.find,
}
"""Who knows a name, by its archive; where something has several names, the first archive is asked."""
_OF_PREPRINTS: Final = frozenset({arxiv.SERVICE.name, doi.CROSSREF.name})
"""Services that say of preprints what was published; at others a work is a version of many things."""
_LONGEST: Final = 2_000
_ARXIV: Final = re.compile(
    r"(?:arxiv:\s{0,4})?((?:\d{4}\.\d{4,5}|[a-z-]{2,16}(?:\.[A-Za-z-]{2,20})?/\d{7})(?:v\d{1,3})?)(?:\s{0,4}\[[\w.-]{1,20}\])?",
    re.IGNORECASE,
)
_DOI: Final = re.compile(r"(?:doi:\s{0,4})?(10\.\d{4,9}/\S{1,500})", re.IGNORECASE)
_NAMED: Final = re.compile(r"(acl|dblp|pmid|pubmed|openreview|inspire):\s{0,4}([\w./-]{1,200})", re.IGNORECASE)
_ACL: Final = re.compile(r"[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")
_DBLP: Final = re.compile(r"dblp\.(?:org|uni-trier\.de)/rec/(?:bib\d?/|bibtex/|html/|xml/|rdf/)?([\w/.-]{3,200})")
_DBLP_KEY: Final = re.compile(r"(?:conf|journals|books|series|phd|reference|tr)/[\w.-]{1,60}/[\w.-]{1,100}")
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_FORMS: Final = {"acl": _ACL, "dblp": _DBLP_KEY, "openreview": re.compile(r"[\w-]{4,40}", re.ASCII)}
_SUFFIX: Final = re.compile(r"\.(?:bib|html|xml|rdf|ris|nt|ttl|toc)\Z")
_VERSION: Final = re.compile(r"v\d{1,3}\Z", re.IGNORECASE)
_DOI_WITHIN: Final = re.compile(r"[/=](10\.\d{4,9}/[^\s\"<>?#&]{1,300})")
_DOI_END: Final = re.compile(r"(?:v\d{1,2})?(?:\.full|/full|/abstract|/pdf|/html|\.pdf|-text|/meta|/){0,3}\Z")
"""What addresses of publishers and of preprint servers have after the DOI."""
_OF_HOSTS: Final = (
    (re.compile(r"(?:www\.)?nature\.com/articles/([a-z]{0,12}[\d-]{3,20}[\w-]{0,6})(?:\.pdf)?"), "10.1038/{}"),
    (re.compile(r"zenodo\.org/records?/(\d{1,12})"), "10.5281/zenodo.{}"),
)
"""Addresses that a DOI follows from."""


class Identifier(NamedTuple):
    """A name, and the archive in `ARCHIVES` that it is of."""

    archive: str
    name: str


def identify(text: str) -> Identifier | None:
    """Return what *text* names, an address or an identifier in any of its forms; None where it is none of these."""
    bare = text.strip().strip("<>")
    if len(bare) > _LONGEST:
        return None
    if found := _ARXIV.fullmatch(bare):
        return Identifier("arxiv", _VERSION.sub("", found[1]))
    if found := _NAMED.fullmatch(bare):
        return _named(found[1].lower(), found[2])
    if found := _DOI.fullmatch(bare):
        return _of_fields({"doi": found[1]})
    if archive := "acl" if _ACL.fullmatch(bare) else "dblp" if _DBLP_KEY.fullmatch(bare) else "":
        return Identifier(archive, bare)
    host = bare.partition("/")[0]
    return _of_address(bare if "://" in bare else f"https://{bare}") if "://" in bare or "." in host else None


def _named(archive: str, name: str) -> Identifier | None:
    archive = "pubmed" if archive == "pmid" else archive
    return Identifier(archive, name) if _FORMS.get(archive, _NUMBER).fullmatch(name) else None


def _of_address(address: str) -> Identifier | None:
    try:
        urlsplit(address)
    except ValueError:
        return None
    if found := _DBLP.search(address):
        key = _SUFFIX.sub("", found[1])
        return Identifier("dblp", key) if _DBLP_KEY.fullmatch(key) else None
    if page := pages.page_of(address):
        return Identifier("page", page)
    plain = unquote(address) if "%2F" in address.upper() else address
    return _of_fields({"url": plain}) or _doi_in(plain)


def _doi_in(address: str) -> Identifier | None:
    """Return the DOI that the address of a publisher has in it, or that follows from it."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        return None
    for pattern, form in _OF_HOSTS:
        if found := pattern.fullmatch(f"{parts.netloc.lower()}{parts.path.rstrip('/')}"):
            return Identifier("doi", form.format(found[1]))
    found = _DOI_WITHIN.search(f"{parts.path}?{parts.query}")
    return _of_fields({"doi": _DOI_END.sub("", found[1])}) if found else None


def _of_fields(fields: dict[str, str]) -> Identifier | None:
    """Return the identifier by which a field of BibTeX is known, of the archive that has most to say."""
    known = identifiers(fields)
    return next((Identifier(archive, known[archive]) for archive in ARCHIVES if archive in known), None)


def find(client: Client, wanted: Identifier) -> Record:
    """Return the record of a publication; raises the errors of `errors`."""
    return ARCHIVES[wanted.archive](client, wanted.name)


def published(client: Client, record: Record) -> tuple[Record, str]:
    """Return the published version of a preprint, with the preprint's name; or the preprint, and why it is that.

    Nothing is asked of works that name no other version.
    """
    if not record.published_as or record.service not in _OF_PREPRINTS:
        return record, ""
    try:
        found = doi.find(client, record.published_as)
    except ServiceError as error:
        return record, f"the published version, {record.published_as}, was not read: {error}"
    preprint = {name: record.fields[name] for name in ("eprint", "archiveprefix") if name in record.fields}
    fields = {**found.fields, **preprint}
    return (
        type(record)(
            found.service,
            found.address,
            found.type,
            fields,
            record.abstract or found.abstract,
            record.first_public,
            found.withdrawn,
            replaced_by=found.replaced_by,
        ),
        "",
    )
