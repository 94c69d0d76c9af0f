"""What was probably meant by a value that a kind of field refuses: each function returns it as text, or nothing.

Nothing is returned where two readings are as likely: a date such as 05/06/2020 may be of May or of June.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Final

from sphinx_paper_table.survey.lazy_patterns import LazyPattern

_NOT_IN_ID: Final = LazyPattern(r"[^a-z0-9.]+")
_DOTS: Final = LazyPattern(r"-?\.[-.]*")
_SPOKEN: Final = str.maketrans({"+": "-plus", "&": "-and-", "@": "-at-", "’": "", "'": ""})
_YEAR: Final = r"(?P<year>1[5-9]\d\d|20\d\d)"
_MONTH_NAME: Final = r"(?P<name>[A-Za-z]{3,9})\.?"
_DATES: Final = tuple(
    map(
        LazyPattern,
        (
            rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?",
            rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)?",
            rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
            rf"(?P<first>\d{{1,2}})[-/](?P<second>\d{{1,2}})[-/]{_YEAR}",
            rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
            rf"{_MONTH_NAME},? {_YEAR}",
            rf"{_YEAR},? {_MONTH_NAME}",
            rf"{_MONTH_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[- ]{_MONTH_NAME},?[- ]{_YEAR}",
            rf"{_YEAR} ?年(?: ?(?P<month>\d{{1,2}}) ?月)?(?: ?(?P<day>\d{{1,2}}) ?日)?",
            rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?",
            rf"(?:c\.|ca\.|circa|about|~|≈)? ?{_YEAR} ?\??",
        ),
    )
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER: Final = r"^(?P<number>[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[+-]?\d{1,3})?)"
_NUMBERS: Final = tuple(
    LazyPattern(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NUMBER} ?(?:%|percent|pp|points?|pts?|dB|ms|s|x|×)",
        rf"^(?:~|≈|about |ca\. ?|c\. ?|>|<|≥|≤|=) ?{_NUMBER[1:]} ?%?",
        rf"{_NUMBER} ?%? ?(?:±|\+/-|\+-) ?[\d.]{{1,20}} ?%?",
        rf"{_NUMBER} ?%? ?[*†‡§¶^a]{{1,5}}",
        rf"{_NUMBER} ?%? ?[\[(][^\[\]()]{{0,40}}[\])]",
        rf"{_NUMBER} (?!Mill|Bill|Thou)[A-Z][A-Za-z0-9@.-]{{1,9}}",
        rf"^[↑↓] ?{_NUMBER[1:]} ?%?",
        rf"{_NUMBER} ?%? ?[↑↓]",
        rf"^\*{{1,2}}{_NUMBER[1:]} ?%?\*{{1,2}}",
        _NUMBER,
    )
)
_THOUSANDS: Final = LazyPattern(r"^[+-]?\d{1,3}(?:[, \u00a0\u202f']\d{3}){1,9}(?:\.\d{1,20})?")
_DECIMAL_COMMA: Final = LazyPattern(r"^[+-]?\d{1,20},\d{1,20}")
_NO_DIGIT: Final = LazyPattern(r"[^\d.+-]")
_WRITTEN_LIKE_A_DATE: Final = LazyPattern(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_UNIT: Final = LazyPattern(r" {0,3}(?:px|pixels?|frames?)$", re.IGNORECASE)
_SIZE: Final = LazyPattern(r"(\d{1,6})(?: {0,3}[xX*×✕] {0,3}(\d{1,6}))?")
_DURATION: Final = LazyPattern(
    r"(?:(\d{1,2}) ?h(?:ours?)? ?)?(?:(\d{1,3}) ?m(?:in(?:utes?)?)? ?)?(?:(\d{1,2}) ?s(?:ec)?)?"
)
_BETWEEN_KEYS: Final = LazyPattern(r"[,;，；、]")
_KEY: Final = r"[^\s,;，；、{}%#~\\\"'()=\[\]@`]{1,200}"
_AND: Final = r" {0,3}[,;，；、] {0,3}"
_KEYS: Final = rf"{_KEY}(?:{_AND}{_KEY}){{0,50}}"
_CITATIONS: Final = tuple(
    map(
        LazyPattern,
        (
            rf"^\[?-?@(?P<keys>{_KEY}(?:{_AND}-?@?{_KEY}){{0,50}})\]?",
            rf"^\\[A-Za-z]{{0,9}}cite[A-Za-z]{{0,9}}\*?\{{(?P<keys>{_KEYS})\}}",
            rf"^\{{cite(?::\w{{1,9}})?\}}`(?P<keys>{_KEYS})`",
            rf"^:cite(?::\w{{1,9}})?:`(?P<keys>{_KEYS})`",
            rf"^[`'\"“‘{{(\[](?P<keys>{_KEYS})[`'\"”’}})\]]",
            rf"^(?P<keys>{_KEY}{_AND}{_KEYS}),?",
            rf"^(?P<keys>{_KEY})[,;，；、]",
        ),
    )
)
_MARKS_OF_KEYS: Final = frozenset("@\\{([,;，；、`'\"“‘")
"""One of them is in whatever `_CITATIONS` match, but for reStructuredText's roles."""
_HOST: Final = LazyPattern(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_BROKEN_SCHEME: Final = LazyPattern(
    r"(?:https?|htps?|hhtps?|ttps?|http?s)(?:[:;]?/{1,3}|[:;])(?=[a-z0-9])|//(?=[a-z0-9])", re.IGNORECASE
)
_LINK: Final = LazyPattern(r"\[[^\[\]]{0,200}\]\((?P<address>https?://[^\s()]{1,400})\)")
_LISTED: Final = LazyPattern(r"[，、；]")
_ARXIV: Final = LazyPattern(r"^(?:arxiv: ?)(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE)
_DOI: Final = LazyPattern(r"^(?:doi: ?)?(?P<id>10\.\d{4,9}/\S{1,200})", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def id_like(text: str) -> str:
    """Return the id that *text* would be: small letters and digits, hyphens in the place of everything else."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode("ascii")
    if not _is_latin(text) or _LISTED.search(text):  # the latter are several
        return ""
    joined = _NOT_IN_ID.sub("-", plain.translate(_SPOKEN))
    return _DOTS.sub(".", joined).strip("-.")


def latin_id(text: str) -> str:
    """Return the id that the Latin letters and digits of *text* make: ``cvpr-2024`` of a Chinese title with these two.

    Empty where they are none, or a number alone. Other scripts are left out: how they are read is not in the letters.
    """
    found = id_like("".join(letter if not letter.isalpha() or _is_latin(letter) else " " for letter in text))
    return found if any(letter.isalpha() for letter in found) else ""


def _is_latin(text: str) -> bool:
    return all(not letter.isalpha() or unicodedata.name(letter, "").startswith("LATIN") for letter in text)


def date_like(text: str) -> str:
    """Return *text* as a date: ``June 2020``, ``2020-6-5``, ``5.6.2020``; a day that no month has is left out."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in _DATES:
        found = pattern.fullmatch(plain)
        if found and (likely := _date(found.groupdict())):
            return likely
    return ""


def _date(parts: dict[str, str | None]) -> str:
    year, month, day = (int(parts.get(name) or 0) for name in ("year", "month", "day"))
    if name := parts.get("name"):
        month = next((n for n, known in enumerate(_MONTHS, 1) if name.lower().startswith(known)), 13)
    if first := parts.get("first"):
        month, day = sorted((int(first), int(parts.get("second") or 0)))
        if day <= 12 and month != day:  # noqa: PLR2004 (either may be the month)
            return ""
    if month > 12:  # noqa: PLR2004
        return ""
    with suppress(ValueError):
        return date(year, month, day).isoformat()
    return f"{year}-{month:02}" if month else f"{year}"


def impossible_date(text: str) -> str:
    """Return why *text*, which is written like a date, is none: "February 2026 has 28 days"; else nothing."""
    numbers = _WRITTEN_LIKE_A_DATE.fullmatch(text)
    if numbers is None:
        return ""
    year, month, day = (int(number or 1) for number in numbers.groups())
    if not 1 <= month <= 12:  # noqa: PLR2004
        return f"there is no month {month:02}"
    from calendar import monthrange  # noqa: PLC0415 (nearly all dates are plainly right)

    days = monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{year}-{month:02} has {days} days"


def number_like(text: str) -> str:
    """Return the number in *text*, which has a unit, a deviation, a mark of a note or the like beside it."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip()
    for pattern in _NUMBERS:
        if found := pattern.fullmatch(plain):
            return found["number"].rstrip(".")
    if _THOUSANDS.fullmatch(plain):
        return _NO_DIGIT.sub("", plain)
    return plain.replace(",", ".") if _DECIMAL_COMMA.fullmatch(plain) else ""


def cite_keys_in(text: str) -> list[str]:
    r"""Return the keys in *text*, written as in other formats (``@key``, ``\cite{a,b}``, ``{cite}`key```) or joined."""
    plain = text.strip()
    if _MARKS_OF_KEYS.isdisjoint(plain) and not plain.startswith(":cite"):
        return []
    for pattern in _CITATIONS:
        if found := pattern.fullmatch(plain):
            return [key.strip().lstrip("-@") for key in _BETWEEN_KEYS.split(found["keys"]) if key.strip()]
    return []


def address_like(text: str) -> str:
    """Return *text* as a web address: one without its scheme, an arXiv id or a DOI."""
    plain = text.strip().strip("<>")
    if link := _LINK.fullmatch(plain):
        return link["address"]
    if arxiv := _ARXIV.fullmatch(plain):
        return f"https://arxiv.org/abs/{arxiv['id']}"
    if doi := _DOI.fullmatch(plain):
        return f"https://doi.org/{doi['id']}"
    bare = _BROKEN_SCHEME.sub("", plain, count=1) if _BROKEN_SCHEME.match(plain) else plain
    return f"https://{bare}" if _HOST.fullmatch(bare) else ""


def size_like(text: str) -> str:
    """Return *text* as a size: ``224x224`` with the sign that the schema has, ``224px`` without its unit."""
    plain = _UNIT.sub("", text.strip())
    found = _SIZE.fullmatch(plain)
    return "" if found is None else found[1] if found[2] is None else f"{found[1]}×{found[2]}"


def duration_like(text: str) -> str:
    """Return *text* as a duration: ``1h 32m 1s``, ``92 min``, ``1:5``."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return ""
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    hours, minutes = hours + minutes // 60, minutes % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
