"""What can be wrong with a survey, declared once: the code, when it appears, and how to mend it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.model.located import NOWHERE, Position

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN: Final = 6
"""Names that a hint lists when none is near."""


class Code(StrEnum):
    """Every kind of problem; the value is the warning's subtype (``suppress_warnings = ["paper_table.CODE"]``)."""

    explanation: str

    def __new__(cls, value: str, explanation: str) -> Code:  # noqa: PYI034 (an enum's members are of its own class)
        """Make the member *value* and keep what it means beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.explanation = explanation
        return member

    UNREADABLE = (
        "unreadable",
        "A file is missing, is a directory, may not be read, or lies outside the source directory.",
    )
    ENCODING = "encoding", "A file is not UTF-8, begins with a byte-order mark, or ends its lines with CR LF."
    SYNTAX = "syntax", "The YAML or BibTeX cannot be parsed at this place; the entries around it are kept."
    UNKNOWN_KEY = "unknown-key", "A key that the schema does not have; mostly a typing error."
    MISSING_KEY = "missing-key", "A key that the record must have."
    DUPLICATE_KEY = "duplicate-key", "The same key stands twice in one mapping; the first is used."
    WRONG_TYPE = "wrong-type", "A value of another kind than the schema asks for: text for a list, a word for a number."
    BAD_VALUE = "bad-value", "A value of the right kind that the schema refuses: a date, an id, an address, a choice."
    UNSAFE = "unsafe", "HTML, a script address or anything else that must not reach a page."
    TOO_LARGE = "too-large", "A text, a list, a file or the expansion of YAML aliases is beyond any honest size."
    DUPLICATE_ID = "duplicate-id", "Two records claim the same id or alias; the first is used."
    DANGLING = "dangling", "A relation, tag, benchmark, survey or group that is defined nowhere."
    UNKNOWN_CITATION = "unknown-citation", "A cite key that no BibTeX file has."
    CYCLE = "cycle", "Relations that must not run in a circle (a method that extends itself by a detour)."
    CHRONOLOGY = (
        "chronology",
        "A method that extends a later one, or a number that is older than its data set or whose date is not known.",
    )
    EMPTY = "empty", "A survey without papers, or a table whose options select none."
    BIBTEX_DUPLICATE = "bibtex-duplicate", "Two BibTeX entries have the same key; the first is used."
    BIBTEX_TYPE = "bibtex-type", "A BibTeX entry type that no style knows; it is shown as @misc."
    BIBTEX_FIELD = "bibtex-field", "A BibTeX entry lacks a field that its type needs."
    DIRECTIVE = "directive", "A directive's argument, option or place is not valid."
    REFERENCE = "reference", "A role names a method, group or survey that does not exist."
    OWNER = "owner", "A method has no page, or two pages that both claim its anchor."


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and what to do; problems sort by place."""

    position: Position
    code: Code
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the line an author reads: ``file:line:column: message; hint``."""
        return f"{self.position}: {self.text}"

    @property
    def text(self) -> str:
        """The message and its hint as one sentence, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class Problems:
    """Collects problems, so that all of them are reported in one pass."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[Problem, None] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def add(self, code: Code, message: str, position: Position = NOWHERE, hint: str = "") -> None:
        """Note a problem; the same one at the same place is kept once."""
        self._found[Problem(position, code, message, hint)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note all of *problems*."""
        self._found.update(dict.fromkeys(problems))

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their places."""
        return tuple(sorted(self._found))


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a hint that names the valid *names* most like *name*, or the first few of them."""
    known = sorted({str(known) for known in names})
    if not known:
        return "none is defined"
    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{by_fold[close[0]]}'?"
    shown = ", ".join(f"'{candidate}'" for candidate in known[:_SHOWN])
    return f"known are {shown}" + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")
