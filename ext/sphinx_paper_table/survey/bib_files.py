"""The BibTeX files that a project reads, and those that lie in it unread: for messages about keys that none has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.problems import Problems, nearest
from sphinx_paper_table.survey.source_files import find_files
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class BibFiles:
    """The files that are *read*, and the directory in which others are looked for."""

    read: tuple[Path, ...] = ()
    source: Path | None = None

    def hint(self, key: str, keys: Collection[str]) -> str:
        """Return what to do about *key*, which is none of *keys*: the key that was meant, or where it may be."""
        if self.source is None or meant(key, keys):
            return nearest(key, keys)
        unread = self._unread()
        if unread:
            named = ", ".join(f"'{name}'" for name in unread[:_MOST_NAMED])
            verb = "is" if len(unread) == 1 else "are"
            return f"{self._said_of_read(bool(keys))}; {named} {verb} not read: name it in 'bibtex_bibfiles' of conf.py"
        return nearest(key, keys) if keys else self._said_of_read(has_keys=False)

    def _said_of_read(self, has_keys: bool) -> str:  # noqa: FBT001 (said by its name)
        names = ", ".join(f"'{path.name}'" for path in self.read[:_MOST_NAMED])
        if not names:
            return "no BibTeX file is read"
        return f"read: {names}" if has_keys else f"{names} {'has' if len(self.read) == 1 else 'have'} no entry"

    def _unread(self) -> list[str]:
        """Return the other BibTeX files in the directory, and those beside it, by their names there."""
        if self.source is None:
            return []
        known = {path.resolve() for path in self.read}
        inside = find_files(self.source, ["**/*.bib"], Problems())
        beside = find_files(self.source.resolve().parent, ["*.bib"], Problems())
        found = [path for path in (*inside, *beside) if path.resolve() not in known]
        return [path.relative_to(self.source).as_posix() if path in inside else f"../{path.name}" for path in found]


NO_BIB_FILES: Final = BibFiles()
"""Where it is not known what is read."""
