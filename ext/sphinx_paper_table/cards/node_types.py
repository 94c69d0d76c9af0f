"""The node classes. Node count is what costs in Sphinx, so a paper is one node, whatever it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.compat.docutils import QuicklyWalked

if TYPE_CHECKING:
    from sphinx_paper_table.survey.result_lines import ResultLine
    from sphinx_paper_table.survey.status_lines import StatusLine
    from sphinx_paper_table.survey.updates import Published

SORTABLE: Final = "pt-sortable"
"""Marks nodes with tables that headings sort; in HTML, ``data-sort`` on headings or cells says which and by what."""


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A lecture with its addresses as (site, url)."""

    title: str
    lang: str
    detail: str
    urls: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RelationLine:
    """One line under a relation's label: the other paper, and which ``why`` child holds the reason (-1: none)."""

    label: str
    paper: str
    name: str
    why: int = -1
    is_backward: bool = False
    """Whether the other paper states it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows besides the texts with mark-up, which are the node's children."""

    id: str
    name: str
    anchor: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    short_authors: str = ""
    published: str = ""
    date: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What stands after its label, as (name of the field, values); texts with mark-up are children of the node."""
    words: tuple[str, ...] = ()
    """What the search finds it by besides what it says of the publication, and its tags."""
    videos: tuple[VideoLink, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    results: tuple[ResultLine, ...] = ()
    cites: tuple[str, ...] = ()
    bibtex: str = ""
    kind: str = ""
    """What it is, if no method: "dataset" or "survey"."""
    former: tuple[str, ...] = ()
    """Anchors of former ids: addresses with them keep working."""
    status: StatusLine | None = None
    since: Published | None = None
    """Where a preprint was published."""
    before: tuple[str, str] = ("", "")
    """The anchor and the name of the card before it on the page; empty for the first."""
    after: tuple[str, str] = ("", "")
    facts: str = ""
    """What readers filter it by, see `filter.facts_of`; empty where there is no filter."""

    @property
    def chain(self) -> list[list[RelationLine]]:
        """What it builds on and what builds on it: of each direction the relations that come first."""
        found = []
        for is_backward in (False, True):
            lines = [line for line in self.relations if line.is_backward == is_backward]
            found.append([line for line in lines if line.label == lines[0].label])
        return [lines for lines in found if lines]


class paper_card(nodes.General, QuicklyWalked):  # noqa: N801 (docutils names node classes in lower case)
    """A paper: ``card`` (a `Card`), ``layout`` (card, row or section), ``depth`` of its heading."""


class paper_text(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A text with mark-up, by its ``role``.

    That is summary, note, point, why, description, that of a `PlainField`, or title where it has formulas.
    """


class paper_search(nodes.Invisible, nodes.Inline, nodes.TextElement):  # noqa: N801
    """What the search finds a paper by and the page does not show: full title, authors, venue, tags."""


class paper_intro(nodes.General, nodes.Element):  # noqa: N801
    """The summary of a survey or group."""


class paper_section(nodes.General, nodes.Element):  # noqa: N801
    """A group in the layouts tabs and cards: ``anchor``, ``title``, ``period``, ``depth``, ``heading`` (shown?)."""


class paper_groups(nodes.General, nodes.Element):  # noqa: N801
    """Groups with a list of them: ``anchor``, ``groups`` (tuple of (anchor, title, number of entries)); their nodes."""


class paper_grid(nodes.General, nodes.Element):  # noqa: N801
    """Cards side by side."""


class paper_rows(nodes.General, nodes.Element):  # noqa: N801
    """The table of the layout table; children are `paper_rowgroup`."""


class paper_rowgroup(nodes.General, nodes.Element):  # noqa: N801
    """A group's rows: ``anchor``; children are a `paper_rowhead`, if the group has a title, and cards."""


class paper_rowhead(nodes.General, nodes.Element):  # noqa: N801
    """The row that names a group: ``anchor``, ``former`` (anchors), ``title``, ``period``, ``depth``; its summary."""


class paper_filter(nodes.General, nodes.Element):  # noqa: N801
    """What readers filter and sort by, which takes a script: ``facets`` and ``sortable`` (a choice of orders?)."""


class paper_videos(nodes.General, nodes.Element):  # noqa: N801
    """Lectures of a survey: ``videos`` (tuple of `VideoLink`)."""


class paper_view(nodes.General, QuicklyWalked):  # noqa: N801
    """All that one directive shows: ``anchor``, ``layout``, and ``many`` when it is too much to lay out at once."""
