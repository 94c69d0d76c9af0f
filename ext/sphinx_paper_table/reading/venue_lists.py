"""An author's own list of journals in JabRef's format, as venues: what the bibliography of a project names of it.

JabRef (https://docs.jabref.org/advanced/journalabbreviations) keeps lists as CSV, the columns parted by commas, or by
semicolons before version 6: name, abbreviation, and optionally a shorter one and how often it was used. Older lists
have lines ``name = abbreviation``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.encodings import read_bibtex
from sphinx_paper_table.survey.characters import one_line
from sphinx_paper_table.survey.entities import Venue
from sphinx_paper_table.survey.fields import MAX_ID
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.problems import Code
from sphinx_paper_table.survey.venues import VenueIndex, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.survey.problems import Problems

_SEPARATORS: Final = (";", ",")
_LOOKED_AT: Final = 200
"""Lines that decide how the columns of a file are parted."""
_LONGEST: Final = 400
"""Characters of a name; those of real journals have at most some 250."""
_NO_ID: Final = re.compile(r"[^a-z0-9]+")


def listed_venues(
    lists: Mapping[str, Path], spellings: Iterable[str], problems: Problems
) -> tuple[tuple[Located, Venue], ...]:
    """Return the venues, with an id each, that *lists* have for *spellings*, and note each line that says nothing.

    The keys of *lists* are how messages call the files. Of the tens of thousands of journals that lists have, only
    those of a bibliography are of any use to its project.
    """
    every = [
        venue for name, path in lists.items() for venue in _venues(read_bibtex(path, name, problems), name, problems)
    ]
    index = VenueIndex(("", venue) for venue in every)
    used = {id(venue): venue for spelling in spellings if spelling and (venue := index.find(spelling))}
    return tuple((_id(venue), venue) for venue in used.values())


def _id(venue: Venue) -> Located:
    name = _NO_ID.sub("-", " ".join(words_of(str(venue.name))))[:MAX_ID].strip("-")
    return Located(name or f"line-{venue.position.line}", venue.position)


def _venues(text: str, name: str, problems: Problems) -> Iterator[Venue]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and line[0] != "#"]
    separator = _separator(line for _number, line in lines[:_LOOKED_AT])
    for number, line in lines:
        place = Position(name, number, 1)
        columns = _columns(line, separator)
        if len(columns) > 1 and columns[0] and columns[1] and max(map(len, columns)) <= _LONGEST:
            full, short, *more = (Located(one_line(column), place) for column in columns[:3])
            yield Venue(name=full, short=short, aliases=tuple(filter(None, more)), position=place)
        else:
            hint = "write 'name;abbreviation', with double quotes around a name that has a semicolon"
            problems.add(Code.BAD_VALUE, "the line gives no journal with its abbreviation", place, hint)


def _separator(lines: Iterable[str]) -> str:
    """Return what parts the columns of most lines: a semicolon, a comma, or the equals sign of old lists."""
    some = list(lines)
    counts = {sign: sum(len(_columns(line, sign)) > 1 for line in some) for sign in (*_SEPARATORS, "=")}
    return max(counts, key=lambda sign: counts[sign])


def _columns(line: str, separator: str) -> list[str]:
    """Return the columns of a line; none of one whose quotation marks do not match."""
    if separator == "=":
        name, _equals, abbreviations = line.partition(" = ")
        return [name.strip(), *map(str.strip, abbreviations.split(";"))] if abbreviations.strip() else []
    import csv  # noqa: PLC0415 (few have such lists)

    try:
        return [column.strip() for column in next(csv.reader([line], delimiter=separator, strict=True))]
    except csv.Error:
        return []
