"""The node classes. Node count is what costs in Sphinx, so a paper is one node, whatever it shows."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from typing import Final

from docutils import nodes

from sphinx_paper_table.model.comparison import Column, Comparison, Score
from sphinx_paper_table.model.facets import Choice, Facets
from sphinx_paper_table.model.index import Line
from sphinx_paper_table.model.lineage import Bond, Kind, Lane, Lineage, Member

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
class RelationLink:
    """One line under a relation's label: the other paper, and which ``why`` child holds the reason (-1: none)."""

    label: str
    paper: str
    name: str
    why: int = -1


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A number with what it takes to understand and check it; *cite* or *url* says where it was read."""

    benchmark: str
    detail: str
    value: str
    setting: str
    source: str
    url: str = ""
    cite: str = ""
    where: str = ""
    is_secondary: bool = False


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
    videos: tuple[VideoLink, ...] = ()
    relations: tuple[RelationLink, ...] = ()
    results: tuple[ResultLine, ...] = ()
    cites: tuple[str, ...] = ()
    bibtex: str = ""
    reviewed: str = ""
    is_home: bool = True
    former: tuple[str, ...] = ()
    """Anchors of former ids: addresses with them keep working."""
    facts: str = ""
    """What readers filter it by, see `Facets`; empty where there is no filter."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A heading of an index with the papers under it; *survey* links the heading, *text* is the child that explains it.

    *lines* are records of `model.index`.
    """

    anchor: str
    title: str
    lines: tuple[Line, ...]
    survey: str = ""
    text: int = -1
    former: tuple[str, ...] = ()
    """Anchors that it had before."""


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A survey at a glance: *counts* are (kind, number), *text* says which child is its summary (-1: none).

    *by_year* are (year, number of methods).
    """

    survey: str
    title: str
    counts: tuple[tuple[str, str], ...]
    text: int = -1
    by_year: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A row of a ranking: the paper that reached the number, when it became known, and the bare number."""

    paper: str
    name: str
    date: str
    line: ResultLine
    number: str


@dataclass(frozen=True, slots=True)
class RankingPart:
    """Numbers that may be compared, under the *title* of their encoder; what is no ranking is listed only.

    *shared* is what the settings of all rows have in common.
    """

    title: str
    rows: tuple[RankedLine, ...]
    is_ranking: bool
    shared: str = ""


@dataclass(frozen=True, slots=True)
class RankingTable:
    """All numbers on one benchmark, and which child is its protocol (-1: none); ``best`` is higher or lower.

    *measure* is the metric with its unit.
    """

    benchmark: str
    anchor: str
    title: str
    detail: str
    best: str
    parts: tuple[RankingPart, ...]
    text: int = -1
    measure: str = ""

    @property
    def is_ranking(self) -> bool:
        """Whether any of the numbers are compared."""
        return any(part.is_ranking for part in self.parts)

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return sum(len(part.rows) for part in self.parts)


class paper_card(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """A paper: ``card`` (a `Card`), ``layout`` (card, row or section), ``depth`` of its heading."""


class paper_text(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A text with mark-up: ``role`` is summary, note, point, why or description."""


class paper_search(nodes.Invisible, nodes.Inline, nodes.TextElement):  # noqa: N801
    """What the search finds a paper by and the page does not show: full title, authors, venue, tags."""


class paper_intro(nodes.General, nodes.Element):  # noqa: N801
    """The summary of a survey or group."""


class paper_section(nodes.General, nodes.Element):  # noqa: N801
    """A group in the layouts tabs and cards: ``anchor``, ``title``, ``period``, ``depth``, ``heading`` (shown?)."""


class paper_grid(nodes.General, nodes.Element):  # noqa: N801
    """Cards side by side."""


class paper_rows(nodes.General, nodes.Element):  # noqa: N801
    """The table of the layout table; children are `paper_rowgroup`."""


class paper_rowgroup(nodes.General, nodes.Element):  # noqa: N801
    """A group's rows: ``anchor``; children are a `paper_rowhead`, if the group has a title, and cards."""


class paper_rowhead(nodes.General, nodes.Element):  # noqa: N801
    """The row that names a group: ``anchor``, ``title``, ``period``, ``depth``; children are its summary."""


class paper_filter(nodes.General, nodes.Element):  # noqa: N801
    """What readers filter and sort by, which takes a script: ``facets`` and ``sortable`` (a choice of orders?)."""


class paper_videos(nodes.General, nodes.Element):  # noqa: N801
    """Lectures of a survey: ``videos`` (tuple of `VideoLink`)."""


class paper_index(nodes.General, nodes.Element):  # noqa: N801
    """Methods for looking up: ``by``, ``groups`` (tuple of `IndexGroup`), ``facts`` to filter by (by paper).

    Children are the texts that explain the groups, and a `paper_filter`.
    """


class paper_compare(nodes.General, nodes.Element):  # noqa: N801
    """Methods side by side: ``found`` (a `Comparison`), without columns when readers choose them."""


class paper_surveys(nodes.General, nodes.Element):  # noqa: N801
    """Surveys at a glance: ``cards`` (tuple of `SurveyCard`); children are their summaries."""


class paper_results(nodes.General, nodes.Element):  # noqa: N801
    """Rankings: ``tables`` (tuple of `RankingTable`); children are the protocols of their benchmarks."""


class paper_lineage(nodes.General, nodes.Element):  # noqa: N801
    """Who follows whom: ``lineage`` (a `Lineage`), ``title`` of the survey, ``anchor`` that makes ids unique."""


class paper_view(nodes.General, nodes.Element):  # noqa: N801
    """All that one directive shows: ``anchor``, ``layout``, and ``many`` when it is too much to lay out at once."""


KEPT: Final = (
    *(Card, VideoLink, RelationLink, ResultLine, IndexGroup, Line, SurveyCard, RankedLine, RankingTable),
    *(Lineage, Member, Kind, Bond, Lane, Facets, Choice),
    *(Comparison, Column, Score),
)
"""The records that nodes hold."""


def shape(*records: type) -> int:
    """Return a number that changes with the fields of what is pickled into doctrees, or of the *records* given.

    It is part of the environment's version: doctrees of another shape are read anew instead of failing when printed.
    """
    kept = records or KEPT
    return zlib.crc32(repr([(kind.__name__, [field.name for field in fields(kind)]) for kind in kept]).encode())
