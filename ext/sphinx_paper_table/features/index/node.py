"""An index of methods: its node, and what the node holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx_paper_table.features.index.query import Line


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A heading of an index with the papers under it; *survey* links the heading, *text* is the child that explains it.

    *lines* are records of `query`.
    """

    anchor: str
    title: str
    lines: tuple[Line, ...]
    survey: str = ""
    text: int = -1
    former: tuple[str, ...] = ()
    """Anchors that it had before."""


class paper_index(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """Methods for looking up: ``by``, ``groups`` (tuple of `IndexGroup`), ``facts`` to filter by (by paper).

    Children are the texts that explain the groups, and a `paper_filter`.
    """
