"""YAML text to located mappings, lists and strings, without PyYAML's guessing.

`yaml.safe_load` keeps the last of two equal keys, turns ``no`` into False and ``2104.10`` into a number, and expands
aliases without limit. Here every scalar stays text (the schema converts), duplicates are problems, and positions
are kept. Working on the parser's events instead of its node graph is also several times faster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml import events

from sphinx_paper_table.reading.recovery import Recovery, shifted
from sphinx_paper_table.reading.swallowed import NULL, Loss, comment_in, escape_in, in_quotes, is_block_value
from sphinx_paper_table.reading.yaml_lines import LOADER, indent_of
from sphinx_paper_table.survey.characters import UNPRINTABLE, name_of, printable
from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.located import Folded, Located, Position
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import MAX_TEXT

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
_REMOVE: Final = "remove one of them"
_ADVICE: Final = {
    "id": "write '- ' before it if another record begins here, else remove one of them",
    **dict.fromkeys(("papers", "groups", "points", "tags", "results"), "put the items of both below the first"),
}
"""What is probably meant by a key that stands twice."""
_new_text: Final = str.__new__
_new_tuple: Final = tuple.__new__
_BREAKS: Final = "\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
"""Line ends for YAML 1.1 but for no editor: lines after one would be counted wrongly."""


class Mapping(dict[str, Any]):
    """A YAML mapping; ``POSITION`` holds its own place, ``keys_at`` that of each key."""

    __slots__ = ("keys_at",)

    def __init__(self, position: Position) -> None:
        """Begin an empty mapping at *position*."""
        self[POSITION] = position
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

    A syntax error costs nothing where it is clear what was meant, else only the list entry (``- …``) it stands in, or
    its line when the entry is a group or the file; the rest of the file is read again without it. *start* is the place
    of the text's first character when it is a part of another file.
    """
    for line_end in _BREAKS:  # `str.translate` would look every character up, at a tenth of the time of a check
        text = text.replace(line_end, " ")
    origin = start or Position(name, 1, 1)
    recovery = Recovery(text.split("\n"), origin, is_whole_file=start is None)
    if "<<<<<<< " in text:
        recovery.settle_conflicts(problems)
    if "\n---" in text:
        recovery.join_documents(problems)
    for _ in range(MAX_REPAIRS):
        builder = _Builder(recovery)
        try:
            builder.read()
        except yaml.YAMLError as error:
            if _TOO_DEEP_FOR_LIBYAML in (getattr(error, "problem", None) or ""):
                mark: Any = error.problem_mark  # type: ignore[attr-defined]  # as all errors of the parser have
                problems.add(Code.TOO_LARGE, _TOO_DEEP, shifted(origin, mark.line, mark.column), _TOO_LARGE_HINT)
                return None
            if recovery.repair(error, problems):
                continue
            return None
        problems.extend(builder.problems.sorted())
        return builder.root
    return None


