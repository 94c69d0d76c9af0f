"""What a layout works with to arrange a view."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sphinx_paper_table.cards.node_types import paper_card, paper_grid, paper_intro, paper_section
from sphinx_paper_table.cards.paper_nodes import build_card
from sphinx_paper_table.compat.docutils import reserve_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

    from sphinx_paper_table.sphinx_host.markup import MarkupParser
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.selection import Entry, Section


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a layout works with: the catalogue, the parser of texts, and which anchors this view may claim."""

    catalogue: Catalogue
    markup: MarkupParser
    document: nodes.document
    owns: Callable[[str, str], bool]
    """``owns(kind, name)``: whether the anchor of this object belongs to this view."""

    def card(self, entry: Entry, layout: str, depth: int) -> paper_card:
        """Return the card of one paper."""
        owned = entry.is_home and self.owns("method", entry.paper.id)
        anchor = self.catalogue.anchor("method", entry.paper.id) if owned else ""
        return build_card(entry, self.catalogue, self.markup, anchor=anchor, layout=layout, depth=depth)

    def anchor(self, section: Section) -> str:
        """Return the anchor of a group, or the empty string when another view has it."""
        kind = "group" if "#" in section.address else "survey"
        return self.catalogue.anchor(kind, section.address) if self.owns(kind, section.address) else ""

    def anchors(self, section: Section) -> tuple[str, ...]:
        """Return the anchor of a group and those of its former addresses; none when another view has it."""
        anchor = self.anchor(section)
        former = self.catalogue.former_of_groups.get(section.address, ()) if anchor else ()
        return (anchor, *(self.catalogue.anchor("group", address) for address in former)) if anchor else ()

    def intro(self, summary: Located | None) -> list[nodes.Node]:
        """Return the summary of a survey or group."""
        return [paper_intro("", *self.markup.block(summary))] if summary is not None else []

    def section(self, section: Section, *, heading: bool) -> paper_section:
        """Return the empty node of a group."""
        anchors = self.anchors(section)
        node = paper_section(
            "",
            anchor=anchors[0] if anchors else "",
            title=str(section.title),
            period=str(section.period or ""),
            depth=section.depth,
            heading=heading,
        )
        node["ids"] = list(anchors)
        node.extend(self.intro(section.summary))
        return node

    def grid(self, entries: tuple[Entry, ...], depth: int) -> list[nodes.Node]:
        """Return cards side by side; nothing when there are none."""
        return [paper_grid("", *(self.card(entry, "card", depth) for entry in entries))] if entries else []

    def group(self, section: Section, *, heading: bool = True) -> nodes.Element:
        """Return a group with its cards, and with the groups in it under their headings."""
        node = self.section(section, heading=heading)
        node.extend(self.grid(section.entries, section.depth + 1))
        node.extend(self.group(inner) for inner in section.sections)
        return node

    def unique_id(self, wanted: str) -> str:
        """Return *wanted*, or with a number what the page has not yet."""
        return unique_id(self.document, wanted)


def unique_id(document: nodes.document, wanted: str) -> str:
    """Return *wanted*, or with a number what the page has not yet."""
    numbered = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    name = next(name for name in numbered if name not in document.ids)
    reserve_id(document, name)
    return name
