"""The layout ``groups``: every group with its cards, and beside them a list of the groups that stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.node_types import paper_groups
from sphinx_paper_table.sphinx_host.layouts import Layout
from sphinx_paper_table.survey.anchors import anchor_of

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import Section, View


def layout_groups(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return loose cards first, then the groups with their list; a single group needs none."""
    loose = canvas.grid(view.entries, 0)
    sections = [_group(section, canvas) for section in view.sections]
    if len(sections) < 2:  # noqa: PLR2004 (a choice takes two)
        return [*loose, *sections]
    listed = tuple(
        (node["anchor"], node["title"], section.count) for node, section in zip(sections, view.sections, strict=True)
    )
    anchor = canvas.unique_id(anchor_of("view", f"groups-{view.address}".rstrip("-")))
    return [*loose, paper_groups("", *sections, groups=listed, anchor=anchor)]


def _group(section: Section, canvas: Canvas) -> nodes.Element:
    """Return a group with an anchor, also when another view has that of the group."""
    node = canvas.group(section)
    node["anchor"] = node["anchor"] or canvas.unique_id(anchor_of("view", section.address))
    return node


GROUPS: Final = Layout(
    "groups", layout_groups, "a heading and a grid of cards for each group, and a list of the groups"
)
