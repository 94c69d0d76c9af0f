"""The layout ``sections``: real sections of the page, so that groups and papers stand in its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.sphinx_host.layouts import Layout
from sphinx_paper_table.survey.anchors import anchor_of

if TYPE_CHECKING:
    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import Entry, Section, View


def layout_sections(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return a section for each loose paper, then one for each group."""
    return [
        *(_paper(entry, 0, canvas) for entry in view.entries),
        *(_group(section, canvas) for section in view.sections),
    ]


def _group(section: Section, canvas: Canvas) -> nodes.section:
    anchors = canvas.anchors(section) or (canvas.unique_id(anchor_of("view", section.address)),)
    title = f"{section.title} ({section.period})" if section.period else str(section.title)
    node = _section(anchors[0], title)
    node["ids"].extend(anchors[1:])
    node.extend(canvas.intro(section.summary))
    node.extend(_paper(entry, section.depth + 1, canvas) for entry in section.entries)
    node.extend(_group(inner, canvas) for inner in section.sections)
    return node


def _paper(entry: Entry, depth: int, canvas: Canvas) -> nodes.section:
    card = canvas.card(entry, "section", depth)
    anchor = card["card"].anchor or canvas.unique_id(anchor_of("view", entry.paper.id))
    node = _section(anchor, str(entry.paper.name))
    node["ids"].extend(card["card"].former)
    node += card
    return node


def _section(anchor: str, title: str) -> nodes.section:
    return nodes.section("", nodes.title("", title, translatable=False), ids=[anchor], names=[])


SECTIONS: Final = Layout(
    "sections", layout_sections, "a section of the page for each group and each paper", has_sections=True
)
