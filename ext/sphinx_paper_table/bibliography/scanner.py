"""The text of a BibTeX file to its entries as they are written, with every one that can be saved.

pybtex's own scanner does the reading, so an entry here is what sphinxcontrib-bibtex understands by one. bibtexparser
2.1 was the other candidate: it gives an entry no column and no place of what is wrong in it, knows ``@string`` of one
file only and no end to their expansion, and two readers would disagree at some entry about what stock prints.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.compat.pybtex import (
    CaseInsensitiveDict,
    LowLevelParser,
    PrematureEOF,
    PybtexSyntaxError,
    SkipEntry,
    UndefinedMacro,
    month_names,
)
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.references import BibtexEntry
from sphinx_paper_table.survey.source_files import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY_START: Final = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[({]", re.MULTILINE)
_BEGINNING: Final = re.compile(r"@\s*(\w+)\s*[({]\s*([^\s,}]*)")
_REST: Final = re.compile(r"\s{0,200},\s{0,200}([A-Za-z][\w-]{0,60})\s{0,20}=")
"""What follows an entry that a brace too many has ended."""
_LINE_END: Final = re.compile(r"\n")
VERBATIM: Final = frozenset({"doi", "eprint", "file", "ids", "pdf", "url", "crossref", "xdata"})
"""Fields that are no LaTeX (biblatex manual, section 2.2.1)."""
MAX_EXPANDED: Final = 10_000_000
"""Characters that all uses of ``@string`` stand for in one build; in one value, as many as a text may have."""


class _ExpandedTooFarError(PybtexSyntaxError):  # type: ignore[misc]  # pybtex has no types
    """A value for which ``@string`` stands for more than anybody has written."""


@dataclass
class Macros:
    """The ``@string`` definitions of a build, of all its files, and how much they have stood for."""

    values: CaseInsensitiveDict = field(default_factory=lambda: CaseInsensitiveDict(month_names))
    expanded: int = 0
    is_complete: bool = True
    """Whether all definitions are known; else a name without one is no mistake, since another file may define it."""


class _Parser(LowLevelParser):  # type: ignore[misc]  # as above
    """pybtex's parser of a part of a file, with a limit to what ``@string`` can stand for."""

    def __init__(self, text: str, macros: Macros, problems: Problems, start: Position) -> None:
        """Read *text*, which stands at *start*."""
        super().__init__(text, macros=macros.values, filename=start.path)
        self._macros = macros
        self._problems = problems
        self._start = start
        self.latex: list[tuple[int, int]] = []
        """Where the values are that are LaTeX."""
        self.written: dict[int, str] = {}
        """What the values of the entry that name an ``@string`` are as they are written, by the place of the field."""
        self._has_macro = False

    def handle_error(self, error: Exception) -> None:
        """Go on after an undefined @string, whose value is its name; everything else costs the entry."""
        if not isinstance(error, UndefinedMacro):
            raise error
        if not self._macros.is_complete:
            return
        name = str(error.args[0]).rpartition(":")[2].strip()
        hint = "put the value into braces, or define it with @string"
        self._problems.add(Code.SYNTAX, f"no @string defines '{name}'", self.place(self.pos), hint)

    def place(self, offset: int) -> Position:
        """Return the place of a character in the file."""
        line = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset) - 1
        start = self._start
        return Position(start.path, start.line + line, column + (1 if line else start.column))

    def parse_value(self) -> None:
        """Parse a value; refuse one that is too long before its parts are joined."""
        self._size, start, self._has_macro = 0, self.pos, False
        super().parse_value()
        if self._has_macro:
            self.written[len(self.current_fields)] = self.text[start : self.pos].strip()
        if self.current_field_name and self.current_field_name.lower() not in VERBATIM:
            self.latex.append((start, self.pos))

    def substitute_macro(self, name: str) -> str:
        """Return what *name* stands for."""
        self._has_macro = True
        value: str = super().substitute_macro(name)
        self._size += len(value)
        self._macros.expanded += len(value)
        if self._size > MAX_TEXT or self._macros.expanded > MAX_EXPANDED:
            msg = f"what its @string stand for is too long; the limits are {MAX_TEXT:,} and {MAX_EXPANDED:,} characters"
            raise _ExpandedTooFarError(msg, self)
        return value or (name if name not in self.macros else "")


def raw_entries(text: str, name: str, macros: Macros, problems: Problems) -> Iterator[BibtexEntry]:
    """Yield the entries of *text*; after a syntax error, go on at the next line that begins with ``@type{``.

    Each part of the text from one such line to the ``@`` of the next is read alone: an entry that is never closed
    costs no more than itself.
    """
    starts = [0, *(found.start() for found in _ENTRY_START.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        is_last = end == len(text)
        part = text[start : end if is_last else text.index("@", end) + 1]
        yield from _entries_of(_Parser(part, macros, problems, position(text, name, start)), problems, is_last=is_last)


def _entries_of(parser: _Parser, problems: Problems, *, is_last: bool) -> Iterator[BibtexEntry]:
    """Yield the entries of one part of a file, up to its first error."""
    while parser.skip_to([parser.AT]):
        start = parser.command_start = parser.pos - 1
        if parser.eof() and not is_last:
            return
        place = parser.place(start)
        parser.written.clear()
        try:
            command, body = parser.parse_command()
        except PybtexSyntaxError as error:
            _note_syntax_error(error, parser, start, problems, is_last=is_last)
            return
        except SkipEntry:  # a @comment
            continue
        if len(body) != 2 or command.lower() in {"string", "preamble"}:  # noqa: PLR2004 (a key and its fields)
            continue
        fields = tuple((field_name, "".join(value)) for field_name, value in body[1])
        if "{" not in body[0] and (rest := _REST.match(parser.text, parser.pos)):
            hint = f"the fields from '{rest[1]}' on are lost; take the brace out"
            message = f"entry '{body[0][:40]}' ends before this: there is a brace too many"
            problems.add(Code.SYNTAX, message, parser.place(rest.start(1)), hint)
        latex = tuple((first - start, last - start) for first, last in parser.latex if first > start)
        source, written = parser.text[start : parser.pos], tuple(parser.written.items())
        yield BibtexEntry(command.lower(), body[0], fields, source, place, latex, written)


def _note_syntax_error(error: Any, parser: _Parser, start: int, problems: Problems, *, is_last: bool) -> None:
    found = _BEGINNING.match(parser.text, start)
    entry = f"entry '{found[2]}'" if found and found[2] else "this entry"
    place = parser.place(start)
    if isinstance(error, PrematureEOF) and not is_last:
        hint = "a closing brace is missing before it, or a line in it begins with '@'"
        problems.add(Code.SYNTAX, f"{entry} runs into the next one", place, hint)
    elif isinstance(error, _ExpandedTooFarError):
        problems.add(Code.TOO_LARGE, f"{entry} is left out", place, error.args[0])
        if found and found[1].lower() == "string":
            parser.macros[parser.current_field_name] = ""  # so that it is not reported once more wherever it is used
    else:
        line = parser.place(parser.pos).line
        hint = f"{error.args[0]} near line {line}; check braces, quotes and commas, other entries are kept"
        problems.add(Code.SYNTAX, f"{entry} cannot be parsed", place, hint)


def position(text: str, name: str, offset: int) -> Position:
    """Return the place of a character of *text*, which is the file *name*."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(name, line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where the lines begin; counting them for each entry would take time that grows with the file's square."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))
