"""LaTeX documents that cite: sections are groups, what they cite are their papers, and the text stays theirs.

The entries come from the ``.bib`` files that the document names, or from its ``thebibliography``. An item of a list
that cites one work is what the document says of it; an item that cites several is a group, and so is one that has
such items within. All other text is the description of its group, with its citations.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexMacroNode,
)

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.formats.group_builder import Outline
from sphinx_paper_table.importing.formats.latex.bibliography import Bibliography
from sphinx_paper_table.importing.formats.latex.nodes import (
    LISTS,
    SECTIONS,
    TABLES,
    TexFile,
    arguments,
    has_citations,
    holds_block,
    inner,
    parse,
    rows,
    verbatim,
    walk,
)
from sphinx_paper_table.importing.formats.latex.text import Passage, Words, keys_in
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.importing.collection import Collection, Work
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

_INCLUDING: Final = frozenset({"input", "include", "subfile", "import", "subimport"})
_UNREAD: Final = frozenset({"verbatim", "lstlisting", "minted", "tikzpicture", "algorithm", "algorithmic", "comment"})
_HEADLESS: Final = frozenset({"newcommand", "renewcommand", "providecommand", "usepackage", "documentclass", "def"})
_MOST_FILES: Final = 300
_LONGEST_LEAD: Final = 100
_EMPTY_LINE: Final = re.compile(r"\n[ \t]{0,200}\n")
_LETTER: Final = re.compile(r"[^\W\d_]")


def recognises(source: SourceFile) -> bool:
    """Return whether the name of the file says LaTeX."""
    return source.suffix in {".tex", ".ltx", ".latex"}


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the works that a document cites, section by section.

    Raises `EditError` when it cannot be read, or none of the bibliographies that it names.
    """
    reader = _Reader(source)
    reader.document()
    return reader.collection()


