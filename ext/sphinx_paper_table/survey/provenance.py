"""Whose a number is, and when it became known: derived from where it was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_paper_table.survey.addresses import is_web_address

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper, Result
    from sphinx_paper_table.survey.references import Reference

_FORGES: Final = {"github.com": 2, "gitlab.com": 2, "bitbucket.org": 2, "codeberg.org": 2, "huggingface.co": 2}
"""Hosts of many repositories, each with the number of parts of a path that name one."""
_RAW_HOSTS: Final = {"raw.githubusercontent.com": "github.com"}
_ARXIV: Final = re.compile(r"/(?:abs|pdf|html)/(.+?)(?:v\d+)?(?:\.pdf)?/?")

_VERSION: Final = re.compile(r"v\d+$")
_LEAD: Final = re.compile(r"^https?://(?:www\.)?")


def is_secondary(paper: Paper, result: Result, catalogue: Catalogue) -> bool:
    """Return whether others than the authors of *paper* report *result*: its flag says so, else its source does."""
    return is_of_others(paper, result, catalogue) if result.secondary is None else result.secondary


def is_of_others(paper: Paper, result: Result, catalogue: Catalogue) -> bool:
    """Return whether the source of *result* is neither a publication of *paper* nor its repository or pages."""
    own = [catalogue.references[key] for key in paper.cite if key in catalogue.references]
    if not is_web_address(result.source):
        return result.source not in {*paper.cite, *(key for reference in own for key in reference.former)}
    links = (paper.links.code, paper.links.project, paper.links.blog)
    return not any(_is_within(result.source, link) for link in links if link) and not any(
        _is_of(result.source, reference) for reference in own
    )


def known_since(paper: Paper, result: Result, catalogue: Catalogue) -> str:
    """Return when *result* became known (year, month or day), or the empty string.

    That is its own date; else that of the publication it was read in, which may be later than the method; else that
    of the method.
    """
    method = catalogue.date(paper)
    source = catalogue.references.get(result.source)
    published = source.first_public if source and result.source not in paper.cite[:1] else ""
    return str(result.date or (published if not method or is_before(method, published) else method))


def is_before(date: str, other: str) -> bool:
    """Return whether *date* is earlier than *other*, as exactly as both are known; one that is unknown is not."""
    known = min(len(date), len(other))
    return date[:known] < other[:known]


def site_of(url: str) -> str:
    """Return the address of the repository that *url* is part of, or of its host where that has no repositories."""
    host, path = _split(url)
    host, parts = _RAW_HOSTS.get(host, host), [part for part in path.split("/") if part]
    depth = _FORGES.get(host, 0)
    host = f"[{host}]" if ":" in host else host  # as addresses of IPv6 are written
    return "/".join((f"https://{host}", *(parts[:depth] if len(parts) >= depth else ())))


def _is_within(url: str, place: str) -> bool:
    """Return whether *url* is of the repository or below the page *place*."""
    (host, path), (own_host, own_path) = _parts(url), _parts(place)
    is_whole = len(own_path) >= _FORGES.get(own_host, 0)
    return bool(host) and host == own_host and is_whole and path[: len(own_path)] == own_path


def _parts(url: str) -> tuple[str, list[str]]:
    """Return host and path of an address; of a forge, the path of the repository."""
    host, whole = _split(url.lower())
    host = _RAW_HOSTS.get(host, host)
    path = [part for part in whole.removesuffix(".git").split("/") if part]
    path = path[:-1] if path and path[-1] in {"index.html", "index.htm"} else path
    return host, path[: _FORGES.get(host)]


def _split(url: str) -> tuple[str, str]:
    """Return host, without ``www.``, and path; both are empty where *url* is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return (parts.hostname or "").removeprefix("www."), parts.path


def _is_of(url: str, reference: Reference) -> bool:
    """Return whether *url* is one of the addresses of a publication."""
    host, path = _split(url)
    arxiv = _ARXIV.fullmatch(path) if host == "arxiv.org" else None
    if arxiv:
        return arxiv[1] == _VERSION.sub("", reference.arxiv)
    return _bare(url) in map(_bare, reference.links.values())


def _bare(url: str) -> str:
    return _LEAD.sub("", url).split("#")[0].rstrip("/")
