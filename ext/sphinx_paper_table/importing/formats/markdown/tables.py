"""Tables of papers: a row is a paper, and the head of a column says what its cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.importing.free_text.inline_text import Line, line_of, without_ornaments
from sphinx_paper_table.importing.free_text.labelled_facts import role_of, take_labelled
from sphinx_paper_table.importing.free_text.link_kinds import label_kind
from sphinx_paper_table.importing.free_text.list_entries import draft_of
from sphinx_paper_table.importing.free_text.list_titles import title_in, titled
from sphinx_paper_table.importing.free_text.list_works import is_paper

if TYPE_CHECKING:
    from sphinx_paper_table.importing.free_text.list_entries import Draft
    from sphinx_paper_table.importing.free_text.markdown_tree import Node

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
            if number != place and (point := take_labelled(draft, other, self._head(number)))
        ]
        is_told = self._role(place) == "title" and bool(draft.venue or draft.page)
        return (draft, points) if is_paper(draft) or is_told else None

    def _head(self, number: int) -> str:
        return self.heads[number] if number < len(self.heads) else ""

    def _role(self, number: int) -> str:
        return role_of(self._head(number))

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
