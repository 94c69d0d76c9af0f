"""The layout ``tabs``: one tab for each outermost group, made of sphinx-design's own nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.cards.expand import TABS_CLASS
from sphinx_paper_table.compat.sphinx_design import create_component
from sphinx_paper_table.sphinx_host.layouts import Layout
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from sphinx_paper_table.cards.layout import Canvas
    from sphinx_paper_table.survey.selection import View

ALL_CLASS: Final = "pt-all-groups"
"""Marks the tab that opens all the others; what it opens itself is empty."""


def layout_tabs(view: View, canvas: Canvas) -> list[nodes.Node]:
    """Return loose cards first, then the tabs; a single group needs no tab."""
    loose = canvas.grid(view.entries, 0)
    if len(view.sections) < 2:  # noqa: PLR2004 (a choice takes two)
        return [*loose, *(canvas.group(section) for section in view.sections)]
    tabs = create_component("tab-set", classes=["sd-tab-set", TABS_CLASS])
    tabs.extend(_tab(str(section.title), [canvas.group(section, heading=False)]) for section in view.sections)
    tabs += _tab(str(_("All")), [], ALL_CLASS)
    return [*loose, tabs]


def _tab(title: str, content: list[nodes.Element], *classes: str) -> nodes.Element:
    label = nodes.rubric("", title, classes=["sd-tab-label", *classes], translatable=False)
    panel = create_component("tab-content", classes=["sd-tab-content"])
    panel += content
    item = create_component("tab-item", classes=["sd-tab-item"], selected=False)
    item += [label, panel]
    return item


TABS: Final = Layout("tabs", layout_tabs, "one tab for each group of the outermost level, cards in it")
