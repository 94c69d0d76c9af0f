"""The kinds of value a record is made of: what is accepted, how it is described, what it means.

A kind is an ``Annotated`` type. pydantic validates with it, the JSON Schema is generated from it, and the
`Markup` marker in it says which values are sentences for readers (and so are translated and parsed).
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Final

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.characters import one_line
from sphinx_paper_table.survey.corrections import (
    address_like,
    cite_keys_in,
    date_like,
    duration_like,
    id_like,
    impossible_date,
    size_like,
)
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.marks import After, Before, Between, Described, Refused, Written
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Callable

POSITION: Final = "\0position"
"""The key under which the loader hands every mapping's own position to its record; no YAML key can contain NUL."""

ID_PATTERN: Final = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"
PROJECT_PATTERN: Final = r"^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$"
"""The names of other projects that a relation can lead to: none has a colon, which parts them from an id."""
ELSEWHERE_PATTERN: Final = f"{PROJECT_PATTERN[:-1]}:{ID_PATTERN[1:]}"
TARGET_PATTERN: Final = f"^(?:{PROJECT_PATTERN[1:-1]}:)?{ID_PATTERN[1:]}"
GROUP_PATTERN: Final = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*(?:#[a-z0-9]+(?:[-.][a-z0-9]+)*)?$"
KEY_PATTERN: Final = r"^[^\s,{}%#~\\\"'()=]+$"
_LEAP_YEAR: Final = r"(?:(?:1[5-9]|20)(?:0[48]|[2468][048]|[13579][26])|1600|2000)"
DATE_PATTERN: Final = r"^(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"
DATE_TEXT: Final = (
    r"^(?:(?:1[5-9]|20)\d\d(?:-(?:(?:0[1-9]|1[0-2])|(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"
    rf"|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))?|{_LEAP_YEAR}-02-29)$"
)
NUMBER_PATTERN: Final = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$"
COUNT_PATTERN: Final = r"^-?(?:0|[1-9]\d{0,8})(?:\.0+)?$"
TRUTH_TEXT: Final = (
    r"^(?:[tT](?:[rR][uU][eE])?|[fF](?:[aA][lL][sS][eE])?|[yY](?:[eE][sS])?|[nN][oO]?|[oO](?:[nN]|[fF][fF])|[01])$"
)
"""What pydantic reads as true or false."""
URL_PATTERN: Final = r"^https?://"
URL_TEXT: Final = r"^[hH][tT][tT][pP][sS]?://[^\s<>\x22/?#@\\:\[\]]+(?::\d{1,5})?(?:[/?#][^\s<>\x22]*)?$"
CITE_TEXT: Final = r"^(?!-?@|[\[`]|:cite)[^\s,;{}%#~\\\x22'()=]+$"
"""Keys as `cite` takes them: without what marks them in other formats, or stands between them."""
NUMBER_TEXT: Final = (
    r"^[+-]?(?:(?:\d{1,19}(?:\.\d*)?|\.\d+)(?:[eE]-\d{1,3})?"
    r"|(?:\d{1,10}(?:\.\d*)?|\.\d+)[eE]\+?0{0,2}\d)$"
)
"""Numbers in quotes; without any that are too large to be a result."""
COUNT_TEXT: Final = r"^(?:[1-9]\d{0,5}|1000000)(?:\.0+)?$"
LINE_TEXT: Final = r"^\s*\S(?:[^\r\n]*\S)?\s*$"
SIZE_PATTERN: Final = r"^\d{1,6}(?:×\d{1,6})?$"
LANGUAGE_PATTERN: Final = r"^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$"
DURATION_PATTERN: Final = r"^(?:\d+:)?[0-5]?\d:[0-5]\d$"
MAX_ADDRESS: Final = 2000
"""Characters of an address that is looked at twice."""
MAX_ID: Final = 200
"""Characters of an id or a cite key; files and addresses are named after them."""
_MAX_EXPONENT: Final = 20


class Markup(Enum):
    """How what readers see is written; a name is no sentence, and is never translated."""

    PLAIN = "plain text"
    INLINE = "inline MyST"
    BLOCK = "MyST blocks"
    NAME = "a name"


def _bad(message: str, **context: Any) -> Refused:
    return Refused("bad-value", message, context)


_PATTERNS: Final = {
    pattern: re.compile(pattern)
    for pattern in (
        *(ID_PATTERN, GROUP_PATTERN, KEY_PATTERN, DATE_PATTERN, PROJECT_PATTERN),
        *(SIZE_PATTERN, LANGUAGE_PATTERN, DURATION_PATTERN, NUMBER_PATTERN, COUNT_PATTERN, URL_TEXT, CITE_TEXT),
    )
}


_PLAIN_DATE: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?", re.ASCII)
"""Dates that every year has."""
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9]++")


