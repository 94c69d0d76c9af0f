"""The options of every directive that shows something of the catalogue, each declared once.

A build converts them with these declarations, a check of pages does the same without Sphinx, and the guide's tables
are made of them. The layouts of ``paper-table`` are declared with it, as other extensions may bring some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.table_options import (
    FILTER,
    FILTERS,
    Option,
    count,
    listed,
    name,
    one_of,
    some_of,
    words,
)
from sphinx_paper_table.survey.todo_kinds import MONTHS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

BY: Final[dict[str, str]] = {
    "name": "the first letter of the name",
    "year": "the year of publication, the newest first",
    "venue": "the venue",
    "tag": "the tags; a method stands under each of its own",
    "added": "the day when the entry was written, the newest first; within a day the newest methods first",
    "changed": "the day of the last review of an entry that is older, the newest first; others are left out",
    "survey": "the surveys; a method stands under each that shows it",
}
"""The values of ``:by:``, each with its explanation."""


LINES: Final[dict[str, str]] = {
    "full": "name, title, authors, venue and survey",
    "short": "name and year",
}
"""The values of ``:lines:``, each with its explanation."""


def _text(value: str | None) -> str:
    if not (found := " ".join((value or "").split())):
        msg = "it needs a text"
        raise ValueError(msg)
    return found


def _names(value: str | None) -> tuple[str, ...]:
    return tuple(found for part in _text(value).split(";") if (found := part.strip()))


KINDS: Final[dict[str, str]] = {str(kind): kind.explanation for kind in Kind}
"""The values of ``:kinds:``, each with its explanation."""
UNSORTED: Final = {key: option for key, option in FILTERS.items() if key != "sort"}
"""The filters of directives that have an order of their own."""
OF_DIRECTIVES: Final[Mapping[str, Mapping[str, Option]]] = {
    "paper-index": {
        "by": Option(one_of(BY), f"What the headings are: {listed(BY)}. Without it: `name`."),
        "lines": Option(
            one_of(LINES),
            f"What a line says: {listed(LINES)}. Without it: `full`, and `short` from `paper_table_full_index` lines "
            "on.",
        ),
        "first": Option(count, "Only this many methods: the first of the list, in its order. Without it: all."),
        **FILTERS,
        "filter": FILTER,
    },
    "paper-results": {
        "survey": Option(name, "Only results of the papers that this survey, or this `SURVEY#GROUP`, shows."),
        "least": Option(count, "Only benchmarks with at least this many results. Without it: 1."),
        **UNSORTED,
    },
    "paper-lineage": {
        "relations": Option(
            words,
            "Only these types of relation, by their ids. Without it: all that read differently in their two "
            "directions.",
        ),
        "of": Option(name, "Only this method, what it follows and what follows it."),
        "steps": Option(count, "With `of`: through how many relations, forwards and backwards. Without it: 1."),
        **UNSORTED,
    },
    "paper-figure": {
        "alt": Option(
            _text,
            "What the drawing shows, for those who do not see it. **Required.** It is plain text, and translated.",
        ),
        "methods": Option(words, "The methods that it shows, by their ids: links below the caption."),
        "cite": Option(words, "What it was drawn after, by cite keys: references below the caption."),
        "name": Option(_text, "The name by which `{ref}` and `{numref}` link to it."),
    },
    "paper-compare": {
        "example": Option(
            words,
            "Where readers choose: the ids of two to four methods that they see side by side until they have chosen. "
            "Without it: methods that have most relations and benchmarks in common.",
        ),
    },
    "survey-cards": {},
    "survey-header": {
        "authors": Option(
            _names, "Who wrote it, parted by semicolons, each as `Family, Given`. Without it: the project's `author`."
        ),
    },
    "survey-sources": {},
    "paper-todo": {
        "kinds": Option(some_of(KINDS), f"Only these kinds of things to do: {listed(KINDS)}. Without it: all."),
        "months": Option(count, f"After how many months reviews and preprints are old. Without it: {MONTHS}."),
    },
}
"""By directive; papers of an index are in the order of their names unless ``sort`` gives another."""
