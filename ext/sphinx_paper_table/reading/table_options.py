"""The options by which an author selects papers, declared once for every directive that shows some.

A build converts what docutils has read, a check of pages what stands there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_paper_table.survey.initials import DIGIT, OTHER
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.survey.selection import HAS, SORTS, UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD: Final = re.compile(r"[^,\s]+")
_DASH: Final = re.compile(r"[-–]")
_LETTERS: Final = re.compile(r"([a-z])(?: ?[-–] ?([a-z]))?")
_NO_LETTERS: Final = {"0-9": DIGIT, "0–9": DIGIT, "other": OTHER}
_YEARS: Final = re.compile(r"^(\d{4})?\s*(?:[-–]\s*(\d{4})?)?$")


class Option(NamedTuple):
    """An option of a directive, declared once: the guide's table comes from here."""

    convert: Callable[[str | None], Any]
    help: str


def listed(choices: Mapping[str, str]) -> str:
    """Return the *choices* with their meanings, as the help of an option names them."""
    return "; ".join(f"`{name}`, {meaning}" for name, meaning in choices.items())


def words(value: str | None) -> tuple[str, ...]:
    """Return what spaces or commas separate."""
    found = tuple(_WORD.findall(value or ""))
    if not found:
        msg = "it needs at least one word"
        raise ValueError(msg)
    return found


def name(value: str | None) -> str:
    """Return the one name that is given."""
    found = words(value)
    if len(found) > 1:
        msg = f"it takes one name, not {len(found)}"
        raise ValueError(msg)
    return found[0]


def count(value: str | None) -> int:
    """Return a number of things, at least one."""
    text = (value or "").strip()
    if not text.isdecimal() or not int(text):
        msg = f"'{text}' is no number; write 1, 2 or more"
        raise ValueError(msg)
    return int(text)


def _names(value: str | None) -> tuple[str, ...]:
    found = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    if not found:
        msg = "it needs at least one name; separate several by commas"
        raise ValueError(msg)
    return found


def _years(value: str | None) -> tuple[int, int]:
    if (value or "").strip() == "undated":
        return UNDATED
    match = _YEARS.match((value or "").strip())
    if match is None or not any(match.groups()):
        msg = f"'{value}' is no range of years; write 2020, 2018-2020, 2018-, -2020 or undated"
        raise ValueError(msg)
    first, last = match.groups()
    is_range = _DASH.search(value or "")
    return int(first or 0), int(last or (9999 if is_range else first))


def _letters(value: str | None) -> tuple[str, ...]:
    found: set[str] = set()
    for part in (value or "").casefold().split(","):
        word = part.strip()
        match = _LETTERS.fullmatch(word)
        if word in _NO_LETTERS:
            found.add(_NO_LETTERS[word])
        elif match and match[1] <= (match[2] or match[1]):
            found.update(map(chr, range(ord(match[1]), ord(match[2] or match[1]) + 1)))
        else:
            msg = f"'{word}' is no range of letters; write a-f, x, 0-9 or other, separated by commas"
            raise ValueError(msg)
    return tuple(sorted(found))


def one_of(choices: Mapping[str, str]) -> Callable[[str | None], str]:
    """Return what accepts one of the *choices*."""

    def convert(value: str | None) -> str:
        word = (value or "").strip()
        if word not in choices:
            msg = f"there is no '{word}'; {nearest(word, choices)}"
            raise ValueError(msg)
        return word

    return convert


def some_of(choices: Mapping[str, str]) -> Callable[[str | None], tuple[str, ...]]:
    """Return the conversion of words that must be some of *choices*."""
    one = one_of(choices)
    return lambda value: tuple(one(word) for word in words(value))


FILTERS: Final[dict[str, Option]] = {
    "tags": Option(words, "Only papers with one of these tags."),
    "years": Option(
        _years, "Only papers published in these years: `2020`, `2018-2020`, `2018-` or `-2020`; or `undated`."
    ),
    "letters": Option(
        _letters,
        "Only papers whose names begin with these letters: `a-f`, `x`, `0-9`, or `other` for all else, separated by "
        "commas.",
    ),
    "venues": Option(_names, "Only papers of these venues, separated by commas."),
    "ids": Option(words, "Only these papers."),
    "has": Option(some_of(HAS), f"Only papers that have all of these: {listed(HAS)}"),
    "sort": Option(one_of(SORTS), f"The order within each group: {listed(SORTS)}"),
}
"""What selects and sorts; the names are those of the fields of `Selection`."""
FILTER_FROM: Final = 7
"""Papers from which on readers get a filter unless the author says otherwise."""
_FILTER: Final = {"auto": f"with {FILTER_FROM} papers or more", "on": "always", "off": "never"}
FILTER: Final = Option(
    one_of(_FILTER), f"Whether readers can filter and sort what is shown: {listed(_FILTER)}. Without it: `auto`."
)
"""Whether there is a bar to filter by."""


def wants_filter(options: Mapping[str, Any], count: int) -> bool:
    """Return whether *count* papers get a filter."""
    choice = options.get("filter", "auto")
    return count > 0 and (choice == "on" or (choice == "auto" and count >= FILTER_FROM))


OF_BIBLIOGRAPHIES: Final[dict[str, Option]] = {
    "years": Option(_years, "Only works of these years: `2020`, `2018-2020`, `2018-` or `-2020`; or `undated`."),
    "letters": Option(
        _letters,
        "Only works whose first author's family name, or else title, begins with these letters: `a-f`, `x`, `0-9`, or "
        "`other` for all else, separated by commas.",
    ),
}
"""What cuts a `bibliography` into parts; its other options are those of sphinxcontrib-bibtex."""


def flag(value: str | None) -> None:
    """Return nothing for an option that stands alone."""
    if value and value.strip():
        msg = f"no argument is allowed; '{value}' supplied"
        raise ValueError(msg)


OF_TABLES: Final[dict[str, Option]] = {
    **FILTERS,
    "filter": FILTER,
    "flat": Option(flag, "Only the papers, without the groups that they stand in; anchors are left to another table."),
    "no-index": Option(flag, "Leave anchors and index entries to another table of the same papers."),
}
"""The options of ``paper-table`` beside its layout."""


def converted(
    given: Mapping[str, str | None], declared: Mapping[str, Option], note: Callable[[str, str, str], object]
) -> dict[str, Any]:
    """Return the options that are valid; *note* is told of each other one, the message and the remedy."""
    found = {}
    for option, value in given.items():
        if option not in declared:
            note(option, f"there is no option '{option}'", f"{nearest(option, declared)} (it is left out)")
            continue
        try:
            found[option] = declared[option].convert(value)
        except ValueError as error:
            fault, _, hint = str(error).partition("; ")
            note(option, f"the option '{option}' is left out: {fault}", hint)
    return found
