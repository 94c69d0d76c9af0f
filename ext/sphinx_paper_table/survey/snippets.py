"""The line of a file that a problem is about, with carets below it, as compilers show it.

A caret stands below what readers see there: a wide character has two columns, a combining one none, a tab those up to
the next stop, and what cannot be seen the length of its escape. Of a long line only the part around the caret is shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.survey.problems import Problem

_STOP: Final = 4
_WIDEST: Final = 100
"""Columns of a line that are shown."""
_BEFORE: Final = 40
"""Of these, as many before the caret at most, when the line is longer."""
_MOST_CARETS: Final = 60
_PROPOSED: Final = re.compile(r"did you mean '([^']{1,200})'|write ([^\s'`;,]{1,200})\Z")
_QUOTED: Final = re.compile(r"'([^']+)'")
_BIDI: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
"""Marks that turn the order of what follows on a terminal."""


def snippet(problem: Problem, lines: Mapping[int, str] | None) -> Iterator[str]:
    """Yield the source line of *problem*, the carets, and the corrected text; *lines* are those of its file, from 1."""
    line, column = problem.position.line, problem.position.column
    text = (lines or {}).get(line)
    gutter = " " * max(len(str(line)), 3)
    if text is not None and text.strip():
        cells = [_shown(character, place) for character, place in _placed(text)]
        first, last = _window(cells, max(column - 1, 0))
        start = "…" if first else ""
        shown = start + "".join(cells[first:last]) + ("…" if last < len(cells) else "")
        yield f"{line:>{len(gutter)}} | {shown.rstrip()}"
        if column:
            before = " " * (len(start) + sum(map(width, cells[first : column - 1])))
            under = sum(map(width, cells[column - 1 : min(_end(problem, text), last)]))
            yield f"{gutter} | {before}{'^' * max(1, min(under, _MOST_CARETS))}"
    if corrected := problem.corrected or _with_what_was_meant(problem, text or ""):
        yield f"{gutter} = write:"
        for number, right in enumerate(corrected.split("\n")[:10], line):
            yield f"{number:>{len(gutter)}} + {cut(right)}"


def _with_what_was_meant(problem: Problem, text: str) -> str:
    """Return the line *text* with the name or value that the hint proposes; empty where it proposes none."""
    start = problem.position.column - 1
    meant, quoted = _PROPOSED.match(problem.hint), _QUOTED.findall(problem.message)
    if meant is None or start < 0 or not quoted:
        return ""
    if problem.message.startswith("the option"):  # it is named at its place, and its value is what is wrong
        start, wrong = text.find(quoted[-1], start + len(quoted[0])), quoted[-1]
    else:
        wrong = next((name for name in reversed(quoted) if text.startswith(name, start)), "")
    if start < 0 or not wrong:
        return ""
    return text[:start] + (meant[1] or meant[2]) + text[start + len(wrong) :]


def cut(text: str) -> str:
    """Return a line as it can be shown: without what a terminal would obey, and not longer than a terminal is."""
    cells = [_shown(character, place) for character, place in _placed(text)]
    _first, last = _window(cells, 0)
    return "".join(cells[:last]) + ("…" if last < len(cells) else "")


def width(shown: str) -> int:
    """Return the columns that *shown* takes on a terminal (Unicode Standard Annex 11)."""
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(character) in {"W", "F"})
        for character in shown
    )


def _placed(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters with the column at which each stands."""
    place = 0
    for character in text:
        yield character, place
        place += len(_shown(character, place)) if character == "\t" else 1


def _shown(character: str, place: int) -> str:
    if character == "\t":
        return " " * (_STOP - place % _STOP)
    if character in _BIDI or character == "\N{ZERO WIDTH NO-BREAK SPACE}":
        return ascii(character)[1:-1]
    return visible(character)


def _window(cells: list[str], column: int) -> tuple[int, int]:
    """Return the first and last character to show, so that the one at *column* is among them."""
    if sum(map(width, cells)) <= _WIDEST:
        return 0, len(cells)
    first = min(column, len(cells))
    columns = 0
    while first and columns < _BEFORE:
        first -= 1
        columns += width(cells[first])
    last, columns = first, 0
    while last < len(cells) and columns < _WIDEST:
        columns += width(cells[last])
        last += 1
    return first, last


def _end(problem: Problem, text: str) -> int:
    """Return the offset in *text* up to which the carets go: the problem's own end, or that of what it quotes."""
    start = problem.position.column - 1
    if problem.end is not None and problem.end >= problem.position and problem.end.path == problem.position.path:
        return problem.end.column - 1 if problem.end.line == problem.position.line else len(text)
    for quoted in _QUOTED.findall(problem.message):
        for quote in ("", "'", '"'):
            if text.startswith(f"{quote}{quoted}", start):
                return start + len(quoted) + 2 * len(quote)
    return start + 1
