"""What a reference prints of an entry, in the fields that BibTeX's styles know, so that none of them loses it.

BibTeX's styles have no place for most of what biblatex prints: translators, events, versions, holders of patents. The
order is that of the drivers of biblatex's standard styles (``standard.bbx`` 3.18); what describes the publication goes
into ``howpublished`` and its like, the rest into ``note``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.dates import month_name, read_date, spoken_date
from sphinx_paper_table.bibliography.dialect import COUNTRIES, KINDS, PUBSTATES, RELATIONS, SERIES, whole_title
from sphinx_paper_table.bibliography.identifiers import archive_of, identifiers
from sphinx_paper_table.bibliography.names import collaboration, in_words, people
from sphinx_paper_table.bibliography.tex import clean_address, readable
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.references import MOST_NAMES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from pybtex.database import Entry

_MISC: Final = frozenset({"misc", "online", "dataset", "software", "patent"})
"""Types of styles that print ``howpublished`` and a date."""
_WITH_EDITOR: Final = frozenset({"incollection", "inproceedings", "conference", "proceedings"})
"""Types of styles that print editors whether there are authors or not."""
_BY_EDITOR: Final = frozenset({"article", "book", "booklet", "inbook", *_MISC})
"""Those that print them where there are no authors."""
_PARTS: Final = frozenset({"incollection", "inproceedings", "conference"})
_NUMBERED: Final = frozenset({"patent", "standard", "jurisdiction", "legislation", "legal"})
"""Types known by a number."""
_NAMES_OF_WORKS: Final = frozenset(
    {
        *("artwork", "audio", "image", "jurisdiction", "legal", "legislation", "letter", "movie", "music"),
        *("performance", "software", "video"),
    }
)
"""Types whose titles are names, which have their own case; BibTeX, which does not know them, has no rule."""
_JOURNAL_FIELDS: Final = ("volume", "number", "pages")
_TITLE_START: Final = re.compile(r"(^|[:?!]\s+)([^\W\d_])")
_ARXIV: Final = re.compile(
    r"\{?(?:cornell university|corr|arxiv)(?:[\s.:,()}]|org|e-?prints?|pre-?prints?){0,9}", re.IGNORECASE
)
_EDITION: Final = re.compile(r",?\s?\b(?:edition|edn?\.?)\s?\Z", re.IGNORECASE)
_VERSION: Final = re.compile(r"v(?:ersion|er?\.)?\s*(?=\d)", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.?!][}'\"”’)]*$")
_WORD: Final = re.compile(r"[a-z]{2,40}(?=[\s,;]|\Z)")
_ROLES: Final[dict[str, str]] = {
    "translator": "Translated{from} by",
    "annotator": "Annotated by",
    "commentator": "With a commentary by",
    "introduction": "With an introduction by",
    "foreword": "With a foreword by",
    "afterword": "With an afterword by",
}
_EDITING: Final[dict[str, str]] = {
    "editor": "Edited by",
    "compiler": "Compiled by",
    "founder": "Founded by",
    "continuator": "Continued by",
    "redactor": "Redacted by",
    "reviser": "Revised by",
    "collaborator": "In collaboration with",
    "organizer": "Organized by",
    "director": "Directed by",
}
"""What biblatex's ``editortype`` and its like say (manual, section 2.3.6)."""
_ARCHIVES: Final[dict[str, tuple[str, str]]] = {
    "jstor": ("JSTOR", "https://www.jstor.org/stable/"),
    "hdl": ("HDL", "https://hdl.handle.net/"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id="),
}
"""Archives beside arXiv and PubMed that biblatex's standard styles link to, by ``eprinttype``."""
_PLAIN_ID: Final = re.compile(r"[\w./-]+", re.ASCII)


def printed_fields(
    entry: Entry, kind: str, fields: Mapping[str, str], known: Container[str], linked: str = ""
) -> dict[str, str]:
    """Return the fields to print, in TeX; under the empty name another type, where a style would miss too much.

    *kind* is the type that a style prints *entry* as, *known* are all it knows, *fields* those of the entry with names
    in lower case, *linked* is what it says of other entries.
    """
    found = {**fields, **_titles(entry.type, kind, fields), **_date(fields), **_edition(fields)}
    found |= _eprint(fields)
    if found["eprint"] and _ARXIV.fullmatch(found.get("journal", "")):
        found["journal"] = ""  # the identifier says it
        found["volume"] = "" if found["eprint"] in found.get("volume", "") else found.get("volume", "")
    found |= _published(entry.type, kind, found)
    found |= _series(kind, found)
    found["bookauthor"] = _book_author(entry, fields)
    notes = [*_notes(entry, kind, fields), *_remarks(entry, fields, found), linked, fields.get("addendum", "")]
    if "misc" in known and _is_incomplete(kind, found):
        found[""] = kind = "misc"
        found["howpublished"] = _how_published(entry.type, {**fields, **_eprint(fields), "journal": found["journal"]})
    state = PUBSTATES.get(fields.get("pubstate", ""), fields.get("pubstate", ""))
    if state not in {fields.get("year", ""), "prepublished"}:
        notes.append(state)
    found["note"] = sentences([fields.get("note", ""), *notes])
    if kind in _MISC and not found.get("howpublished") and not found.get("month"):
        found["year"] = _capital(found.get("year", ""))  # it begins a sentence
    if kind == "unpublished":
        found["note"] = sentences([fields.get("howpublished", ""), found["note"]])
    return found


def sentences(parts: Iterable[str]) -> str:
    """Return *parts*, those that say something, as sentences but for the last full stop, which a style prints."""
    text = ""
    for part in filter(None, (part.strip() for part in parts)):
        text += f"{'' if not text else ' ' if _ENDS.search(text) else '. '}{_capital(part)}"
    return text


def _capital(text: str) -> str:
    """Return *text* with a capital where it begins with a word in small letters."""
    return text[:1].upper() + text[1:] if _WORD.match(text) else text


def _titles(written: str, kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return titles with their subtitles, whose first letters keep their case as in BibTeX.

    BibTeX's ``change.case$`` spares the first letter, and the first after a colon; pybtex the very first one only,
    which it makes a capital. The first after a question or an exclamation is spared, too.
    """
    book = whole_title(fields, "booktitle", "book")
    event = _event(fields)
    if event and not fields.get("booktitle") and kind in _PARTS:
        book = event
    elif not fields.get("booktitle"):
        book = ""
    main = whole_title(fields, "maintitle", "main")
    if main and book and not fields.get("volume") and kind in _PARTS and readable(main) != readable(book):
        book = sentences((main, book))
    title = whole_title(fields) or main
    if written in _NAMES_OF_WORKS:
        title = f"{{{title}}}" if title.count("{") == title.count("}") else title
    else:
        title = "$".join(
            part if number % 2 else _TITLE_START.sub(r"\1{\2}", part) for number, part in enumerate(title.split("$"))
        )
    journal = whole_title({"subtitle": fields.get("journalsubtitle", ""), "title": fields.get("journal", "")})
    series = fields.get("series", "")
    if kind == "article" and journal and series:
        journal += f", {SERIES.get(series) or (f'{ordinal(series)} series' if series.isdecimal() else series)}"
    return {"title": title, "booktitle": book, "journal": journal}


def _date(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the date with its day, as "4 March" and "2021"; of a range, both ends."""
    found = {"month": month_name(fields["month"])} if "month" in fields else {}
    if said := spoken_date(fields.get("date", "").strip("{} ")):
        found["month"], found["year"] = said
    issue = fields.get("issue", "")
    if issue and not issue.isdecimal() and not found.get("month"):
        found["month"] = issue  # "Spring": periodicals have one in place of a month
        if fields.get("number") == issue:
            found["number"] = ""
    return found


def ordinal(number: str) -> str:
    """Return 1st, 2nd, 3rd, 4th … for the digits of a number."""
    teens = number[-2:-1] == "1"
    return number + ("th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th"))


def _edition(fields: Mapping[str, str]) -> dict[str, str]:
    edition = _EDITION.sub("", fields.get("edition", ""))
    return {"edition": ordinal(edition) if edition.isdecimal() else edition} if edition else {}


def _series(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return series and volume: styles print a volume of a series, or a number in one, but never both."""
    main = whole_title(fields, "maintitle", "main")
    if kind in {"book", "inbook", *_PARTS} and main and fields.get("volume"):
        return {"series": main, "number": ""}
    if fields.get("number") and fields.get("volume") and kind == "book":
        return {"series": "", "number": ""} if fields.get("series") else {"volume": _issue(fields), "number": ""}
    return {}


def _issue(fields: Mapping[str, str]) -> str:
    return f"{fields['volume']}, number {fields['number']}"


def _published(written: str, kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return how it was published: kind, version, place, by whom, as far as a style has no own place for it."""
    kinds = fields.get("type", "")
    said = KINDS.get(kinds, kinds)
    version = _version(fields)
    if kind in _MISC:
        return {"howpublished": _how_published(written, fields), "type": said}
    if kind == "mastersthesis":
        return {"type": "" if kinds == "mathesis" else said}
    if kind == "manual":
        return {"organization": _listed((said, version, fields.get("organization", "")))}
    if kind == "techreport":
        return {"type": said, "number": _listed((fields.get("number", ""), version))}
    if kind == "booklet":
        return {"howpublished": _listed((fields.get("howpublished", ""), said, fields.get("publisher", "")))}
    return {"type": said} if said else {}


def _version(fields: Mapping[str, str]) -> str:
    version = _VERSION.sub("", fields.get("version", ""), count=1)
    return f"version {version}" if version[:1].isdecimal() else version


def _listed(parts: Iterable[str]) -> str:
    """Return the parts that say something, each once, with commas between them."""
    return _capital(", ".join(dict.fromkeys(part for part in parts if part)))


def _how_published(written: str, fields: Mapping[str, str]) -> str:
    return _listed(_publication(written, fields))


def _publication(written: str, fields: Mapping[str, str]) -> Iterator[str]:
    kinds, number = fields.get("type", ""), fields.get("number", "") if written in _NUMBERED else ""
    kinds = KINDS.get(kinds, kinds) or ("Patent" if written == "patent" and number else "")
    place = fields.get("address", "") or fields.get("location", "")
    if written == "patent" and place:
        place = " and ".join(COUNTRIES.get(country.lower(), country) for country in place.split(" and "))
        number, place = f"{number} ({place})" if number else place, ""
    if number.isdecimal() and not kinds:
        number = f"No. {number}"
    yield " ".join(part for part in (kinds, number) if part)
    if fields.get("edition"):
        yield f"{fields['edition']} edition"
    yield _version(fields)
    how = fields.get("howpublished", "")
    if fields.get("eprint") and _ARXIV.fullmatch(how):
        how = ""
    yield how if not how or clean_address(how) != fields.get("url") else ""
    yield next((fields[name] for name in ("journal", "booktitle") if fields.get(name)), "") if not how else ""
    series = fields.get("series", "")
    yield " ".join(part for part in (series, fields.get("number", "") if not number else "") if part) if series else ""
    yield from _publishers(fields, how)
    yield place or (fields.get("venue", "") if not fields.get("eventtitle") else "")
    yield fields.get("holder", "") or fields.get("assignee", "") if written == "patent" else ""


def _publishers(fields: Mapping[str, str], how: str) -> Iterator[str]:
    for name in ("organization", "publisher", "institution", "school"):
        value = fields.get(name, "")
        if value and value not in how and not (fields.get("eprint") and _ARXIV.fullmatch(value)):
            yield value


def _is_incomplete(kind: str, fields: Mapping[str, str]) -> bool:
    """Return whether nothing would stand between title and date: an article in no journal, as preprints are."""
    if kind == "article":
        return not fields.get("journal") and not any(fields.get(name) for name in _JOURNAL_FIELDS)
    return kind in _PARTS and not fields.get("booktitle")


def _eprint(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what styles print of an eprint, which they take for one of arXiv; and the other identifiers."""
    known = identifiers(fields)
    found = {"pubmed": known.get("pubmed", ""), "eprint": "", "doi": known.get("doi", "") if fields.get("doi") else ""}
    arxiv = known.get("arxiv", "")
    said = " ".join(fields.get(name, "") for name in ("journal", "howpublished", "note", "number", "eid", "pages"))
    if (fields.get("eprint") and archive_of(fields) in {"", "arxiv"}) or arxiv not in said:
        found["eprint"] = arxiv
    return found


def _event(fields: Mapping[str, str]) -> str:
    """Return a conference with place and date: "Meeting on Moss (Bergen, 1–3 May 2017)"."""
    title = whole_title(fields, "eventtitle", "event")
    date = " ".join(spoken_date(fields.get("eventdate", "")) or ())
    where = ", ".join(part for part in (fields.get("venue", ""), date) if part)
    return f"{title} ({where})" if title and where else title


def _notes(entry: Entry, kind: str, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield what describes the book, the issue or the event, and has no place of its own."""
    series, number = fields.get("series", ""), fields.get("number", "")
    if series and kind in {"book", "inbook", *_PARTS} and fields.get("volume"):
        if fields.get("maintitle"):
            yield f"{series} {number}"
        elif number and kind == "book":
            yield f"Number {number} in {series}"
    if kind not in _PARTS or fields.get("booktitle"):
        event = _event(fields)
        yield event if event and readable(event) not in readable(fields.get("booktitle", "")) else ""
    yield whole_title(fields, "issuetitle", "issue")
    yield from _edited(entry, kind, fields)
    for role, words in _ROLES.items():
        if fields.get(role):
            origin = fields.get("origlanguage", "").capitalize() if role == "translator" else ""
            yield f"{words.format(**{'from': f' from {origin}' if origin else ''})} {_people(fields[role])}"
    yield _original(fields)
    if fields.get("volumes"):
        yield f"{fields['volumes']} volumes" if fields["volumes"].isdecimal() else fields["volumes"]
    if fields.get("pagetotal"):
        yield f"{fields['pagetotal']} pages" if fields["pagetotal"].isdecimal() else fields["pagetotal"]


def _original(fields: Mapping[str, str]) -> str:
    """Return where and when a work that is printed anew, or in another language, came out first."""
    title, date = fields.get("origtitle", ""), read_date(fields.get("origdate", ""))
    parts = (
        f"as \\emph{{{title}}}" if title else "",
        fields.get("origpublisher", ""),
        fields.get("origlocation", ""),
        date.year if date else "",
    )
    said = ", ".join(part for part in parts if part)
    return f"Originally published {said}" if said else ""


def _edited(entry: Entry, kind: str, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield who edited it, where the style does not say so."""
    editors = entry.persons.get("editor", ())
    is_beside = kind in _WITH_EDITOR and not _book_author(entry, fields)
    if editors and not is_beside and not (kind in _BY_EDITOR and not entry.persons.get("author")):
        yield f"{_EDITING.get(fields.get('editortype', ''), 'Edited by')} {in_words(editors)}"
    for letter in "abc":
        if fields.get(f"editor{letter}"):
            words = _EDITING.get(fields.get(f"editor{letter}type", ""), "Edited by")
            yield f"{words} {_people(fields[f'editor{letter}'])}"


def _book_author(entry: Entry, fields: Mapping[str, str]) -> str:
    """Return by whom the whole book is, where that is somebody else."""
    if not fields.get("bookauthor"):
        return ""
    name = _people(fields["bookauthor"])
    return name if name != in_words(entry.persons.get("author", ())) else ""


def _people(value: str) -> str:
    return in_words([person for person, _odd in people(value)])


def _remarks(entry: Entry, fields: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Yield whom it is by beside its authors, and where it is archived."""
    if group := collaboration(fields):
        authors = readable(" ".join(str(person) for person in entry.persons.get("author", ())[:MOST_NAMES]))
        yield group if readable(group) not in authors else ""
    archive, eprint = archive_of(fields), fields.get("eprint", "")
    if eprint and not archive and not found.get("eprint"):
        yield f"\\url{{{eprint}}}" if is_web_address(clean_address(eprint)) else eprint  # as Mendeley writes them
    elif eprint and not found.get("eprint") and archive not in {"arxiv", "pubmed"}:
        name, address = _ARCHIVES.get(archive, (fields.get("archiveprefix", archive), ""))
        is_linked = address and _PLAIN_ID.fullmatch(eprint)
        yield f"\\href{{{address}{eprint}}}{{{name}:{eprint}}}" if is_linked else f"{name}:{eprint}"


def related(entry: Entry, others: Iterable[Entry]) -> str:
    """Return what an entry says of others: "Reprint of Ann Moss, *A Book*, 1998", in TeX.

    How they are related is its ``relatedstring``, or else its ``relatedtype`` in words (biblatex's manual, section
    3.5). Authors are not repeated.
    """
    own = _by(entry)
    named = [_named(other, own) for other in others]
    lead = entry.fields.get("relatedstring") or RELATIONS.get(entry.fields.get("relatedtype", ""), "See also")
    return f"{lead} {'; '.join(named)}" if named else ""


def _by(entry: Entry) -> str:
    return in_words(entry.persons.get("author") or entry.persons.get("editor") or ())


def _named(entry: Entry, known: str) -> str:
    by, title = _by(entry), whole_title(entry.fields)
    parts = (by if by != known else "", f"\\emph{{{title}}}" if title else "", entry.fields.get("year", ""))
    return ", ".join(part for part in parts if part) or entry.key
