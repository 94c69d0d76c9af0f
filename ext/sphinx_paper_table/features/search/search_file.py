"""What the search page asks for methods and references: a file with a line of text a field of each.

It grows with the site. On large ones it is the first of several parts, which it names: they are read at once, and a
part in which nothing has changed stays as browsers have it.

A script and not JSON, like Sphinx's own search index, because a browser reads no other files from a disk. It serves the
pages of the same build and may change with it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.markdown import plain_parts
from sphinx_paper_table.survey.paper_fields import plain_fields, tags_of
from sphinx_paper_table.survey.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_paper_table.exports.edits import Edit
    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.markdown import PlainParts
    from sphinx_paper_table.survey.references import LabelWords, Reference

FILE: Final = "data/search.js"
_CALL: Final = "paperTableData({},"
_PART: Final = "search-{}"
MOST: Final = 1000
"""Methods, and references, in a part: some 700 kB, a fifth of that compressed."""
_NAMED: Final = re.compile(r'paperTableData\("search",\{"parts":\[((?:"search-\d{1,4}",?){1,9999})\]')
FIELDS: Final = ("name", "url", "survey", "published", "title", "authors", "words", "summary", "cited")
"""The fields of a record, in their order; *words* are others that it is known by, *cited* counts the methods that state
a relation to it. A reference has the short names of its authors as its *name*, and neither survey nor summary."""


def search_file(
    catalogue: Catalogue, site: Site, words: LabelWords, parts_of: Callable[[str], PlainParts] = plain_parts
) -> dict[str, str]:
    """Return address to text, if any page shows a method; equal arguments give equal texts.

    *parts_of* does what `plain_parts` does.
    """
    methods = [
        _method(paper, catalogue, site, words, parts_of)
        for paper in catalogue.papers.values()
        if _url(site, "paper", paper.id)
    ]
    if not methods:
        return {}
    own = {str(paper.cite[0]) for paper in catalogue.papers.values() if paper.cite and _url(site, "paper", paper.id)}
    others = [one for key, one in catalogue.references.items() if key not in own and _url(site, "reference", key)]
    references = [_reference(one, catalogue, site, words) for one in others]
    names = [_PART.format(number + 2) for number in range((max(len(methods), len(references)) - 1) // MOST)]
    parts: list[tuple[str, dict[str, object]]] = [
        (
            name,
            {
                **({"parts": names} if names and not number else {}),
                "methods": methods[number * MOST : (number + 1) * MOST],
                "references": references[number * MOST : (number + 1) * MOST],
            },
        )
        for number, name in enumerate(["search", *names])
    ]
    return {f"data/{name}.js": _script(name, part) for name, part in parts}


def edited_search(
    edit: Edit,
    site: Site,
    words: LabelWords,
    read: Callable[[str], str],
    parts_of: Callable[[str], PlainParts] = plain_parts,
) -> dict[str, str] | None:
    """Return those of the files that say something else after *edit*; None where that is not to be found in them.

    *read* returns what the file at an address says now; *parts_of* does what `plain_parts` does.
    """
    from sphinx_paper_table.exports.edits import replaced  # noqa: PLC0415 (few builds write files)

    def lines(catalogue: Catalogue) -> Iterator[str]:
        for name in (paper for survey in sorted(edit.surveys) for paper in catalogue.residents.get(survey, ())):
            if _url(site, "paper", name):
                yield _compact(_method(catalogue.papers[name], catalogue, site, words, parts_of))
        for key in edit.keys:
            if key not in own and _url(site, "reference", key):
                yield _compact(_reference(catalogue.references[key], catalogue, site, words))

    own = {key for name, key in edit.now.first_keys.items() if edit.keys and _url(site, "paper", name)}

    pairs = [(old, new) for old, new in zip(lines(edit.before), lines(edit.now), strict=True) if old != new]
    texts = {address: read(address) for address in (former_files(read(FILE)) if pairs else ())}
    changed = {}
    for old, new in pairs:
        addresses = [address for address, text in texts.items() if old in text]
        content = replaced(texts[addresses[0]].encode(), [(old, new)]) if len(addresses) == 1 else None
        if content is None:
            return None
        texts[addresses[0]] = changed[addresses[0]] = content.decode()
    return changed


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, part: dict[str, object]) -> str:
    return f"{_CALL.format(json.dumps(name))}{_compact(part)})\n"


def former_files(text: str) -> set[str]:
    """Return the addresses that go with a file that was made here, its own among them."""
    named = _NAMED.match(text)
    parts = json.loads(f"[{named[1]}]") if named else []
    return {FILE, *(f"data/{name}.js" for name in parts)} if text.startswith(_CALL.format('"search"')) else set()


def _url(site: Site, kind: str, name: str) -> str:
    place = site.location(kind, name)
    return f"{place.page}#{place.anchor}" if place else ""


def _method(
    paper: Paper, catalogue: Catalogue, site: Site, words: LabelWords, parts_of: Callable[[str], PlainParts]
) -> list[str | int]:
    reference = catalogue.reference(paper)
    return [
        str(paper.name),
        _url(site, "paper", paper.id),
        str(catalogue.surveys[catalogue.homes[paper.id].survey].title),
        catalogue.published(reference),
        reference.title if reference else "",
        words.comma.join(reference.authors_in(words)) if reference else "",
        " ".join(_names(paper, catalogue)),
        readable(paper.summary or "", catalogue, words, parts_of),
        len(catalogue.incoming.get(paper.id, ())),
    ]


def _names(paper: Paper, catalogue: Catalogue) -> Iterator[str]:
    """Yield what a paper is known by besides its name and title."""
    yield from map(str, (paper.id, *paper.aliases, *paper.cite))
    yield from (text for tag in tags_of(paper, catalogue).items() for text in tag)
    yield catalogue.date(paper)
    for field in plain_fields():
        if field.shown.search:
            yield from field.values(paper)
    if reference := catalogue.reference(paper):
        yield from _identifiers(reference)


def _identifiers(reference: Reference) -> Iterator[str]:
    yield from (text for text in (*reference.native, reference.arxiv, reference.doi, reference.venue) if text)
    yield from (name for _archive, name in reference.identifiers)


def _reference(reference: Reference, catalogue: Catalogue, site: Site, words: LabelWords) -> list[str | int]:
    names = " ".join((reference.key, *reference.former, *_identifiers(reference)))
    authors = words.comma.join(reference.authors_in(words))
    label = reference.label_in(words)
    return [
        label,
        _url(site, "reference", reference.key),
        "",
        catalogue.published(reference),
        reference.title,
        authors,
        names,
        "",
        0,
    ]
