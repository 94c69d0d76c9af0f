r"""What a publication is known by, in whatever field it is written: arXiv, DOI, ACL, OpenReview, PubMed, ISBN, INSPIRE.

Each archive has its own field in one export and hides in ``url``, ``journal`` or ``note`` in another. Forms:
https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/the-identifier/resources/handbook,
https://aclanthology.org/info/ids/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from sphinx_paper_table.bibliography.tex import clean_address
from sphinx_paper_table.survey.characters import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ARXIV_ID: Final = (
    r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Za-z-]{2,20})?/\d\d(?:0[1-9]|1[0-2])\d{3})(?:v\d{1,3})?"
)
_ARXIV_ALONE: Final = re.compile(_ARXIV_ID)
_ARXIV_NAMED: Final = re.compile(
    rf"\barxiv(?:\s(?:e-?print|preprint)s?)?[\s:]{{1,4}}(?:abs/)?{_ARXIV_ID}(?![\w.]*\d)", re.IGNORECASE
)
_ARXIV_URL: Final = re.compile(
    rf"(?:(?:arxiv\.org|alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org|xxx\.lanl\.gov)/"
    rf"(?:abs|pdf|html|format|ps|overview|e-print)|huggingface\.co/papers)/{_ARXIV_ID}",
    re.IGNORECASE,
)
_ARXIV_DOI: Final = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}", re.IGNORECASE)
_CORR: Final = re.compile(rf"(?:abs/)?{_ARXIV_ID}")
_CORR_WITHIN: Final = re.compile(rf"\bcorr,?\s{{1,4}}abs/{_ARXIV_ID}", re.IGNORECASE)
_SERVER: Final = re.compile(r"\b(?:corr|arxiv|computing research repository)\b", re.IGNORECASE)
_PREFIX: Final = re.compile(r"\A(?:oai:)?arxiv(?:\.org)?\s{0,4}[:.]\s{0,4}", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"\s{0,4}\[[\w.-]{1,20}\]\Z")
_OLD_NUMBER: Final = re.compile(r"\d\d(?:0[1-9]|1[0-2])\d{3}")
_OLD_ARCHIVE: Final = re.compile(
    r"(?:astro-ph|cond-mat|cs|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|nlin|nucl-(?:ex|th)|physics|q-bio|quant-ph)"
    r"(?:\.[A-Za-z-]{2,20})?"
)
_NOTE: Final = re.compile(r"(?:(?:preprint|eprint|available at|also)\W*)?arxiv\b", re.IGNORECASE)
_DOI_URL: Final = re.compile(
    r"(?:dx[.-])?doi[.-]org(?:\.[\w.-]{1,60})?/(?:doi:)?(10\.\d{4,9}/[^\s\"<>?#]+)", re.IGNORECASE
)
"""Proxies of libraries write "doi-org.proxy.example"."""
_DOI_OF_PUBLISHER: Final = re.compile(
    r"(?:\bdoi\.[\w.-]{1,60}|link\.springer\.com|/book|/doi(?:/(?:abs|book|epdf|epub|full|pdf|pdfplus|ref))?|/abstract|/article|/chapter|/pdf)"
    r"/(10\.\d{4,9}/[^\s\"<>?#]+)",
    re.IGNORECASE,
)
_DOI_END: Final = re.compile(r"(?:\.pdf|/(?:abstract|epdf|full|html|meta|pdf))\Z", re.IGNORECASE)
"""What an address of a publisher has after the DOI."""
_DOI_NAMED: Final = re.compile(r"\s{0,4}doi\s{0,4}[:=]?\s{0,4}(10\.\d{4,9}/[^\s\"<>,;]+)", re.IGNORECASE)
_HREF: Final = re.compile(r"\\href\s{0,9}\{([^{}]*)\}")
_DOI: Final = re.compile(r"10\.\d{1,9}(?:\.\d{1,9}){0,4}/\S+")
_BEFORE_DOI: Final = re.compile(r"[\s,;]{1,9}(?=10\.\d)")
_ACL: Final = r"([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)"
_ACL_URL: Final = re.compile(
    rf"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/|pdf/)?(?:[A-Z]/[A-Z]\d\d/)?{_ACL}"
)
_ACL_DOI: Final = re.compile(rf"10\.18653/v1/{_ACL}", re.IGNORECASE)
_OPENREVIEW: Final = frozenset({"openreview.net", "www.openreview.net"})
_LONGEST_QUERY: Final = 500
_NAME: Final = re.compile(r"[\w-]+")
_PMID_URL: Final = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})")
_PMID_NOTE: Final = re.compile(r"\bPMID:\s*(\d{1,9})")
_PMCID: Final = re.compile(r"/(PMC\d{4,9})\b")
_INSPIRE: Final = re.compile(r"inspirehep\.net/(?:api/)?(?:literature|record)/(\d{1,9})")
_DIGITS: Final = re.compile(r"\d+")
_ISBN: Final = re.compile(r"(?:97[89][- ]?)?\d[\d -]{7,14}[\dXx]")
_ARXIV_FIELDS: Final = (
    "journal",
    "journaltitle",
    "booktitle",
    "series",
    "howpublished",
    "publisher",
    "eid",
    "pages",
    "number",
)
_ADDRESS_FIELDS: Final = (
    "url",
    "ee",
    "link",
    "pdf",
    "howpublished",
    "note",
    "adsurl",
    "biburl",
    "bdsk-url-1",
    "opt_url",
)


def identifiers(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what an entry is known by, by archive; *fields* are in TeX, with names in lower case.

    Keys are ``arxiv`` (without version), ``doi``, ``acl``, ``openreview``, ``pubmed``, ``pmcid``, ``isbn`` and
    ``inspire``.
    """
    addresses = [address for name in _ADDRESS_FIELDS if fields.get(name) for address in _addresses(fields[name])]
    doi = _doi(fields, addresses)
    found = {
        "arxiv": _arxiv(fields, addresses, doi),
        "doi": doi,
        "acl": _first(_ACL_URL, addresses) or _first(_ACL_DOI, [doi]),
        "openreview": next((name for name in map(_openreview, addresses) if name), ""),
        "pubmed": _pubmed(fields, addresses),
        "pmcid": fields.get("pmcid", "").strip() or _first(_PMCID, addresses),
        "isbn": _isbn(fields.get("isbn", "")),
        "inspire": _first(_INSPIRE, addresses),
    }
    return {archive: name for archive, name in found.items() if name}