@dataclass(slots=True)
class _Open:
    """A container that is being read; *key* waits for its value."""

    value: Mapping | Sequence
    anchor: str | None
    key: Located | None = None
    name: str = ""
    """The text of the key."""
    size: int = 1
    ignored: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds the tree from the parser's events."""

    source: Recovery
    problems: Problems = field(default_factory=Problems)
    root: Any = None
    done: bool = False
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    seconds: dict[Position, Position] = field(default_factory=dict)
    """Where a second ``id`` stands, by the place of its mapping: the keys below it stand twice for want of a dash."""
    unused: dict[str, Any] = field(default_factory=dict)
    aliased: int = 0
    given_up: bool = False
    has_comments: bool = False

    def read(self) -> None:
        """Read all events."""
        text = "\n".join(self.source.lines)
        self.has_comments = "#" in text
        parser = LOADER(text)
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is events.ScalarEvent:
                if not self._plain_scalar(event):
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
        self._note_unused_anchors()

    def _note_unused_anchors(self) -> None:
        """Note texts that begin with '&': their first word is taken for the name of an anchor."""
        for anchor, event in self.unused.items():
            line, column = self.source.lines[event.start_mark.line], event.start_mark.column
            if is_block_value(line, column):
                message = f"'&{anchor}' is read as the name of an anchor, which nothing uses"
                loss = in_quotes(line, column, message, "remove it, or quote the text")
                self._note_loss(Code.BAD_VALUE, loss, event)

    def _position_of(self, event: Any) -> Position:
        mark = event.start_mark
        return self._place(mark.line, mark.column)

    def _place(self, line: int, column: int) -> Position:
        path, first, before = self.source.origin
        column = self.source.column(line, column) if self.source.written else column
        return Position(path, first + line, before + column)

    def _plain_scalar(self, event: Any) -> bool:
        """Take in a text in one line that nothing is to be said of; return False where `_scalar` has to look at it.

        Nearly all are such, and this is where the time of reading goes.
        """
        start, text, style, source = event.start_mark, event.value, event.style, self.source
        line = start.line
        if (
            not text
            or event.anchor
            or event.tag
            or line != event.end_mark.line
            or not text.isprintable()
            or len(text) > MAX_TEXT
            or source.written
            or not self.stack
        ):
            return False
        parent = self.stack[-1]
        if not style:
            if text in NULL or (self.has_comments and "#" in source.lines[line]):
                return False
        elif style in "|>" or "\\" in source.lines[line]:
            return False
        path, first, before = source.origin
        located = _new_text(Located, text)
        located.position = _new_tuple(Position, (path, first + line, before + start.column + (1 if style else 0)))
        value = parent.value
        if type(value) is Mapping and not parent.ignored:
            if parent.key is not None:
                value.keys_at[parent.name] = parent.key.position
                value[parent.key], parent.key = located, None
            elif text in value.keys_at:
                return False
            else:
                parent.key, parent.name = located, text
            parent.size += 1
        else:
            self._add(located, None, 1)
        return True

    def _scalar(self, event: Any) -> None:
        place = self._position_of(event)
        value: Located | None = self._located(event, place)
        if event.tag:
            self._refuse_tag(event)
        if not event.style and (not event.value or (event.value in NULL and not self._is_key())):
            value = None
        elif len(event.value) > MAX_TEXT:
            message = f"the text is {len(event.value):,} characters long"
            self.problems.add(Code.TOO_LARGE, message, place, f"the limit is {MAX_TEXT:,}; it is left out")
            value = None
        if self.has_comments and not event.style:
            self._note_comment(event)
        if event.anchor and not event.style:
            self.unused[event.anchor] = event
        self._add(value, event.anchor, 1)

    def _is_key(self) -> bool:
        parent = self.stack[-1] if self.stack else None
        return parent is not None and isinstance(parent.value, Mapping) and parent.key is None and not parent.ignored

    def _note_comment(self, event: Any) -> None:
        """Note the comment that likely is a part of the plain text, *event*, before it."""
        number = event.end_mark.line
        line = self.source.lines[number] if number < len(self.source.lines) else ""
        if "#" in line and event.start_mark.line == event.end_mark.line and not event.anchor:
            self._note_loss(Code.COMMENT, comment_in(line, event.start_mark.column, event.end_mark.column), event)

    def _note_loss(self, code: Code, loss: Loss | None, event: Any) -> None:
        if loss is not None:
            place = self._position_of(event)._replace(column=self.source.origin.column + loss.column)
            self.problems.add(code, loss.message, place, loss.remedy, corrected=loss.corrected)

    def _located(self, event: Any, place: Position) -> Located:
        if not event.style and event.value.isprintable() and event.start_mark.line == event.end_mark.line:
            return Located(event.value, place)  # as most are
        if event.style in {"|", ">"}:
            first = event.start_mark.line + 1
            below = (self.source.lines[number] for number in range(first, len(self.source.lines)))
            if written := next(filter(str.strip, below), ""):
                place = shifted(self.source.origin, first, indent_of(written))
        elif event.style:
            place = self._place(event.start_mark.line, event.start_mark.column + 1)
        is_long = event.start_mark.line != event.end_mark.line
        joined = (is_long and event.style != "|") or (event.style == '"' and "\n" in event.value)
        text = event.value
        if event.style == '"' and "\\" in (line := self.source.lines[event.start_mark.line]) and not is_long:
            loss = escape_in(line, event.start_mark.column, event.end_mark.column)
            self._note_loss(Code.BAD_VALUE, loss, event)
            text = yaml.safe_load(loss.corrected[event.start_mark.column :]) if loss else text
        if unprintable := UNPRINTABLE.search(text):
            message = f"there is the control character {name_of(unprintable[0])} in the text"
            self.problems.add(Code.UNSAFE, message, place, "no page can show it; it is left out")
            text = printable(text)
        return (Folded if joined else Located)(text, place)

    def _open(self, event: Any) -> None:
        kind = Mapping if type(event) is events.MappingStartEvent else Sequence
        self.stack.append(_Open(kind(self._position_of(event)), event.anchor))
        if event.tag:
            self._refuse_tag(event)
        if len(self.stack) > MAX_DEPTH:
            self._give_up(_TOO_DEEP, self._position_of(event))

    def _refuse_tag(self, event: Any) -> None:
        message = f"the YAML tag '{event.tag}' has no meaning here"
        line, column = self.source.lines[event.start_mark.line], event.start_mark.column
        if isinstance(event, events.ScalarEvent) and not event.style and not str(event.tag).startswith("tag:"):
            self._note_loss(Code.SYNTAX, in_quotes(line, column, message, "remove it, or quote the text"), event)
        else:
            self.problems.add(Code.SYNTAX, message, self._position_of(event), "remove it")

    def _alias(self, event: Any) -> None:
        value, size = self.anchors.get(event.anchor, (None, 1))
        place = self._position_of(event)
        self.aliased += size
        self.unused.pop(event.anchor, None)
        if event.anchor not in self.anchors:
            message = f"the alias '*{event.anchor}' stands for nothing"
            hint = f"define it with '&{event.anchor}' before"
            line, column = self.source.lines[event.start_mark.line], event.start_mark.column
            if is_block_value(line, column):
                self._note_loss(Code.SYNTAX, in_quotes(line, column, message, f"{hint}, or quote the text"), event)
            else:
                self.problems.add(Code.SYNTAX, message, place, hint)
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
            parent.key, parent.name = key, str(key)

    def _note_duplicate(self, mapping: Any, key: Located) -> None:
        first = mapping.keys_at.get(str(key), mapping.position)
        is_file = key == "survey" and mapping.keys_at.get("title") is not None
        advice = "a file has one survey: move what begins here into another" if is_file else _ADVICE.get(key, _REMOVE)
        hint = f"it was given at line {first.line}, which is used; {advice}"
        cause = self.seconds.get(mapping.position)
        if key == "id":
            self.seconds.setdefault(mapping.position, key.position)
        self.problems.add(Code.DUPLICATE_KEY, f"the key '{key}' stands twice", key.position, hint, cause=cause)

    @staticmethod
    def _set_value(parent: _Open, value: Any) -> None:
        """Give the waiting key its value; a key without value is as good as absent."""
        if parent.key is not None and isinstance(parent.value, Mapping):
            parent.value.keys_at[parent.name] = parent.key.position
            if value is not None:
                parent.value[parent.key] = value
        parent.key, parent.ignored = None, False
