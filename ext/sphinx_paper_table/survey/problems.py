"""The problems that a survey can have, each declared once: its code, when it appears, and how to fix it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.located import NOWHERE, Position
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sphinx_paper_table.survey.edits import TextEdit

_SHOWN: Final = 15
"""So many names a hint lists when none is near; more would not be read."""
_MOST: Final = 1000
"""Problems of one kind in one file; nobody reads more before the first are mended."""
_MOST_HINTS: Final = 100
"""Of these, as many get a hint that has to be looked for."""
_LONGEST: Final = 400
"""Characters of a message, and of a hint; what authors wrote may be in them."""


class Severity(StrEnum):
    """How much a problem matters.

    An error costs a reader something that is written; a warning may do so, or mean another thing than its author.
    Advice is what only a purist misses: ``paper-table check`` counts it, a build says nothing of it, and neither fails.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Code(StrEnum):
    """Every kind of problem; the value is the warning's subtype (``suppress_warnings = ["paper_table.CODE"]``)."""

    explanation: str
    severity: Severity

    def __new__(  # noqa: PYI034 (an enum's members are of its own class)
        cls, value: str, explanation: str, severity: Severity = Severity.WARNING
    ) -> Code:
        """Make the member *value* and keep what it means beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.explanation = explanation
        member.severity = severity
        return member

    UNREADABLE = (
        "unreadable",
        "A file is missing, is a directory, may not be read, or lies outside the source directory.",
        Severity.ERROR,
    )
    ENCODING = (
        "encoding",
        "A file is not UTF-8, begins with a byte-order mark, ends its lines with CR LF, or has control characters.",
    )
    SYNTAX = (
        "syntax",
        "The YAML or BibTeX cannot be parsed at this place; the entries around it are kept.",
        Severity.ERROR,
    )
    COMMENT = "comment", "A '#' in a text: YAML takes what follows for a comment, and no reader sees it."
    UNKNOWN_KEY = "unknown-key", "A key that the schema does not have; mostly a typing error."
    MISSING_KEY = "missing-key", "A key that the record must have."
    DUPLICATE_KEY = "duplicate-key", "The same key stands twice in one mapping; the first is used."
    WRONG_TYPE = "wrong-type", "A value of another kind than the schema asks for: text for a list, a word for a number."
    BAD_VALUE = "bad-value", "A value of the right kind that the schema refuses: a date, an id, an address, a choice."
    UNSAFE = "unsafe", "HTML, a script address or anything else that must not reach a page."
    MARKUP = (
        "markup",
        "Mark-up of another language, or without effect where it stands: readers see it as it is written.",
    )
    TOO_LARGE = "too-large", "A text, a list, a file or the expansion of YAML aliases is beyond any honest size."
    DUPLICATE_ID = "duplicate-id", "Two records claim the same id or alias; the first is used."
    ANCHOR = (
        "anchor",
        "Two ids, groups or cite keys differ in punctuation or case only: their anchors would be the same.",
    )
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
    BIBTEX_PARENT = "bibtex-parent", "A BibTeX entry inherits from one that does not exist, or from itself by a detour."
    BIBTEX_FIELD = (
        "bibtex-field",
        "A BibTeX entry lacks a field that its type asks for; it is printed without.",
        Severity.ADVICE,
    )
    BIBTEX_COMMAND = (
        "bibtex-command",
        "A BibTeX entry has a TeX command that is not known; its argument or its name is printed.",
        Severity.ADVICE,
    )
    BIBTEX_SAME = "bibtex-same", "Two BibTeX entries have the same DOI or arXiv id."
    BIBTEX_SIMILAR = (
        "bibtex-similar",
        "Two BibTeX entries have nearly the same title and authors.",
        Severity.ADVICE,
    )
    VENUE_SIMILAR = (
        "venue-similar",
        "Two venues of the bibliography have nearly the same name and are none of the vocabulary's.",
        Severity.ADVICE,
    )
    SHARED_KEY = "shared-key", "Two records have the same first cite key.", Severity.ADVICE
    SECONDARY = (
        "secondary",
        "A number says whether others report it, and its source says the same, or something else.",
        Severity.ADVICE,
    )
    BIBTEX_PRIVATE = (
        "bibtex-private",
        "A BibTeX entry has fields that are not published: paths, remarks, abstracts, what does not describe a work.",
        Severity.ADVICE,
    )
    UPDATE = (
        "update",
        "What `paper-table update` has learnt and the files do not say: a preprint was published, code has moved.",
        Severity.ADVICE,
    )
    LARGE_PAGE = (
        "large-page",
        "A page becomes larger than 1 MB: readers wait for it, and every build writes all of it.",
        Severity.ADVICE,
    )
    DIRECTIVE = "directive", "A directive's argument, option or place is not valid."
    REFERENCE = "reference", "A role names a method, group or survey that does not exist."
    CONFIG = (
        "config",
        "A setting is not valid or not known, the extension is missing, or only running `conf.py` would tell.",
    )
    NAME = (
        "name",
        "A name that was published has gone, and no alias leads on: an id, a cite key, a tag, an anchor, a file.",
    )
    OWNER = "owner", "A method has no page, or two pages that both claim its anchor."


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and what to do; problems sort by place."""

    position: Position
    code: Code
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING
    end: Position | None = field(default=None, compare=False)
    """Where what is wrong ends, the first place after it; None where only its beginning is known."""
    cause: Position | None = field(default=None, compare=False)
    """The place of the problem that this one follows from: it goes away with that one, and is not told beside it."""
    fix: tuple[TextEdit, ...] = field(default=(), compare=False)
    """The edits that mend it, where they are safe: what the author meant is beyond doubt."""
    corrected: str = field(default="", compare=False)
    """The line, or lines, as the author may have meant them, to be shown; not always safe enough to be a fix."""
    missing: str = field(default="", compare=False)
    """The name that a text gives and this project does not have: it is no problem where another project has it."""
    warning: str = field(default="", compare=False)
    """The type of the warning by which a build tells it, where that is not ``paper_table`` with the code."""

    def __str__(self) -> str:
        """Return the line an author reads: ``file:line:column: message; hint``."""
        return f"{self.position}: {self.text}"

    @property
    def text(self) -> str:
        """The message, its hint and a corrected line as one sentence, without the place."""
        said = f"{self.message}; {self.hint}" if self.hint else self.message
        has_line = self.corrected and "\n" not in self.corrected
        return f"{said}: {_short(self.corrected.strip())}" if has_line else said

    @property
    def sentence(self) -> str:
        """The message and its hint as one sentence, for where the corrected line is shown beside it."""
        has_hint = self.hint and not (self.corrected and self.hint == "write")
        return f"{self.message}; {self.hint}" if has_hint else self.message


