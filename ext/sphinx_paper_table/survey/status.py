"""What became of a paper after it was public: withdrawn, retracted, or superseded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from sphinx_paper_table.survey.fields import POSITION, Date, Name, Plain, Url, doc
from sphinx_paper_table.survey.located import Located, position_of
from sphinx_paper_table.survey.marks import Before, Described
from sphinx_paper_table.survey.record import Record
from sphinx_paper_table.survey.shown import _

STATUS_WORDS: Final = {
    "withdrawn": (_("Withdrawn"), _("Withdrawn, see {other}")),
    "retracted": (_("Retracted"), _("Retracted, see {other}")),
    "superseded": (_("Superseded"), _("Superseded by {other}")),
}
"""The kinds of a status: what lists say, and what is said where something took the paper's place."""
_SUPERSEDED_BY: Final = "superseded by "
BRIEF_TEXT: Final = rf"^(?:{'|'.join(STATUS_WORDS)}|{_SUPERSEDED_BY} *\S(?:[^\r\n]*\S)?\s*)$"
"""A status as a text."""
_Brief = Annotated[str, Described(json_schema_extra={"pattern": BRIEF_TEXT})]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Record):
    """What became of a paper: who builds on it should know."""

    kind: Annotated[
        Literal["withdrawn", "retracted", "superseded"],
        doc(
            "Taken back by its authors (`withdrawn`), taken back after it was published (`retracted`), "
            "or replaced by something else (`superseded`)."
        ),
    ]
    by: Annotated[
        Name | None,
        doc("What took its place: the id of a paper, a cite key, an address, or words.", examples=("moco-v2",)),
    ] = None
    date: Annotated[Date | None, doc("When that became known.")] = None
    why: Annotated[Plain | None, doc("The reason, in a few words.")] = None
    source: Annotated[Url | None, doc("Address of the notice that says so.")] = None


def expanded(value: object) -> object:
    """Return the mapping that a text such as ``retracted`` or ``superseded by ID`` stands for."""
    if not isinstance(value, str):
        return value
    place = position_of(value)
    found: dict[str, Any] = {"kind": value, POSITION: place}
    if other := successor_in(value):
        located = value.position_at(value.rfind(other)) if isinstance(value, Located) else place
        found |= {"kind": Located("superseded", place), "by": Located(other, located)}
    return found


BriefStatus = Annotated[Status, Before(expanded, written=Status | _Brief)]
"""A status as authors write it."""


def successor_in(text: str) -> str:
    """Return what *text* says after ``superseded by``; empty where it does not begin so."""
    return text[len(_SUPERSEDED_BY) :].strip() if text.startswith(_SUPERSEDED_BY) else ""
