"""What was probably meant where YAML cannot be parsed: the accidents that happen to everybody, and their correction.

Nothing is believed that does not parse: a correction counts only when the lines around it can be read with it. So the
rules may propose freely; those that fit less often stand last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from sphinx_paper_table.reading.accident_rules import TEXT_RULES
from sphinx_paper_table.reading.indentation import LAYOUT_RULES
from sphinx_paper_table.reading.yaml_lines import ENTRY, LOADER, indent_of, written_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.reading.yaml_lines import Correction

_MOST_LINES: Final = 200
"""Lines that are read to try a correction; an entry has a tenth of them."""
_LONGEST_LINE: Final = 5000
"""Longer lines are not corrected."""


def correction(lines: Sequence[str], error: Any) -> Correction | None:
    """Return what was probably meant where *error*, one of libyaml's, was found in *lines*."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return None
    suspects = _suspects(lines, error)
    for rule in (*TEXT_RULES, *LAYOUT_RULES):
        for number in suspects:
            for proposed in rule(lines, number):
                last = max(mark.line, proposed.first + len(proposed.lines) - 1)
                if _parses(lines, proposed, last):
                    return proposed
    return None


def _suspects(lines: Sequence[str], error: Any) -> list[int]:
    """Return the lines that the mistake may stand in: it is often noticed only further down."""
    mark, context = error.problem_mark, error.context_mark
    last = min(mark.line, len(lines) - 1)
    found = [last]
    if context is not None and "block" not in error.context:
        found.insert(0, context.line)
    found += list(written_before(lines, last, 3))
    written = (number for number in dict.fromkeys(found) if number < len(lines) and lines[number].strip())
    return [number for number in written if len(lines[number]) <= _LONGEST_LINE]


def _parses(lines: Sequence[str], proposed: Correction, last: int) -> bool:
    """Return whether the entry around the correction can be read with it, up to the line *last* at least."""
    offset = max(0, proposed.first - _MOST_LINES)
    after = lines[proposed.first + len(proposed.lines) : last + _MOST_LINES]
    changed = [*lines[offset : proposed.first], *proposed.lines, *after]
    start, end = _window(changed, proposed.first - offset, last - offset)
    try:
        for _event in yaml.parse("\n".join(changed[start:end]), Loader=LOADER):
            pass
    except yaml.YAMLError as error:
        marks = [mark.line for mark in _marks(error)]
        return bool(marks) and min(marks) + start > last - offset
    return True


def _marks(error: Any) -> Iterator[Any]:
    yield error.problem_mark
    if error.context_mark is not None and "block" not in (error.context or ""):
        yield error.context_mark


def _window(lines: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Return the bounds of the entries that the lines from *first* to *last* stand in, as far as they can be told.

    An entry is tried with the one before it, below which it may not fit.
    """
    indent = min(indent_of(lines[number]) for number in {first, min(last, len(lines) - 1)})
    before = range(first - bool(ENTRY.match(lines[first])), -1, -1)
    start = next((n for n in before if _begins(lines[n], indent)), 0)
    beyond = range(last + 1, len(lines))
    end = next((n for n in beyond if ENTRY.match(lines[n]) and indent_of(lines[n]) <= indent_of(lines[start])), None)
    return start, len(lines) if end is None else end


def _begins(line: str, indent: int) -> bool:
    return bool(line.strip()) and (indent_of(line) == 0 or bool(ENTRY.match(line) and indent_of(line) <= indent))
