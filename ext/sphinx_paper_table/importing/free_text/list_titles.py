"""Where the title of a paper stands in a line of a list, and what is written around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.importing.free_text.inline_text import without_ornaments
from sphinx_paper_table.importing.free_text.link_kinds import PAPER, label_kind, link_kind
from sphinx_paper_table.importing.free_text.told_facts import date_in, people_in, venue_in

if TYPE_CHECKING:
    from sphinx_paper_table.importing.free_text.inline_text import Line, Link

LONGEST: Final = 500
_FEWEST_LETTERS: Final = 3
_MOST_SEGMENTS: Final = 4
"""Parts of a line that may stand before a title that nothing marks: people, a venue, a date."""
_QUOTED: Final = re.compile(r"[“\"「]([^“”\"「」\n]{12,400})[”\"」]")
_LEAD: Final = re.compile(
    r"\s{0,9}(?:[\[(（【]([^\[\]()（）【】\n]{1,60})[\])）】]|(\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?))[\s:：,-]*"
)
_TAIL: Final = re.compile(r"[\s,.:-]{0,9}[\[(（【]([^\[\]()（）【】\n]{1,60})[\])）】][\s.]{0,9}\Z")
_NUMBER: Final = re.compile(r"\s{0,9}(?:#?\d{1,4}[.)]\s{1,9}|[-–—*•|]{1,9}\s{1,9})")
_STOP: Final = re.compile(r"[\n\[|]|\s[-–—]+\s|(?<![A-Z])(?<!\bvs)\.(?:\s|\Z)|\s?\((?=[^()\n]{0,80}\))")
_AROUND: Final = " \t\n.,;:|*_`\"“”「」《》'’–—-"
_NAME_BEFORE: Final = re.compile(r"([^\n:：]{1,40}?)\s?(?:[:：]|\s[-–—])\s*\Z")
_LETTER: Final = re.compile(r"[^\W\d_]")


class Title(NamedTuple):
    """A title, the part of the line that says it, and the link that it is, if any."""

    text: str
    start: int
    end: int
    link: Link | None = None
    told: tuple[str, ...] = ()
    """What stood in brackets at its ends and is none of it: a venue, a date."""


def title_in(line: Line) -> Title | None:
    """Return the title that *line* begins with; None when there is none.

    In this order: a link whose words are more than a label; what is printed bold; what stands in quotation marks; the
    words up to the first full stop, bracket or link. Labels, venues, dates and people before it are no titles.
    """
    if not line.is_short:
        return None
    found = _linked(line) or _bold(line) or _quoted(line) or _first_words(line)
    if found is None or not _is_title(found.text):
        return None
    return found


def titled(text: str, start: int, end: int, link: Link | None = None) -> Title:
    """Return the title without pictographs, quotation marks, and venues or dates in brackets at its ends."""
    told = []
    bare = without_ornaments(text)
    while (found := _LEAD.match(bare)) and found.end() < len(bare) and _is_fact(found[1] or found[2]):
        told.append(found[1] or found[2])
        bare = bare[found.end() :]
    while (found := _TAIL.search(bare[-80:])) and len(found[0]) < len(bare) and _is_fact(found[1]):
        told.append(found[1])
        bare = bare[: len(bare) - len(found[0])]
    return Title(bare.strip(_AROUND), start, end, link, tuple(told))


def _is_fact(text: str) -> bool:
    return bool(venue_in(text) or date_in(text) or label_kind(text))


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST and len(_LETTER.findall(text[:80])) >= _FEWEST_LETTERS and not label_kind(text)


def _linked(line: Line) -> Title | None:
    for link in line.links:
        words = without_ornaments(link.label)
        if link.is_bare or link.start == link.end or label_kind(words) or not _is_title(words) or _is_fact(words):
            continue
        kind = link_kind(link.address, words)
        if _bold_title_before(line, link) or (kind not in {PAPER, ""} and _has_paper_title(line, link)):
            return None
        return titled(link.label, link.start, link.end, link)
    return None


def _bold_title_before(line: Line, link: Link) -> bool:
    """Return whether a bold text of some words stands before *link*, which then only belongs to it."""
    bold = _bold(line)
    return bold is not None and bold.end <= link.start and bold.text.count(" ") > 1


def _has_paper_title(line: Line, first: Link) -> bool:
    """Return whether a later link leads to the paper under its title, so that *first* is of its code."""
    later = [link for link in line.links if link.start > first.start and not link.is_bare]
    return any(
        link_kind(link.address, link.label) == PAPER
        and not label_kind(link.label)
        and link.label.count(" ") > 1
        and not _is_fact(link.label)
        for link in later
    )


def _bold(line: Line) -> Title | None:
    for span in line.styles:
        text = line.text[span.start : span.end]
        bare = without_ornaments(text).strip(_AROUND)
        is_short = bare.count(" ") < 1
        if span.style != "strong" or is_short or label_kind(bare) or _is_fact(bare) or people_in(bare):
            continue
        return titled(text, span.start, span.end)
    return None


def _quoted(line: Line) -> Title | None:
    found = _QUOTED.search(line.text)
    return titled(found[1], found.start(), found.end()) if found else None


def _first_words(line: Line) -> Title | None:
    """Return the words up to the first stop that are neither of people nor of a venue or date."""
    text, start = line.text, 0
    first_label = next((link.start for link in line.links if link.is_bare or label_kind(link.label)), len(text))
    for _ in range(_MOST_SEGMENTS):
        if number := _NUMBER.match(text, start):
            start = number.end()
        if (lead := _LEAD.match(text, start)) and lead.end() <= first_label and _is_fact(lead[1] or lead[2]):
            start = lead.end()
        found = _STOP.search(text, start, first_label)
        end = found.start() if found else first_label
        said = without_ornaments(text[start:end]).strip(_AROUND)
        people, colon, _rest = text[start:end].partition(":")
        if colon and people_in(people):
            start += len(people) + 1
            said = without_ornaments(text[start:end]).strip(_AROUND)
        if said and not people_in(said) and not _is_fact(said):
            return titled(text[start:end], start, end)
        if found is None:
            return None
        start = found.end()
    return None


def name_before(line: Line, title: Title) -> str:
    """Return the short name that stands before the title and a colon; empty without one."""
    found = _NAME_BEFORE.search(line.text[: title.start][-60:])
    name = without_ornaments(found[1]).strip(_AROUND + "[]()") if found else ""
    is_name = bool(name) and not label_kind(name) and not _is_fact(name) and name.count(" ") < 3  # noqa: PLR2004
    return name if is_name and title.link is not None else ""
