"""BibTeX in the code blocks of a list: entries of papers that it names, of others, and of the list itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.importing.formats import bibtex

if TYPE_CHECKING:
    from sphinx_paper_table.importing.collection import Collection, Work
    from sphinx_paper_table.importing.formats.group_builder import Outline, Part
    from sphinx_paper_table.importing.free_text.markdown_tree import Node
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

_ENTRY: Final = re.compile(r"^[ \t]{0,20}@[A-Za-z]{2,40}[ \t]{0,20}[{(]", re.MULTILINE)
_CITE_US: Final = re.compile(r"\b(?:cit(?:e|ing|ations?)|bibtex)\b|引用", re.IGNORECASE)
"""Headings below which a list says how it wants to be cited itself."""
_NOT_IN_TITLE: Final = re.compile(r"\W+")
_IDENTIFIERS: Final = ("eprint", "archiveprefix", "doi", "url")


@dataclass
class Fences:
    """Takes the entries of code blocks into an *outline*."""

    source: SourceFile
    options: ReadOptions
    outline: Outline
    references: list[Work] = field(default_factory=list)
    """Entries that the list wants to be cited by: they belong in the bibliography alone."""
    _known: dict[str, tuple[Part, int]] = field(default_factory=dict)
    """Where the papers of the list stand, by the words of their titles."""

    def note(self, work: Work) -> None:
        """Remember the paper that was added to the current group last: an entry of it may follow."""
        self._known.setdefault(_words(work.fields.get("title", "")), self._last())

    def read(self, node: Node) -> bool:
        """Take in the entries of a code block, and return whether it has any."""
        if _ENTRY.search(node.text) is None:
            return False
        first = self.source.text.split("\n")[node.line - 1 : node.line]
        above = node.line - (0 if "".join(first).lstrip(" >").startswith(("```", "~~~")) else 1)
        inner = replace(self.source, text="\n" * above + node.text)
        found = bibtex.read(inner, replace(self.options, groups="none"))
        self.references += found.references
        self.outline.leftovers += found.leftovers
        for work in found.works:
            self._take(work)
        return bool(found.works or found.references)

    def _take(self, work: Work) -> None:
        title = _words(readable(dict(work.entry.fields).get("title", "")) if work.entry else "")
        if title and title in self._known:
            part, number = self._known[title]
            part.works[number] = _with_entry(part.works[number], work)
        elif any(_CITE_US.search(part.name) for part in self.outline.open_parts):
            self.references.append(work)
        else:
            self.outline.add(work)
            self._known.setdefault(title, self._last())

    def _last(self) -> tuple[Part, int]:
        return self.outline.current, len(self.outline.current.works) - 1

    def added_to(self, collection: Collection) -> Collection:
        """Return *collection* with the entries that are no papers of the list."""
        return replace(collection, references=(*collection.references, *self.references))


def _words(title: str) -> str:
    return _NOT_IN_TITLE.sub("", title.casefold())


def _with_entry(told: Work, given: Work) -> Work:
    """Return the paper that a list has *told* of with the entry *given*: its identifiers stay where that has none."""
    entry = given.entry
    if entry is None or told.entry is not None:
        return told
    has = {name.lower() for name, _value in entry.fields}
    if has.isdisjoint(_IDENTIFIERS):
        more = tuple((name, told.fields[name]) for name in _IDENTIFIERS if name in told.fields)
        entry = replace(entry, fields=(*entry.fields, *more))
    links, tags = {**given.links, **told.links}, tuple(dict.fromkeys((*told.tags, *given.tags)))
    return replace(told, entry=entry, key=given.key, links=links, tags=tags, summary=told.summary or given.summary)
