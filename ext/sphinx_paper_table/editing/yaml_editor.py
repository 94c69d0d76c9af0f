"""Changes of one YAML file, as text edits that are read again before anybody writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.editing.documents import Document, EditError
from sphinx_paper_table.editing.scalars import offsets_of, written
from sphinx_paper_table.editing.yaml_nodes import Node, parse_nodes
from sphinx_paper_table.survey.edits import TextEdit, apply_edits
from sphinx_paper_table.survey.located import position_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_DASH: Final = re.compile(r"[ ]{0,200}+(?:- {1,200}+)++")
_BEFORE_KEY: Final = re.compile(r"[ ]*(?:- +)*")
_COMMA: Final = re.compile(r"\s{0,200}+,\s*+")


@dataclass
class YamlEditor:
    """Collects edits of a file, or of the part from *base* to *end*, and what they are to make of its values."""

    document: Document
    base: int = 0
    end: int | None = None
    edits: list[TextEdit] = field(default_factory=list)
    cut: list[tuple[int, int]] = field(default_factory=list)
    """What has been taken out whole: nothing in it is changed as well."""
    _replaced: dict[int, Any] = field(default_factory=dict)
    _removed: set[int] = field(default_factory=set)
    _added: dict[int, list[tuple[int, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the file; raises `EditError` when it is no YAML."""
        self.root = parse_nodes(self.text, self.document.name, self.base, self.end)

    @property
    def text(self) -> str:
        """The text of the whole file."""
        return self.document.text

    def refuse(self, node: Node, message: str, hint: str = "change it by hand") -> EditError:
        """Return the error that says why *node* is not changed."""
        return EditError(message, position_in(self.text, self.document.name, node.start), hint)

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Note an edit whose effect on values the caller has noted, or that has none."""
        self.edits.append(TextEdit(self.document.name, start, end, replacement))

    def set_scalar(self, node: Node, value: str, *, in_brackets: bool = False) -> None:
        """Write *value* in the place of a scalar, quoted as it was, or as it has to be."""
        self._refuse_marked(node)
        if node.kind != "scalar" or node.style in {"|", ">"}:
            raise self.refuse(node, f"'{value}' cannot be written in the place of this")
        self.edit(node.start, node.end, written(value, node.style, in_brackets=in_brackets))
        self._replaced[id(node)] = value

    def replace_in_scalar(self, node: Node, changes: Iterable[tuple[int, int, str]]) -> None:
        """Replace parts of a scalar's value, each from one offset of the value to another, where they are written."""
        found = sorted(changes)
        places = offsets_of(self.text, node) if found else []
        value = node.value
        for start, end, new in reversed(found):
            self.edit(places[start], places[end - 1] + 1, new.replace("'", "''") if node.style == "'" else new)
            value = value[:start] + new + value[end:]
        if found:
            self._replaced[id(node)] = value

    def add_item(self, sequence: Node, value: str) -> None:
        """Add a text to the end of a list."""
        self.add_items(sequence, [value])

    def add_items(self, sequence: Node, values: Iterable[str]) -> None:
        """Add texts to the end of a list."""
        self._refuse_marked(sequence)
        found = list(values)
        raw = [written(value, in_brackets=bool(sequence.style)) for value in found]
        last = sequence.items[-1] if sequence.items else None
        if last is None:
            self.edit(sequence.start + 1, sequence.start + 1, ", ".join(raw))
        elif sequence.style:
            self.edit(last.end, last.end, "".join(f",{self._gap_before(last)}{one}" for one in raw))
        else:
            place = self.line_end(last.end)
            self.edit(place, place, "".join(f"\n{self.dash_before(last)}{one}" for one in raw))
        self._added.setdefault(id(sequence), []).extend((len(sequence.items), value) for value in found)

    def remove_item(self, sequence: Node, item: Node) -> None:
        """Take an item out of a list that has others."""
        self._refuse_marked(sequence)
        number = sequence.items.index(item)
        if len(sequence.items) == 1:
            raise self.refuse(item, "this is the only item of its list")
        if sequence.style:
            self._remove_from_brackets(item, item, sequence.items[number + 1 :][:1], sequence.items[:number][-1:])
        else:
            self.dash_before(item)
            self.remove_lines(item.start, item.end)
        self._removed.add(id(item))

    def add_key(self, mapping: Node, key: str, raw: str, after: str, value: Any) -> None:
        """Add *key* with the value that is written as *raw*, on one line, behind the key *after*."""
        self._refuse_marked(mapping)
        number = next(place for place, (name, _value) in enumerate(mapping.pairs) if name.value == after)
        name, before = mapping.pairs[number]
        if mapping.style:
            self.edit(before.end, before.end, f", {key}: {raw}")
        else:
            place = self.line_end(max(before.end, name.end))
            self.edit(place, place, f"\n{' ' * self.column(mapping.pairs[0][0].start)}{key}: {raw}")
        self._added.setdefault(id(mapping), []).append((number + 1, (key, value)))

    def remove_key(self, mapping: Node, key: str | Node) -> None:
        """Take a key, the first of this name or a certain one, with its value out of a mapping."""
        self._refuse_marked(mapping)
        number = next(place for place, (name, _value) in enumerate(mapping.pairs) if key in (name, name.value))
        name, value = mapping.pairs[number]
        following, earlier = mapping.pairs[number + 1 :][:1], mapping.pairs[:number][-1:]
        if mapping.style:
            nexts, lasts = [pair[0] for pair in following], [pair[1] for pair in earlier]
            self._remove_from_brackets(name, value, nexts, lasts)
        elif self.text[self.line_start(name.start) : name.start].strip():  # behind a dash
            if not following:
                raise self.refuse(name, f"'{name.value}' is the only key of its record")
            self.edit(name.start, following[0][0].start, "")
        else:
            self.remove_lines(name.start, max(value.end, name.end))
        self._removed.update((id(name), id(value)))

    def _remove_from_brackets(self, first: Node, last: Node, following: list[Node], earlier: list[Node]) -> None:
        if following:
            self.edit(first.start, following[0].start, "")
        elif earlier:
            self.edit(earlier[0].end, last.end, "")
        else:
            comma = _COMMA.match(self.text, last.end)
            self.edit(first.start, comma.end() if comma else last.end, "")

    def remove_lines(self, start: int, end: int) -> None:
        """Take out whole lines, from that of *start* to that of *end*; a file without a last line end keeps none."""
        first, after = self.line_start(start), self.line_end(end, and_break=True)
        is_open = after == len(self.text) and not self.text.endswith("\n")
        self.edit(first - (is_open and first > 0), after, "")

    def is_cut(self, node: Node) -> bool:
        """Return whether *node* stands in what has been taken out."""
        return id(node) in self._removed or any(start <= node.start < end for start, end in self.cut)

    def note_removed(self, *nodes: Node) -> None:
        """Note that the edits take *nodes* away."""
        self._removed.update(map(id, nodes))

    def note_added(self, container: Node, number: int, value: Any) -> None:
        """Note that the edits put *value* before the item or pair *number* of *container*."""
        self._added.setdefault(id(container), []).append((number, value))

    def note_replaced(self, node: Node, value: Any) -> None:
        """Note that the edits make *node* read as *value*."""
        self._replaced[id(node)] = value

    def finished(self) -> list[TextEdit]:
        """Return the edits; raises `EditError` when the file would not mean what it is meant to with them."""
        if self.edits:
            after = apply_edits(self.text, self.edits)
            end = None if self.end is None else self.end + len(after) - len(self.text)
            intended = self._expected(self.root)
            try:
                read = parse_nodes(after, self.document.name, self.base, end).plain()
            except EditError:
                read = None
            if read != intended:
                first = min(edit.start for edit in self.edits)
                place = position_in(self.text, self.document.name, first)
                raise EditError("the file cannot be changed here without changing its meaning", place, "do it by hand")
        return self.edits

    def _expected(self, node: Node) -> Any:
        if id(node) in self._replaced:
            return self._replaced[id(node)]
        added = sorted(self._added.get(id(node), []), key=lambda item: item[0])
        values: list[Any]
        if node.kind == "sequence":
            values = [
                (number, self._expected(item))
                for number, item in enumerate(node.items)
                if id(item) not in self._removed
            ]
        elif node.kind == "mapping":
            values = [
                (number, (self._expected(key), self._expected(value)))
                for number, (key, value) in enumerate(node.pairs)
                if id(key) not in self._removed
            ]
        else:
            return node.plain()
        marked = [*((number, 0, value) for number, value in added), *((number, 1, value) for number, value in values)]
        return [value for _number, _order, value in sorted(marked, key=lambda item: item[:2])]

    def _refuse_marked(self, node: Node) -> None:
        if node.marked:
            what = "an alias" if node.kind == "alias" else "an anchor or a tag"
            raise self.refuse(node, f"this has {what}, so that a change here is one elsewhere too")

    def line_start(self, offset: int) -> int:
        """Return where the line of a character begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int, *, and_break: bool = False) -> int:
        """Return where the line of a character ends, with the line feed if *and_break*."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + and_break

    def column(self, offset: int) -> int:
        """Return how many characters stand before the one at *offset* in its line."""
        return offset - self.line_start(offset)

    def dash_before(self, item: Node) -> str:
        """Return the indent and dash of an item of a block list, as another one below it has them."""
        before = self.text[self.line_start(item.start) : item.start]
        found = _DASH.fullmatch(before)
        if found is None:
            raise self.refuse(item, "this item does not begin on a line of its own")
        dash = before.rstrip(" ").rfind("-")
        return " " * dash + before[dash:]

    def _gap_before(self, item: Node) -> str:
        """Return what stands between an item in brackets and the comma before it: a space, or a line end and indent."""
        before = self.text[self.line_start(item.start) : item.start]
        return f"\n{before}" if not before.strip() else " "


def key_column(editor: YamlEditor, mapping: Node) -> int:
    """Return the column of the keys of a block mapping; raises `EditError` where they follow something else."""
    first = mapping.pairs[0][0]
    if not _BEFORE_KEY.fullmatch(editor.text[editor.line_start(first.start) : first.start]):
        raise editor.refuse(first, "this record does not begin on a line of its own")
    return editor.column(first.start)
