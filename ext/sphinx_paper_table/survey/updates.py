"""What `paper-table update` has learnt elsewhere, as its file says it: builds read that, and no network.

The file is written by the command and may be written by others, so that it is checked as any file of authors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, Literal

from sphinx_paper_table.survey.fields import KEYED, CiteKey, Date, Name, Url, doc
from sphinx_paper_table.survey.record import Record
from sphinx_paper_table.survey.status import Status

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Record):
    """Where a preprint was published."""

    venue: Annotated[Name | None, doc("The conference or journal.")] = None
    year: Annotated[Date | None, doc("The year.")] = None
    doi: Annotated[Name | None, doc("The DOI.")] = None
    url: Annotated[Url | None, doc("The address where that was learnt.")] = None

    @property
    def place(self) -> str:
        """Venue and year as readers see them; else the DOI, or the host."""
        return " ".join(part for part in (self.venue, self.year) if part) or str(self.doi or self.url or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt(Record):
    """What was learnt of a reference."""

    checked: Annotated[Date, doc("When that was learnt.")]
    published: Annotated[Published | None, doc("Where the preprint was published.")] = None
    status: Annotated[Literal["withdrawn", "retracted"] | None, doc("What became of it.")] = None
    source: Annotated[Url | None, doc("Who says so.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Record):
    """What was learnt of a link to code."""

    checked: Annotated[Date, doc("When that was learnt.")]
    to: Annotated[Url | None, doc("Where it is now; without this it has gone.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates(Record):
    """The whole file."""

    updates: Annotated[Date, doc("The day when it was written.")]
    references: Annotated[dict[CiteKey, Learnt], KEYED, doc("Cite key to what was learnt of it.")] = field(
        default_factory=dict
    )
    links: Annotated[dict[Url, Moved], KEYED, doc("Address of code to what was learnt of it.")] = field(
        default_factory=dict
    )

    def status(self, key: str) -> Status | None:
        """Return what became of the publication of a cite key."""
        learnt = self.references.get(key)  # type: ignore[call-overload]  # a key is text
        if learnt is None or learnt.status is None:
            return None
        return Status(kind=learnt.status, date=learnt.checked, source=learnt.source, position=learnt.position)

    def published(self, reference: Reference | None) -> Published | None:
        """Return where a preprint was published, unless its entry says so by now."""
        learnt = self.references.get(reference.key) if reference else None  # type: ignore[call-overload]  # as above
        found = learnt.published if learnt else None
        return found if found and reference and is_preprint(reference) else None


_PREPRINTS: Final = frozenset({"misc", "online", "unpublished"})
_ARXIV_DOI: Final = "10.48550/"


def is_preprint(reference: Reference) -> bool:
    """Return whether an entry is that of a preprint at arXiv, which may appear elsewhere later."""
    is_elsewhere = reference.doi and not reference.doi.lower().startswith(_ARXIV_DOI)
    is_bare = reference.type.lower() in _PREPRINTS or reference.venue.lower() in {"arxiv", "corr"}
    return bool(reference.arxiv) and is_bare and not is_elsewhere
