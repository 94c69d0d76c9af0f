"""The records of a page of HTML that a search finds: each card that is at home there, and the rest of the page.

A record is a small page for Pagefind: its attributes say what is title, venue and year
(https://pagefind.app/docs/metadata/). Cards are cut out by the mark-up of our own templates, not by that of a theme.

Pagefind's words are what stands between spaces. Where a language writes none, each sign becomes a word; the script of
the search page asks for them as a phrase, and takes the spaces out of what it shows. That finds every part of a
sentence, and needs no dictionary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from sphinx_paper_table.features.search.chinese import HAN
from sphinx_paper_table.survey.filenames import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN: Final = "<!-- begin of search -->"
END: Final = "<!-- end of search -->"
"""They stand around the text of a page, whatever the theme puts beside it."""
UNSEARCHED: Final = (
    *(".headerlink", ".pt-bibtex", ".pt-links", ".pt-data", ".pt-edit", ".pt-header > details", ".pt-family"),
    *(".pt-details > summary", ".pt-legend", ".pt-lineage figcaption", ".pt-chart figcaption", ".pt-every"),
    *(".toctree-wrapper", "form", "button", "script", "style", "nav", "svg", "annotation"),
)
"""Selectors of what is no text of the page (forms, legends), or says again what the records themselves say."""
_TAGS: Final = re.compile(
    r"<(?P<tag>article|tr|section)\b(?P<attributes>[^<>]*+)>|<(?P<title>h[1-6])\b[^<>]*+>"
    r"|</(?P<end>article|tr|h[1-6])>"
)
_OWN_ID: Final = re.compile(r' id="([^"<>]+)"')
_HEADING: Final = re.compile(
    r'(<(?:section|div)\b(?:(?! id=")[^<>])*+ id="([^"<>]+)"[^<>]*+>\s*+(?:<span[^<>]*+></span>\s*+)*+<h[1-6])\b'
)
_SIGNS: Final = rf"{HAN}\u3000-\u303f\uff00-\uff65"
"""Ideographs and their punctuation."""
_EDGE: Final = re.compile(rf"^(?=[{_SIGNS}])|(?<=[{_SIGNS}])(?=\S|$)|(?<=\S)(?=[{_SIGNS}])")
_TAG: Final = re.compile(r"(<[^<>]*>)")
_LIST: Final = re.compile(r'class="(?:pt-view |citation-list)')
"""Lists of things that have records of their own: a page with one ranks below them."""
_CELL: Final = re.compile(r"<(/?)(?:th|td)\b")
_PARTS: Final = {"pt-name": "title", "pt-published": "published", "pt-title": "work,work_lang[lang]"}
"""Classes of parts of a card, and the metadata that they are."""
_CLASS: Final = {name: re.compile(rf'class="((?:[^"]* )?{name}(?: [^"]*)?)"') for name in _PARTS}


class Record(NamedTuple):
    """One thing to be found: its *path* names it among the others, the *html* says everything about it."""

    path: str
    html: str


class Page(NamedTuple):
    """A page of the site; the *address* is relative to the site, and may be empty."""

    docname: str
    address: str
    title: str
    language: str
    cards: frozenset[str] = frozenset()
    """The anchors of the cards that are at home there; what else looks like one is prose."""


def records(page: Page, html: str) -> Iterator[Record]:
    """Yield the records of a page from its *html*; none when it has no marks."""
    address, language = page.address, page.language
    body = html.partition(BEGIN)[2].rpartition(END)[0]
    if not body:
        return
    prose, done = [], 0
    for card in _cards(body, set(page.cards)):
        prose.append(body[done : card.start])
        done = card.end
        metadata = {"url": f"{address}#{card.anchor}", "page": page.title}
        yield Record(
            f"{page.docname}/{file_name(card.anchor, '.html')}", _html(_described(card.html), metadata, language)
        )
    rest = "".join((*prose, body[done:]))
    # Pagefind leads to headings with an id; those of Sphinx have it on what is around them.
    rest = _HEADING.sub(r'\1 id="\2"', rest)
    if _LIST.search(rest):
        rest = f'<div data-pagefind-weight="0.3">{rest}</div>'
    rest = rest.replace("<h1>", '<h1 data-pagefind-weight="10">', 1)
    yield Record(f"{page.docname}/page.html", _html(rest, {"url": address, "title": spaced(page.title)}, language))


class _Card(NamedTuple):
    """A card in a page, from *start* to *end*; the *html* is its name, where that is a title, and its inside."""

    anchor: str
    html: str
    start: int
    end: int


def _cards(body: str, homes: set[str]) -> Iterator[_Card]:
    """Yield the cards of a page whose anchors *homes* has, each once, in one pass over its tags."""
    tags = list(_TAGS.finditer(body))
    ends: dict[str, list[int]] = defaultdict(list)
    for tag in tags:
        ends[tag["end"]].append(tag.start())
    done = 0
    for place, tag in enumerate(tags):
        own = _OWN_ID.search(tag["attributes"] or "")
        if own is None or own[1] not in homes or tag.start() < done:
            continue
        opened, name = _opened(body, tags[place : place + 4])
        closing = ends[opened["tag"]] if opened else []
        number = bisect_left(closing, opened.end()) if opened else 0
        if opened and number < len(closing):
            homes.remove(own[1])
            done = closing[number] + len(f"</{opened['tag']}>")
            yield _Card(own[1], name + body[opened.end() : closing[number]], tag.start(), done)


def _opened(body: str, tags: list[re.Match[str]]) -> tuple[re.Match[str] | None, str]:
    """Return the tag that opens a card, of those from one with an id on, and the name that stands before it.

    In the layout ``sections`` the id is that of a section, whose title is the name.
    """
    match tags:
        case [section, title, end, card] if section["tag"] == "section" and card["tag"] == "article":
            if title["title"] and title["title"] == end["end"] and 'pt-entry"' in card["attributes"]:
                return card, f'<h2 class="pt-name">{body[title.end() : end.start()]}</h2>'
        case [card, *_] if card["tag"] != "section" and " data-paper=" in card["attributes"]:
            return card, ""
    return None, ""


def _described(card: str) -> str:
    """Return the inside of a card with the attributes that say what its parts are."""
    card = _CELL.sub(r"<\1div", card)  # cells of a table count only within one
    for name, metadata in _PARTS.items():
        weight = ' data-pagefind-weight="10"' if name == "pt-name" else ""
        card = _CLASS[name].sub(rf'class="\1" data-pagefind-meta="{metadata}"{weight}', card, count=1)
    return card


def _html(body: str, metadata: dict[str, str], language: str) -> str:
    item = Markup('<meta data-pagefind-meta="{}[content]" content="{}">')
    head = Markup("").join(item.format(name, value) for name, value in metadata.items())
    start = Markup('<!doctype html><html lang="{}"><head><meta charset="utf-8">{}</head>').format(language, head)
    return f"{start}<body data-pagefind-body>{spaced(body)}</body></html>"


def spaced(html: str) -> str:
    """Return *html* with spaces around each ideograph of its text, and its tags as they are."""
    parts = _TAG.split(html)
    parts[::2] = [text if text.isascii() else _EDGE.sub(" ", text) for text in parts[::2]]
    return "".join(parts)
