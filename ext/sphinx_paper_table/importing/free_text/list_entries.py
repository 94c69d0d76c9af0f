"""A line of a list to what it says of a paper: title, people, venue, date, links, and the author's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.importing.free_text.inline_text import without_ornaments
from sphinx_paper_table.importing.free_text.link_kinds import (
    OTHER,
    PAPER,
    address_kind,
    button_kind,
    label_kind,
    link_kind,
    repository_of_badge,
)
from sphinx_paper_table.importing.free_text.list_titles import name_before, title_in
from sphinx_paper_table.importing.free_text.told_facts import awards_in, date_in, people_in, venue_in
from sphinx_paper_table.survey.references import OTHERS, Author

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.importing.free_text.inline_text import Line, Link
    from sphinx_paper_table.importing.free_text.list_titles import Title
    from sphinx_paper_table.importing.free_text.told_facts import Date, Venue

_BETWEEN: Final = re.compile(
    r"[\n()\[\]{}（）【】|]|\s[-–—:·•]+\s|(?<=\w\w)[.。](?=\s|\Z)|(?<=[a-z]\.)\s|(?<=et al\.)(?=\S)|\A\s*[-–—:：]\s*"
)
_EMPTY_BRACKETS: Final = re.compile(r"\\?[(\[{（【][\s|/,;:&+·•-]{0,40}\\?[)\]}）】]")
_IN_BRACKETS: Final = re.compile(r"\\?\(([^()]{0,500}?)\\?\)")
_LONE_STOPS: Final = re.compile(r"(?<=\s)\.(?=\s|\Z)")
_ENDS: Final = " \t\n,;:：|/&+·•–—-"
_OPENING: Final = "([{（【"
_CLOSING: Final = ")]}）】"
_MOST_PARTS: Final = 4
_MOST_WORDS_OF_VENUE: Final = 5
_MOST_SEGMENTS: Final = 400
_ALONE: Final = re.compile(r"\b[A-Z]\.")

_AFTER_LABEL: Final = re.compile(r"([^\W\d_][^\n:：]{0,30})\s?[:：]\s*\Z")
_OTHERS: Final = re.compile(r"[\s,.]{0,9}(?:et\.? al|and others)[\s,.]{0,9}", re.IGNORECASE)
_BY_BEFORE: Final = re.compile(r"\b(?:by|authors?:)\s*\Z", re.IGNORECASE)
_BY_ALONE: Final = re.compile(r"[\s,.-]{0,9}(?:by|authors?:)\s{0,9}", re.IGNORECASE)
_LETTER: Final = re.compile(r"\w")


@dataclass(slots=True)
class Draft:
    """What a line says, before an entry is made of it."""

    title: Title
    name: str = ""
    people: tuple[Author, ...] = ()
    venue: Venue | None = None
    date: Date | None = None
    papers: list[str] = field(default_factory=list)
    """Addresses of the paper, the first its own."""
    page: str = ""
    """Where the title leads, if that is neither the paper nor anything that links have a name for."""
    badge: str = ""
    """The repository whose stars a picture shows."""
    links: dict[str, str] = field(default_factory=dict)
    videos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)
    """Further addresses, with their words, for which there is no place."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Addresses that lead to no web page, with their words."""
    places: list[str] = field(default_factory=list)
    """What stands in brackets after people: where they work."""
    summary: str = ""

    def take_link(self, address: str, label: str) -> None:
        """Put an address where it belongs, or with those that have no place."""
        kind = link_kind(address, label)
        if kind == PAPER:
            self.papers += [address] if address not in self.papers else []
        elif kind == "video":
            self.videos.append(address)
        elif kind in {OTHER, ""} or self.links.get(kind, address) != address:
            self.more.append((label, address))
        else:
            self.links[kind] = address

    def take_fact(self, text: str, *, is_told: str = "") -> bool:
        """Take *text* as a date, a venue, people or honours, and return whether it is one; *is_told* says which."""
        bare = without_ornaments(text)
        if is_told in {"", "date"} and self.date is None and (date := date_in(bare)):
            self.date = date
        elif is_told in {"", "venue"} and self.venue is None and (venue := venue_in(bare, is_told=is_told == "venue")):
            self.venue = venue
            self.tags += awards_in(bare)
        elif self.people and _OTHERS.fullmatch(bare):
            self.people = (*self.people, Author("", OTHERS))
        elif is_told == "" and self.people and self.people[-1].family == OTHERS:
            return False
        elif (honours := awards_in(bare)) and not _LETTER.search(_without(bare, honours)):
            self.tags += honours
        elif is_told in {"", "people"} and (said := people_in(bare, is_told=is_told == "people")):
            self.people = (*self.people, *said)
        else:
            return False
        return True


