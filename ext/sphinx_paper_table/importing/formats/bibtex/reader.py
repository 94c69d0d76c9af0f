"""BibTeX and biblatex, as people and programs write them: entries, and groups from JabRef, comments or keywords."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.bibliography.file_parts import position
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.bibliography.tex import clean_address, readable
from sphinx_paper_table.importing.collection import Collection, Group, Leftover, Work
from sphinx_paper_table.importing.entries import NAMING, names_in
from sphinx_paper_table.importing.formats.bibtex.jabref import Tree, read_tree
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.bibliography.macros import Macros
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
    from sphinx_paper_table.survey.located import Position
    from sphinx_paper_table.survey.references import BibtexEntry

_ENTRY: Final = re.compile(r"^[ \t]{0,20}@[ \t]{0,20}[A-Za-z]{2,40}[ \t]{0,20}[{(]", re.MULTILINE)
_COMMAND: Final = re.compile(r"@\s{0,9}(string|preamble|comment)\s{0,9}[{(]", re.IGNORECASE)
_BETWEEN_WORDS: Final = re.compile(r"\s{0,9}[;,]\s{0,9}")
_DECORATION: Final = " \t%#*=~_|+/\\-"
_HEADER: Final = re.compile(
    r"encoding|this (?:file|bib|was)|created|exported|automatically|generated|last (?:edited|modified|updated)|saved"
    r"|-\*-|!tex|bibtex|\$id|jabref",
    re.IGNORECASE,
)
"""How programs begin their files."""
_SUMMARIES: Final = ("annote", "annotation")
"""Fields with the author's own words on a work."""
_LINKS: Final = {"code": "code", "website": "project", "slides": "slides"}
_LONGEST_HEADING: Final = 80
_LEAST: Final = 2
"""Headings of a file whose comments are headings without being asked to, and entries below each on average."""
_CONTAINERS: Final = frozenset({"proceedings", "mvproceedings", "periodical", "collection", "mvcollection", "xdata"})
"""Types that are no papers where others inherit from them."""


class _Comment(NamedTuple):
    """What stands between entries."""

    text: str
    place: Position
    heading: str
    """What it says, if it may be a heading."""
    following: int
    """The number of the entry behind it."""


@dataclass(slots=True)
class _File:
    works: list[Work] = field(default_factory=list)
    entries: list[BibtexEntry] = field(default_factory=list)
    comments: list[_Comment] = field(default_factory=list)
    metas: list[_Comment] = field(default_factory=list)
    """JabRef's comments to itself."""
    leftovers: list[Leftover] = field(default_factory=list)


def recognises(source: SourceFile) -> bool:
    """Return whether this is BibTeX."""
    is_likely = source.suffix in {"", ".txt", ".biblatex"}
    return source.suffix in {".bib", ".bibtex"} or (is_likely and _ENTRY.search(source.text[:100_000]) is not None)


def read(source: SourceFile, options: ReadOptions) -> Collection:
    """Return the entries of the file in the groups that *options* ask for, or that the file has."""
    file = _file(source, options.macros)
    papers, alone = _divided(file)
    tree = read_tree([(comment.text, comment.place) for comment in file.metas])
    grouping = options.groups or _usual(file, tree)
    for comment in file.comments:
        if not (comment.heading and grouping == "comments"):
            file.leftovers.append(Leftover(comment.place, comment.text, "a comment"))
    groups, works = {
        "jabref": lambda: _by_tree(tree, papers, file.leftovers),
        "comments": lambda: _by_comments(file, papers),
        "keywords": lambda: by_keyword(papers),
    }.get(grouping, lambda: ((), tuple(papers)))()
    return Collection(works=works, groups=groups, references=tuple(alone), leftovers=tuple(file.leftovers))


def _file(source: SourceFile, macros: Macros) -> _File:
    """Take the file apart: entries, and what stands between them."""
    found, done = _File(), 0
    for entry in raw_entries(source.text, source.name, macros, Problems()):
        start = source.text.index(entry.source, done)
        _between(found, source, done, start)
        done = start + len(entry.source)
        found.entries.append(entry)
        found.works.append(_work(entry))
    _between(found, source, done, len(source.text))
    return found


def _between(file: _File, source: SourceFile, start: int, end: int) -> None:
    """Note the comments, definitions and texts from *start* to *end*."""
    while start < end:
        command = _COMMAND.search(source.text, start, end)
        _note_text(file, source, start, command.start() if command else end)
        if command is None:
            return
        start = _end_of(source.text, command.end(), end)
        inner = source.text[command.end() : start - 1].strip()
        place = position(source.text, source.name, command.start())
        if inner.startswith("jabref-meta:"):
            file.metas.append(_Comment(inner, place, "", len(file.entries)))
        elif command[1].lower() == "comment":
            file.comments.append(_Comment(inner, place, _heading(inner), len(file.entries)))
        elif command[1].lower() == "preamble":
            text = source.text[command.start() : start]
            file.leftovers.append(Leftover(place, text, "TeX for the whole list of references"))


