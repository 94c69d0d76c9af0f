"""Surveys in outline: the names in them and where they lead, so that few records are read for a catalogue of them.

A build in which one survey has changed, or one page, asks for the records of that survey and for what these lead to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

from sphinx_paper_table.survey.catalogue import Home, addresses_of, walk_groups
from sphinx_paper_table.survey.elsewhere import is_elsewhere
from sphinx_paper_table.survey.entities import Paper, Placement

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue, Edge
    from sphinx_paper_table.survey.entities import Group, Item, Survey

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Outline:
    """The names of a survey, as plain texts in their order."""

    aliases: tuple[str, ...]
    papers: tuple[tuple[str, tuple[str, ...]], ...]
    """Ids of the papers at home in it, each with the groups around it."""
    former_papers: tuple[tuple[str, str], ...]
    """Former ids of papers, each with the present one."""
    groups: tuple[str, ...]
    """Addresses of groups."""
    former_groups: tuple[tuple[str, str], ...]
    """Every other address of a group, with the present one."""
    links: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Papers that state relations, with the type of each and the name that it leads to."""
    placed: tuple[str, ...]
    """The names of papers from elsewhere."""
    first_keys: tuple[tuple[str, str], ...]
    """Papers with the cite key of their own publication."""
    with_status: tuple[str, ...]
    """Papers of which the author says what became of them."""


def outline_of(survey: Survey) -> Outline:
    """Return the outline of a survey whose ids are unique."""
    placed: list[tuple[tuple[str, ...], Item]] = [((), item) for item in survey.papers]
    placed += [(path, item) for path, group in walk_groups(survey.groups) for item in group.papers]
    papers = [(tuple(map(str, path)), item) for path, item in placed if isinstance(item, Paper)]
    groups = [(f"{survey.survey}#{group.id}", group) for _, group in walk_groups(survey.groups)]
    return Outline(
        tuple(map(str, survey.aliases)),
        tuple((str(paper.id), path) for path, paper in papers),
        tuple((str(alias), str(paper.id)) for _, paper in papers for alias in paper.aliases),
        tuple(address for address, _ in groups),
        tuple((former, address) for address, group in groups for former in addresses_of(survey, group)),
        tuple((str(paper.id), links) for _, paper in papers if (links := tuple(_links(paper)))),
        tuple(str(item.ref) for _, item in placed if isinstance(item, Placement)),
        tuple((str(paper.id), str(paper.cite[0])) for _, paper in papers if paper.cite),
        tuple(str(paper.id) for _, paper in papers if paper.status),
    )


def _links(paper: Paper) -> Iterator[tuple[str, str]]:
    return ((str(kind), str(relation.to)) for kind, relations in paper.relations.items() for relation in relations)


class _Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping whose keys are known, and whose values are looked for when they are asked for."""

    def __init__(self, keys: Collection[str], find: Callable[[str], Value]) -> None:
        self._keys = keys
        self._find = cache(find)

    def __getitem__(self, key: str) -> Value:
        if key not in self._keys:
            raise KeyError(key)
        return self._find(str(key))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Outlines:
    """The outlines of all surveys by id, and the indexes that are made of them: the same for every language."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        """Make the indexes."""
        self._surveys = outlines.keys()
        self._survey_of = {name: survey for survey, one in outlines.items() for name, _ in one.papers}
        self._aliases = {alias: name for one in outlines.values() for alias, name in one.former_papers}
        self._groups = {address: survey for survey, one in outlines.items() for address in one.groups}
        links = [
            (name, kind, self._aliases.get(target, target))
            for one in outlines.values()
            for name, of_paper in one.links
            for kind, target in of_paper
        ]
        linking = [link for link in links if link[2] in self._survey_of]
        leaving = [link for link in links if is_elsewhere(link[2])]
        self._linking, self._leaving = ({name: None for name, _, _ in some} for some in (linking, leaving))
        self._sources: dict[str, dict[str, None]] = defaultdict(dict)
        for name, _, target in linking:
            self._sources[target][name] = None
        self._known = self._indexes(outlines)
        self._known["stated_types"] = tuple(dict.fromkeys(kind for _, kind, _ in (*linking, *leaving)))

    def _indexes(self, outlines: Mapping[str, Outline]) -> dict[str, object]:
        """Return the properties of a catalogue that need no record."""
        every = outlines.items()
        former: dict[str, str] = {}
        for address, present in (pair for _, one in every for pair in one.former_groups):
            former.setdefault(address, present)
        return {
            "homes": {name: Home(survey, path) for survey, one in every for name, path in one.papers},
            "residents": {survey: tuple(name for name, _ in one.papers) for survey, one in every if one.papers},
            "former_groups": {address: name for address, name in former.items() if address not in self._groups},
            "aliases": self._aliases,
            "survey_aliases": {alias: survey for survey, one in every for alias in one.aliases},
            "shown_in": {survey: self._shown_in(survey, one) for survey, one in every},
            "first_keys": {name: key for _, one in every for name, key in one.first_keys},
            "with_status": tuple(name for _, one in every for name in one.with_status),
        }

    def _shown_in(self, survey: str, outline: Outline) -> frozenset[str]:
        present = (self._aliases.get(name, name) for name in outline.placed)
        return frozenset({survey, *(self._survey_of[name] for name in present if name in self._survey_of)})

    def catalogue(self, load: Callable[[str], Survey], others: Catalogue, known: Mapping[str, object]) -> Catalogue:
        """Return a catalogue of the surveys that *load* returns by id; all but the surveys is that of *others*.

        *known* are further properties of it, by name, that no record is to be read for. It equals the catalogue of the
        same surveys in a dictionary.
        """
        catalogue = replace(others, surveys=_Lazy(self._surveys, load))
        records = cache(partial(_records_in, catalogue))
        vars(catalogue).update(  # where `functools.cached_property` looks for what it has computed
            self._known,
            **known,
            papers=_Lazy(self._survey_of, lambda name: records(self._survey_of[name])[0][name]),
            groups=_Lazy(self._groups, lambda address: records(self._groups[address])[1][address]),
            outgoing=_Lazy(self._linking, partial(self._outgoing, catalogue)),
            incoming=_Lazy(self._sources, partial(self._incoming, catalogue)),
            elsewhere=_Lazy(self._leaving, partial(_elsewhere, catalogue)),
        )
        return catalogue

    def _outgoing(self, catalogue: Catalogue, name: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in catalogue.edges_of(name) if edge.target in self._survey_of)

    def _incoming(self, catalogue: Catalogue, name: str) -> tuple[Edge, ...]:
        edges = (edge for source in self._sources[name] for edge in catalogue.edges_of(source))
        return catalogue.by_date(edge for edge in edges if edge.target == name)


def _elsewhere(catalogue: Catalogue, name: str) -> tuple[Edge, ...]:
    return tuple(edge for edge in catalogue.edges_of(name) if is_elsewhere(edge.target))


def _records_in(catalogue: Catalogue, survey: str) -> tuple[dict[str, Paper], dict[str, Group]]:
    """Return the papers at home in a survey by id, and its groups by address."""
    record = catalogue.surveys[survey]
    groups = [group for _, group in walk_groups(record.groups)]
    items = chain(record.papers, *(group.papers for group in groups))
    return (
        {str(item.id): item for item in items if isinstance(item, Paper)},
        {f"{survey}#{group.id}": group for group in groups},
    )