def _without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


def draft_of(line: Line, title: Title | None = None) -> Draft | None:
    """Return what *line* says of a paper; None when it has no title. *title* is given where the layout tells it."""
    found = title or title_in(line)
    if found is None or not line.is_short:
        return None
    reader = _Reader(line, found)
    reader.read()
    return reader.draft


class _Reader:
    """Takes a line apart: what is taken as something else is no part of the summary."""

    def __init__(self, line: Line, title: Title) -> None:
        self.line = line
        self.draft = Draft(title, name=name_before(line, title) if title.end else "")
        self.taken: list[tuple[int, int]] = [(title.start, title.end)] if title.end else []
        if self.draft.name:
            self.taken.append((line.text.rfind(self.draft.name, 0, title.start), title.start))

    def read(self) -> None:
        self._links()
        for told in self.draft.title.told:
            self.draft.take_fact(told)
        self._people_with_call_names()
        self._facts()
        self.draft.summary = self._summary()

    def _links(self) -> None:
        title = self.draft.title
        for link in self.line.links:
            if link == title.link:
                self._title_link(link.address)
            elif title.start <= link.start and link.end <= title.end:
                self.draft.take_link(link.address, link.label)
            else:
                self._link(link)
        for link in self.line.refused:
            if link.address:
                self.draft.refused.append((link.label, link.address))
            if label_kind(link.label) and not self._is_word(link):
                self.taken.append((link.start, link.end))
        self.draft.badge = next(filter(None, map(repository_of_badge, self.line.pictures)), "")

    def _title_link(self, address: str) -> None:
        if link_kind(address, ""):
            self.draft.take_link(address, "")
        else:
            self.draft.page = address

    def _link(self, link: Link) -> None:
        """Take a link whose words are a label, a venue or its address; others belong to the summary."""
        start, label = self._with_label(link) if link.is_bare else (link.start, link.label)
        if self._is_fact(label):
            self.draft.take_link(link.address, "paper")
            return
        kind = label_kind(label)
        if not kind and self._is_button(link):
            kind = button_kind(label) or (address_kind(link.address) if label.count(" ") < 2 else "")  # noqa: PLR2004 (words)
        if kind or link.is_bare or link.start == link.end:
            self.draft.take_link(link.address, label if label_kind(label) else kind)
            if not self._is_word(link):
                self.taken.append((start, link.end))

    def _is_button(self, link: Link) -> bool:
        """Return whether a link stands in brackets of its own."""
        before, after = self.line.text[: link.start].rstrip(" "), self.line.text[link.end :].lstrip(" ")
        return before[-1:] in {"[", "|"} or after[:1] in {"]", "|"}

    def _is_word(self, link: Link) -> bool:
        """Return whether the words of a link are part of a sentence."""
        before, after = self.line.text[: link.start].rstrip(" "), self.line.text[link.end :].lstrip(" ")
        return before[-1:].islower() and after[:1].islower()

    def _is_fact(self, label: str) -> bool:
        return bool(label) and not label_kind(label) and bool(venue_in(label) or date_in(label))

    def _with_label(self, link: Link) -> tuple[int, str]:
        """Return the words that stand before a bare address and a colon, and where they begin."""
        before = self.line.text[max(link.start - 60, 0) : link.start]
        found = _AFTER_LABEL.search(before)
        if found is None:
            return link.start, ""
        words = found[1].rsplit("\n", 1)[-1].strip()
        return (link.start - len(before) + found.start(), words) if label_kind(words) else (link.start, "")

    def _segments(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of the text that are not taken, between full stops, brackets, bars and changes of style."""
        edges = {0, len(self.line.text)}
        for span in self.line.styles:
            edges |= {span.start, span.end}
        edges |= {edge for span in self.taken for edge in span}
        for found in _BETWEEN.finditer(self.line.text):
            edges |= {found.start(), found.end()}
        places = sorted(edges)
        for start, end in pairwise(places):
            if not self._is_taken(start, end):
                yield start, end

    def _is_taken(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self.taken)

    def _people_with_call_names(self) -> None:
        """Take people set off by their style, among whom some have another name in brackets: "Amy (Yue) Li"."""
        for span in self.line.styles:
            said = self.line.text[span.start : span.end]
            if span.style == "em" and "(" in said and self.draft.take_fact(said, is_told="people"):
                self.taken.append((span.start, span.end))

    def _facts(self) -> None:
        text = self.line.text
        segments = [(start, end) for start, end in self._segments() if _LETTER.search(text, start, end)][
            :_MOST_SEGMENTS
        ]
        prose = 0
        for number, (start, end) in enumerate(segments):
            said = text[start:end]
            after = segments[number + 1] if number + 1 < len(segments) else None
            if prose and self._is_within_sentence(end, after):
                continue
            if self._take_place(start, end, said) or self._take(said, self._style_of(start, end)):
                by = _BY_BEFORE.search(text, max(start - 12, 0), start)
                self.taken.append((by.start() if by else start, end))
            elif label_kind(said) and text[:start].rstrip()[-1:] in set(_OPENING):
                self.taken.append((start, end))  # "[code]", which leads nowhere yet
            elif not self._take_some(start, said) and not _BY_ALONE.fullmatch(said):
                prose += 1

    def _take(self, said: str, style: str) -> bool:
        if self.draft.take_fact(said):
            return True
        bare = without_ornaments(said)
        is_alone = style in {"em", "strong"} and " " in bare.strip()
        if not self.draft.people and (is_alone or _ALONE.search(bare[:40])):
            return self.draft.take_fact(said, is_told="people")
        is_short = len(bare.split()) <= _MOST_WORDS_OF_VENUE
        return style == "em" and bool(self.draft.people) and is_short and self.draft.take_fact(said, is_told="venue")

    def _take_place(self, start: int, end: int, said: str) -> bool:
        """Take what stands in brackets after people."""
        text = self.line.text
        before = text[:start].rstrip()
        is_after_people = (
            bool(self.draft.people) and before.endswith(("(", "（")) and text[end : end + 1] in {")", "）"}
        )
        venue = venue_in(said)
        if not is_after_people or date_in(said) or (venue and venue.year) or awards_in(said):
            return False
        self.draft.places.append(said.strip())
        return True

    def _take_some(self, start: int, said: str) -> bool:
        """Take people, venue and date that commas part: "Wen et al., CVPR 2023"."""
        parts = said.split(",")
        for count in range(1, min(_MOST_PARTS, len(parts))):
            head, tail = ",".join(parts[:-count]), parts[-count:]
            whole = ",".join(tail)
            if not (venue_in(whole) or all(venue_in(part) or date_in(part) for part in tail)):
                continue
            if (self._take(head, "em") or not _LETTER.search(head)) and (
                self.draft.take_fact(whole) or all([self.draft.take_fact(part) for part in tail])  # noqa: C419 (each is taken)
            ):
                self.taken.append((start, start + len(said)))
                return True
        return False

    def _style_of(self, start: int, end: int) -> str:
        return next((span.style for span in self.line.styles if span.start <= start and end <= span.end), "")

    def _is_within_sentence(self, end: int, after: tuple[int, int] | None) -> bool:
        """Return whether a part in brackets is followed by more of the sentence that it stands in."""
        rest = self.line.text[end:]
        if not rest[:1] or rest[0] not in _CLOSING or after is None:
            return False
        return rest[1:].lstrip()[:1].islower()

    def _summary(self) -> str:
        """Return what is left, without brackets that have become empty."""
        pieces, done = [], 0
        for start, end in [*sorted(self.taken), (len(self.line.text), len(self.line.text))]:
            if start > done:
                pieces.append(without_ornaments(self.line.markdown(done, start)))
            done = max(done, end)
        text = " ".join(filter(None, pieces))
        for _ in range(3):
            text = _EMPTY_BRACKETS.sub(" ", text)
        text = _balanced(_LONE_STOPS.sub("", " ".join(text.split())).strip(_ENDS))
        return text if _LETTER.search(text) and not label_kind(text) else ""


def _balanced(text: str) -> str:
    """Return *text* without brackets at its ends that have no partner, and without a pair that is around it."""
    if found := _IN_BRACKETS.fullmatch(text):
        return found[1]
    while text and text[0] in _CLOSING + ".":
        text = text[1:].lstrip(_ENDS)
    while text and text[-1] in _OPENING:
        text = text[:-1].rstrip(_ENDS)
    return text
