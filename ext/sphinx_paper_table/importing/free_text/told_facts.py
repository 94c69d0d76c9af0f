"""Venues, dates and people as lists of papers write them: "(CVPR 2023)", "[ICLR'22]", "G. Hinton et al."."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from sphinx_paper_table.bibliography.names import author, people
from sphinx_paper_table.reading.loader import built_in_vocabulary
from sphinx_paper_table.survey.references import OTHERS, Author
from sphinx_paper_table.survey.venues import VenueIndex

_LONGEST_VENUE: Final = 200
_LONGEST_UNKNOWN: Final = 70
_MOST_WORDS: Final = 9
_LEAD: Final = re.compile(
    r"(?:[\s,.:;@|*_-]|\b(?:in|at|accepted|published|appeared|to appear|appears|by|to|proc|proceedings of"
    r"|presented)\b)+",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)")
_SHORT_YEAR: Final = re.compile(r"(?:['’‘`]\s?|(?<=[A-Za-z])-?)(\d\d)(?![\d\w])")
_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATES: Final = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>0?[1-9]|1[0-2])(?:\s?[-/.月]\s?(?P<d>[0-3]?\d))?\s?日?"),
    re.compile(rf"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\s+(?P<n>{_MONTH}),?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"(?P<n>{_MONTH})\s+(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s+)?(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?P<y>(?:19|20)\d\d)"),
)
_AWARDS: Final = re.compile(
    r"\b(?:orals?|spotlights?|posters?|highlights?|notable[- ]top[- ]?\d{1,2}%|best (?:student )?paper"
    r"(?: (?:award|finalist|candidate|honou?rable mention|runner[- ]up))?|outstanding paper|honou?rable mention"
    r"|top[- ]?\d{1,2}%)"
    r"(?: (?:presentation|paper|award))?",
    re.IGNORECASE,
)
_PREPRINT: Final = re.compile(
    r"(?:e-?print|pre-?print|arxiv|corr|tech(?:nical)?\.? report|under review|submitted|in submission|openreview"
    r"|[\s:./v\d-])+",
    re.IGNORECASE,
)
_SERVER: Final = re.compile(r"arxiv|corr|pre-?print|e-?print", re.IGNORECASE)
_JOURNAL: Final = re.compile(
    r"\b(?:transactions|journal|letters|review|reviews|magazine|annals|bulletin|nature|science|access|trans\."
    r"|pattern recognition|neurocomputing|sensors|biometrika|computation|intelligence|communications|plos|ijcv|tpami|"
    r"machine learning|neuroimage|jmlr|tmlr|tip|tnnls|tacl|tog|tvcg|pnas|cviu|pami|j\.)(?=\W|\Z)",
    re.IGNORECASE,
)
_EVENT: Final = re.compile(
    r"\b(?:conference|symposium|workshops?|meeting|proceedings|findings|cogsci|ubicomp|conf\.|proc\.)", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"\b[A-Z]{2}")
_CAPITALISED: Final = re.compile(r"(?:\(?[A-Z0-9&][\w.&/’'-]{0,30}\)?|of|on|in|the|for|and|to|@)")
_AROUND: Final = " ,.:;|/*_'’‘`\"–-"
_EMPTY_BRACKETS: Final = re.compile(r"\(\s?\)|\[\s?\]")
_PART: Final = re.compile(
    r"\((?=[^()]{0,60}\b(?:findings|workshops?|track|datasets|demos?|demonstrations?|industry|companion|tutorials?)\b)"
    r"([^()]{0,60})\)",
    re.IGNORECASE,
)
"""In brackets behind an event, a part of it that has proceedings of its own."""
_WHOLE: Final = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
"""A text that one pair of brackets is around."""
_PARTICLES: Final = frozenset(
    {
        *("van", "von", "der", "des", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al"),
        *("bin", "ibn", "ter", "ten", "zu", "af", "av", "st", "y", "e"),
    }
)
_TOPICAL: Final = frozenset(
    {
        *("model", "models", "learning", "network", "networks", "image", "images", "video", "videos", "generation"),
        *("neural", "deep", "diffusion", "text", "language", "vision", "graph", "data", "dataset", "detection"),
        *("recognition", "transformer", "survey", "analysis", "based", "with", "for", "using", "via", "from"),
        *("system", "attention", "segmentation", "classification", "training", "representation", "visual", "speech"),
        *("audio", "benchmark", "university", "institute", "research", "lab", "labs", "google", "microsoft"),
        *("nvidia", "openai", "deepmind", "facebook", "meta", "paper", "code", "available", "large", "scale"),
    }
)
_NAME_WORD: Final = re.compile(r"[^\W\d_]['’\u02bc.\w-]{0,40}\.?")
_BETWEEN_NAMES: Final = re.compile(r"\s{0,9}(?:,|;|、|，|·|&|\band\b)\s{0,9}(?:and\b\s{0,9})?")
_MARKS: Final = re.compile(r"[*†‡§¶#^\u00b9\u00b2\u00b3\u2070-\u209f]+|(?<=[^\W\d_])\d(?:,\d)*")
_ET_AL: Final = re.compile(r"[\s,(]{0,9}\b(?:et\.? ?al\b\.?|and others\b|等)[\s.)]{0,9}\Z", re.IGNORECASE)
_INITIALS: Final = re.compile(r"[A-Z](?:[.\s-]{1,2}[A-Z]){0,4}\.?")
_CALL_NAME: Final = re.compile(r"(?<=\w)\s?\([^\W\d_][\w.'’-]{0,30}\)\s?(?=[^\W\d_])")
"""By which somebody is called, in brackets between the given and the family name."""
_BY: Final = re.compile(r"\A\s*(?:by|authors?\s*[:：]|作者\s*[:：])\s*", re.IGNORECASE)
_LONGEST_PEOPLE: Final = 20_000
_LONGEST_NAME: Final = 60
_SURE: Final = 0.7
"""Part of the names in a list that have to look like names."""
_ELIDED: Final = frozenset({"d'", "d’"})
_WORDS_OF_NAME: Final = 5
_LAST_TWO_DIGITS: Final = 60


class Venue(NamedTuple):
    """Where a paper appeared: a name, whole if it is a known one; empty for a preprint."""

    name: str
    year: str = ""
    is_journal: bool = False
    is_known: bool = True


class Date(NamedTuple):
    """A day, a month or a year."""

    year: str
    month: str = ""
    day: str = ""

    def __str__(self) -> str:
        """Return the date as YAML has it."""
        return "-".join(part for part in self if part)


@cache
def known_venues() -> VenueIndex:
    """Return the venues that every project has."""
    return VenueIndex((str(name), venue) for name, venue in built_in_vocabulary().venues.items())


def awards_in(text: str) -> list[str]:
    """Return the honours that *text* names: "Oral", "Best Paper"."""
    return [found[0] for found in _AWARDS.finditer(text[:_LONGEST_VENUE])]


def venue_in(text: str, *, is_told: bool = False) -> Venue | None:
    """Return the venue that the whole of *text* names; None when it is something else.

    *is_told* says that it is one, because it stands in a column of venues.
    """
    if len(text) > _LONGEST_VENUE:
        return None
    bare = _AWARDS.sub(" ", text)
    bare = bare[found.end() :] if (found := _LEAD.match(bare)) else bare
    year = _YEAR.search(bare)
    short = None if year else _SHORT_YEAR.search(bare)
    said = year[1] if year else _whole_year(short[1]) if short else ""
    taken = year or short
    name = _bare_name(f"{bare[: taken.start()]} {bare[taken.end() :]}" if taken else bare)
    if not name or not any(map(str.isalpha, name)):
        return None
    if _PREPRINT.fullmatch(name):
        return Venue("", said) if _SERVER.search(name) or is_told else None
    return _named(name, said, is_told=is_told, is_event=bool(short))


def _bare_name(text: str) -> str:
    """Return a venue without what stands around it: "[ICLR ]", "ACL (Findings)" is "ACL Findings"."""
    name = _PART.sub(r"\1", _EMPTY_BRACKETS.sub(" ", " ".join(text.split()))).strip(_AROUND)
    if _WHOLE.fullmatch(name) or any(name.count(one) != name.count(other) for one, other in ("()", "[]")):
        return name.strip(f"{_AROUND}()[]")
    return name


def _named(name: str, year: str, *, is_told: bool, is_event: bool) -> Venue | None:
    """Return the venue, or None for what is none; *is_event* says that the year was written as events write it."""
    known = known_venues().find(name)
    if known is not None:
        whole = str(known.name)
        return Venue(whole, year, _is_journal(whole))
    label = known_venues().label(name)
    if label != name or is_told:
        return Venue(name, year, _is_journal(name), is_known=label != name)
    words = name.split()
    if len(name) > _LONGEST_UNKNOWN or len(words) > _MOST_WORDS or not all(map(_CAPITALISED.fullmatch, words)):
        return None
    is_likely = is_event or (year and is_like_a_venue(name))
    return Venue(name, year, _is_journal(name), is_known=False) if is_likely else None


def is_like_a_venue(name: str) -> bool:
    """Return whether a name that nobody knows is that of a journal or of an event, by its words or as an acronym."""
    return any(pattern.search(name) for pattern in (_ACRONYM, _JOURNAL, _EVENT))


def _is_journal(name: str) -> bool:
    return _JOURNAL.search(name) is not None and _EVENT.search(name) is None


def _whole_year(digits: str) -> str:
    return f"{'19' if int(digits) > _LAST_TWO_DIGITS else '20'}{digits}"


def date_in(text: str) -> Date | None:
    """Return the date that the whole of *text* is; None when it is something else."""
    bare = text.strip(" \t\n[](){},.;:|*_")
    for pattern in _DATES if len(bare) < _LONGEST_NAME else ():
        if found := pattern.fullmatch(bare):
            parts = found.groupdict()
            name = (parts.get("n") or "")[:3].lower()
            month = parts.get("m") or (str(_MONTH_NAMES.split().index(name) + 1) if name else "")
            return Date(parts["y"], month and f"{int(month):02}", _day(parts.get("d")))
    return None


def _day(said: str | None) -> str:
    return f"{int(said):02}" if said and 0 < int(said) < 32 else ""  # noqa: PLR2004 (days of a month)


def people_in(text: str, *, is_told: bool = False) -> tuple[Author, ...]:
    """Return the people that the whole of *text* names; none when it is something else.

    *is_told* says that it names some, because it stands in a column of authors or is set off as they are.
    """
    bare = _BY.sub("", text)
    if len(bare) > _LONGEST_PEOPLE:
        return ()
    end = _ET_AL.sub("", bare[-_LONGEST_NAME:])
    others = len(end) < len(bare[-_LONGEST_NAME:])
    bare = bare[:-_LONGEST_NAME] + end
    names = [
        name
        for part in _BETWEEN_NAMES.split(_MARKS.sub("", _CALL_NAME.sub(" ", bare)))
        if (name := part.strip(" \t\n.,;:*_()[]"))
    ]
    listed, names = names, _paired(names)
    sure = [name for name in names if _is_name(name)]
    if not sure or len(sure) < len(names) * _SURE or not all(_is_name(name, has_capitals=False) for name in names):
        return ()
    if not (others or is_told or len(names) > 1 or names != listed):
        return ()
    return (*map(_person, names), *((Author("", OTHERS),) if others else ()))


def _paired(names: list[str]) -> list[str]:
    """Return names whose initials stand after the family name and a comma in reading order: "Smith, J., Doe, A."."""
    if len(names) % 2 or not all(map(_INITIALS.fullmatch, names[1::2])):
        return names
    return [f"{given}{'.' * (len(given) == 1)} {family}" for family, given in zip(names[::2], names[1::2], strict=True)]


def _is_name(name: str, *, has_capitals: bool = True) -> bool:
    """Return whether *name* may be a person's; among others, one that begins with a small letter by mistake too."""
    words = name.split()
    if not words or len(name) > _LONGEST_NAME or len(words) > _WORDS_OF_NAME:
        return False
    if any(word.casefold() in _TOPICAL for word in words):
        return False
    small = [word for word in words if word[0].islower() and word[:2] not in _ELIDED and word not in _PARTICLES]
    return all(map(_NAME_WORD.fullmatch, words)) and len(small) <= (0 if has_capitals else len(words) - 1)


def _person(name: str) -> Author:
    found = [author(person) for person, _fault in people(name.replace("{", "").replace("}", ""))]
    return found[0] if found else Author("", name)
