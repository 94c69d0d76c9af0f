"""The map of a site for search engines, see https://www.sitemaps.org/protocol.html, and the file that names it.

sphinx-sitemap (2.9) lists the pages that a build has written: after an incremental build, those that have changed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"
MOST: Final = 50_000
"""Addresses that the protocol allows in a file."""
_MARK: Final = "Written by sphinx-paper-table"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_ROOT: Final = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": _XHTML}


def sitemap_xml(pages: Iterable[str], base: str, others: Mapping[str, str]) -> str:
    """Return the file: *pages* and the languages' bases *others*, by their codes, are below absolute addresses.

    Each page says where it is in other languages, see
    https://developers.google.com/search/docs/specialty/international/localized-versions.
    """
    root = ET.Element("urlset", _ROOT)
    root.append(ET.Comment(f" {_MARK} "))
    for page in list(pages)[:MOST]:
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = base + page
        for code, other in others.items():
            ET.SubElement(entry, "xhtml:link", rel="alternate", hreflang=code, href=other + page)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def robots_txt(base: str) -> str:
    """Return the file: everything may be read. Search engines ask for it at the root of a host only."""
    return f"# {_MARK}\nUser-agent: *\nDisallow:\n\nSitemap: {base}{SITEMAP}\n"


def is_ours(text: str) -> bool:
    """Return whether a file was made here."""
    return _MARK in text
