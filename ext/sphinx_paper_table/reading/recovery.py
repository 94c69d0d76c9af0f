"""Syntax errors of YAML: said in an author's words, and taken out of the lines so that everything else is read.

Where it is clear what was meant (see `accidents`), the file is read on as if that stood there: nothing is lost and no
other message follows. Else the entry of the list is left out, or the line.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.yaml_lines import ENTRY, Correction, indent_of
from sphinx_paper_table.reading.yaml_quoting import quoted
from sphinx_paper_table.survey.edits import TextEdit
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    import yaml

MAX_SINGLE: Final = 10
"""Errors outside the entries of papers; a file with more of them is not YAML."""
_KEY_AND_VALUE: Final = re.compile(r"^(\s*(?:- +)?[\w-]+: +)(\S.*)$")
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7}) |^={7}$")
_CONTINUED: Final = re.compile(r"^(?: +\S|- |(?:papers|groups|title|summary|videos|tags|relations|benchmarks):)")
_WORDS: Final = {
    "mapping values are not allowed in this context": "':' has no place here",
    "could not find expected ':'": "this line has no ':', and belongs to nothing before it",
    "did not find expected key": "this belongs to nothing: it is neither a key nor a part of the text before",
    "did not find expected '-' indicator": "this stands between the items of a list, and does not begin with '- '",
    "did not find expected ',' or ']'": "the list in brackets is not closed before this",
    "did not find expected ',' or '}'": "the mapping in braces is not closed before this",
    "did not find expected node content": "a value is expected here",
    "found unexpected end of stream": "what begins here is never closed",
    "found character that cannot start any token": "no text, key or item can begin with this character",
    "found a tab character that violates indentation": "there is a tab here, which YAML does not take for spaces",
    "found unknown escape character": "this is no escape of YAML: in double quotes a backslash begins one",
    "did not find expected hexdecimal number": "this is no escape of YAML: in double quotes a backslash begins one",
    "did not find expected alphabetic or numeric character": "a name is expected after '*' or '&'",
    "block sequence entries are not allowed in this context": "an item of a list has no place here",
    "control characters are not allowed": "there is a control character",
}
"""What libyaml says, in an author's words."""
_HINT: Final = "check indentation, and quote texts that contain ': ' or ' #', or begin with one of `@%[{*&!|>'\"`"


