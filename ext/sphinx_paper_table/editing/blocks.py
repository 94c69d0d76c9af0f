"""Whole records of a block list, with their comments: cut out of one place and put into another, indented as there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_paper_table.editing.yaml_editor import key_column
from sphinx_paper_table.editing.yaml_nodes import parse_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.editing.yaml_editor import YamlEditor
    from sphinx_paper_table.editing.yaml_nodes import Node

_BLANK: Final = re.compile(r"(?:[ \t]{0,200}+\n)*")
_COMMENT: Final = re.compile(r"([ ]{0,200}+)#[^\n]*+(?:\n|\Z)")
_FILLED_LINE: Final = re.compile(r"^(?=[^\n])", re.MULTILINE)


class Block(NamedTuple):
    """The lines of a record, as they stand in their file, and what it reads as."""

    text: str
    """With the comment above it, and a line end behind the last line."""
    dash: int
    """The column of its dash."""
    gap: str
    """The blank lines that part it from the record before or behind it."""
    value: Any


def extent(editor: YamlEditor, sequence: Node, item: Node) -> tuple[int, int]:
    """Return the bounds of the lines of *item*: with the comment right above it, and those that stand deeper below it.

    Raises `EditError` where it does not stand on lines of its own.
    """
    dash = editor.dash_before(item).rstrip(" ").rfind("-")
    start = editor.line_start(item.start)
    if editor.text[start : item.start].strip() != "-":
        raise editor.refuse(item, "this record shares a line with another list")
    is_first = sequence.items[0] is item
    while start > 0:
        above = editor.line_start(start - 1)
        line = editor.text[above : start - 1]
        indent = len(line) - len(line.lstrip())
        if not line.lstrip().startswith("#") or (indent > dash and not is_first):
            break
        start = above
    end = editor.line_end(item.end, and_break=True)
    while (blank := _BLANK.match(editor.text, end)) and (found := _COMMENT.match(editor.text, blank.end())):
        if len(found[1]) <= dash:
            break
        end = found.end()
    return start, end


def cut(editor: YamlEditor, owner: Node, sequence: Node, item: Node) -> Block:
    """Take *item* out of *sequence*, which *owner* has under ``papers`` or ``groups``, and return it."""
    if sequence.style:
        raise editor.refuse(item, "this list is written in brackets", "write it with a dash for each record first")
    if any(node.kind == "alias" or node.marked for node in (sequence, *item.within())):
        raise editor.refuse(item, "this record has an anchor, an alias or a tag")
    start, end = extent(editor, sequence, item)
    editor.cut.append((start, end))
    number = sequence.items.index(item)
    text, dash = editor.text[start:end], editor.column(editor.line_start(item.start) + _dash(editor, item))
    gap = _blank_before(editor, start) if number else _blank_behind(editor, end, sequence)
    block = Block(text if text.endswith("\n") else f"{text}\n", dash, gap, item.plain())
    if len(sequence.items) == 1:
        key = next(name for name, value in owner.pairs if value is sequence)
        _cut_last(editor, owner, key, start, end)
    elif number:
        is_open = end == len(editor.text) and not text.endswith("\n")
        editor.edit(start - len(gap) - is_open, end, "")
    else:
        editor.edit(start, end + len(gap), "")
    editor.note_removed(item)
    return block


def _dash(editor: YamlEditor, item: Node) -> int:
    return editor.text[editor.line_start(item.start) : item.start].rfind("-")


def _cut_last(editor: YamlEditor, owner: Node, key: Node, start: int, end: int) -> None:
    """Take the only record of a list out: the key goes with it, unless a comment stands beside it."""
    line = editor.text[editor.line_start(key.start) : editor.line_end(key.start)]
    is_first = owner.pairs[0][0] is key
    above = editor.line_start(key.start)
    if "#" in line or is_first or editor.text[key.start : start].count("\n") > 1:
        editor.edit(editor.text.index(":", key.end) + 1, editor.text.index(":", key.end) + 1, " []")
        editor.edit(start, end, "")
        return
    is_open = end == len(editor.text) and not editor.text.endswith("\n")
    editor.edit(above - is_open, end, "")
    editor.note_removed(key)


def _blank_before(editor: YamlEditor, start: int) -> str:
    begin = start
    while begin and (above := editor.line_start(begin - 1)) and not editor.text[above:begin].strip(" \t\n"):
        begin = above
    return editor.text[begin:start]


def _blank_behind(editor: YamlEditor, end: int, sequence: Node) -> str:
    found = _BLANK.match(editor.text, end)
    return found[0] if found and len(sequence.items) > 1 else ""


def new_block(editor: YamlEditor, lines: Iterable[str]) -> Block:
    """Return the block of a new record, of which each of *lines* is one, as it stands without an indent."""
    text = "- " + "\n  ".join(lines) + "\n"
    (record,) = parse_nodes(text, editor.document.name).items
    return Block(text, 0, "\n", record.plain())


def paste(editor: YamlEditor, owner: Node, key: str, block: Block, before: Node | None = None) -> None:
    """Put *block* into the list *key* of *owner*, at its end or *before* one of its records."""
    paste_all(editor, owner, key, [block], before)


def paste_all(editor: YamlEditor, owner: Node, key: str, blocks: Sequence[Block], before: Node | None = None) -> None:
    """Put *blocks*, of which there is one at least, into the list *key* of *owner*, one behind the other."""
    sequence = owner.get(key)
    if owner.style or (sequence is not None and sequence.style and sequence.items):
        raise editor.refuse(sequence or owner, f"the list '{key}' is written in brackets", "write it with dashes first")
    if sequence is not None and (sequence.marked or sequence.kind != "sequence"):
        raise editor.refuse(sequence, f"'{key}' is no plain list")
    if sequence is None or not sequence.items:
        _begin(editor, owner, key, sequence, blocks)
        return
    number = len(sequence.items) if before is None else sequence.items.index(before)
    beside = sequence.items[min(number, len(sequence.items) - 1)]
    gap = _usual_gap(editor, sequence, blocks[0])
    text = gap.join(shifted(block.text, _dash(editor, beside) - block.dash) for block in blocks)
    if before is not None:
        start, _end = extent(editor, sequence, before)
        editor.edit(start, start, text + gap)
    else:
        _start, end = extent(editor, sequence, beside)
        is_open = not editor.text[:end].endswith("\n")
        editor.edit(end, end, f"\n{gap}{text[:-1]}" if is_open else gap + text)
    for block in blocks:
        editor.note_added(sequence, number, block.value)


def _usual_gap(editor: YamlEditor, sequence: Node, block: Block) -> str:
    """Return the blank lines between two records of the list, or of others in the file, or those that *block* had."""
    own = [sequence, *(value for _key, value in _lists(editor) if value.items[0].kind == "mapping")]
    found = next((one for one in own if len(one.items) > 1), None)
    if found is None:
        return block.gap
    start, _end = extent(editor, found, found.items[-1])
    return _blank_before(editor, start)


def _lists(editor: YamlEditor) -> list[tuple[Node, Node]]:
    """Return the lists of papers and groups that stand on lines of their own, each with its key."""
    return [
        (key, value)
        for node in editor.root.within()
        for key, value in node.pairs
        if key.value in {"papers", "groups"} and value.items and not value.style and not node.style
    ]


def _begin(editor: YamlEditor, owner: Node, key: str, sequence: Node | None, blocks: Sequence[Block]) -> None:
    """Begin the list with *blocks*: behind the other keys, but ``papers`` before ``groups``."""
    column = key_column(editor, owner)
    indent = column + _indent_of_lists(editor, owner)
    text = blocks[0].gap.join(shifted(block.text, indent - block.dash) for block in blocks)
    values = [block.value for block in blocks]
    if sequence is not None:
        place = editor.line_end(sequence.end)
        lead = editor.text.rindex(":", 0, sequence.start) + 1
        editor.edit(lead, sequence.end, "")
        editor.edit(place, place, f"\n{text[:-1]}")
        editor.note_replaced(sequence, values)
        return
    pairs = [pair for pair in owner.pairs if not (key == "papers" and pair[0].value == "groups")]
    name, value = pairs[-1]
    place = editor.line_end(max(name.end, value.end))
    editor.edit(place, place, f"\n{' ' * column}{key}:\n{text[:-1]}")
    editor.note_added(owner, owner.pairs.index(pairs[-1]) + 1, (key, values))


def _indent_of_lists(editor: YamlEditor, owner: Node) -> int:
    """Return how far the dashes of the nearest list before *owner*, or of the first one, stand behind its key."""
    found = _lists(editor)
    before = [pair for pair in found if pair[0].start < owner.start]
    for key, value in (*before[-1:], *found[:1]):
        return max(0, _dash(editor, value.items[0]) - editor.column(key.start))
    return 2


def shifted(text: str, columns: int) -> str:
    """Return lines that stand so many *columns* deeper; those that cannot be moved out so far go as far as they can."""
    if columns >= 0:
        return _FILLED_LINE.sub(" " * columns, text)
    lines = text.split("\n")
    return "\n".join(line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines)
