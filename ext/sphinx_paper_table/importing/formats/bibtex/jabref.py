r"""JabRef's tree of groups, which it keeps in comments of the file.

Since version 4, ``@Comment{jabref-meta: grouping: …}`` has a line for each group, ``1 StaticGroup:Name\;0\;…;``, with
its depth before it, and entries name their groups in the field ``groups``; before, ``groupstree`` had the keys of the
entries too, ``1 ExplicitGroup:Name\;0\;key\;key\;;``. Backslashes escape semicolons and themselves
(https://docs.jabref.org/finding-sorting-and-cleaning-entries/groups; the classes ``GroupsParser`` and
``GroupSerializer`` of JabRef).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.importing.collection import Group, Leftover, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import BibtexEntry

_META: Final = re.compile(r"jabref-meta:\s{0,9}(grouping|groupstree):", re.IGNORECASE)
_KEPT: Final = re.compile(
    r"jabref-meta:\s{0,9}(?:databasetype|saveorder|saveactions|groupsversion|version)", re.IGNORECASE
)
"""What JabRef notes of itself only."""
_NODE: Final = re.compile(r"(\d{1,3})\s{1,9}(\w{1,40}):(.*)", re.DOTALL)
_STATIC: Final = frozenset({"StaticGroup", "ExplicitGroup"})
_MOST: Final = 5_000
_FIELD, _EXPRESSION, _IS_REGULAR = 2, 3, 5
"""The places of a keyword group's parts."""


@dataclass(slots=True)
class _Node:
    name: str
    place: Position
    keys: tuple[str, ...] = ()
    """Keys that the group names itself, in its order."""
    by_field: tuple[str, str] = ("", "")
    """A field and the word in it that makes an entry one of the group."""
    is_static: bool = True
    children: list[_Node] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """The outermost groups, and what of the tree has no place."""

    nodes: list[_Node] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)

    def groups(self, works: Sequence[tuple[Work, BibtexEntry]]) -> Iterator[Group]:
        """Yield the groups with their works."""
        by_name: dict[str, list[Work]] = {}
        by_key: dict[str, list[Work]] = {}
        by_word: dict[tuple[str, str], list[Work]] = {}
        for work, entry in works:
            by_key.setdefault(entry.key, []).append(work)
            for name, value in entry.fields:
                for word in dict.fromkeys(one.strip() for one in value.split(",")):
                    by_word.setdefault((name.lower(), word.casefold()), []).append(work)
                    if name.lower() == "groups":
                        by_name.setdefault(readable(word), []).append(work)
        for node in self.nodes:
            yield _group(node, by_name, by_key, by_word)


def _group(
    node: _Node,
    by_name: dict[str, list[Work]],
    by_key: dict[str, list[Work]],
    by_word: dict[tuple[str, str], list[Work]],
) -> Group:
    found = list(by_name.get(node.name, ())) if node.is_static else []
    found += [work for key in node.keys for work in by_key.get(key, ())]
    if node.by_field[0]:
        found += by_word.get(node.by_field, ())
    inner = tuple(_group(child, by_name, by_key, by_word) for child in node.children)
    return Group(name=node.name, position=node.place, works=tuple(dict.fromkeys(found)), groups=inner)


def read_tree(comments: Iterable[tuple[str, Position]]) -> Tree:
    """Return the tree in JabRef's comments, each with its place; groups that search are left over."""
    tree = Tree()
    for text, place in comments:
        meta = _META.match(text)
        if meta is None:
            if not _KEPT.match(text):
                tree.leftovers.append(Leftover(place, text, "a setting of JabRef"))
            continue
        above: list[tuple[int, _Node]] = []
        flat = text[meta.end() :].replace("\n", "").replace("\r", "")
        for line in _split(flat)[:_MOST]:
            node = _node(line, place, tree.leftovers)
            if node is None:
                continue
            depth = int(line.strip().split(" ", 1)[0])
            while above and above[-1][0] >= depth:
                above.pop()
            (above[-1][1].children if above else tree.nodes).append(node)
            above.append((depth, node))
    return tree


def _node(line: str, place: Position, leftovers: list[Leftover]) -> _Node | None:
    found = _NODE.fullmatch(line.strip())
    if found is None or found[2] == "AllEntriesGroup":
        if line.strip() and found is None:
            leftovers.append(Leftover(place, line.strip(), "no group of JabRef that can be read"))
        return None
    parts = _split(_unescaped(found[3]))
    name = readable(_unescaped(parts[0])).strip() or "…"
    if found[2] in _STATIC:
        return _Node(name, place, tuple(_unescaped(part) for part in parts[2:] if part))
    if found[2] == "KeywordGroup" and len(parts) > _IS_REGULAR and parts[_IS_REGULAR] != "1":
        return _Node(name, place, by_field=(parts[_FIELD].lower(), parts[_EXPRESSION].casefold()), is_static=False)
    leftovers.append(Leftover(place, line.strip(), "a group of JabRef that searches"))
    return _Node(name, place, is_static=False)


def _split(text: str) -> list[str]:
    """Return the parts between semicolons that no backslash stands before."""
    parts, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == ";":
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def _unescaped(text: str) -> str:
    """Return *text* with one backslash less before each escaped character."""
    found, place = [], 0
    while place < len(text):
        place += text[place] == "\\" and place + 1 < len(text)
        found.append(text[place])
        place += 1
    return "".join(found)
