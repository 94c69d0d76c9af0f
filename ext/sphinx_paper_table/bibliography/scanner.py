"""The text of a BibTeX file to its entries as they are written, with every one that can be saved.

pybtex's own scanner does the reading, so an entry here is what sphinxcontrib-bibtex understands by one. bibtexparser
2.1 was the other candidate: it gives an entry no column and no place of what is wrong in it, knows ``@string`` of one
file only and no end to their expansion, and two readers would disagree at some entry about what stock prints.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.entry_faults import WORD, fault
from sphinx_paper_table.bibliography.file_parts import parts_of, position
from sphinx_paper_table.bibliography.macros import MAX_EXPANDED
from sphinx_paper_table.bibliography.mistakes import fields_within, has_swallowed
from sphinx_paper_table.bibliography.plain_entries import FIELD, VERBATIM, plain_entry
from sphinx_paper_table.compat.pybtex import (
    LowLevelParser,
    PrematureEOF,
    PybtexSyntaxError,
    ScannerPattern,
    SkipEntry,
    UndefinedMacro,
)
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems, Severity
from sphinx_paper_table.survey.references import BibtexEntry
from sphinx_paper_table.survey.source_files import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.bibliography.file_parts import Part
    from sphinx_paper_table.bibliography.macros import Macros

_BEGINNING: Final = re.compile(r"@\s*(\w+)\s*[({]\s*([^\s,}]*)")
_COMMAND: Final = re.compile(r"@\s*[^\s{}(),@]+\s*[({]")
_NEXT: Final = re.compile(r"@\s{0,20}\w{1,60}\s{0,20}[({]|@\Z")
_REST: Final = re.compile(r"\s{0,200},\s{0,200}([A-Za-z][\w-]{0,60})\s{0,20}=")
"""What follows an entry that a brace too many has ended."""
_NO_KEY: Final = re.compile(
    r",|[A-Za-z-]{1,40}\s{0,20}=\s{0,20}[{\"]|(?:author|title|year|date|editor|url|doi)\s{0,20}=", re.IGNORECASE
)
_BARE: Final = re.compile(r"\s{0,200}+[0-9]{1,200}+[^\s0-9,{}()\"#=%@]")
_COMMENT: Final = re.compile(r"(?:^|(?<=[\s,]))%[^\n]*")


class _ExpandedTooFarError(PybtexSyntaxError):  # type: ignore[misc]  # pybtex has no types
    """A value for which ``@string`` stands for more than anybody has written."""


class _Parser(LowLevelParser):  # type: ignore[misc]  # as above
    """pybtex's parser of a part of a file, with a limit to what ``@string`` can stand for.

    Between fields it passes over comments, as biber does, and it takes a number as far as the word goes ("2020a").
    """

    current_entry_key: str | None
    pos: int
    WHITESPACE = ScannerPattern(r"(?:\s|(?<=[\s,])%[^\n]*)+", "whitespace")
    NUMBER = ScannerPattern(r"[0-9][^\s,{}()\"#=%@]*", "a number")

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
        self.open_value = -1
        """Where the value begins that cannot be read."""
        self.last_value = (0, 0)
        self.comments: list[str] = []
        self.is_irregular = False
        """Whether BibTeX or biber would refuse the entry."""
        self.undefined: dict[int, str] = {}  # the names that no ``@string`` defines, by their places

    def start_entry(self) -> None:
        """Forget the entry before."""
        self.report_undefined()
        self.written.clear()
        self.comments.clear()
        self.is_irregular = False

    def count_definition(self, command: str) -> None:
        """Note that *command* has been read; what follows an ``@string`` is read with other definitions."""
        self._macros.changes += command.lower() == "string"

    def eat_whitespace(self) -> None:
        """Pass over what means nothing between the parts of an entry; keep comments."""
        start = self.pos
        super().eat_whitespace()
        if self.text.find("%", start, self.pos) >= 0:
            self.comments += _COMMENT.findall(self.text[start : self.pos])

    def parse_entry_body(self, body_end: Any) -> None:
        """Read key and fields; the key of an entry that has none is empty."""
        self.eat_whitespace()
        if _NO_KEY.match(self.text, self.pos) is None:
            super().parse_entry_body(body_end)
        else:
            self.current_entry_key = ""
            self.parse_entry_fields()

    def parse_entry_fields(self) -> None:
        """Read the fields: as one piece those that are written as usual, and token by token all from the first other.

        pybtex asks for eight tokens a field, which was a sixth of the time of a check.
        """
        if self.current_entry_key and (word := WORD.match(self.text, self.pos)) and word[2]:
            self.is_irregular = True
            message = f"a comma is missing after the key '{self.current_entry_key[:40]}'"
            self._problems.add(Code.SYNTAX, message, self.place(self.pos), severity=Severity.WARNING)
        while found := FIELD.match(self.text, self.pos):
            self.current_fields.append((found[1], [found[3]]))
            self.last_value = found.span(2)
            if found[1].lower() not in VERBATIM:
                self.latex.append(self.last_value)
            self.update_lineno(found[0])
            self.pos = found.end()
        super().parse_entry_fields()

    def handle_error(self, error: Exception) -> None:
        """Go on after an undefined @string, whose value is its name; everything else costs the entry."""
        if not isinstance(error, UndefinedMacro):
            raise error
        if not self._macros.is_complete:
            return
        name = str(error.args[0]).rpartition(":")[2].strip()
        self.undefined[self.pos - len(name)] = name

    def report_undefined(self) -> None:
        """Note the names that no ``@string`` defines, each once in a build."""
        for offset, name in self.undefined.items():
            if name.casefold() not in self._macros.missing:
                self._macros.missing.add(name.casefold())
                message, hint = f"no @string defines '{name}'", self._macros.advice(name)
                self._problems.add(Code.SYNTAX, message, self.place(offset), hint, Severity.WARNING)
        self.undefined.clear()

    def place(self, offset: int) -> Position:
        """Return the place of a character in the file."""
        line = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset) - 1
        start = self._start
        return Position(start.path, start.line + line, column + (1 if line else start.column))

    def parse_value(self) -> None:
        """Parse a value; refuse one that is too long before its parts are joined."""
        self._size, start, self._has_macro = 0, self.pos, False
        self.open_value = start
        super().parse_value()
        self.open_value = -1
        self.last_value = (start, self.pos)
        if _BARE.match(self.text, start, self.pos):
            self._note_bare_value(start)
        if self._has_macro:
            self.written[len(self.current_fields)] = self.text[start : self.pos].strip()
        if self.current_field_name and self.current_field_name.lower() not in VERBATIM:
            self.latex.append((start, self.pos))

    def _note_bare_value(self, start: int) -> None:
        self.is_irregular = True
        message = f"the value '{self.text[start : self.pos].strip()[:40]}' needs braces"
        hint = "only a number or the name of an @string stands without them"
        self._problems.add(Code.SYNTAX, message, self.place(start), hint, Severity.WARNING)

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


def entries_in(part: Part, place: Position, macros: Macros, problems: Problems) -> Iterator[BibtexEntry]:
    """Yield the entries of a part that begins at *place*."""
    if plain := plain_entry(part, place):
        yield plain
        return
    parser = _Parser(part.text, macros, problems, place)
    yield from _entries_of(parser, problems, is_last=part.is_last)
    parser.report_undefined()


def raw_entries(text: str, name: str, macros: Macros, problems: Problems) -> Iterator[BibtexEntry]:
    """Yield the entries of *text*; after a syntax error, go on at the next line that begins with ``@type{``.

    Each part of the text from one such line to the ``@`` of the next is read alone: an entry that is never closed
    costs no more than itself.
    """
    for part in parts_of(text):
        yield from entries_in(part, position(text, name, part.start), macros, problems)


def _entries_of(parser: _Parser, problems: Problems, *, is_last: bool) -> Iterator[BibtexEntry]:
    """Yield the entries of one part of a file; of one with a mistake, the fields that can be read."""
    while parser.skip_to([parser.AT]):
        start = parser.command_start = parser.pos - 1
        if parser.eof() and not is_last:
            return
        if _COMMAND.match(parser.text, start) is None and not _is_at_line_start(parser.text, start):
            continue  # an address of mail, or another sign in a text
        parser.start_entry()
        try:
            command, body = parser.parse_command()
        except PybtexSyntaxError as error:
            _note_syntax_error(error, parser, start, problems, is_last=is_last)
            if parser.current_fields is None or isinstance(error, _ExpandedTooFarError):
                return
            yield from _damaged(parser, start, list(parser.current_fields))
            continue
        except SkipEntry:  # a @comment
            continue
        parser.count_definition(command)
        if len(body) != 2 or command.lower() in {"string", "preamble"}:  # noqa: PLR2004 (a key and its fields)
            continue
        if "{" not in body[0] and (rest := _REST.match(parser.text, parser.pos)):
            hint = "take the brace out"
            message = f"entry '{body[0][:40]}' ends before this: there is a brace too many"
            problems.add(Code.SYNTAX, message, parser.place(rest.start(1)), hint)
            yield from _damaged(parser, start, body[1])
        else:
            yield _entry(parser, start, body[1])


def _entry(parser: _Parser, start: int, fields: list[tuple[str, list[str]]]) -> BibtexEntry:
    """Return the entry that begins at *start* and ends where the parser is."""
    return BibtexEntry(
        type=_type_at(parser, start),
        key=parser.current_entry_key or "",
        fields=tuple((name, "".join(value)) for name, value in fields),
        source=parser.text[start : parser.pos],
        position=parser.place(start),
        latex=tuple((first - start, last - start) for first, last in parser.latex if first > start),
        written=tuple(parser.written.items()),
        comments=tuple(parser.comments),
        is_irregular=bool(parser.comments) or parser.is_irregular,
    )


def _damaged(parser: _Parser, start: int, fields: list[tuple[str, list[str]]]) -> Iterator[BibtexEntry]:
    """Yield the entry that begins at *start* and has a mistake, with the fields before and after it, if it has any."""
    kind, key = _type_at(parser, start), parser.current_entry_key
    open_value, name, last = parser.open_value, parser.current_field_name, parser.last_value
    parser.open_value = -1
    if open_value < 0 and fields and last[0] > start and has_swallowed(parser.text, *last):
        open_value, name = last[0], fields[-1][0]
        fields = fields[:-1]
    place = open_value if open_value >= 0 else parser.pos
    found = _NEXT.search(parser.text, max(place, start + 1))
    end = found.start() if found else len(parser.text)
    if key is not None and kind not in {"string", "preamble"}:
        known = tuple((field, "".join(value)) for field, value in fields)
        rest = tuple(fields_within(parser, place, end, name if open_value >= 0 else ""))
        if known or rest:
            source = parser.text[start:end].rstrip()
            yield BibtexEntry(kind, key, known + rest, source, parser.place(start), is_damaged=True)
    parser.pos = end


def _is_at_line_start(text: str, start: int) -> bool:
    """Return whether an ``@`` and a word begin a line, where somebody may have meant an entry."""
    before = text.rfind("\n", 0, start) + 1
    return not text[before:start].strip() and text[start + 1 : start + 2].isalpha()


def _type_at(parser: _Parser, start: int) -> str:
    found = _BEGINNING.match(parser.text, start)
    return found[1].lower() if found else ""


def _note_syntax_error(error: Any, parser: _Parser, start: int, problems: Problems, *, is_last: bool) -> None:
    found = _BEGINNING.match(parser.text, start)
    entry = f"entry '{found[2]}'" if found and found[2] else "this entry"
    if found and (kind := found[1].lower()) in {"string", "preamble"}:
        entry = f"this @{kind}"
    at, reason = fault(error, parser, start, found)
    parser.undefined.pop(at, None)  # the first word of a value that has no braces
    place = parser.place(at)
    if isinstance(error, PrematureEOF) and not is_last:
        hint = "a closing brace is missing before it, or a line in it begins with '@'"
        problems.add(Code.SYNTAX, f"{entry} runs into the next one", place, hint)
    elif isinstance(error, _ExpandedTooFarError):
        problems.add(Code.TOO_LARGE, f"{entry} is left out", parser.place(start), error.args[0])
        if found and found[1].lower() == "string":
            parser.macros[parser.current_field_name] = ""  # so that it is not reported once more wherever it is used
    else:
        problems.add(Code.SYNTAX, f"{entry} cannot be parsed", place, f"{reason}; all that can be read is kept")
