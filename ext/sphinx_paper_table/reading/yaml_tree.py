"""YAML text to located mappings, lists and strings, without PyYAML's guessing.

`yaml.safe_load` keeps the last of two equal keys, turns ``no`` into False and ``2104.10`` into a number, and expands
aliases without limit. Here every scalar stays text (the schema converts), duplicates are problems, and positions
are kept. Working on the parser's events instead of its node graph is also several times faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml import events

from sphinx_paper_table.survey.characters import UNPRINTABLE, name_of, printable
from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.located import Folded, Located, Position
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import MAX_TEXT

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_ALIASED: Final = 10_000
"""Values that a file's aliases may stand for, all together: a few nested ones would else grow without end."""
MAX_ITEMS: Final = 100_000
"""Of one list; the largest surveys have a tenth of it."""
MAX_DEPTH: Final = 1000
"""Of lists and mappings in each other; libyaml takes time that grows with its square."""
_TOO_DEEP: Final = f"lists and mappings stand more than {MAX_DEPTH:,} deep in each other here"
_TOO_DEEP_FOR_LIBYAML: Final = "nesting depth"
"""Part of libyaml's message for the same, from 0.2.6 on; older versions have no limit."""
_TOO_LARGE_HINT: Final = "split it; the file is left out"
MAX_REPAIRS: Final = 50
"""Syntax errors looked for in one file."""
MAX_SINGLE: Final = 10
"""Of these, errors outside the entries of papers; a file with more of them is not YAML."""
_BREAKS: Final = "\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
"""Line ends for YAML 1.1 but for no editor: lines after one would be counted wrongly."""
_ENTRY: Final = re.compile(r"^\s*- +(?:\{ *)?(?:id|ref) *:")
_KEY_AND_VALUE: Final = re.compile(r"^(\s*(?:- +)?[\w-]+: +)(\S.*)$")


class Mapping(dict[str, Any]):
    """A YAML mapping; ``POSITION`` holds its own place, ``keys_at`` that of each key."""

    __slots__ = ("keys_at",)

    def __init__(self, position: Position) -> None:
        """Begin an empty mapping at *position*."""
        super().__init__({POSITION: position})
        self.keys_at: dict[str, Position] = {}

    @property
    def position(self) -> Position:
        """The position where the mapping begins."""
        place: Position = self[POSITION]
        return place


class Sequence(list[Any]):
    """A YAML list with its place."""

    __slots__ = ("position",)

    def __init__(self, position: Position) -> None:
        """Begin an empty list at *position*."""
        super().__init__()
        self.position = position


def parse_yaml(text: str, name: str, problems: Problems, start: Position | None = None) -> Any:
    """Return the first document in *text* as `Mapping`, `Sequence`, `Located` or None, noting all problems.

    A syntax error costs only the list entry (``- …``) it stands in, or its line when the entry is a group or the
    file; the rest of the file is read again without it. *start* is the place of the text's first character when
    it is a part of another file.
    """
    for line_end in _BREAKS:  # `str.translate` would look every character up, at a tenth of the time of a check
        text = text.replace(line_end, " ")
    lines = text.split("\n")
    origin = start or Position(name, 1, 1)
    repairs = _Repairs(lines, origin)
    for _ in range(MAX_REPAIRS):
        builder = _Builder(origin, lines)
        try:
            builder.read("\n".join(lines))
        except yaml.YAMLError as error:
            if _TOO_DEEP_FOR_LIBYAML in (getattr(error, "problem", None) or ""):
                mark: Any = error.problem_mark  # type: ignore[attr-defined]  # as all errors of the parser have
                problems.add(Code.TOO_LARGE, _TOO_DEEP, _shifted(origin, mark.line, mark.column), _TOO_LARGE_HINT)
                return None
            if repairs.repair(error, problems):
                continue
            return None
        problems.extend(builder.problems.sorted())
        return builder.root
    return None


