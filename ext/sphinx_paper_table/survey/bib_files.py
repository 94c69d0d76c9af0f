"""The BibTeX files that a project reads, and those that lie in it unread: for messages about keys that none has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.problems import Problems, none_is_near
from sphinx_paper_table.survey.source_files import find_files, read_text
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST_NAMED: Final = 5
_NO_AT: Final = re.compile(r"^[ \t]{0,20}([A-Za-z]{3,40}\{)[^\s,{}]{1,200},", re.MULTILINE)
_RIS: Final = re.compile(r"^TY {2}- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BibFiles:
    """The files that are *read*, and the directory in which others are looked for."""

    read: tuple[Path, ...] = ()
    source: Path | None = None

    def hint(self, key: str, keys: Collection[str]) -> str:
        """Return what to do about *key*, which is none of *keys*: the key that was meant, or where it may be."""
        likely = meant(key, keys)
        if likely:
            return f"did you mean '{likely}'?"
        unread = self._unread()
        if unread:
            named = ", ".join(f"'{name}'" for name in unread[:_MOST_NAMED])
            verb = "is" if len(unread) == 1 else "are"
            return f"{self._said_of_read(bool(keys))}; {named} {verb} not read: name it in 'bibtex_bibfiles' of conf.py"
        return none_is_near(keys) if keys or self.source is None else self._said_of_read(has_keys=False)

    def _said_of_read(self, has_keys: bool) -> str:  # noqa: FBT001 (said by its name)
        names = ", ".join(f"'{path.name}'" for path in self.read[:_MOST_NAMED])
        if not names:
            return "no BibTeX file is read"
        if has_keys:
            return f"read: {names}"
        said = f"{names} {'has' if len(self.read) == 1 else 'have'} no entry"
        texts = (read_text(path, str(path), Problems()) or "" for path in self.read[:_MOST_NAMED] if path.is_file())
        whole = "\n".join(texts)
        if missing := _NO_AT.search(whole):
            return f"{said}: '@' is missing before '{missing[1]}'"
        return f"{said}: it is RIS, which 'paper-table import' reads" if _RIS.search(whole) else said

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
