"""All surveys, joined: every derived fact (inverse relations, homes, dates) is computed here and nowhere written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.anchors import anchor_of, mark
from sphinx_paper_table.survey.bib_files import NO_BIB_FILES, BibFiles
from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted
from sphinx_paper_table.survey.entities import METHOD, Group, Item, Paper, Placement, RelationType, Survey, Vocabulary
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.references import Reference
from sphinx_paper_table.survey.venues import VenueIndex, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.status import Status
    from sphinx_paper_table.survey.updates import Published, Updates


@dataclass(frozen=True, slots=True)
class Home:
    """Where a paper's record stands: its survey, and the groups from the outermost inwards."""

    survey: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two papers of the catalogue, from the one that states it."""

    type: str
    source: str
    target: str
    why: Located | None = None


@dataclass(frozen=True, slots=True)
class PaperRelation:
    """A relation as one of its two papers shows it: a label, the paper at the other end and the reason."""

    label: str
    paper: str
    """Its id; of a paper on another site ``PROJECT:ID``."""
    edge: Edge


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Surveys, vocabulary and bibliography, with every index a view needs.

    Immutable; a translated catalogue is a new one. Dictionaries keep the order of the files.
    """

    surveys: Mapping[str, Survey] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(vocabulary=Located("none")))
    references: Mapping[str, Reference] = field(default_factory=dict)
    bib_files: BibFiles = NO_BIB_FILES
    """Where the references come from, for messages."""
    original: Catalogue | None = None
    """The same before it was translated; None where it was not."""
    updates: Updates | None = None
    """What was learnt elsewhere of its references and links."""

    def paper(self, name: str) -> Paper | None:
        """Return the paper with this id or former id."""
        return self.papers.get(self.aliases.get(name, name))

    def survey(self, name: str) -> Survey | None:
        """Return the survey with this id or former id."""
        return self.surveys.get(self.survey_aliases.get(name, name))

    def group(self, address: str) -> Group | None:
        """Return the group that has, or had, the address ``SURVEY#GROUP``."""
        return self.groups.get(self.former_groups.get(address, address))

    def reference(self, paper: Paper) -> Reference | None:
        """Return the bibliography entry of the paper itself: that of its first cite key."""
        return self.references.get(paper.cite[0]) if paper.cite else None

    def status(self, paper: Paper) -> Status | None:
        """Return what became of a paper: as its author says, else as was learnt elsewhere."""
        learnt = self.updates.status(paper.cite[0]) if self.updates and paper.cite else None
        return paper.status or learnt

    def published_since(self, paper: Paper) -> Published | None:
        """Return where a preprint was published as was learnt elsewhere, unless the bibliography says so."""
        return self.updates.published(self.reference(paper)) if self.updates else None

    def venue(self, reference: Reference | None) -> str:
        """Return where a publication appeared, by the name that the vocabulary has for it; empty when unknown."""
        return self.venues.label(reference.venue) if reference else ""

    def published(self, reference: Reference | None) -> str:
        """Return venue and year as a card shows them: "CVPR 2020"."""
        return " ".join(part for part in (self.venue(reference), reference.year) if part) if reference else ""

    def date(self, paper: Paper) -> str:
        """Return when the paper was first public (year, month or day, as known), or the empty string."""
        if paper.date is not None:
            return paper.date
        reference = self.reference(paper)
        return reference.first_public if reference else ""

    def kind(self, paper: Paper) -> str:
        """Return what a paper is by its tags: a data set, a survey, else a method."""
        terms = (self.vocabulary.tags.get(tag) for tag in paper.tags)
        return next((term.kind for term in terms if term and term.kind), METHOD)

    def name_of(self, target: str) -> str:
        """Return the name of the paper that a relation leads to; of one on another site its id, all that is known."""
        return str(self.papers[target].name) if target in self.papers else parted(target)[1]

    def relation_type(self, name: str) -> RelationType:
        """Return the relation type; one that the vocabulary lacks reads as its own id."""
        found = self.vocabulary.relations.get(name)  # type: ignore[call-overload]
        return found or RelationType(name=Located(name.replace("-", " ")))

    def backward_label(self, name: str) -> str:
        """Return what the target of a relation shows before the paper that states it."""
        kind = self.relation_type(name)
        return kind.name if kind.symmetric else kind.inverse or f"{kind.name} (from)"

    def relations_of(self, paper_id: str) -> tuple[PaperRelation, ...]:
        """Return the relations of a paper in both directions, grouped by label in the vocabulary's order.

        Those to papers on other sites stand last under their label; what those say of the paper is known there only.
        """
        relations = [
            *(
                PaperRelation(self.relation_type(edge.type).name, edge.target, edge)
                for edge in self.outgoing.get(paper_id, ())
            ),
            *(
                PaperRelation(self.backward_label(edge.type), edge.source, edge)
                for edge in self.incoming.get(paper_id, ())
            ),
            *(
                PaperRelation(self.relation_type(edge.type).name, edge.target, edge)
                for edge in self.elsewhere.get(paper_id, ())
            ),
        ]
        rank = {label: number for number, label in enumerate(self._labels)}
        return tuple(sorted(relations, key=lambda relation: rank.get(relation.label, len(rank))))

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        kinds = self.vocabulary.relations.values()
        return (*(kind.name for kind in kinds), *(kind.inverse for kind in kinds if kind.inverse))

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """Every paper by id, in the order of the surveys."""
        return {item.id: item for _, item in self._placed if isinstance(item, Paper)}

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        """The home of every paper by id."""
        return {item.id: home for home, item in self._placed if isinstance(item, Paper)}

    @cached_property
    def residents(self) -> Mapping[str, tuple[str, ...]]:
        """The papers at home in each survey, by its id; surveys without any are left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, home in self.homes.items():
            found[home.survey].append(name)
        return {survey: tuple(names) for survey, names in found.items()}

    @cached_property
    def survey_order(self) -> Mapping[str, int]:
        """The place of each survey among all, from 0 on, by its id."""
        return {name: place for place, name in enumerate(self.surveys)}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Every group by its address ``SURVEY#GROUP``."""
        return {
            f"{survey.survey}#{group.id}": group
            for survey in self.surveys.values()
            for _, group in walk_groups(survey.groups)
        }

    @cached_property
    def former_groups(self) -> Mapping[str, str]:
        """Former addresses of groups, each with the present one; a former id of the survey makes one too."""
        former: dict[str, str] = {}
        for survey in self.surveys.values():
            for _, group in walk_groups(survey.groups):
                for address in addresses_of(survey, group):
                    former.setdefault(address, f"{survey.survey}#{group.id}")
        return {address: present for address, present in former.items() if address not in self.groups}

    @cached_property
    def former_of_groups(self) -> Mapping[str, tuple[str, ...]]:
        """The former addresses of each group that has some, by its address."""
        found: dict[str, list[str]] = defaultdict(list)
        for former, present in self.former_groups.items():
            found[present].append(former)
        return {address: tuple(former) for address, former in found.items()}

    @cached_property
    def tag_aliases(self) -> Mapping[str, str]:
        """Former ids of tags, each with the present one."""
        return {str(alias): str(name) for name, term in self.vocabulary.tags.items() for alias in term.aliases}

    @cached_property
    def benchmark_aliases(self) -> Mapping[str, str]:
        """Former ids of benchmarks, each with the present one."""
        return {str(alias): str(name) for name, term in self.vocabulary.benchmarks.items() for alias in term.aliases}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Former paper ids, each with the present one."""
        return {alias: paper.id for paper in self.papers.values() for alias in paper.aliases}

    @cached_property
    def former_keys(self) -> Mapping[str, str]:
        """Former cite keys, each with the present one; a key that an entry has today is that entry's."""
        former = {key: name for name, reference in reversed(tuple(self.references.items())) for key in reference.former}
        return {key: name for key, name in former.items() if key not in self.references}

    @cached_property
    def venues(self) -> VenueIndex:
        """The venues of the vocabulary, by whatever entries call them."""
        return VenueIndex(self.vocabulary.venues.items())

    @cached_property
    def venue_spellings(self) -> Mapping[str, tuple[str, ...]]:
        """What else the bibliography and the vocabulary call its venues, by the names that readers see."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for spelling in dict.fromkeys(reference.venue for reference in self.references.values()):
            found[self.venues.label(spelling)][spelling] = None
        aliases = {label_of(venue): tuple(map(str, venue.aliases)) for venue in self.vocabulary.venues.values()}
        for name, others in found.items():
            venue, space, workshop = name.partition(" ")
            others.update(dict.fromkeys(aliases.get(name, ())))
            if space and name not in aliases:
                others.update({f"{alias} {workshop}": None for alias in aliases.get(venue, ()) if " " not in alias})
        return {name: tuple(spelling for spelling in others if spelling != name) for name, others in found.items()}

    @cached_property
    def survey_aliases(self) -> Mapping[str, str]:
        """Former survey ids, each with the present one."""
        return {alias: survey.survey for survey in self.surveys.values() for alias in survey.aliases}

    def anchor(self, kind: str, name: str) -> str:
        """Return the anchor of a survey, group or method; one that would have that of an earlier one has its `mark`."""
        anchor = anchor_of(kind, name)
        return f"{anchor}-{mark(name)}" if (kind, name) in self.sharing else anchor

    @cached_property
    def sharing(self) -> frozenset[tuple[str, str]]:
        """What would have the anchor of an earlier survey, group or method, as (kind, name)."""
        surveys = ((survey.survey, *survey.aliases) for survey in self.surveys.values())
        papers = ((paper.id, *paper.aliases) for paper in self.papers.values())
        named = [("survey", str(name)) for names in surveys for name in names]
        named += [("group", address) for address in (*self.groups, *self.former_groups)]
        named += [("method", str(name)) for names in papers for name in names]
        owners: dict[str, tuple[str, str]] = {}
        return frozenset(item for item in named if owners.setdefault(anchor_of(*item), item) != item)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every relation whose target exists, in the order of the files."""
        return tuple(edge for name in self.papers for edge in self.edges_of(name) if edge.target in self.papers)

    @cached_property
    def stated_types(self) -> tuple[str, ...]:
        """The types of all relations, those to other sites last; each once, in the order of the files."""
        return tuple(dict.fromkeys(str(edge.type) for edge in (*self.edges, *self.edges_elsewhere)))

    def edges_of(self, name: str) -> Iterator[Edge]:
        """Yield every relation that the paper with the id *name* states, whether its target exists or not."""
        paper = self.papers[name]
        for kind, relations in paper.relations.items():
            for relation in relations:
                yield Edge(kind, paper.id, self.aliases.get(relation.to, relation.to), relation.why)

    @cached_property
    def edges_elsewhere(self) -> tuple[Edge, ...]:
        """Every relation to a paper on another site, whether that has it or not, in the order of the files."""
        return tuple(edge for name in self.papers for edge in self.edges_of(name) if is_elsewhere(edge.target))

    @cached_property
    def elsewhere(self) -> Mapping[str, tuple[Edge, ...]]:
        """Relations to papers on other sites, by the paper that states them."""
        by_source: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges_elsewhere:
            by_source[edge.source].append(edge)
        return {name: tuple(edges) for name, edges in by_source.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Edge, ...]]:
        """Relations by the paper that states them."""
        by_source: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            by_source[edge.source].append(edge)
        return {name: tuple(edges) for name, edges in by_source.items()}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        """Relations by their target, the later sources after the earlier ones."""
        by_target: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            by_target[edge.target].append(edge)
        return {name: self.by_date(edges) for name, edges in by_target.items()}

    def by_date(self, edges: Iterable[Edge]) -> tuple[Edge, ...]:
        """Return *edges* in the order in which their sources were public."""
        return tuple(sorted(edges, key=lambda edge: self.date(self.papers[edge.source])))

    @cached_property
    def shown_in(self) -> Mapping[str, frozenset[str]]:
        """The surveys at home in which papers that each survey shows are, itself among them."""
        found = {str(name): {str(name)} for name in self.surveys}
        for home, item in self._placed:
            if isinstance(item, Placement) and (paper := self.paper(item.ref)):
                found[home.survey].add(self.homes[paper.id].survey)
        return {name: frozenset(surveys) for name, surveys in found.items()}

    @cached_property
    def first_keys(self) -> Mapping[str, str]:
        """The cite key of each paper's own publication, by the paper's id; papers without one are left out."""
        return {name: str(paper.cite[0]) for name, paper in self.papers.items() if paper.cite}

    @cached_property
    def with_status(self) -> tuple[str, ...]:
        """The ids of the papers of which their author says what became of them."""
        return tuple(name for name, paper in self.papers.items() if paper.status)

    @cached_property
    def _placed(self) -> tuple[tuple[Home, Paper | Placement], ...]:
        return tuple(
            (Home(survey.survey, path), item)
            for survey in self.surveys.values()
            for path, items in _item_lists(survey)
            for item in items
        )


def addresses_of(survey: Survey, group: Group) -> Iterator[str]:
    """Yield every address that a group has, or had in this survey or in another one."""
    names = [str(group.id), *(str(alias) for alias in group.aliases if "#" not in alias)]
    yield from (f"{name}#{own}" for name in (survey.survey, *survey.aliases) for own in names)
    yield from (str(alias) for alias in group.aliases if "#" in alias)


def _item_lists(survey: Survey) -> Iterator[tuple[tuple[str, ...], tuple[Item, ...]]]:
    yield (), survey.papers
    for path, group in walk_groups(survey.groups):
        yield path, group.papers


def walk_groups(groups: tuple[Group, ...], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Group]]:
    """Yield every group with the ids of the groups around it and its own, parents before children."""
    for group in groups:
        here = (*path, group.id)
        yield here, group
        yield from walk_groups(group.groups, here)