@dataclass(slots=True)
class _Repairs:
    """Takes syntax errors out of the *lines* of a file, keeping their number."""

    lines: list[str]
    origin: Position
    single: int = 0

    def repair(self, error: yaml.YAMLError, problems: Problems) -> bool:
        """Note *error* and mend the lines it comes from; return False when nothing is left to try."""
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        if context is not None and "block" in (getattr(error, "context", None) or ""):
            context = None  # a list or mapping begins there, long before what is wrong
        line, column = (mark.line, mark.column) if mark else (self._unreadable_line(error), 0)
        hint = "check indentation, and quote texts that contain ': ' or ' #', or begin with one of `@%[{*&!|>'\"`"
        if context is not None and not any(self.lines[line:]):
            line, column, hint = context.line, context.column, f"what begins here is never closed; {hint}"
        elif context is not None and context.line != line:
            hint = f"what is open began at line {context.line + self.origin.line}; {hint}"
        message = (
            f"the YAML cannot be parsed here: {getattr(error, 'problem', None) or 'a character that YAML forbids'}"
        )
        line = min(line, len(self.lines) - 1)
        problems.add(Code.SYNTAX, message, _shifted(self.origin, line, column), hint)
        # What is never closed is noticed only further down; the entry to leave out is the one it began in.
        suspects = [place.line for place in (context, mark) if place] or [line]
        return any(self._blank_entry(suspect) or (mark and self._fix_line(suspect)) for suspect in suspects)

    def _unreadable_line(self, error: yaml.YAMLError) -> int:
        """Return the line of a character that the reader refuses; it names an offset only."""
        character = getattr(error, "character", 0)
        char = character if isinstance(character, str) else chr(character or 0)
        return next((number for number, line in enumerate(self.lines) if char in line), 0)

    def _blank_entry(self, line: int) -> bool:
        """Empty the innermost list entry with an id around *line*, unless other entries stand in it."""
        line = self._last_written(line)
        first = next((number for number in range(line, -1, -1) if _ENTRY.match(self.lines[number])), None)
        if first is None or (first < line and _indent(self.lines[line]) <= _indent(self.lines[first])):
            return False
        last = first + 1
        while last < len(self.lines) and (
            not self.lines[last].strip() or _indent(self.lines[last]) > _indent(self.lines[first])
        ):
            last += 1
        if any(_ENTRY.match(inner) for inner in self.lines[first + 1 : last]):
            return False
        self.lines[first:last] = [""] * (last - first)
        return True

    def _fix_line(self, line: int) -> bool:
        """Quote the value in *line*, or empty the line when that was tried or cannot help."""
        line = self._last_written(line)
        entry = _KEY_AND_VALUE.match(self.lines[line].rstrip())
        self.single += 1
        if not self.lines[line].strip() or self.single > MAX_SINGLE:
            return False
        is_open = entry is not None and not (entry[2].startswith("'") and entry[2].endswith("'") and len(entry[2]) > 1)
        self.lines[line] = f"{entry[1]}'{entry[2].replace(chr(39), chr(39) * 2)}'" if entry and is_open else ""
        return True

    def _last_written(self, line: int) -> int:
        line = min(line, len(self.lines) - 1)
        while line > 0 and not self.lines[line].strip():
            line -= 1
        return line


def _indent(line: str) -> int:
    wide = line.expandtabs()
    return len(wide) - len(wide.lstrip())


def _shifted(origin: Position, line: int, column: int) -> Position:
    """Return the place of a line and column, counted from 0, of a text that begins at *origin*."""
    return Position(origin.path, line + origin.line, column + origin.column)


