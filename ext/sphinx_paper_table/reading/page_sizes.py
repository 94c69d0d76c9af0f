"""How large the pages of a site become: lists that grow with it are cut into parts before readers wait for them.

Only a build knows the size of a page. Here it is reckoned from what its lists show, by the average of the surveys of
this project's own site and of generated ones (`benchmarks.weights`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.initials import initial_of
from sphinx_paper_table.survey.problems import Code, Problem
from sphinx_paper_table.survey.selection import in_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import Reference

LARGEST: Final = 1_000_000
"""Bytes of a page from which on its lists are better cut; one of that size takes a phone some seconds."""
_CUT: Final = "cut the list into parts, each on a page of its own, with the option 'letters' or 'years'"
_GROUPS: Final = "show its groups on pages of their own: {paper-table} SURVEY#GROUP"


class Kind(NamedTuple):
    """A kind of list: what stands in it, how many bytes one takes, and how it is cut."""

    items: str
    weight: int
    remedy: str


CARDS: Final = Kind("papers", 2_700, _GROUPS)
LINES: Final = Kind("lines", 120, _CUT)
REFERENCES: Final = Kind("references", 1_100, _CUT)


def is_large(kind: Kind, items: int) -> bool:
    """Return whether a page with a list of so many *items* is one that readers wait for."""
    return kind.weight * items > LARGEST


class _List(NamedTuple):
    kind: Kind
    items: int
    place: Position

    @property
    def weight(self) -> int:
        return self.kind.weight * self.items


@dataclass(slots=True)
class PageSizes:
    """The lists of all pages, as these are read."""

    _lists: dict[str, list[_List]] = field(default_factory=lambda: defaultdict(list))

    def add(self, docname: str, kind: Kind, count: int, place: Position) -> None:
        """Take in a list with *count* items."""
        self._lists[docname].append(_List(kind, count, place))

    def problems(self) -> Iterator[Problem]:
        """Yield what is said of pages that are too large, at the list that takes most of each."""
        for lists in self._lists.values():
            weight = sum(one.weight for one in lists)
            if weight > LARGEST:
                most = max(lists, key=lambda one: one.weight)
                message = f"the page will have some {weight / 1e6:.1f} MB, for {most.items:,} {most.kind.items}"
                yield Problem(most.place, Code.LARGE_PAGE, message, most.kind.remedy, Code.LARGE_PAGE.severity)


def listed_references(
    catalogue: Catalogue, options: Mapping[str, str], cut: Mapping[str, Any], cited: Iterable[str]
) -> int:
    """Return how many references a ``bibliography`` with *options* lists, *cut* into a part, if pages cite *cited*.

    What a filter admits is not known here; it counts as nothing.
    """
    if "filter" in options:
        return 0
    keys = catalogue.references if "all" in options else cited
    found = {catalogue.former_keys.get(key, key) for key in keys}
    return sum(_is_in(catalogue.references[key], cut) for key in found if key in catalogue.references)


def _is_in(reference: Reference, cut: Mapping[str, Any]) -> bool:
    name = reference.authors[0].family if reference.authors else reference.title
    years, letters = cut.get("years"), cut.get("letters")
    return (years is None or in_years(reference.date[:4], years)) and (not letters or initial_of(name) in letters)