def _alike(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts begin with alike, and how many of the others they end with alike."""
    same = _beginning(before, after)
    return same, _beginning(before[same:][::-1], after[same:][::-1])


def _beginning(one: str, other: str) -> int:
    differ = (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    return next(differ, min(len(one), len(other)))


@lru_cache(maxsize=8)  # each node of a line that was corrected asks
def _matches(before: str, after: str) -> list[tuple[bool, int, int, int]]:
    """Return where the parts of *after* stand in *before*: whether it is the same, its place there, and its own.

    Only what differs is compared by `difflib`, whose time grows with the square of a line that repeats a character.
    """
    same, tail = _alike(before, after)
    parts = before[same : len(before) - tail], after[same : len(after) - tail]
    codes = difflib.SequenceMatcher(None, *parts, autojunk=False).get_opcodes()
    found = [(kind == "equal", same + first, same + start, same + stop) for kind, first, _end, start, stop in codes]
    return [(True, 0, 0, same), *found]


@dataclass(slots=True)
class Recovery:
    """Takes syntax errors out of the *lines* of a file, keeping their number.

    Of lines that are not a whole file, nothing is offered that a command could apply: it would not know the place.
    """

    lines: list[str]
    origin: Position
    is_whole_file: bool = True
    written: dict[int, str] = field(default_factory=dict)
    """The lines that have been corrected, as they were."""
    single: int = 0

    def settle_conflicts(self, problems: Problems) -> None:
        """Read the first side of each conflict that a merge has left in the file, and note it."""
        side, first = "", 0
        for number, line in enumerate(self.lines):
            if _CONFLICT.match(line):
                if line.startswith("<"):
                    first = number
                    message = "a merge has left both sides of a conflict here"
                    hint = "keep one and take out the lines with '<<<<<<<', '=======' and '>>>>>>>'; the first is read"
                    problems.add(Code.SYNTAX, message, self._place(first, 0), hint)
                side = {"<": "first", ">": ""}.get(line[0], "second")
                self.lines[number] = ""
            elif side == "second":
                self.lines[number] = ""

    def join_documents(self, problems: Problems) -> None:
        """Take out the lines ``---`` after which the file goes on, and note them: what follows would not be read."""
        written = (n for n, line in enumerate(self.lines) if line.strip() and line[0] != "#" and line.rstrip() != "---")
        first, following, marks = next(written, 0), "", []
        for number in range(len(self.lines) - 1, first, -1):
            line = self.lines[number]
            if line.rstrip() == "---" and _CONTINUED.match(following):
                marks.append(number)
            elif line.strip():
                following = line
        for number in marks[: -MAX_SINGLE - 1 : -1]:  # the first ones; a file with more of them is not a survey
            message = "'---' begins a second YAML document, and a file has one"
            edits = self._edits(Correction("", "", number, 0, number, ("",))) if self.is_whole_file else ()
            problems.add(Code.SYNTAX, message, self._place(number, 0), "take it out", fix=edits)
            self.written[number] = self.lines[number]
            self.lines[number] = ""

    def repair(self, error: yaml.YAMLError, problems: Problems) -> bool:
        """Note *error* and mend the lines it comes from; return False when nothing is left to try."""
        from sphinx_paper_table.reading.accidents import correction  # noqa: PLC0415 (few files have mistakes)

        meant = correction(self.lines, error)
        if meant is None:
            return self._leave_out(error, problems)
        self._note(meant, problems)
        for number, line in enumerate(meant.lines, meant.first):
            self.written.setdefault(number, self.lines[number])
            self.lines[number] = line
        return True

    def _note(self, meant: Correction, problems: Problems) -> None:
        """Note what was meant, with the lines as they should be."""
        changed = [
            line
            for number, line in enumerate(meant.lines, meant.first)
            if line != self.written.get(number, self.lines[number])
        ]
        fix = self._edits(meant) if self.is_whole_file else ()
        place = self._place(meant.line, meant.column)
        problems.add(Code.SYNTAX, meant.message, place, meant.remedy, corrected="\n".join(changed), fix=fix)

    def _edits(self, meant: Correction) -> tuple[TextEdit, ...]:
        """Return the change of the file, as small as it can be; none when a line has been corrected before."""
        numbers = range(meant.first, meant.first + len(meant.lines))
        if not self.written.keys().isdisjoint(numbers):
            return ()
        before, after = "\n".join(self.lines[number] for number in numbers), "\n".join(meant.lines)
        start = sum(len(self.written.get(number, self.lines[number])) + 1 for number in range(meant.first))
        same, tail = _alike(before, after)
        changed = after[same : len(after) - tail]
        return (TextEdit(self.origin.path, start + same, start + len(before) - tail, changed),)

    def column(self, line: int, column: int) -> int:
        """Return where in the file's own line the character at *column* of the corrected *line* stands."""
        if line not in self.written or column < 0:
            return column
        before, after = self.written[line], self.lines[line]
        for is_same, first, start, stop in _matches(before, after):
            if start <= column < stop:
                return first + column - start if is_same else first
        return column + len(before) - len(after)

    def _place(self, line: int, column: int) -> Position:
        return shifted(self.origin, line, self.column(line, column))

    def _leave_out(self, error: yaml.YAMLError, problems: Problems) -> bool:
        """Note an error of which it is not clear what was meant, and empty the entry or line that it stands in."""
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        if context is not None and "block" in (getattr(error, "context", None) or ""):
            context = None  # a list or mapping begins there, long before what is wrong
        line, column = (mark.line, mark.column) if mark else (self._unreadable_line(error), 0)
        said = getattr(error, "problem", None) or "control characters are not allowed"
        message, hint = _WORDS.get(said, f"the YAML cannot be read here: {said}"), _HINT
        if context is not None and not any(self.lines[line:]):
            line, column, message = context.line, context.column, "what begins here is never closed"
        elif context is not None and context.line != line:
            hint = f"what is open began at line {context.line + self.origin.line}; {hint}"
        line = min(line, len(self.lines) - 1)
        place = self._place(line, column)
        # What is never closed is noticed only further down; the entry to leave out is the one it began in.
        suspects = [place.line for place in (context, mark) if place] or [line]
        for suspect in suspects:
            if name := self._blank_entry(suspect):
                problems.add(Code.SYNTAX, message, place, f"{hint}; {name} is left out until then")
                return True
            if mark and self._fix_line(suspect):
                problems.add(Code.SYNTAX, message, place, hint)
                return True
        problems.add(Code.SYNTAX, message, place, hint)
        return False

    def _unreadable_line(self, error: yaml.YAMLError) -> int:
        """Return the line of a character that the reader refuses; it names an offset only."""
        character = getattr(error, "character", 0)
        char = character if isinstance(character, str) else chr(character or 0)
        return next((number for number, line in enumerate(self.lines) if char in line), 0)

    def _blank_entry(self, line: int) -> str:
        """Empty the innermost list entry with an id around *line*, unless it holds others; return what it is called."""
        line = self._last_written(line)
        first = next((number for number in range(line, -1, -1) if ENTRY.match(self.lines[number])), None)
        if first is None or (first < line and indent_of(self.lines[line]) <= indent_of(self.lines[first])):
            return ""
        last = first + 1
        while last < len(self.lines) and (
            not self.lines[last].strip() or indent_of(self.lines[last]) > indent_of(self.lines[first])
        ):
            last += 1
        if any(ENTRY.match(inner) for inner in self.lines[first + 1 : last]):
            return ""
        name = self.lines[first].strip().removeprefix("-").strip(" {")[:60]
        self.lines[first:last] = [""] * (last - first)
        return f"the entry '{name}'"

    def _fix_line(self, line: int) -> bool:
        """Quote the value in *line*, or empty the line when that was tried or cannot help."""
        line = self._last_written(line)
        entry = _KEY_AND_VALUE.match(self.lines[line].rstrip())
        self.single += 1
        if not self.lines[line].strip() or self.single > MAX_SINGLE:
            return False
        is_open = entry is not None and not (entry[2].startswith("'") and entry[2].endswith("'") and len(entry[2]) > 1)
        self.lines[line] = f"{entry[1]}{quoted(entry[2])}" if entry and is_open else ""
        return True

    def _last_written(self, line: int) -> int:
        line = min(line, len(self.lines) - 1)
        while line > 0 and not self.lines[line].strip():
            line -= 1
        return line


def shifted(origin: Position, line: int, column: int) -> Position:
    """Return the place of a line and column, counted from 0, of a text that begins at *origin*."""
    return Position(origin.path, line + origin.line, column + origin.column)
