"""The kinds of things to do, apart from what finds them: helps and options name them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sphinx_paper_table.survey.shown import _

MONTHS: Final = 12
"""After so many months a review is old, unless somebody says otherwise, and a preprint may be published."""


class Kind(StrEnum):
    """Every kind of thing to do; the values are those of the command line, the directive and the JSON."""

    label: str
    explanation: str

    def __new__(cls, value: str, label: str = "", explanation: str = "") -> Kind:  # noqa: PYI034 (as in `Code`)
        """Make the member *value* and keep beside it what readers see, and what it means."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.explanation = label, explanation
        return member

    UNFINISHED = "unfinished", _("Unfinished"), "a text or a comment of the entry says TODO"
    REFERENCE = "reference", _("No reference"), "it cites nothing, or nothing that is in the bibliography"
    SUMMARY = "summary", _("No summary"), "nothing is said of it"
    TAGS = "tags", _("No tags"), "it has no tag although the vocabulary has some"
    RELATIONS = "relations", _("No relations"), "a method that is related to no other paper"
    RESULTS = "results", _("No numbers"), "a method without numbers in a survey that has some"
    CODE = "code", _("No link to code"), "a method without a link to code"
    REVIEW = "review", _("Never reviewed"), "an entry that nobody has reviewed since it was written, long ago"
    STALE = "stale", _("Reviewed long ago"), "the last review is older than the given number of months"
    PREPRINT = "preprint", _("Preprint, perhaps published by now"), "a preprint older than that number of months"
    TRANSLATION = "translation", _("Not translated"), "a text of the records without a translation into a language"
