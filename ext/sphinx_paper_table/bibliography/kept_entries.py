"""What entries were read as, each known by its text: after an edit of one, that one is read and no other.

What an entry becomes follows from its text, from the ``@string`` that its values name, from the settings of the
project, and, where it inherits or names others, from those. The last kind is read anew each time, and so is whatever
the scanner had to mend. Positions are moved to where the text stands now.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.bibliography.macros import MAX_EXPANDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_paper_table.bibliography.entries import CompleteEntry
    from sphinx_paper_table.bibliography.macros import Macros
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.problems import Problem
    from sphinx_paper_table.survey.references import BibtexEntry, Reference

_KEYS: Final = re.compile(r"[^,\s]+")


class MadeEntry(NamedTuple):
    """What one entry was read as."""

    entry: CompleteEntry
    reference: Reference
    content: str
    """A hash of all that the entry is made of."""
    former: tuple[str, ...]
    """The keys in its field ``ids``, as they are written."""
    strings: str
    """The state of all ``@string`` that it was read with; empty where it names none."""
    expanded: int
    """Characters that its ``@string`` stand for."""
    offset: int
    """Lines between the begin of its text and its ``@``."""
    problems: tuple[Problem, ...]

    def at(self, line: int, path: str) -> MadeEntry:
        """Return the same, read from a text that begins at *line* of the file *path*."""
        before = self.reference.position
        now = before._replace(path=path, line=line + self.offset)
        if now == before:
            return self
        moved = tuple(_problem_moved(problem, before, now) for problem in self.problems)
        return self._replace(reference=replace(self.reference, position=now), problems=moved)


def _problem_moved(problem: Problem, before: Position, now: Position) -> Problem:
    end = problem.end and _moved(problem.end, before, now)
    return replace(problem, position=_moved(problem.position, before, now), end=end)


def _moved(position: Position, before: Position, now: Position) -> Position:
    return position._replace(path=now.path, line=position.line + now.line - before.line)


@dataclass(slots=True)
class KeptEntries:
    """The entries that an earlier reading with the same settings has made, and those of this one, by their digests."""

    before: Mapping[str, MadeEntry] = field(default_factory=dict)
    used: dict[str, MadeEntry] = field(default_factory=dict)
    read: int = 0
    """How many entries had to be read."""

    def find(self, mark: str, macros: Macros) -> MadeEntry | None:
        """Return what the text with the digest *mark* was read as, if the same follows from the strings of *macros*."""
        made = self.before.get(mark)
        if made is None or (made.strings and (macros.missing or made.strings != macros.state)):
            return None
        return made if macros.expanded + made.expanded <= MAX_EXPANDED else None


@dataclass(slots=True)
class EntryText:
    """An entry of a file: what the others must know of it, and the rest when it is asked for."""

    key: str
    type: str
    former: tuple[str, ...]
    position: Position
    read: Callable[[], BibtexEntry]
    mark: str = ""
    """The digest by which it is kept; empty where it must be read anew each time."""
    made: MadeEntry | None = None
    """What it was read as by an earlier reading."""
    strings: str = ""
    """The state of all ``@string`` where its values name any."""
    expanded: int = 0
    offset: int = 0
    """See `MadeEntry` for both."""
    _entry: BibtexEntry | None = None

    @property
    def entry(self) -> BibtexEntry:
        """The entry as it is written."""
        if self._entry is None:
            self._entry = self.read()
        return self._entry


def entry_text(entry: BibtexEntry, mark: str = "") -> EntryText:
    """Return an entry that has been read."""
    former = tuple(_KEYS.findall(next((value for name, value in entry.fields if name.lower() == "ids"), "")))
    return EntryText(entry.key, entry.type, former, entry.position, lambda: entry, mark)


def known_text(made: MadeEntry, mark: str, read: Callable[[], BibtexEntry]) -> EntryText:
    """Return an entry that is known; *read* returns what stands in the file."""
    known = made.reference
    return EntryText(known.key, known.type, made.former, known.position, read, mark, made)


def mark_of(text: str) -> str:
    """Return the digest of the text of an entry; white space after it does not count."""
    return hashlib.blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