class _Reader:
    """Goes through a document and the files that it takes in."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.outline = Outline(Position(source.name, 1))
        self.words = Words()
        self.included: dict[str, TexFile | None] = {}
        self.main = parse(source)
        self._gather(self.main)
        files = [self.main, *filter(None, self.included.values())]
        for file in files:
            self.words.learn(file.nodes)
        self.bibliography = Bibliography(source, files, self.words)
        self.title = ""
        self.passage = Passage()
        self.notes: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        self.points: dict[str, list[str]] = {}
        self.open_files: list[str] = []
        self.all_cited = False
        self.remark: tuple[Position, list[str]] | None = None

    def document(self) -> None:
        """Read the document."""
        file = self.main
        body = next((one for one in file.nodes if getattr(one, "environmentname", "") == "document"), None)
        if body is not None:
            self._preamble(file, body)
        self._nodes(body.nodelist if body is not None else file.nodes, file)
        self._flush()

    def _gather(self, file: TexFile) -> None:
        """Parse the files that the document takes in, and those that they do."""
        pending = [file]
        while pending:
            for node in walk(pending.pop().nodes):
                if not isinstance(node, LatexMacroNode) or node.macroname not in _INCLUDING:
                    continue
                name = "/".join(verbatim(one).strip() for one in arguments(node))
                if name and name not in self.included and len(self.included) < _MOST_FILES:
                    self.included[name] = found = self._opened(name)
                    pending += [found] if found is not None else []

    def _opened(self, name: str) -> TexFile | None:
        try:
            found = self.source.beside(name if name.endswith((".tex", ".ltx")) else f"{name}.tex")
            return parse(found) if found is not None else None
        except EditError as error:  # an empty file, for example: the others are read
            self.outline.leave(error.position, name, str(error.args[0]))
            return None

    def _preamble(self, file: TexFile, body: Any) -> None:
        """Take title and abstract from what stands before the document."""
        for node in file.nodes:
            if node is body:
                return
            if isinstance(node, LatexMacroNode) and node.macroname in {"title", "abstract"} and arguments(node):
                self._command(node, file)

    def collection(self) -> Collection:
        """Return all that was read."""
        cited = {work.key for part in self._parts() for work in part.works}
        self.all_cited |= not cited
        for work in self.bibliography.works.values():
            if work.key in cited:
                continue
            if self.all_cited:
                self.outline.root.works.append(work)
            else:
                text = work.entry.source if work.entry is not None else str(work.fields.get("title", ""))
                self.outline.leave(work.position, text, "the document does not cite it")
        final = {key: self._with_words(work) for key, work in self.bibliography.works.items()}
        for part in self._parts():
            part.works = [final[work.key] for work in part.works]
        self.outline.leftovers += self.bibliography.leftovers
        return replace(self.outline.collection(self.title), references=self.bibliography.references)

    def _parts(self) -> Iterable[Any]:
        pending = [self.outline.root]
        while pending:
            part = pending.pop()
            yield part
            pending += part.parts

    def _with_words(self, work: Work) -> Work:
        record = {**work.record, **({"points": found} if (found := self.points.get(work.key)) else {})}
        summary = " ".join(filter(None, (work.summary, *self.notes.get(work.key, ()))))
        return replace(work, name=work.name or self.names.get(work.key, ""), summary=summary, record=record)

    def _nodes(self, nodes: Sequence[Any], file: TexFile) -> None:
        for node in nodes:
            if isinstance(node, LatexCommentNode):
                self._comment(node, file)
                continue
            self._end_remark()
            if isinstance(node, LatexEnvironmentNode):
                self._environment(node, file)
            elif isinstance(node, LatexMacroNode) and self._command(node, file):
                continue
            elif holds_block(node):
                self._nodes(inner(arguments(node)[-1] if isinstance(node, LatexMacroNode) else node), file)
            elif isinstance(node, LatexCharsNode):
                self._text(node, file)
            elif _is_break(node):
                self._flush()
            else:
                self._inline(node, file)
        self._end_remark()

    def _text(self, node: LatexCharsNode, file: TexFile) -> None:
        """Add a text to the paragraph; an empty line ends it."""
        done = 0
        for found in _EMPTY_LINE.finditer(node.chars):
            self._words(node, done, found.start(), file)
            self._flush()
            done = found.end()
        self._words(node, done, len(node.chars), file)

    def _words(self, node: LatexCharsNode, start: int, end: int, file: TexFile) -> None:
        text = node.chars[start:end]
        if self.passage.position is None and text.strip():
            self.passage.position = file.at_offset(node.pos + start + len(text) - len(text.lstrip()))
        self.words.add_text(self.passage, text)

    def _inline(self, node: Any, file: TexFile) -> None:
        """Add a node to the paragraph."""
        if self.passage.position is None:
            self.passage.position = file.at(node)
        self.words.add(self.passage, node)

    def _comment(self, node: LatexCommentNode, file: TexFile) -> None:
        if self.remark is None:
            self.remark = (file.at(node), [])
        self.remark[1].append(node.comment.strip())

    def _end_remark(self) -> None:
        if self.remark is None:
            return
        (place, lines), self.remark = self.remark, None
        text = "\n".join(lines).strip()
        if _LETTER.search(text):
            self.outline.leave(place, text, "a remark that readers do not see")

    def _flush(self) -> None:
        """End the paragraph: it is said of the group, which has the works that it cites."""
        passage, self.passage = self.passage, Passage()
        text = passage.markdown(with_citations=True)
        if _LETTER.search(passage.markdown(with_citations=False)):
            self.outline.say(text, passage.position or Position(self.source.name, 1))
        self._cite(passage)

    def _cite(self, passage: Passage) -> None:
        known = {work.key for work in self.outline.current.works}
        for key in passage.keys:
            work = self.bibliography.find(key, passage.position or Position(self.source.name, 1))
            if work is not None and work.key not in known:
                known.add(work.key)
                self.outline.add(work)

    def _command(self, node: LatexMacroNode, file: TexFile) -> bool:
        """Do what a command asks for that is no part of a line; return whether it was one."""
        name, given = node.macroname, arguments(node)
        if name in SECTIONS and given:
            self._flush()
            title = self.words.plain(given[-1])
            self.outline.begin(title or name, file.at(node), SECTIONS[name])
            heading = Passage(position=file.at(node))
            self.words.add(heading, given[-1])
            self._cite(heading)
        elif name == "nocite" and given:
            keys = keys_in(verbatim(given[-1]))
            self.all_cited |= "*" in keys
            self.outline.root.works += [
                work for key in keys if key != "*" and (work := self.bibliography.find(key, file.at(node)))
            ]
        elif name in _INCLUDING and given:
            self._include("/".join(verbatim(one).strip() for one in given), file.at(node))
        elif name == "title" and given:
            self.title = self.words.plain(given[-1])
        elif name in {"abstract", "caption"} and given:
            self._flush()
            self._nodes(inner(given[-1]), file)
            self._flush()
        elif name in {"par", "bigskip", "medskip", "smallskip", "newpage", "clearpage"}:
            self._flush()
        elif name == "includegraphics" and given:
            self.outline.leave(file.at(node), verbatim(given[-1]), "a picture")
        else:
            return name in _HEADLESS or name in {"author", "date", "maketitle"}
        return True

    def _include(self, name: str, place: Position) -> None:
        """Read a file where the document takes it in."""
        file = self.included.get(name)
        if file is None:
            self.outline.leave(place, name, "it is no LaTeX file beside the document")
        elif name in self.open_files:
            self.outline.leave(place, name, "the file takes in itself")
        else:
            self.open_files.append(name)
            self._nodes(file.nodes, file)
            self.open_files.pop()

    def _environment(self, node: LatexEnvironmentNode, file: TexFile) -> None:
        name = node.environmentname
        if name in LISTS:
            self._flush()
            self._list(node, file)
        elif name in TABLES:
            self._flush()
            self._table(node, file)
        elif name == "thebibliography":
            self._flush()
        elif name in _UNREAD:
            self.outline.leave(file.at(node), node.latex_verbatim(), "a block of code, a drawing or the like")
        elif self.words.is_formula(name):
            self._inline(node, file)
        else:
            self._flush()
            self._nodes(node.nodelist, file)
            self._flush()

    def _list(self, node: LatexEnvironmentNode, file: TexFile) -> None:
        items: list[tuple[Any, list[Any]]] = []
        for one in node.nodelist:
            if isinstance(one, LatexMacroNode) and one.macroname == "item":
                items.append((one, []))
            elif items:
                items[-1][1].append(one)
        for item, nodes in items:
            self._item(item, nodes, file)

    def _item(self, item: Any, nodes: Sequence[Any], file: TexFile) -> None:
        lists = [one for one in nodes if isinstance(one, LatexEnvironmentNode) and one.environmentname in LISTS]
        passage = Passage(position=file.at(item))
        label = arguments(item)
        for one in (*label, *(one for one in nodes if one not in lists)):
            if not isinstance(one, LatexCommentNode):
                self.words.add(passage, one)
        depth = self.outline.depth
        lead, rest = self._lead(passage)
        if lead and (any(map(has_citations, lists)) or len(passage.keys) > 1):
            self.outline.begin(lead.rstrip(" :"), file.at(item), self.outline.current.level + 1)
            if _LETTER.search(rest):
                self.outline.say(rest, file.at(item))
            self._cite(passage)
        elif len(passage.keys) == 1 and (work := self.bibliography.find(passage.keys[0], file.at(item))):
            self._note(work, passage)
            self._cite(passage)
        else:
            self.passage = passage
            self._flush()
        for one in lists:
            self._list(one, file)
        self.outline.end(depth)

    def _note(self, work: Work, passage: Passage) -> None:
        """Take what an item says as what the document says of its one work."""
        text = passage.markdown(with_citations=False).strip(" :;,–—-")
        if _LETTER.search(text):
            self.notes.setdefault(work.key, []).append(text)

    def _lead(self, passage: Passage) -> tuple[str, str]:
        """Return the words that head an item, and what it says besides; no head where it is a sentence that cites."""
        head, rest = passage.head()
        if not head or len(head) > _LONGEST_LEAD or not _LETTER.search(head):
            return "", ""
        return head, rest

    def _table(self, node: LatexEnvironmentNode, file: TexFile) -> None:
        """Take each row that cites one work as what the table says of it; the other rows belong to the group."""
        if not has_citations(node):
            self.outline.leave(file.at(node), node.latex_verbatim(), "a table without citations")
            return
        lines = [self._cells(row) for row in rows(node.nodelist)]
        first = next(number for number, row in enumerate(lines) if any(cell.keys for cell in row))
        heads = [cell.markdown(with_citations=False) for cell in lines[first - 1]] if first else []
        for number, row in enumerate(lines):
            keys = list(dict.fromkeys(key for cell in row for key in cell.keys))
            work = self.bibliography.find(keys[0], file.at(node)) if len(keys) == 1 else None
            whole = Passage(position=file.at(node), keys=keys)
            if work is not None:
                self._row(work, row, heads)
            elif number != first - 1:
                texts = [cell.markdown(with_citations=True) for cell in row]
                text = " — ".join(filter(_LETTER.search, texts))
                if text:
                    self.outline.say(text, file.at(node))
            self._cite(whole)

    def _cells(self, row: Iterable[Sequence[Any]]) -> list[Passage]:
        cells = []
        for nodes in row:
            cell = Passage()
            for one in nodes:
                if not isinstance(one, LatexCommentNode):
                    self.words.add(cell, one)
            cells.append(cell)
        return cells

    def _row(self, work: Work, row: Sequence[Passage], heads: Sequence[str]) -> None:
        for number, cell in enumerate(row):
            text = cell.markdown(with_citations=False).strip()
            head = heads[number].strip() if number < len(heads) else ""
            if cell.keys and len(text) <= _LONGEST_LEAD and work.key not in self.names and _LETTER.search(text):
                self.names[work.key] = cell.plain()
            elif text and any(map(str.isalnum, text)):
                point = f"{head}: {text}" if head else text
                known = self.points.setdefault(work.key, [])
                if point not in known:
                    known.append(point)


def _is_break(node: Any) -> bool:
    return getattr(node, "specials_chars", "") == "\n\n"
