"""What a foreign collection of papers says, in one form for all formats, before anybody decides what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_paper_table.survey.located import NOWHERE, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.survey.references import Author, BibtexEntry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Work:
    """One paper as a collection tells it. The same object in several groups is one paper that stands in all of them."""

    position: Position
    key: str = ""
    """The name by which the collection knows it: a cite key, the key of an item, an id; it finds it again next time."""
    entry: BibtexEntry | None = None
    """The entry itself where the collection is BibTeX, so that nothing is lost; then the next three are not read."""
    entry_type: str = "misc"
    """BibTeX's or biblatex's type."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """BibTeX's names, in lower case, to readable text in Unicode (not TeX: whoever writes the entry escapes it).

    Formulas stand between dollar signs in ``title`` only. Identifiers as they are known: ``doi`` without an address,
    ``eprint`` with ``archiveprefix`` "arXiv". Without ``author`` and ``editor``, see `people`.
    """
    people: Mapping[str, tuple[Author, ...]] = field(default_factory=dict)
    """``author`` and ``editor``; an institution is one with its name as ``family`` and no ``given``."""
    name: str = ""
    """The short name, such as "MoCo", where the collection has one."""
    summary: str = ""
    """What the collection says of the paper in a sentence or more: Markdown, inline; it is made safe later."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Addresses by the names of `entities.Links`: ``code``, ``project``, ``demo``, ``data``, ``slides``, ``blog``.

    The paper's own address is the field ``url``.
    """
    tags: tuple[str, ...] = ()
    """Words, free ones: keywords, badges."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of a paper's record (`entities.Paper`) with their values; only our own format knows some.

    Texts in it are MyST as they are, and names are those of the collection. ``cite`` has the cite keys.
    """

    @property
    def cite_key(self) -> str:
        """The key of its entry in the collection."""
        cite = self.record.get("cite")
        return str(cite[0]) if isinstance(cite, list) and cite else self.key


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """A part of a collection: a heading, a folder, a keyword."""

    name: str
    position: Position = NOWHERE
    id: str = ""
    """Its id, where the collection gives one that a survey can have; else it is made of the name."""
    description: str = ""
    """What stands below the heading, before the first paper: Markdown; it is made safe later.

    A link to ``cite:KEY,KEY`` with keys of works, percent-encoded, is a citation of them.
    """
    record: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of a group's record; only our own format knows some."""
    works: tuple[Work, ...] = ()
    groups: tuple[Group, ...] = ()

    def all_works(self) -> Iterator[Work]:
        """Yield the works of the group and of those in it."""
        yield from self.works
        for group in self.groups:
            yield from group.all_works()


@dataclass(frozen=True, slots=True)
class Leftover:
    """What has no place in a survey. It is kept in the report, never dropped."""

    position: Position
    text: str
    """What stands there, as it is written."""
    reason: str
    """Why it has no place: a clause such as "a picture", "no paper: it has neither title nor address"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All that a file, or a folder, tells."""

    title: str = ""
    description: str = ""
    """What is said of the whole; Markdown."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of a survey's record; only our own format knows some."""
    surveys: tuple[str, ...] = ()
    """The ids of the surveys that it was, on another site of ours."""
    works: tuple[Work, ...] = ()
    """Papers that belong to no group."""
    groups: tuple[Group, ...] = ()
    references: tuple[Work, ...] = ()
    """What belongs in the bibliography alone and is no paper of the survey: entries that others inherit from."""
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Terms of a vocabulary (``tags``, ``relations``, ``benchmarks``) by id, as `entities.Vocabulary` has them."""
    leftovers: tuple[Leftover, ...] = ()

    def all_works(self) -> Iterator[Work]:
        """Yield the works in their order; one that stands in several groups comes several times."""
        yield from self.works
        for group in self.groups:
            yield from group.all_works()
