"""Groups while a document is read: headings open and close them, and those without papers end as leftovers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.importing.collection import Collection, Group, Leftover, Work
from sphinx_paper_table.survey.source_files import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.survey.located import Position

_DEEPEST: Final = 30
_TITLE: Final = 10
"""The level of the largest headings, one of which may be the title."""
_LONGEST_DESCRIPTION: Final = MAX_TEXT // 2
"""Characters in Markdown, of which escapes make more."""
NO_PAPERS: Final = "it stands in a part without papers"


@dataclass(slots=True, eq=False)
class Part:
    """A group that is being read. ``level`` is that of its heading, 0 the document's own."""

    name: str
    position: Position
    level: int = 0
    texts: list[Leftover] = field(default_factory=list)
    """Paragraphs in Markdown, as what they become where the part has no papers."""
    works: list[Work] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class Outline:
    """The groups of a document, and what has no place in them."""

    def __init__(self, position: Position) -> None:
        """Begin with a document at *position*."""
        self.root = Part("", position)
        self.leftovers: list[Leftover] = []
        self._open = [self.root]

    @property
    def current(self) -> Part:
        """The group that is being read."""
        return self._open[-1]

    @property
    def open_parts(self) -> Sequence[Part]:
        """The groups that are open, the outermost first."""
        return self._open

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self._open)

    def begin(self, name: str, position: Position, level: int) -> None:
        """Open a group below a heading of *level*; those of the same level and of lower ones end."""
        while len(self._open) > 1 and self._open[-1].level >= level:
            self._open.pop()
        part = Part(name, position, level)
        self.current.parts.append(part)
        if len(self._open) < _DEEPEST:
            self._open.append(part)

    def end(self, depth: int) -> None:
        """Close groups until *depth* are open."""
        del self._open[max(depth, 1) :]

    def add(self, work: Work) -> None:
        """Put a paper into the current group."""
        self.current.works.append(work)

    def say(self, markdown: str, position: Position) -> None:
        """Add a paragraph to the description of the current group."""
        self.current.texts.append(Leftover(position, markdown, NO_PAPERS))

    def leave(self, position: Position, text: str, reason: str) -> None:
        """Keep what has no place."""
        self.leftovers.append(Leftover(position, text, reason))

    def collection(self, title: str = "") -> Collection:
        """Return all that was read under *title*; without one, a first heading above everything is the title."""
        parts = [part for part in self.root.parts if self._has_works(part)]
        root, empty = self.root, [part for part in self.root.parts if part not in parts]
        texts, works = list(root.texts), root.works
        if not title and not root.works and len(parts) == 1 and parts[0].parts and root.parts[0] is parts[0]:
            whole = parts.pop()
            title, texts, works = whole.name, [*texts, *whole.texts], whole.works
            parts = [part for part in whole.parts if self._has_works(part)]
            empty += [part for part in whole.parts if part not in parts]
        elif not title and empty and root.parts[0] is empty[0] and not empty[0].parts and empty[0].level <= _TITLE:
            first = empty.pop(0)
            title, texts = first.name, [*texts, *first.texts]
        for part in empty:
            self._leave_part(part)
        groups = tuple(self._group(part) for part in parts)
        description = self._description(texts)
        leftovers = tuple(sorted(self.leftovers, key=lambda one: one.position))
        return Collection(title=title, description=description, works=tuple(works), groups=groups, leftovers=leftovers)

    def _group(self, part: Part) -> Group:
        kept = [inner for inner in part.parts if self._has_works(inner)]
        for inner in part.parts:
            if inner not in kept:
                self._leave_part(inner)
        return Group(
            name=part.name,
            position=part.position,
            description=self._description(part.texts),
            works=tuple(part.works),
            groups=tuple(map(self._group, kept)),
        )

    def _description(self, texts: Iterable[Leftover]) -> str:
        """Return paragraphs as one text; what is more than a text may be is left over."""
        kept: list[str] = []
        size = 0
        for text in texts:
            size += len(text.text) + 2
            if size > _LONGEST_DESCRIPTION:
                self.leave(text.position, text.text, "the description of the group is long enough")
            else:
                kept.append(text.text)
        return "\n\n".join(kept)

    def _has_works(self, part: Part) -> bool:
        return bool(part.works) or any(map(self._has_works, part.parts))

    def _leave_part(self, part: Part) -> None:
        self.leave(part.position, part.name, "a heading without papers")
        self.leftovers += part.texts
        for inner in part.parts:
            self._leave_part(inner)
