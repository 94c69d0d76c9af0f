"""What formats of publications have in common: pages, dates, identifiers, as the fields of an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DASH: Final = re.compile(r"(?<=\w)\s{0,3}[-–—]{1,3}\s{0,3}(?=\w)")
_DATE: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_WORD: Final = re.compile(r"[a-z]{3,9}")
_ARXIV: Final = re.compile(
    r"arxiv:\s{0,4}(\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?", re.IGNORECASE
)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_MASTER: Final = re.compile(r"master|msc|m\.?\s?a\.?\b|diplom|bachelor", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")
_LAST_MONTH: Final = 12


def pages_of(text: str) -> str:
    """Return pages as BibTeX writes them: "1--10"."""
    return _DASH.sub("--", text)


def date_fields(parts: Iterable[object]) -> dict[str, str]:
    """Return year, month and day of a date in numbers; those that are none are left out."""
    numbers = [int(digits[0]) for part in parts if (digits := _DIGITS.fullmatch(str(part).strip()[:9]))]
    if not numbers or not numbers[0]:
        return {}
    found = {"year": str(numbers[0])}
    if len(numbers) > 1 and 1 <= numbers[1] <= _LAST_MONTH:
        found["month"] = MONTHS[numbers[1] - 1]
    return found


def date_in(text: str) -> dict[str, str]:
    """Return year and month of a date as people write it; where it has no year, its words."""
    if found := _DATE.match(text.strip()):
        return date_fields(part for part in found.groups() if part)
    year = _YEAR.search(text)
    if year is None:
        return {"year": text.strip()} if text.strip() else {}
    words = _WORD.findall(text.casefold())
    word = next((name for name in MONTHS if any(name.casefold().startswith(word) for word in words)), "")
    return {"year": year[0], **({"month": word} if word else {})}


def arxiv_fields(*texts: str) -> dict[str, str]:
    """Return the fields of the first arXiv id that one of *texts* names."""
    found = next((match[1] for text in texts if (match := _ARXIV.search(text))), "")
    return {"eprint": found, "archiveprefix": "arXiv"} if found else {}


def doi_of(text: str) -> str:
    """Return the DOI in *text*, which may have an address around it."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;") if found else ""


def thesis_type(genre: str) -> str:
    """Return the entry type of a thesis of this kind."""
    return "mastersthesis" if _MASTER.search(genre) else "phdthesis"


def container_fields(kind: str, container: str, publisher: str) -> dict[str, str]:
    """Return where a work of an entry type appeared, under the names that BibTeX has for it."""
    where = {"article": "journal", **dict.fromkeys(("inproceedings", "incollection", "inreference"), "booktitle")}
    by = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
    return {where.get(kind, "howpublished"): container, by.get(kind, "publisher"): publisher}


def filled_in(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that say something."""
    return {name: value.strip() for name, value in fields.items() if value and value.strip()}