def _note_text(file: _File, source: SourceFile, start: int, end: int) -> None:
    text = source.text[start:end]
    stripped = text.strip()
    if not stripped.strip("%# \t\n},"):
        return
    place = position(source.text, source.name, start + text.index(stripped))
    if _ENTRY.search(stripped):
        file.leftovers.append(Leftover(place, stripped, "no entry that can be read"))
    else:
        file.comments.append(_Comment(stripped, place, _heading(stripped), len(file.entries)))


def _end_of(text: str, start: int, end: int) -> int:
    """Return where a command ends whose brace stands before *start*."""
    depth = 1
    for place in range(start, end):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return end


def _heading(text: str) -> str:
    """Return what a comment says if it may head a part of the file: one short line of words."""
    lines = [bare for line in text.split("\n") if (bare := line.strip(_DECORATION))]
    if len(lines) != 1 or len(lines[0]) > _LONGEST_HEADING or "@" in lines[0] or _HEADER.match(lines[0]):
        return ""
    if lines[0].endswith(".") or "://" in lines[0]:  # a remark on an entry
        return ""
    return lines[0] if any(map(str.isalpha, lines[0])) else ""


def _work(entry: BibtexEntry) -> Work:
    fields = {name.lower(): value for name, value in reversed(entry.fields)}
    return Work(
        position=entry.position,
        key=entry.key,
        entry=entry,
        summary=next((readable(fields[name]) for name in _SUMMARIES if fields.get(name)), ""),
        links={name: clean_address(fields[other]) for other, name in _LINKS.items() if fields.get(other)},
        tags=tuple(_keywords(fields)),
    )


def _keywords(fields: dict[str, str]) -> Iterator[str]:
    for name in ("keywords", "keyword"):
        yield from (word for word in _BETWEEN_WORDS.split(readable(fields.get(name, ""))) if word.strip())


def _divided(file: _File) -> tuple[list[Work], list[Work]]:
    """Return the papers, and the entries that others only inherit from."""
    named = {
        key
        for entry in file.entries
        for name, value in entry.fields
        if name.lower() in NAMING
        for key in names_in(value)
    }
    alone = [
        work
        for work, entry in zip(file.works, file.entries, strict=True)
        if entry.type == "xdata" or (entry.type in _CONTAINERS and entry.key in named)
    ]
    known = set(map(id, alone))
    return [work for work in file.works if id(work) not in known], alone


def _usual(file: _File, tree: Tree) -> str:
    """Return what makes groups of this file: JabRef's tree, or else comments where they clearly are headings.

    Headings differ from each other, and most comments are some; remarks on entries come again and again.
    """
    if tree.nodes:
        return "jabref"
    headings = [comment.heading for comment in file.comments if comment.heading]
    are_many = _LEAST <= len(headings) <= len(file.entries) / _LEAST
    are_headings = len(set(headings)) == len(headings) and len(headings) * _LEAST >= len(file.comments)
    return "comments" if are_many and are_headings else "none"


def _by_comments(file: _File, papers: list[Work]) -> tuple[tuple[Group, ...], tuple[Work, ...]]:
    headings = {comment.following: comment for comment in file.comments if comment.heading}
    wanted = set(map(id, papers))
    above: list[Work] = []
    parts: list[tuple[_Comment, list[Work]]] = []
    for number, work in enumerate(file.works):
        if number in headings:
            parts.append((headings[number], []))
        if id(work) in wanted:
            (parts[-1][1] if parts else above).append(work)
    groups = [
        Group(name=heading.heading, position=heading.place, works=tuple(works)) for heading, works in parts if works
    ]
    return tuple(groups), tuple(above)


def by_keyword(papers: list[Work]) -> tuple[tuple[Group, ...], tuple[Work, ...]]:
    """Return the first keywords of works as groups, and the works that have none."""
    parts: dict[str, list[Work]] = {}
    for work in papers:
        parts.setdefault(work.tags[0] if work.tags else "", []).append(work)
    above = tuple(parts.pop("", ()))
    return tuple(
        Group(name=name, position=works[0].position, works=tuple(works)) for name, works in parts.items()
    ), above


def _by_tree(tree: Tree, papers: list[Work], leftovers: list[Leftover]) -> tuple[tuple[Group, ...], tuple[Work, ...]]:
    """Return JabRef's groups; an entry that is in several stands in all of them."""
    leftovers += tree.leftovers
    described = [(work, work.entry) for work in papers if work.entry is not None]
    groups = tuple(tree.groups(described))
    placed = {id(work) for group in groups for work in group.all_works()}
    return groups, tuple(work for work in papers if id(work) not in placed)
