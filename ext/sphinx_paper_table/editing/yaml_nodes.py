"""YAML text to nodes that know where they begin and end, to the character: what edits need and records do not.

ruamel.yaml was the other candidate: it reads comments and writes the whole file anew. Version 0.19 returns files in one
layout only, which has to be known before. Tried with this repository's own indents and no limit to lines, it changed or
refused twelve of thirteen other layouts: mixed indents, aligned values, texts on several lines, CR LF, no line end
after the last line, escapes in quotes, brackets on several lines. Here nothing is written but what changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import yaml
from yaml import events

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position, position_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACED: Final = str.maketrans("\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "   ")
"""As the reader has it: line ends for YAML 1.1 but for no editor."""
_MAX_DEPTH: Final = 200
"""Lists and mappings in each other; an honest file has a dozen, and each takes a call of a function or two."""
Kind = Literal["scalar", "mapping", "sequence", "alias"]


@dataclass(slots=True)
class Node:
    """A value or key: offsets of its first character and behind its last one, anchors and tags included."""

    kind: Kind
    start: int
    end: int
    value: str = ""
    style: str = ""
    """How a scalar is quoted (``'``, ``"``, ``|``, ``>``), or ``[`` or ``{`` of what stands in brackets."""
    marked: str = ""
    """The anchor or tag before it, or the name of what an alias stands for."""
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Node]:
        """Yield the nodes within, in the order of the text."""
        yield from self.items
        for pair in self.pairs:
            yield from pair

    def get(self, key: str) -> Node | None:
        """Return the value of the first *key* of a mapping."""
        return next((value for name, value in self.pairs if name.value == key and name.kind == "scalar"), None)

    def text(self, key: str) -> str:
        """Return the value of *key* where it is a scalar, else the empty string."""
        found = self.get(key)
        return found.value if found is not None else ""

    def within(self) -> Iterator[Node]:
        """Yield this node and all nodes in it."""
        yield self
        for child in self.children:
            yield from child.within()

    def plain(self) -> Any:
        """Return the value as dictionaries, lists and strings: two texts that mean the same have equal ones."""
        if self.kind == "sequence":
            return [item.plain() for item in self.items]
        if self.kind == "mapping":
            return [(key.plain(), value.plain()) for key, value in self.pairs]
        return ("alias", self.marked) if self.kind == "alias" else self.value


def parse_nodes(text: str, name: str, base: int = 0, end: int | None = None) -> Node:
    """Return the root of the YAML in *text* between *base* and *end*; offsets count from the text's beginning.

    Raises `EditError` when it cannot be parsed: what cannot be read is not edited.
    """
    part = text[base:end].translate(_SPACED)
    try:
        found = _Nodes(part, base, name).read()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        offset = base + (mark.index if mark else 0)
        raise EditError("the YAML cannot be parsed here", position_in(text, name, offset), "mend it first") from error
    if found is None:
        msg = "the file is empty"
        raise EditError(msg, Position(name, 1, 1))
    return found


@dataclass(slots=True)
class _Nodes:
    """Builds the nodes from the parser's events."""

    text: str
    base: int
    name: str
    stack: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    root: Node | None = None

    def read(self) -> Node | None:
        for event in yaml.parse(self.text, Loader=_LOADER):
            kind = type(event)
            if kind is events.DocumentStartEvent and self.root is not None:
                break
            if kind in {events.MappingStartEvent, events.SequenceStartEvent}:
                self._open(event)
            elif kind in {events.MappingEndEvent, events.SequenceEndEvent}:
                self._close(event)
            elif kind is events.AliasEvent:
                self._add(Node("alias", *self._bounds(event), marked=getattr(event, "anchor", "")))
            elif kind is events.ScalarEvent:
                self._add(self._scalar(event))
        return self.root

    def _bounds(self, event: Any) -> tuple[int, int]:
        return self.base + event.start_mark.index, self.base + event.end_mark.index

    def _scalar(self, event: Any) -> Node:
        start, end = self._bounds(event)
        style = event.style or ""
        node = Node("scalar", start, end, event.value, style, event.anchor or event.tag or "")
        if style not in {"'", '"'}:  # marks of the others may stand behind blank lines
            written = self.text[start - self.base : end - self.base]
            node.end = start + len(written.rstrip("\n" if style and "+" in written.partition("\n")[0] else None))
        return node

    def _open(self, event: Any) -> None:
        is_mapping = type(event) is events.MappingStartEvent
        bracket = ("{" if is_mapping else "[") if event.flow_style else ""
        kind: Kind = "mapping" if is_mapping else "sequence"
        self.stack.append(Node(kind, *self._bounds(event), style=bracket, marked=event.anchor or event.tag or ""))
        self.keys.append(None)
        if len(self.stack) > _MAX_DEPTH:
            place = position_in(self.text, self.name, event.start_mark.index)
            raise EditError("lists and mappings stand too deep in each other here to be edited", place)

    def _close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        last = max((child.end for child in node.children), default=node.end)
        node.end = self._bounds(event)[1] if node.style else last
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = self.root or node
        elif self.stack[-1].kind == "sequence":
            self.stack[-1].items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node
        else:
            self.stack[-1].pairs.append((key, node))
            self.keys[-1] = None
