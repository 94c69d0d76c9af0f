"""arXiv: its API gives Atom (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import NotFoundError, RefusedError
from sphinx_paper_table.services.record import Record, fields_of
from sphinx_paper_table.services.texts import LONGEST_ABSTRACT, line_of, name_of, names_of, plain, tex_of_text
from sphinx_paper_table.services.trees import text_of, xml_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_paper_table.services.client import Client

SERVICE: Final = Service("arXiv", "https://export.arxiv.org", interval=3.0, others=frozenset({"arxiv.org"}))
"""Three seconds are what its terms ask for (https://info.arxiv.org/help/api/tou.html)."""
KINDS: Final = frozenset({"application/atom+xml", "application/xml", "text/xml"})
_NAMES: Final = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_WITHDRAWN: Final = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_GROUP: Final = re.compile(r"\b(?:collaboration|team|group|consortium)\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"\.[A-Za-z-]{2,20}/")
_VERSION: Final = re.compile(r"v\d{1,3}\Z")


def find(client: Client, name: str) -> Record:
    """Return the preprint of an arXiv id, such as "1911.05722", its newest version."""
    answer = client.get(SERVICE, "api/query", KINDS, query={"id_list": name, "max_results": "1"})
    entry = xml_of(answer, SERVICE.name).find("atom:entry", _NAMES)
    if entry is None:
        raise NotFoundError(SERVICE.name, f"it has no '{name}'", "look at the identifier")
    given = _text(entry, "atom:id").partition("/abs/")[2]
    if not given:  # its errors are entries too
        reason = _text(entry, "atom:summary") or "an error"
        raise NotFoundError(SERVICE.name, f"it has no '{name}': {reason[:200]}", "look at the identifier")
    if _bare(given) != _bare(name):
        raise RefusedError(SERVICE.name, f"it answers with '{given[:40]}' to a question for '{name}'")
    return _record(entry, _VERSION.sub("", given))


def _record(entry: Element, name: str) -> Record:
    people = entry.findall("atom:author/atom:name", _NAMES)
    authors = [_name(line_of("".join(one.itertext()), SERVICE.name, "author")) for one in people]
    published = _DATE.match(_text(entry, "atom:published"))
    summary = _text(entry, "atom:summary", LONGEST_ABSTRACT)
    fields = {
        "author": names_of(authors, SERVICE.name),
        "title": tex_of_text(_text(entry, "atom:title")),
        "year": published[0][:4] if published else "",
        "venue": "arXiv",
        "eprint": name,
        "archiveprefix": "arXiv",
    }
    is_withdrawn = _WITHDRAWN.search(_text(entry, "arxiv:comment", LONGEST_ABSTRACT)) is not None
    return Record(
        SERVICE.name,
        f"https://arxiv.org/abs/{name}",
        "misc",
        fields_of(SERVICE.name, fields),
        plain(summary),
        published[0] if published else "",
        "withdrawn" if is_withdrawn else "",
        _text(entry, "arxiv:doi"),
        _text(entry, "arxiv:journal_ref"),
    )


def _bare(name: str) -> str:
    """Return an id without version and subject class, for comparison: "math.GT/0309136" is "math/0309136"."""
    return _SUBJECT.sub("/", _VERSION.sub("", name)).casefold()


def _text(entry: Element, path: str, longest: int = 2_000) -> str:
    return line_of(text_of(entry, path, _NAMES), SERVICE.name, path.partition(":")[2], longest)


def _name(name: str) -> str:
    """Return a person in TeX; a group has one of the words for groups in its name."""
    return name_of(name) if _GROUP.search(name) else tex_of_text(name)
