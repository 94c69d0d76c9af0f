"""The layout ``table``: one row a paper, groups as row groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.node_types import SORTABLE, paper_rowgroup, paper_rowhead, paper_rows
from sphinx_paper_table.sphinx_host.layouts import Layout

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import Section, View


def layout_table(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return one table with everything."""
    rows = paper_rows(classes=[SORTABLE])
    if view.entries:
        rows += paper_rowgroup("", *(canvas.card(entry, "row", 0) for entry in view.entries), anchor="")
    for section in view.all_sections():
        rows += _group(section, canvas)
    return [rows]


def _group(section: Section, canvas: Canvas) -> nodes.Element:
    anchors = canvas.anchors(section)
    anchor = anchors[0] if anchors else ""
    head = paper_rowhead(
        "",
        *canvas.intro(section.summary),
        anchor=anchor,
        former=anchors[1:],
        title=str(section.title),
        period=str(section.period or ""),
        depth=section.depth,
    )
    cards = [canvas.card(entry, "row", section.depth) for entry in section.entries]
    return paper_rowgroup("", head, *cards, anchor=anchor, ids=list(anchors))


TABLE: Final = Layout("table", layout_table, "a table, one row a paper", has_columns=True)