class Details(TypedDict, total=False):
    """The fields of a problem that not every one has."""

    end: Position | None
    cause: Position | None
    fix: tuple[TextEdit, ...]
    corrected: str
    missing: str


def failing(problems: Iterable[Problem]) -> list[Problem]:
    """Return what a command fails for: all but advice."""
    return [problem for problem in problems if problem.severity is not Severity.ADVICE]


class Problems:
    """Collects problems, so that all of them are reported in one pass."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[Problem, None] = {}
        self._count: Counter[tuple[str, Code]] = Counter()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def add(
        self,
        code: Code,
        message: str,
        position: Position = NOWHERE,
        hint: str | Callable[[], str] = "",
        severity: Severity | None = None,
        **more: Unpack[Details],
    ) -> None:
        """Note a problem, as severe as its kind is unless *severity* says so; the same one at the same place once.

        A *hint* that takes time to find is a function; *more* are the optional fields of `Problem`. What comes after
        the first thousand of one kind in one file is not kept: there is one problem that says so.
        """
        kind = position.path, code
        if self._count[kind] > _MOST:
            return
        if self._count[kind] == _MOST:
            message, hint = (
                f"there are more than {_MOST:,} problems of this kind",
                "mend the first; others are shown then",
            )
        said = hint if isinstance(hint, str) else hint() if self._count[kind] < _MOST_HINTS else ""
        problem = Problem(position, code, _short(message), _short(said), severity or code.severity, **more)
        self._count[kind] += problem not in self._found
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note all of *problems*."""
        self._found.update(dict.fromkeys(problems))

    def take(self, problems: Iterable[Problem]) -> None:
        """Note all of *problems* as `add` does: no more than there may be of a kind in a file."""
        for problem in problems:
            kind = problem.position.path, problem.code
            if self._count[kind] < _MOST:
                self._count[kind] += problem not in self._found
                self._found[problem] = None
            else:
                self.add(problem.code, problem.message, problem.position)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems in the order in which they were noted."""
        return iter(self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their places."""
        return tuple(sorted(self._found))


def _short(text: str) -> str:
    """Return *text* as a line that can be read: whatever authors or other sites wrote may be quoted in it."""
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
    return visible(cut)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a hint that names what was probably meant by *name*, or else the valid *names* where they are few."""
    known = {str(known) for known in names}
    likely = meant(name, known)
    return f"did you mean '{likely}'?" if likely else none_is_near(known)


def none_is_near(known: Collection[str]) -> str:
    """Return a hint that names all that are *known*, which are like nothing that was written, or says how many."""
    if not known:
        return "none is defined"
    if len(known) > _SHOWN:
        return f"none of the {len(known):,} that are defined is like it"
    shown = ", ".join(f"'{candidate}'" for candidate in sorted(known))
    return f"known are {shown}"
