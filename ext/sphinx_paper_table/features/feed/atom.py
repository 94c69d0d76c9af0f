"""The newest entries as an Atom feed (RFC 4287), for readers who come back.

Made with the standard library: a feed is a short list of elements, and every package for feeds brings a parser of XML
that has to be compiled. Nothing in it comes from a clock, so that equal entries give equal bytes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_paper_table.exports.site import DISTRIBUTION
from sphinx_paper_table.survey.characters import printable
from sphinx_paper_table.survey.paper_fields import tags_of
from sphinx_paper_table.survey.readable import readable
from sphinx_paper_table.survey.references import ENGLISH, LabelWords
from sphinx_paper_table.survey.selection import Selection, ordered, select

if TYPE_CHECKING:
    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper

FEED: Final = "new.atom"
"""The feed's address, relative to the site's base."""
TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Feed:
    """The title and author of a feed, how many entries it has at most, and the words of its language."""

    title: str
    author: str
    most: int
    words: LabelWords = field(default=ENGLISH)


def feed_xml(catalogue: Catalogue, site: Site, feed: Feed) -> str:
    """Return the text of the feed: the newest entries that a page shows, as the index by day has them.

    *site* must have an address. A feed without entries has the beginning of time as its date.
    """
    papers = [paper for paper in _newest(catalogue) if site.location("paper", paper.id)][: feed.most]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": site.language.replace("_", "-")})
    _add(root, "id", f"{site.url}{FEED}")
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max(map(_changed, papers), default=_NEVER)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type=TYPE, href=f"{site.url}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=site.url)
    _add(root, "generator", DISTRIBUTION)
    root.extend(_entry(paper, catalogue, site, feed.words) for paper in papers)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def is_feed(text: str) -> bool:
    """Return whether *text* is a feed that was made here."""
    return f"<generator>{DISTRIBUTION}</generator>" in text


def _newest(catalogue: Catalogue) -> list[Paper]:
    """Return the papers whose day of entry is known, the newest first; within a day the newest papers first."""
    view = select(catalogue, Selection(sort="newest"))
    entries = {entry.paper.id: entry for entry in view.all_entries()} if view else {}
    papers = (entry.paper for entry in ordered([*entries.values()], "newest", catalogue))
    return sorted((paper for paper in papers if paper.added), key=lambda paper: str(paper.added), reverse=True)


def _entry(paper: Paper, catalogue: Catalogue, site: Site, words: LabelWords) -> ET.Element:
    location, reference = site.location("paper", paper.id), catalogue.reference(paper)
    entry = ET.Element("entry")
    _add(entry, "id", _tag(site.url, paper))
    _add(entry, "title", ": ".join(part for part in (str(paper.name), reference.title if reference else "") if part))
    _add(entry, "published", _moment(str(paper.added)))
    _add(entry, "updated", _moment(_changed(paper)))
    _add(entry, "link", rel="alternate", type="text/html", href=(location.url or "") if location else "")
    for tag, name in tags_of(paper, catalogue).items():
        _add(entry, "category", term=tag, label=name)
    _add(entry, "summary", readable(paper.summary or paper.name, catalogue, words))
    return entry


def _changed(paper: Paper) -> str:
    """Return the day on which an entry was written, or reviewed later."""
    return max(str(paper.added), str(paper.reviewed or ""))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element, without the characters that XML cannot have."""
    clean = {key: printable(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, clean)
    element.text = printable(text) or None
    return element


def _tag(base: str, paper: Paper) -> str:
    """Return an entry's permanent name (RFC 4151), which stays when the paper moves to another page."""
    parts = urlsplit(base)
    return f"tag:{parts.hostname},{_day(str(paper.added))}:{parts.path}{paper.id}"


def _moment(date: str) -> str:
    """Return the first moment of a day, month or year."""
    return f"{_day(date)}T00:00:00Z"


def _day(date: str) -> str:
    return f"{date}-01-01"[:10]
