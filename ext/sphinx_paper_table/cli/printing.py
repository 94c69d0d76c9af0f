"""Problems on a terminal: a line that says all, then the source line and the corrected text."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sphinx_paper_table.cli.running import OUTPUT
from sphinx_paper_table.survey.problems import Problem, Problems, Severity
from sphinx_paper_table.survey.snippets import snippet
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_COLOURS: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.ADVICE: "1;36"}
_MOST_NAMED: Final = 3
"""Places of consequences that are named; the others are counted."""


def is_coloured(stream: TextIO) -> bool:
    """Return whether *stream* shows colours.

    That is as ``--color`` says, else as the variables ``NO_COLOR`` (https://no-color.org) and ``FORCE_COLOR``
    (https://force-color.org), else on terminals.
    """
    if OUTPUT.colour != "auto" or os.environ.get("NO_COLOR"):
        return OUTPUT.colour == "always"
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def printed(problem: Problem, consequences: Sequence[Problem] = (), *, colour: bool = False) -> Iterator[str]:
    """Yield the lines that tell of *problem*, and of what follows from it."""
    place, word = str(problem.position), str(problem.severity)
    if colour:
        place, word = f"\033[1m{place}\033[0m", f"\033[{_COLOURS[problem.severity]}m{word}\033[0m"
    yield f"{place}: {word}: {problem.sentence} [{problem.code}]"
    yield from (f"  {line}".rstrip() for line in snippet(problem, _lines(problem.position.path)))
    consequences = [other for other in consequences if other.position != problem.position]
    if consequences:
        named = ", ".join(str(other.position) for other in consequences[:_MOST_NAMED])
        more = len(consequences) - _MOST_NAMED
        rest = f" and {more:,} more" if more > 0 else ""
        yield f"      = what follows from it is not listed: {named}{rest}"


def _lines(path: str) -> Mapping[int, str]:
    """Return the lines of a file by number, none of one that cannot be read."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return {}
    return _lines_of(str(Path(path).resolve()), (state.st_mtime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=1)
def _lines_of(path: str, _state: tuple[int, ...]) -> Mapping[int, str]:
    """Return the lines of the file in this state: problems come by file, and each of a file's asks for them."""
    text = read_text(Path(path), path, Problems()) or ""
    return dict(enumerate(text.split("\n"), 1))
