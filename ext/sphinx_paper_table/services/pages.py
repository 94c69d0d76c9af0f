"""Papers' own pages: publishers of proceedings tell search engines what a page is about.

The tags ``citation_title`` and others are those of Highwire Press, which Google Scholar asks for
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import NotFoundError, RefusedError
from sphinx_paper_table.services.record import Record, fields_of
from sphinx_paper_table.services.texts import LONGEST_ABSTRACT, line_of, names_of, pages_of, plain, tex_of_text

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

_NEURIPS: Final = Service("NeurIPS", "https://proceedings.neurips.cc", others=frozenset({"papers.nips.cc"}))
_JMLR: Final = Service("JMLR", "https://www.jmlr.org", others=frozenset({"jmlr.org"}))
SERVICES: Final = {
    "openaccess.thecvf.com": Service("CVF", "https://openaccess.thecvf.com"),
    "proceedings.mlr.press": Service("PMLR", "https://proceedings.mlr.press"),
    "proceedings.neurips.cc": _NEURIPS,
    "papers.nips.cc": _NEURIPS,
    "jmlr.org": _JMLR,
    "www.jmlr.org": _JMLR,
}
"""The hosts of which pages are read."""
KINDS: Final = frozenset({"text/html", "application/xhtml+xml"})
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PATH: Final = re.compile(r"(?:/[\w.,+@~%-]{1,200}){1,12}")
_MOST_TAGS: Final = 20_000
_PAGES_OF_PDF: Final = (
    (re.compile(r"(/content[\w/]{0,40}?)/papers/([^/]+)\.pdf\Z"), r"\1/html/\2.html"),
    (re.compile(r"\A(/v\d+/[^/]+)/[^/]+\.pdf\Z"), r"\1.html"),
    (re.compile(r"\A/papers/volume(\d+)/([^/]+)/[^/]+\.pdf\Z"), r"/papers/v\1/\2.html"),
    (re.compile(r"/file/([0-9a-f]+)-Paper((?:-[A-Za-z_]+)?)\.pdf\Z"), r"/hash/\1-Abstract\2.html"),
)
"""Where the page of a PDF of CVF, PMLR, JMLR and NeurIPS is."""


class _Tags(HTMLParser):
    """The ``meta`` tags of a page that tell of a citation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.number += 1
        known = dict(attrs)
        name, content = known.get("name") or "", known.get("content") or ""
        if tag == "meta" and name.startswith("citation_") and self.number < _MOST_TAGS:
            self.found.setdefault(name.removeprefix("citation_"), []).append(content)


def page_of(address: str) -> str:
    """Return the page that an address, of a PDF perhaps, belongs to; empty where it is of no such host."""
    parts = urlsplit(address)
    if parts.netloc.lower() not in SERVICES or not _PATH.fullmatch(parts.path):
        return ""
    path = next(
        (pattern.sub(new, parts.path) for pattern, new in _PAGES_OF_PDF if pattern.search(parts.path)), parts.path
    )
    return f"https://{parts.netloc.lower()}{path}"


def find(client: Client, address: str) -> Record:
    """Return the paper of a page, which `page_of` has named."""
    parts = urlsplit(address)
    service = SERVICES[parts.netloc]
    answer = client.get(service, parts.path, KINDS)
    tags = _Tags()
    try:
        tags.feed(answer.body.decode("utf-8", "replace"))
    except (AssertionError, ValueError) as error:
        raise RefusedError(service.name, f"its page cannot be read: {address}") from error
    if not tags.found.get("title"):
        raise NotFoundError(service.name, f"the page names no paper: {address}", "give the page of the paper")
    return _record(tags.found, service.name, address)


def _record(tags: dict[str, list[str]], service: str, address: str) -> Record:
    def line(*names: str, longest: int = 2_000) -> str:
        found = (line_of(tags[name][0], service, name, longest) for name in names if tags.get(name))
        return next((one for one in found if one), "")

    first, last = line("firstpage"), line("lastpage")
    authors = [line_of(one, service, "author") for one in tags.get("author", ())]
    year = _YEAR.search(line("publication_date", "date", "year"))
    booktitle, journal = line("conference_title", "inbook_title"), line("journal_title")
    is_article = service == "JMLR"
    fields = {
        "author": names_of(map(tex_of_text, authors), service),
        "title": tex_of_text(line("title")),
        "journal" if is_article else "booktitle": tex_of_text(booktitle or journal),
        "volume": tex_of_text(line("volume")),
        "number": tex_of_text(line("issue")),
        "pages": pages_of(f"{first}-{last}" if first and last else first or line("pages")),
        "year": year[0] if year else "",
        "doi": line("doi"),
        "url": "" if line("doi") else address,
    }
    kind = "article" if is_article else "inproceedings"
    abstract = plain(line("abstract", longest=LONGEST_ABSTRACT))
    return Record(service, address, kind, fields_of(service, fields), abstract)
