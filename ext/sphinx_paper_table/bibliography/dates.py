"""Dates as people write them: BibTeX's ``year`` and ``month``, biblatex's ``date``, and years in words.

``date`` is ISO 8601-2, levels 0 and 1, as biblatex's manual describes it in section 2.3.8: ranges, open ones, uncertain
and approximate dates, unspecified digits, seasons. The packages for it (edtf 5.0, undate 0.8) build their parsers with
pyparsing and lark; of a large library they would take longer for the dates than all else takes. The names of months
in other languages are Babel's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
_FIRST_SEASON: Final = 21
_LANGUAGES: Final = ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "cs", "ru", "uk", "tr", "id")
_ISO: Final = re.compile(
    r"(?P<year>-?\d{4,9}|-?\d{1,3}[Xxu]{1,3}|Y-?\d{5,9})"
    r"(?:-(?P<month>\d\d?|XX|uu)(?:-(?P<day>0?\d|[12]\d|3[01]|XX|uu))?)?"
    r"(?:[T ]\d\d:?\d\d(?::?\d\d)?\S*)?(?P<doubt>[~?%]?)"
)
_PLAIN_YEAR: Final = re.compile(r"\d{4}")
_COMPUTED_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
"""What the dates of surveys and of ``papers.json`` may begin with."""
_YEAR_WITHIN: Final = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_SLASHED: Final = re.compile(
    r"(?P<year>(?:1[5-9]|20)\d\d)([/.])(?P<month>0?[1-9]|1[0-2])\2(?P<day>0?[1-9]|[12]\d|3[01])"
)
_DOTTED: Final = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>(?:1[5-9]|20)\d\d)"
)
_WORDED: Final = re.compile(
    r"(?:(?P<day>0?[1-9]|[12]\d|3[01])(?:\.|st|nd|rd|th)?\s)?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?:\s(?P<day2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,)?\s(?P<year>(?:1[5-9]|20)\d\d)"
)
_OPEN: Final = frozenset({"", "..", "open", "unknown"})


@dataclass(frozen=True, slots=True)
class When:
    """A date of publication: the ``year`` as readers see it, and the date as far as it can be computed with.

    ``date`` is "2020", "2020-05" or "2020-05-03", of a range its beginning; empty for "in press", and before 1500.
    """

    year: str = ""
    month: int = 0
    date: str = ""


UNDATED: Final = When()


def when(fields: Mapping[str, str]) -> When:
    """Return when an entry was published; the values of *fields* are text without TeX, names in lower case."""
    if fields.get("date") and (found := read_date(fields["date"])):
        return found
    written = fields.get("year", "") or fields.get("date", "")
    if not written:
        return UNDATED
    if not _PLAIN_YEAR.fullmatch(written) and (found := read_date(written)) and (found.month or "/" in written):
        return found
    if found := _spoken(written):
        return found
    inside = _YEAR_WITHIN.search(written)
    year = inside[1] if inside else ""
    month = month_number(fields.get("month", ""))
    return When(written, month, f"{year}-{month:02}" if year and month else year)


def _spoken(text: str) -> When | None:
    """Return the date in "May 2020", "6 May 2020", "May 6th, 2020", "2020/05/06" and "06.05.2020"; None of others."""
    if found := _SLASHED.fullmatch(text) or _DOTTED.fullmatch(text):
        return read_date(f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}")
    if found := _WORDED.fullmatch(text):
        month = month_number(found["month"])
        day = f"-{int(found['day'] or found['day2']):02}" if found["day"] or found["day2"] else ""
        return read_date(f"{found['year']}-{month:02}{day}") if month else None
    return None


@cache
def read_date(text: str) -> When | None:
    """Return the date that *text* says as ISO 8601-2, or None when it says it otherwise."""
    first, slash, last = text.strip().partition("/")
    begin, end = _ISO.fullmatch(first.strip()), _ISO.fullmatch(last.strip())
    if (begin is None and first.strip() not in _OPEN) or (slash and end is None and last.strip() not in _OPEN):
        return None
    if begin is None:
        return _single(end, lead="–") if end else None
    found = _single(begin)
    if not slash:
        return found
    closing = _single(end).year if end else ""
    return found if closing == found.year else When(f"{found.year}–{closing}", found.month, found.date)


def spoken_date(text: str) -> tuple[str, str] | None:
    """Return the months and days of an ISO date, and its year, as they are read: "1–3 May", "2017".

    None where *text* is no such date, or a year or several alone.
    """
    first, slash, last = text.strip().partition("/")
    begin, end = _ISO.fullmatch(first.strip()), _ISO.fullmatch(last.strip())
    if begin is None or not _part(begin):
        return None
    year = _single(begin).year
    if end is None:
        return f"{_part(begin)}{' –' if slash else ''}", year
    closing = _single(end).year
    if closing != year:
        return f"{_part(begin)} {year} – {_part(end)}".rstrip(), closing
    if _part(end, with_day=False) == _part(begin, with_day=False) and end["day"] and begin["day"]:
        return f"{int(begin['day'])}–{_part(end)}", year
    return f"{_part(begin)} – {_part(end)}" if begin["day"] else f"{_part(begin)}–{_part(end)}", year


def _part(found: re.Match[str], *, with_day: bool = True) -> str:
    """Return month or season of a date, with its day."""
    digits = found["month"] or ""
    number = int(digits) if digits.isdecimal() else 0
    names = (*MONTHS, *[""] * (_FIRST_SEASON - len(MONTHS) - 1), *SEASONS)
    month = names[number - 1] if 0 < number <= len(names) else ""
    day = found["day"] or ""
    return f"{int(day)} {month}" if with_day and day.isdecimal() and number <= len(MONTHS) and month else month


def _single(found: re.Match[str], lead: str = "") -> When:
    year, doubt = found["year"], found["doubt"]
    month = int(found["month"]) if (found["month"] or "").isdecimal() else 0
    day = int(found["day"]) if (found["day"] or "").isdecimal() else 0
    month = month if month <= len(MONTHS) else 0  # beyond are the seasons
    shown = f"{lead}{'c. ' if doubt in {'~', '%'} else ''}{_shown(year)}{'?' if doubt in {'?', '%'} else ''}"
    if not _COMPUTED_YEAR.fullmatch(year):
        return When(shown)
    date = "-".join((year, *(f"{part:02}" for part in (month, day if month else 0) if part)))
    return When(shown, month, date)


def _shown(year: str) -> str:
    number = year.removeprefix("Y").upper().replace("U", "X")
    if "X" in number:
        return number.replace("X", "0") + "s"
    return f"{1 - int(number)} BC" if number.startswith("-") else number.lstrip("0") or "0"


@cache
def month_number(text: str) -> int:
    """Return the month that *text* names first, from 1 to 12, in whatever spelling; 0 when it names none."""
    for word in _WORD.findall(text.lower()):
        if word.isdecimal():
            if 0 < int(word) <= len(MONTHS) and (word == text.strip() or not _has_name(text)):
                return int(word)
        elif number := _by_name(word):
            return number
    return 0


def _has_name(text: str) -> bool:
    return any(not word.isdecimal() and _by_name(word) for word in _WORD.findall(text.lower()))


def _by_name(word: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if len(word) > 2 and name.lower().startswith(word[: len(name)]):  # noqa: PLR2004 (Jan, Sept, …)
            return number
    return _foreign_months().get(word, 0) if not word.isascii() or len(word) > 2 else 0  # noqa: PLR2004


@cache
def _foreign_months() -> dict[str, int]:
    """Return the names of months in other languages, written out and short."""
    from babel.dates import get_month_names  # noqa: PLC0415 (most files have English months, or none)

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    found.setdefault(name.lower().rstrip("."), number)
    return found


def month_name(text: str) -> str:
    """Return BibTeX's name of the month that *text* is alone; anything else, such as "May 3", as it is written."""
    word = text.strip().rstrip(".")
    return MONTHS[month_number(word) - 1] if _WORD.fullmatch(word) and month_number(word) else text
