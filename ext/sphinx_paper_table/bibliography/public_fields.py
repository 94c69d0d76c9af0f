"""The fields of entries that a site publishes; what else stands in a file is its author's own.

Libraries of reference managers hold paths, remarks, marks and texts of publishers beside what they say of a work. Only
what is known to describe a work is passed on: the fields of BibTeX's own styles (btxdoc, section 3.2), those of
biblatex (manual, section 2.2.2 and 2.2.5, without ``abstract``, ``annotation``, ``file`` and ``keywords``), and the
identifiers and addresses that bibliographies of today have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

OPTION: Final = "citations_public_fields"
"""The option of a project that names further ones."""
PUBLIC: Final = frozenset(
    (
        "author+an:native",  # as `decoded.py` reads it
        *("author", "editor", "editora", "editorb", "editorc", "translator", "annotator", "commentator"),
        *("introduction", "foreword", "afterword", "bookauthor", "holder", "namea", "nameb", "namec", "sortname"),
        *("shortauthor", "shorteditor", "collaboration", "director", "authortype", "editortype", "editoratype"),
        *("editorbtype", "editorctype", "nameatype", "namebtype", "namectype", "type", "entrysubtype", "title"),
        *("subtitle", "titleaddon", "booktitle", "booksubtitle", "booktitleaddon", "maintitle", "mainsubtitle"),
        *("maintitleaddon", "issuetitle", "issuesubtitle", "issuetitleaddon", "eventtitle", "eventtitleaddon"),
        *("shorttitle", "indextitle", "reprinttitle", "journal", "journaltitle", "journalsubtitle"),
        *("journaltitleaddon", "shortjournal", "series", "shortseries", "volume", "volumes", "part", "number"),
        *("issue", "edition", "chapter", "pages", "bookpagination", "pagination", "pagetotal", "numpages", "eid"),
        *("articleno", "version", "publisher", "institution", "school", "organization", "howpublished", "address"),
        *("location", "venue", "origpublisher", "origlocation", "year", "month", "day", "date", "eventdate"),
        *("origdate", "urldate", "urlyear", "urlmonth", "urlday", "lastchecked", "pubstate", "endyear", "label"),
        *("doi", "isbn", "issn", "isrn", "ismn", "iswc", "isan", "coden", "lccn", "mrnumber", "zblnumber", "zbl"),
        *("pmid", "pmcid", "pubmed", "bibcode", "key", "eprint", "eprinttype", "eprintclass", "archiveprefix"),
        *("archive", "primaryclass", "arxiv", "arxivid", "slaccitation", "reportnumber", "url", "adsurl", "biburl"),
        *("bibsource", "urls", "link", "ee", "html", "pdf", "code", "website", "video", "slides", "openreview"),
        *("acl", "anthology", "language", "langid", "langidopts", "hyphenation", "origlanguage", "gender"),
        *("options", "presort", "sortkey", "sorttitle", "sortyear", "crossref", "xdata", "xref", "related"),
        *("relatedtype", "relatedstring", "relatedoptions", "ids", "entryset", "set", "note", "addendum"),
        *("nationality", "copyright", "license", "size", "shorthand", "shorthandintro", "nameaddon", "assignee"),
    )
)
"""Their names in lower case."""
_ADDRESSES: Final = frozenset(
    ("urls", "link", "ee", "html", "pdf", "code", "website", "video", "slides", "adsurl", "biburl")
)
"""Those that hold addresses of the web, and in some libraries names of files instead, which are nobody's business."""
_ALWAYS: Final = PUBLIC - _ADDRESSES
_WEB: Final = re.compile(r"\s{0,9}+(?:(?:\\url\s{0,9}\{|<)\s{0,9}+)?(?:https?:|ftp:|www\.|doi:|10\.)", re.IGNORECASE)
_PATH: Final = re.compile(
    r"file:/|(?:^|[\s:;={(<])(?:/(?:home|Users|root|mnt|media|Volumes|private/var)/|~/|[A-Za-z]\\?:[\\/]+Users\b)"
)


def is_public(name: str, value: str, more: Collection[str] = ()) -> bool:
    """Return whether a field is published; *more* are those that a project publishes in addition.

    One that names a file or directory of somebody's computer is not, whatever it is called.
    """
    name = name.lower()
    if name in _ALWAYS and not ("/" in value or "\\" in value or more):
        return True  # as nearly all are
    if name in more:
        return not names_file(name, value)
    return name in PUBLIC and not names_file(name, value) and (name not in _ADDRESSES or _WEB.match(value) is not None)


def names_file(name: str, value: str) -> bool:
    """Return whether a field names a file or directory of somebody's computer; a title may, of a work about them."""
    has_separator = "/" in value or "\\" in value
    return has_separator and not name.lower().endswith("title") and _PATH.search(value) is not None


def private_names(fields: Iterable[tuple[str, str]], more: Collection[str] = ()) -> list[str]:
    """Return the names of those of *fields* that are not published, each once, in lower case."""
    return list(dict.fromkeys(name.lower() for name, value in fields if not is_public(name, value, more)))
