"""Entries that name others: sets, which are printed as their members, and related ones.

biblatex's manual, sections 3.13.5 and 3.5.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.printed_fields import related
from sphinx_paper_table.survey.problems import Code, Problems, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.bibliography.entries import CompleteEntry
    from sphinx_paper_table.survey.references import Reference

_KEYS: Final = re.compile(r"[^,\s]+")


@dataclass(frozen=True, slots=True)
class LinkedEntries:
    """The entries of a bibliography, which may name each other."""

    entries: Mapping[str, CompleteEntry]
    references: dict[str, Reference]
    contents: dict[str, str]
    aliases: Mapping[str, str]

    def link(self, problems: Problems) -> None:
        """Tell every entry the others that it names; note the names that no file has, as advice.

        What an entry is made of then includes what it prints of them, so that it is formatted anew when they change.
        """
        for key, entry in self.entries.items():
            if entry.type == "set":
                self._fill_set(key, entry, problems)
            elif entry.fields.get("related"):
                entry.linked = related(entry, [other for _key, other in self._named(key, entry, "related", problems)])
                self._note_content(key, entry.linked)

    def _fill_set(self, key: str, entry: CompleteEntry, problems: Problems) -> None:
        named = [(name, other) for name, other in self._named(key, entry, "entryset", problems) if other.type != "set"]
        entry.members = tuple(other for _name, other in named)
        self._note_content(key, *(self.contents[name] for name, _other in named))
        if named and not entry.persons and not entry.fields.get("title"):
            first, own = self.references[named[0][0]], self.references[key]
            said = {name: getattr(first, name) for name in ("title", "title_parts", "authors", "year", "date")}
            self.references[key] = dataclasses.replace(own, **said)

    def _named(
        self, key: str, entry: CompleteEntry, field: str, problems: Problems
    ) -> Iterator[tuple[str, CompleteEntry]]:
        for name in _KEYS.findall(entry.fields.get(field, "")):
            known = name if name in self.references else self.aliases.get(name, "")
            if known:
                yield known, self.entries[known]
            else:
                message = f"entry '{key}': '{field}' names '{name}', which no file has"
                hint = nearest(name, self.references)
                problems.add(Code.BIBTEX_FIELD, message, self.references[key].position, hint, Severity.ADVICE)

    def _note_content(self, key: str, *more: str) -> None:
        content = repr((self.contents[key], *more))
        self.contents[key] = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
