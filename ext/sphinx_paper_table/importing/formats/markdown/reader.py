"""Lists of papers in Markdown, "awesome" lists among them: headings are groups, items, rows and paragraphs are papers.

A paper is known by its address (of an archive, a publisher, a PDF), or by its authors together with a venue or a date;
all else is kept as the description of its group or as a leftover. Where two readings are possible, see `list_titles`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.importing.formats.group_builder import Outline
from sphinx_paper_table.importing.formats.markdown.fences import Fences
from sphinx_paper_table.importing.formats.markdown.tables import Table
from sphinx_paper_table.importing.free_text.inline_text import Line, joined, line_of, without_ornaments
from sphinx_paper_table.importing.free_text.labelled_facts import head_of, repeated_heads, take_labelled
from sphinx_paper_table.importing.free_text.link_kinds import PAPER, label_kind, link_kind
from sphinx_paper_table.importing.free_text.list_entries import draft_of
from sphinx_paper_table.importing.free_text.list_titles import title_in, titled
from sphinx_paper_table.importing.free_text.list_works import is_paper, rest_of, work_of
from sphinx_paper_table.importing.free_text.markdown_tree import CODE, HEADINGS, Node, markdown_tree
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.importing.collection import Collection
    from sphinx_paper_table.importing.free_text.list_entries import Draft
    from sphinx_paper_table.importing.free_text.list_titles import Title
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_LISTS: Final = frozenset({"ul", "ol"})
_BOLD_LEVEL: Final = 5
"""Between two levels of headings, which are tens."""
_FRONT_MATTER: Final = re.compile(r"\A---\n(?:[^\n]*\n){0,200}?---\n")
_LETTERS: Final = re.compile(r"\w")
_LONGEST_FACT: Final = 40
"""Characters before a title that may be a venue or a date; more are a sentence."""
_MOST_SHOWN: Final = 2_000
_ALERT: Final = re.compile(r"\A\\\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\\\]\s*")
_NUMBERED: Final = re.compile(r"\A(?:\d{1,2}\.){1,4}(?:\d{1,2})?\s+|\A\d{1,2}[.)]\s+")


def recognises(source: SourceFile) -> bool:
    """Return whether the name of the file says Markdown."""
    return source.suffix in SUFFIXES


def read(source: SourceFile, options: ReadOptions) -> Collection:
    """Return the papers of a list, group by group."""
    matter = _FRONT_MATTER.match(source.text)
    text = "\n" * matter[0].count("\n") + source.text[matter.end() :] if matter else source.text
    reader = _Reader(replace(source, text=text), options)
    reader.blocks(markdown_tree(text).children)
    reader.flush()
    return reader.fences.added_to(reader.outline.collection())


class _Reader:
    """Goes through the elements in their order."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self.name = source.name
        self.lines = source.text.split("\n")
        self.labels = repeated_heads(source.text)
        self.outline = Outline(Position(source.name, 1))
        self.fences = Fences(source, options, self.outline)
        self.pending: tuple[Line, Node, int] | None = None
        """A heading or bold line, with its level, that may be a title: what follows tells."""

    def blocks(self, nodes: Sequence[Node]) -> None:
        """Take in the elements of a block; texts and inline elements side by side are one paragraph."""
        line: list[Node] = []
        for node in nodes:
            if node.is_inline:
                line.append(node)
                continue
            self._paragraph(line)
            line = []
            self._block(node)
        self._paragraph(line)

    def _block(self, node: Node) -> None:
        if node.tag in HEADINGS:
            self._heading(line_of(node.children), node, 10 * HEADINGS[node.tag])
        elif node.tag == "p":
            self._paragraph(node.children)
        elif node.tag in _LISTS:
            self._list(node)
        elif node.tag == "table":
            self.flush()
            self._table(node)
        elif node.tag == "details":
            self._fold(node)
        elif node.tag == CODE:
            self.flush()
            if not self.fences.read(node):
                self._leave(node, "a block of code")
        elif node.tag != "hr":
            self.blocks(node.children)

    def _at(self, node: Node) -> Position:
        return Position(self.name, node.line)

    def _leave(self, node: Node, reason: str) -> None:
        text = "\n".join(self.lines[node.line - 1 : max(node.end, node.line)]).strip()
        self.outline.leave(self._at(node), text[:_MOST_SHOWN] if node.tag != CODE else text, reason)

    def _heading(self, line: Line, node: Node, level: int) -> None:
        self.flush()
        self.pending = (line, node, level)

    def flush(self) -> None:
        """Make of a heading or bold line what it is when no list of a paper's links follows: a paper, or a group."""
        if self.pending is None:
            return
        (line, node, level), self.pending = self.pending, None
        self._remarks(line, node)
        has_paper = any(link_kind(link.address, link.label) == PAPER for link in line.links)
        if has_paper and self._entry(line, node):
            return
        name = _NUMBERED.sub("", without_ornaments(line.text)).strip(" :：|")
        for link in line.links:
            self.outline.leave(self._at(node), f"{link.label} {link.address}".strip(), "a link in a heading")
        is_again = not self.outline.current.works and name.casefold() == self.outline.current.name.casefold()
        if name and not (is_again and level > self.outline.current.level):
            self.outline.begin(name, self._at(node), level)

    def _fold(self, node: Node) -> None:
        """Read a fold, whose summary is a heading for what is in it."""
        self.flush()
        depth = self.outline.depth
        inner = list(node.children)
        head = next((child for child in inner if child.tag == "summary"), None)
        if head is not None:
            inner.remove(head)
            self._heading(line_of(head.children), head, self.outline.current.level + 1)
            self.flush()
        self.blocks(inner)
        self.flush()
        self.outline.end(depth)

    def _paragraph(self, nodes: Sequence[Node]) -> None:
        line = line_of(nodes)
        if not line and not line.pictures and not line.remarks:
            return
        node = next((one for one in nodes if one.text.strip() or one.children), nodes[0])
        first = Node("p", line=node.line, end=max(one.end for one in nodes))
        if self.pending and _is_of_labels(line):
            self._with_title(line, first)
            return
        self.flush()
        bold = _bold_alone(line)
        if bold is not None:
            self.pending = (line, first, self.outline.current.level // 10 * 10 + _BOLD_LEVEL)
            return
        self._remarks(line, first)
        pieces = _pieces(line)
        if not all([self._entry(piece, first, needs_title_first=True) for piece in pieces]):  # noqa: C419 (each is read)
            for piece in pieces:
                if not self._is_entry(piece):
                    self._say(piece, first)

    def _say(self, line: Line, node: Node) -> None:
        """Keep a paragraph as a part of the description."""
        for picture in filter(None, line.pictures):
            self.outline.leave(self._at(node), picture[:_MOST_SHOWN], "a picture")
        words = without_ornaments(_ALERT.sub("", line.markdown()))
        if line.anchors and not line.links and len(words) < 80:  # noqa: PLR2004 (a line)
            self.outline.leave(self._at(node), words, "a link within the list")
        elif _LETTERS.search(words):
            self.outline.say(words, self._at(node))
        for link in line.links:
            if link.start == link.end:
                self.outline.leave(self._at(node), f"{link.label} {link.address}".strip(), "a badge")

    def _remarks(self, line: Line, node: Node) -> None:
        for remark in line.remarks:
            if _LETTERS.search(remark):
                self.outline.leave(self._at(node), remark, "a remark that readers do not see")

    def _is_entry(self, line: Line) -> bool:
        return self._draft(line, needs_title_first=True) is not None

    def _draft(self, line: Line, title: Title | None = None, *, needs_title_first: bool = False) -> Draft | None:
        is_contents = line.anchors and not line.links
        draft = None if is_contents else draft_of(line, title)
        if draft is None or not is_paper(draft):
            return None
        before = without_ornaments(line.text[: draft.title.start]).strip("[]()*:-–—•| ")
        is_first = before in {"", draft.name} or bool(draft.title.told) or len(before) < _LONGEST_FACT
        return draft if is_first or not needs_title_first else None

    def _entry(self, line: Line, node: Node, title: Title | None = None, *, needs_title_first: bool = False) -> bool:
        """Take *line* as a paper, and return whether it is one."""
        draft = self._draft(line, title, needs_title_first=needs_title_first)
        if draft is None:
            return False
        self._take(draft, node)
        return True

    def _take(self, draft: Draft, node: Node, points: Sequence[str] = ()) -> None:
        work = work_of(draft, self._at(node), points)
        self.outline.add(work)
        self.fences.note(work)
        self.outline.leftovers += rest_of(draft, self._at(node))

    def _entry_with(self, head: Line, details: Sequence[Line], node: Node) -> bool:
        """Take an item with the lines below it as a paper, and return whether it is one."""
        labelled = [(line, head_of(line, self.labels)) for line in details]
        whole = joined([head, *(line for line, found in labelled if found is None)])
        draft = None if whole.anchors and not whole.links else draft_of(whole)
        if draft is None:
            return False
        points = [point for _line, found in labelled if found and (point := take_labelled(draft, found[1], found[0]))]
        if not is_paper(draft):
            return False
        self._take(draft, node, points)
        return True

    def _with_title(self, line: Line, node: Node) -> None:
        """Take a line of links as those of the paper whose title stands above."""
        if self.pending is None:
            return
        (head, above, level), self.pending = self.pending, None
        whole = joined([head, line])
        found = title_in(head) or titled(head.text, 0, len(head.text))
        if not self._entry(whole, above, found):
            self.pending = (head, above, level)
            self.flush()
            self._say(line, node)

    def _list(self, node: Node) -> None:
        items = [child for child in node.children if child.tag == "li"]
        lines = [line_of(item.children) for item in items]
        if self.pending and items and all(map(_is_of_labels, lines)):
            self._with_title(joined(lines), node)
            return
        self.flush()
        for item in items:
            self._item(item)

    def _item(self, item: Node) -> None:
        """Read an item: a paper with its details below it, or the heading of items that are papers."""
        inner = [sub for child in item.children if child.tag in _LISTS for sub in child.children if sub.tag == "li"]
        head = line_of(child for child in item.children if child.tag not in _LISTS and not _is_block(child))
        own = [sub for sub in inner if self._has_papers(sub)]
        details = [line_of(sub.children) for sub in inner if sub not in own]
        self._remarks(joined([head, *details]), item)
        if self._split(head, item) or self._entry_with(head, details, item):
            for sub in own:
                self._item(sub)
        elif own:
            depth = self.outline.depth
            name = without_ornaments(head.text).strip(" :：|*")
            if name:
                self.outline.begin(name, self._at(item), self.outline.current.level + 1)
            for sub in inner:
                self._item(sub)
            self.outline.end(depth)
        elif any(map(_is_block, item.children)):
            self._say(head, item)
        else:
            reason = "an entry of a table of contents" if head.anchors and not head.links else "it names no paper"
            self._leave(item, reason)
        self._blocks_of(item)

    def _blocks_of(self, item: Node) -> None:
        """Read tables and folds that stand in an item."""
        for child in item.children:
            if _is_block(child):
                self._block(child)
        self.flush()

    def _split(self, line: Line, node: Node) -> bool:
        """Take each title of a line that names several papers, and return whether it does."""
        pieces = _pieces(line)
        return len(pieces) > 1 and all([self._entry(piece, node) for piece in pieces])  # noqa: C419 (each is read)

    def _has_papers(self, item: Node) -> bool:
        """Return whether an item names a paper by its own title, or one below it does."""
        head = line_of(child for child in item.children if child.tag not in _LISTS)
        if not _is_of_labels(head):
            draft = draft_of(head)
            if draft is not None and (draft.papers or (draft.venue and draft.title.link)):
                return True
        return any(self._has_papers(sub) for child in item.children if child.tag in _LISTS for sub in child.children)

    def _table(self, node: Node) -> None:
        table = Table(node)
        said = [(row, table.draft(row)) for row in table.rows]
        if not any(found for _row, found in said):
            self._leave(node, "a table without papers")
            return
        for row, found in said:
            self._remarks(joined(row.cells), row.node)
            if found is not None:
                self._take(found[0], row.node, found[1])
            elif any(row.cells):
                self._leave(row.node, "a row that names no paper")


def _is_block(node: Node) -> bool:
    return node.tag in {"table", "details", CODE, "blockquote"}


def _is_of_labels(line: Line) -> bool:
    """Return whether a line has nothing but links under labels: "Paper: https://…", "[[code](…)] [[pdf](…)]"."""
    if not (line.links or line.refused):
        return False
    rest, done = [], 0
    for link in sorted((*line.links, *line.refused)):
        rest.append(line.text[done : link.start])
        done = max(done, link.end)
        if not (link.is_bare or link.start == link.end or label_kind(link.label)):
            return False
    words = " ".join((*rest, line.text[done:])).split()
    return all(word.endswith((":", "：")) or label_kind(word) for word in words if _LETTERS.search(word))


def _bold_alone(line: Line) -> str | None:
    """Return the words of a line that is bold as a whole and leads nowhere."""
    words = line.text.strip()
    spans = [span for span in line.styles if span.style == "strong"]
    is_whole = len(spans) == 1 and line.text[spans[0].start : spans[0].end].strip() == words.strip(" :：")
    return words if is_whole and not line.links else None


def _pieces(line: Line) -> list[Line]:
    """Return a line in parts, one for each title that is a link to a paper at the beginning of a line of its own."""
    if not line.is_short:
        return [line]
    starts = [
        link.start
        for link in line.links
        if not link.is_bare
        and not label_kind(link.label)
        and link_kind(link.address, link.label) == PAPER
        and not line.text[line.text.rfind("\n", 0, link.start) + 1 : link.start].strip(" -*•[(")
        and link.label.count(" ") > 1
    ]
    if len(starts) < 2:  # noqa: PLR2004 (nothing to part)
        return [line]
    bounds = [0, *(line.text.rfind("\n", 0, start) + 1 for start in starts[1:]), len(line.text)]
    return [line.part(start, end) for start, end in pairwise(bounds) if end > start]