def _addresses(latex: str) -> list[str]:
    r"""Return what a field has for an address: where its ``\href`` lead, or else the whole."""
    return [clean_address(text) for text in _HREF.findall(latex) or [latex]]


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    return next((found[1] for text in texts if (found := pattern.search(text))), "")


def _openreview(address: str) -> str:
    """Return what ``id`` is in an address of OpenReview, or the empty string."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc.lower() not in _OPENREVIEW or len(parts.query) > _LONGEST_QUERY:
        return ""
    name = parse_qs(parts.query).get("id", [""])[0]
    return name if _NAME.fullmatch(name) else ""


def archive_of(fields: Mapping[str, str]) -> str:
    """Return the archive that ``eprint`` is from, in lower case; empty where none is named."""
    named = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    return "arxiv" if "arxiv" in named.lower() else named.strip("{} ").lower()


def _arxiv(fields: Mapping[str, str], addresses: list[str], doi: str) -> str:
    return next((name for name in _arxiv_names(fields, addresses, doi) if name), "")


def _arxiv_names(fields: Mapping[str, str], addresses: list[str], doi: str) -> Iterator[str]:
    archive = archive_of(fields)
    for field in ("eprint", "arxivid", "arxiv"):
        given = fields.get(field)
        bare = given and _SUBJECT.sub("", _PREFIX.sub("", clean_address(given).removeprefix("abs/")))
        if bare and (archive in {"", "arxiv"} or field != "eprint"):
            yield _whole(_ARXIV_ALONE, bare) or _first(_ARXIV_URL, [bare])
    yield _first(_ARXIV_DOI, [doi])
    places = [fields.get(name, "") for name in ("journal", "journaltitle", "publisher", "institution")]
    if any(place and _SERVER.search(place) for place in places):
        numbers = [fields.get(name, "").strip("{} ") for name in ("volume", "number", "pages")]
        yield from (_whole(_CORR, number) or _first(_ARXIV_DOI, [number]) for number in numbers)
        yield _first(_CORR_WITHIN, places)
    yield from (
        _first(_ARXIV_NAMED, [fields[name]]) for name in _ARXIV_FIELDS if "rxiv" in fields.get(name, "").lower()
    )
    yield _first(_ARXIV_URL, addresses)
    note = fields.get("note", "").strip("{} ")
    if _NOTE.match(note):
        yield _first(_ARXIV_NAMED, [note])
    yield _old_id(fields)
    if archive == "arxiv":
        yield fields.get("eprint", "").strip("{} ")


def _old_id(fields: Mapping[str, str]) -> str:
    """Return an id of before 2007 whose archive stands in a field of its own."""
    number = fields.get("eprint", "").strip("{} ")
    names = (
        fields.get(name, "").strip("{} ") for name in ("primaryclass", "eprintclass", "archiveprefix", "eprinttype")
    )
    archive = next((name for name in names if _OLD_ARCHIVE.fullmatch(name)), "")
    return f"{archive}/{number}" if archive and _OLD_NUMBER.fullmatch(number) else ""


def _whole(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    return found[1] if found else ""


def _doi(fields: Mapping[str, str], addresses: list[str]) -> str:
    """Return the DOI in the field for it, else the one in an address; words such as "null" are none."""
    given = fields.get("doi", "") or (fields.get("eprint", "") if archive_of(fields) == "doi" else "")
    for part in _BEFORE_DOI.split(_addresses(given)[0]) if given else ():
        if found := _DOI.search(one_line(printable(unquote(part)))):
            return found[0].rstrip(".,;$")
    named = _first(_DOI_URL, addresses) or _DOI_END.sub("", _first(_DOI_OF_PUBLISHER, addresses))
    if not named and (note := fields.get("note")) and (found := _DOI_NAMED.match(clean_address(note))):
        named = found[1]
    return named and one_line(printable(unquote(named))).rstrip(".,;)")


def _pubmed(fields: Mapping[str, str], addresses: list[str]) -> str:
    given = fields.get("pmid") or fields.get("pubmed") or fields.get("pubmedid") or ""
    if not given and archive_of(fields) in {"pubmed", "pmid", "medline"}:
        given = fields.get("eprint", "")
    digits = _DIGITS.search(given)
    notes = [note] if (note := fields.get("note")) else []
    return digits[0] if digits else _first(_PMID_URL, addresses) or _first(_PMID_NOTE, notes)


def _isbn(text: str) -> str:
    found = text and _ISBN.search(text.replace("{", "").replace("}", "").replace("–", "-"))
    return found[0].replace(" ", "").replace("-", "").upper() if found else ""