@dataclass(slots=True)
class _Open:
    """A container that is being read; *key* waits for its value."""

    value: Mapping | Sequence
    anchor: str | None
    key: Located | None = None
    size: int = 1
    ignored: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds the tree from the parser's events."""

    origin: Position
    lines: list[str]
    problems: Problems = field(default_factory=Problems)
    root: Any = None
    done: bool = False
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    aliased: int = 0
    given_up: bool = False

    def read(self, text: str) -> None:
        """Read all events of *text*."""
        for event in yaml.parse(text, Loader=_LOADER):
            kind = type(event)
            if kind is events.ScalarEvent:
                self._scalar(event)
            elif kind in {events.MappingStartEvent, events.SequenceStartEvent}:
                self._open(event)
            elif kind in {events.MappingEndEvent, events.SequenceEndEvent}:
                closed = self.stack.pop()
                self._add(closed.value, closed.anchor, closed.size)
            elif kind is events.AliasEvent:
                self._alias(event)
            elif kind is events.DocumentStartEvent and self.done:
                hint = "put it into a file of its own"
                self.problems.add(Code.SYNTAX, "a second YAML document is not read", self._position_of(event), hint)
                return
            if self.given_up:
                return

    def _position_of(self, event: Any) -> Position:
        return _shifted(self.origin, event.start_mark.line, event.start_mark.column)

    def _scalar(self, event: Any) -> None:
        place = self._position_of(event)
        value: Located | None = self._located(event, place)
        self._refuse_tag(event)
        if not event.value and not event.style:
            value = None
        elif len(event.value) > MAX_TEXT:
            message = f"the text is {len(event.value):,} characters long"
            self.problems.add(Code.TOO_LARGE, message, place, f"the limit is {MAX_TEXT:,}; it is left out")
            value = None
        self._add(value, event.anchor, 1)

    def _located(self, event: Any, place: Position) -> Located:
        if event.style in {"|", ">"}:
            first = event.start_mark.line + 1
            below = (self.lines[number] for number in range(first, len(self.lines)))
            if written := next(filter(str.strip, below), ""):
                place = _shifted(self.origin, first, _indent(written))
        elif event.style:
            place = place._replace(column=place.column + 1)
        is_long = event.start_mark.line != event.end_mark.line or (event.style == '"' and "\n" in event.value)
        joined = is_long and event.style != "|"
        text = event.value
        if unprintable := UNPRINTABLE.search(text):
            message = f"there is the control character {name_of(unprintable[0])} in the text"
            self.problems.add(Code.UNSAFE, message, place, "no page can show it; it is left out")
            text = printable(text)
        return (Folded if joined else Located)(text, place)

    def _open(self, event: Any) -> None:
        kind = Mapping if type(event) is events.MappingStartEvent else Sequence
        self.stack.append(_Open(kind(self._position_of(event)), event.anchor))
        self._refuse_tag(event)
        if len(self.stack) > MAX_DEPTH:
            self._give_up(_TOO_DEEP, self._position_of(event))

    def _refuse_tag(self, event: Any) -> None:
        if event.tag:
            message = f"the YAML tag '{event.tag}' has no meaning here"
            self.problems.add(Code.SYNTAX, message, self._position_of(event), "remove it")

    def _alias(self, event: Any) -> None:
        value, size = self.anchors.get(event.anchor, (None, 1))
        place = self._position_of(event)
        self.aliased += size
        if event.anchor not in self.anchors:
            hint = f"define it with '&{event.anchor}' before"
            self.problems.add(Code.SYNTAX, f"the alias '*{event.anchor}' stands for nothing", place, hint)
        if self.aliased > MAX_ALIASED:
            if self.aliased - size <= MAX_ALIASED:
                message = f"the file's aliases stand for more than {MAX_ALIASED:,} values"
                hint = "write the values out; this alias and all after it are left out"
                self.problems.add(Code.TOO_LARGE, message, place, hint)
            value, size = None, 1
        self._add(value, None, size)

    def _add(self, value: Any, anchor: str | None, size: int) -> None:
        """Put *value*, made of *size* values, where the innermost open container wants it."""
        if anchor:
            self.anchors[anchor] = (value, size)
        if not self.stack:
            self.root, self.done = value, True
            return
        parent = self.stack[-1]
        parent.size += size
        if isinstance(parent.value, Sequence):
            parent.value.append(value)
            if len(parent.value) > MAX_ITEMS:
                message = f"the list that begins here has more than {MAX_ITEMS:,} items"
                self._give_up(message, parent.value.position)
        elif parent.key is None and not parent.ignored:
            self._begin_key(parent, value)
        else:
            self._set_value(parent, value)

    def _give_up(self, message: str, place: Position) -> None:
        """Stop reading: nobody has written this."""
        self.problems.add(Code.TOO_LARGE, message, place, _TOO_LARGE_HINT)
        self.given_up = True

    def _begin_key(self, parent: _Open, key: Any) -> None:
        place = getattr(key, "position", parent.value.position)
        if not isinstance(key, Located):
            self.problems.add(Code.WRONG_TYPE, "a key must be text", place, "remove '? ', brackets or braces")
            parent.ignored = True
        elif str(key) in getattr(parent.value, "keys_at", ()):
            self._note_duplicate(parent.value, key)
            parent.ignored = True
        else:
            parent.key = key

    def _note_duplicate(self, mapping: Any, key: Located) -> None:
        first = mapping.keys_at.get(str(key), mapping.position)
        hint = f"it was given at line {first.line}, which is used; remove one of them"
        self.problems.add(Code.DUPLICATE_KEY, f"the key '{key}' stands twice", key.position, hint)

    @staticmethod
    def _set_value(parent: _Open, value: Any) -> None:
        """Give the waiting key its value; a key without value is as good as absent."""
        if parent.key is not None and isinstance(parent.value, Mapping):
            parent.value.keys_at[str(parent.key)] = parent.key.position
            if value is not None:
                parent.value[parent.key] = value
        parent.key, parent.ignored = None, False