def is_id(name: object) -> bool:
    """Return whether *name* can be an id, and so a part of an address."""
    return isinstance(name, str) and len(name) <= MAX_ID and _PATTERNS[ID_PATTERN].fullmatch(name) is not None


def is_key(name: str) -> bool:
    """Return whether *name* can be a cite key."""
    return len(name) <= MAX_ID and _PATTERNS[KEY_PATTERN].fullmatch(name) is not None


def _matching(pattern: str, expected: str, likely: Callable[[str], str] | None = None) -> Callable[[Located], Located]:
    """Return a validator that accepts what *pattern* matches, and else says what is *expected*.

    What *likely* makes of a refused value is offered, if *pattern* matches that.
    """

    def validate(value: Located) -> Located:
        if len(value) > MAX_ID:
            raise Refused(
                "too-large",
                "'{start}…' is {size} characters long; the limit is {most}",
                {"start": value[:40], "size": len(value), "most": MAX_ID},
            )
        if _PATTERNS[pattern].fullmatch(value) is None:
            other = likely(value) if likely else ""
            is_good = other != value and _PATTERNS[pattern].fullmatch(other) is not None
            raise _bad(
                "'{value}' is not {expected}", value=value[:80], expected=expected, likely=other if is_good else ""
            )
        return value

    return validate


def _date(value: Located) -> Located:
    if _PLAIN_DATE.fullmatch(value):
        return value
    if reason := impossible_date(value):
        raise _bad("'{value}' is no date: {reason}", value=value[:80], reason=reason, likely=date_like(value))
    return _MATCHING_DATE(value)


def _cite_key(value: Located) -> Located:
    """Accept a key; of one that is written as in other formats, say what it would be here."""
    if len(value) <= MAX_ID and _PLAIN_KEY.fullmatch(value):
        return value
    keys = cite_keys_in(value) if len(value) <= MAX_ID else []
    if keys and all(map(_PATTERNS[KEY_PATTERN].fullmatch, keys)):
        written = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
        message = "'{value}' is not the bare key of a BibTeX entry"
        raise _bad(message, value=value[:80], likely=written, several=len(keys) > 1)
    if len(value) <= MAX_ID and _PATTERNS[CITE_TEXT].fullmatch(value) is None:
        raise _bad("'{value}' is not a BibTeX key such as 'he2020momentum'", value=value[:80])
    return _MATCHING_KEY(value)


def _target(value: Located) -> Located:
    """Accept an id, or one of another project behind the name of that."""
    project, colon, name = value.rpartition(":")
    if not colon or len(value) > MAX_ID:
        return _MATCHING_ID(value)
    if _PATTERNS[PROJECT_PATTERN].fullmatch(project) is None:
        expected = "the name of another site: letters and digits, joined by single hyphens, underscores or dots"
        raise _bad("'{value}' is not {expected}", value=project[:80], expected=expected, likely="")
    likely = id_like(name)
    if not is_id(name):
        written = f"{project}:{likely}" if is_id(likely) else ""
        raise _bad("'{value}' is not an id on the site '{project}'", value=name[:80], project=project, likely=written)
    return value


def _not_blank(value: Located) -> Located:
    if not value.strip():
        raise _bad("the text is empty")
    return value


def _one_line(value: Located, problems: object) -> Located:
    """Make one line of what has its place within a line; an inventory's entries, among others, end at a line break.

    More than one line is added to *problems*, if that is a `Problems`.
    """
    line = one_line(value)
    if line == value:
        return value
    if isinstance(problems, Problems) and line != value.strip():
        place = value.position_at(len(value) - len(value.lstrip()) + len(value.strip().splitlines()[0]))
        hint = "write it in one line; it is shown as one"
        problems.add(Code.BAD_VALUE, "there is a line break in what must be one line", place, hint)
    return type(value)(line, value.position)


def _web_address(value: Located) -> Located:
    """Accept http and https addresses only: ``javascript:`` and ``data:`` ones would run in the reader's browser."""
    if not is_web_address(value) or _PATTERNS[URL_TEXT].fullmatch(value) is None:
        likely = address_like(value) if len(value) <= MAX_ADDRESS else ""
        raise Refused(
            "unsafe",
            "'{value}' is not a web address; write {example}",
            {
                "value": value[:80],
                "example": likely or "one that begins with https://",
                "likely": likely if is_web_address(likely) else "",
            },
        )
    return value


