"""What an import is going to do, as a record that can be shown before anything is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.importing.collection import Leftover
    from sphinx_paper_table.importing.ledger import Source
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import BibtexEntry


@dataclass(slots=True)
class NewPaper:
    """A paper that gets a record."""

    id: str
    name: str
    cite: tuple[str, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the record."""


@dataclass(slots=True)
class NewPlace:
    """A place for a paper that has its record elsewhere."""

    ref: str


@dataclass(slots=True)
class PlannedGroup:
    """A group that is made, or that is there and gets more."""

    path: str
    """Its place in the collection: names joined by " / "."""
    id: str = ""
    title: str = ""
    summary: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = True
    items: list[NewPaper | NewPlace] = field(default_factory=list)
    groups: list[PlannedGroup] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Return whether nothing is to be written in it."""
        return not self.items and all(group.is_empty() for group in self.groups)

    def walk(self) -> Iterator[PlannedGroup]:
        """Yield this group and those within."""
        yield self
        for group in self.groups:
            yield from group.walk()

    def papers(self) -> Iterator[NewPaper]:
        """Yield the new papers of this group and of those within."""
        for group in self.walk():
            yield from (item for item in group.items if isinstance(item, NewPaper))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an entry that the collection has changed since the last import, and the author has not."""

    key: str
    name: str
    value: str
    """Empty where the collection has taken it out."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the author has changed by hand, so that the collection's value is not taken."""

    key: str
    name: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Same:
    """A work that is a paper already."""

    position: Position
    work: str
    """What the collection calls it."""
    known: str
    """The id or key of the paper."""
    by: str
    """What tells that they are one: "DOI", "arXiv id", "title"."""
    text: str = ""
    """What the collection says of it beside: kept in the report."""


@dataclass(slots=True)
class Plan:
    """All that an import does."""

    survey: str
    title: str
    path: Path | None
    """The survey file; None where it is a new one."""
    top: PlannedGroup
    """The survey itself: its items belong to no group."""
    entries: list[BibtexEntry] = field(default_factory=list)
    """New entries, those that others inherit from last."""
    changes: list[FieldChange] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    same: list[Same] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Papers that were imported before and have been taken out by the author."""
    gone: list[str] = field(default_factory=list)
    """Papers that were imported before and that the collection has no longer."""
    leftovers: list[Leftover] = field(default_factory=list)
    venues: Counter[str] = field(default_factory=Counter)
    """Where the new papers appeared."""
    unknown_venues: Counter[str] = field(default_factory=Counter)
    """Those that the vocabulary lacks."""
    unknown_tags: Counter[str] = field(default_factory=Counter)
    """Words that are no tags of the vocabulary."""
    sources: list[Source] = field(default_factory=list)
    """What will have been imported."""
    formats: tuple[str, ...] = ()
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Terms that the project's vocabulary lacks, by kind and id."""
    works: int = 0
    """Works of the collection, each once."""

    @property
    def papers(self) -> list[NewPaper]:
        """The new papers."""
        return list(self.top.papers())

    @property
    def new_groups(self) -> list[PlannedGroup]:
        """The new groups that are not empty."""
        return [group for group in self.top.walk() if group.is_new and group is not self.top and not group.is_empty()]

    @property
    def is_nothing(self) -> bool:
        """Whether no file of the project would change but for what was imported before."""
        return self.path is not None and self.top.is_empty() and not self.entries and not self.changes
