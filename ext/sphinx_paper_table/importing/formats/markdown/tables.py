"""Tables of papers: a row is a paper, and the head of a column says what its cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.importing.free_text.inline_text import Line, line_of, without_ornaments
from sphinx_paper_table.importing.free_text.link_kinds import label_kind
from sphinx_paper_table.importing.free_text.list_entries import draft_of
from sphinx_paper_table.importing.free_text.list_titles import title_in, titled
from sphinx_paper_table.importing.free_text.list_works import is_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.importing.free_text.list_entries import Draft
    from sphinx_paper_table.importing.free_text.markdown_tree import Node

_ROLES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("title", "paper title", "paper name", "paper", "publication", "work", "论文", "标题", "题目"), "title"
    ),
    **dict.fromkeys(
        ("model", "method", "name", "model name", "algorithm", "abbreviation", "模型", "方法", "名称"), "name"
    ),
    **dict.fromkeys(("author", "authors", "first author", "作者"), "people"),
    **dict.fromkeys(
        (
            *("venue", "published in", "publication venue", "conference", "journal", "conf", "pub", "pub.", "where"),
            *("conference/journal", "venue/year", "venue & year", "published", "publisher", "会议", "期刊", "发表"),
        ),
        "venue",
    ),
    **dict.fromkeys(("date", "year", "time", "published date", "release date", "日期", "时间", "年份"), "date"),
    **dict.fromkeys(
        ("summary", "tl;dr", "tldr", "description", "comment", "comments", "notes", "note", "摘要"), "summary"
    ),
}
"""What the heads of columns say of their cells."""
_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "none", "/", "\\", "x", "✗", "no", "tbd", "coming soon"})
_MOST_COLUMNS: Final = 60


class Row(NamedTuple):
    """A row of a table."""

    node: Node
    cells: list[Line]


class Table:
    """A table with the roles of its columns."""

    def __init__(self, node: Node) -> None:
        """Read the rows of *node*."""
        lines = [one for one in node.walk() if one.tag == "tr"]
        rows = [Row(line, [line_of(cell.children) for cell in _cells(line)]) for line in lines]
        is_head = bool(lines) and all(cell.tag == "th" for cell in _cells(lines[0]))
        heads = rows[0].cells if is_head else []
        self.heads = [" ".join(without_ornaments(head.text).strip("* :").split()) for head in heads]
        self.rows = rows[1:] if is_head else rows

    def draft(self, row: Row) -> tuple[Draft, list[str]] | None:
        """Return what a row says of a paper, and what its other columns say; None when it names none."""
        place = self._title_column(row)
        if place is None:
            return None
        cell = row.cells[place]
        found = title_in(cell) or titled(cell.text, 0, len(cell.text))
        draft = draft_of(cell, found)
        if draft is None or not found.text:
            return None
        points = [
            point
            for number, other in enumerate(row.cells)
            if number != place and (point := _take(draft, other, self._head(number)))
        ]
        is_told = self._role(place) == "title" and bool(draft.venue or draft.page)
        return (draft, points) if is_paper(draft) or is_told else None

    def _head(self, number: int) -> str:
        return self.heads[number] if number < len(self.heads) else ""

    def _role(self, number: int) -> str:
        return _ROLES.get(self._head(number).casefold(), "")

    def _title_column(self, row: Row) -> int | None:
        """Return the column of the title: the one that says so, else the first with a title that is a link."""
        roles = [self._role(number) for number in range(min(len(row.cells), _MOST_COLUMNS))]
        named = [number for number, role in enumerate(roles) if role == "title" and row.cells[number]]
        for number in named:
            if (found := title_in(row.cells[number])) and not label_kind(found.text):
                return number
        for number, cell in enumerate(row.cells[:_MOST_COLUMNS]):
            found = title_in(cell)
            if found and found.link is not None and roles[number] in {"", "name"}:
                return number
        return named[0] if named and not label_kind(row.cells[named[0]].text) else None


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.children if cell.tag in {"td", "th"}]


def _take(draft: Draft, cell: Line, head: str) -> str:
    """Put a cell where it belongs; return what it says where there is no place, after the head of its column."""
    role = _ROLES.get(head.casefold(), "")
    text = without_ornaments(cell.text)
    for link in cell.links:
        words = "" if link.is_bare else link.label
        draft.take_link(link.address, words if label_kind(words) else head if label_kind(head) else words)
    draft.refused += [(link.label, link.address) for link in cell.refused if link.address]
    if text.casefold() in _NOTHING or (cell.links and _is_labels(cell)):
        return ""
    if role == "name" and not draft.name and len(text) <= 60:  # noqa: PLR2004 (a name)
        draft.name = text
        return ""
    if role == "summary":
        draft.summary = f"{draft.summary} {cell.markdown()}".strip()
        return ""
    if draft.take_fact(text, is_told=role if role in {"people", "venue", "date"} else "") or label_kind(text):
        return ""
    return f"{head}: {cell.markdown()}" if head else cell.markdown()


def _is_labels(cell: Line) -> bool:
    """Return whether a cell says no more than its links' words."""
    words = list(cell.text)
    for link in cell.links:
        words[link.start : link.end] = " " * (link.end - link.start)
    return not any(map(str.isalnum, "".join(words)))