def _number(value: object) -> object:
    """Refuse what only `Decimal` takes for a number: underscores, spaces, infinities."""
    if isinstance(value, str) and _PATTERNS[NUMBER_PATTERN].fullmatch(value.strip()) is None:
        raise Refused("number", "a number is expected here, not '{value}'", {"value": value[:80]})
    return value


def _count(value: object) -> object:
    """Refuse what only Python takes for a whole number: underscores, spaces, a plus sign."""
    if isinstance(value, str) and _PATTERNS[COUNT_PATTERN].fullmatch(value) is None:
        raise Refused("int_parsing")
    return value


def _printable(value: Decimal) -> Decimal:
    """Refuse numbers that no page could print: a few characters of YAML would else become gigabytes."""
    if value.adjusted() >= _MAX_EXPONENT:
        raise _bad("the number is too large to be a result")
    return value


def _listed(value: object) -> object:
    """Let a single value stand for a list of one."""
    return [value] if isinstance(value, str) else value


def _unpositioned(value: object) -> object:
    """Take the loader's position out of a mapping whose keys are data."""
    return {key: item for key, item in value.items() if key != POSITION} if isinstance(value, dict) else value


def doc(description: str, *, examples: tuple[str, ...] = ()) -> Any:
    """Describe a field once, for editors, the guide and the JSON Schema."""
    return Described(description, examples)


def _pattern(pattern: str) -> Any:
    return Described(json_schema_extra={"pattern": pattern})


def _name(pattern: str) -> Any:
    return Described(json_schema_extra={"pattern": pattern, "maxLength": MAX_ID})


_MATCHING_DATE: Final = _matching(DATE_PATTERN, "a date such as 2019, 2019-11 or 2019-11-13", date_like)
_MATCHING_KEY: Final = _matching(KEY_PATTERN, "a BibTeX key such as 'he2020momentum'")
Plain = Annotated[Located, After(_not_blank), After(_one_line, with_context=True), Markup.PLAIN]
Inline = Annotated[Located, After(_not_blank), Markup.INLINE]
Block = Annotated[Located, After(_not_blank), Markup.BLOCK]
Name = Annotated[Located, After(_not_blank), After(_one_line, with_context=True), Markup.NAME]
_MATCHING_ID: Final = _matching(ID_PATTERN, "an id: lower-case letters and digits, joined by single hyphens", id_like)
Id = Annotated[Located, After(_MATCHING_ID), _name(ID_PATTERN)]
Target = Annotated[Located, After(_target), _name(TARGET_PATTERN)]
"""An id of this site, or ``PROJECT:ID`` of another one."""
FormerGroup = Annotated[
    Located,
    After(_matching(GROUP_PATTERN, "an id of a group, or an address SURVEY#GROUP")),
    _name(GROUP_PATTERN),
]
CiteKey = Annotated[Located, After(_cite_key), _name(KEY_PATTERN)]
CiteKeys = Annotated[tuple[CiteKey, ...], Before(_listed, written=CiteKey | tuple[CiteKey, ...])]
Url = Annotated[Located, After(_web_address), Described(json_schema_extra={"format": "uri", "pattern": URL_PATTERN})]
Date = Annotated[
    Located,
    After(_date),
    _pattern(DATE_PATTERN),
]
Language = Annotated[
    Located,
    After(_matching(LANGUAGE_PATTERN, "a language code such as 'en' or 'zh'")),
    _pattern(LANGUAGE_PATTERN),
]
Duration = Annotated[
    Located,
    After(_matching(DURATION_PATTERN, "a duration such as 51:15 or 1:32:01", duration_like)),
    _pattern(DURATION_PATTERN),
]
Size = Annotated[
    Located,
    After(_matching(SIZE_PATTERN, "a size: a number such as 224, or two such as 8×8", size_like)),
    _pattern(SIZE_PATTERN),
    Markup.NAME,
]
Count = Annotated[int, Between(1, 10**6), Before(_count)]
Number = Annotated[Decimal, Before(_number), After(_printable), Written({"type": "number"})]
"""Decimal, because 41.0 says more than 41."""
KEYED: Final = Before(_unpositioned)
"""For fields that are mappings of ids to records."""
