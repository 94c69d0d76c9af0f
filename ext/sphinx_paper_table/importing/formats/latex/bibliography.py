r"""The entries that a LaTeX document cites: of its ``.bib`` files, or of a ``thebibliography``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.collection import Leftover, Work
from sphinx_paper_table.importing.formats import bibtex
from sphinx_paper_table.importing.formats.latex.nodes import arguments, parse, verbatim, walk
from sphinx_paper_table.importing.formats.latex.text import Passage
from sphinx_paper_table.importing.free_text.inline_text import line_of
from sphinx_paper_table.importing.free_text.list_entries import draft_of
from sphinx_paper_table.importing.free_text.list_works import rest_of, work_of
from sphinx_paper_table.importing.free_text.markdown_tree import markdown_tree
from sphinx_paper_table.importing.sources import ReadOptions
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.importing.formats.latex.nodes import TexFile
    from sphinx_paper_table.importing.formats.latex.text import Words
    from sphinx_paper_table.importing.sources import SourceFile

_NAMING: Final = frozenset({"bibliography", "addbibresource", "addglobalbib", "addsectionbib", "nobibliography"})
_LONGEST_TITLE: Final = 300


class Bibliography:
    """The works of a document by the keys it cites them by."""

    def __init__(self, source: SourceFile, files: Iterable[TexFile], words: Words) -> None:
        """Read the bibliographies that *files* name or have; raises `EditError` when there are none."""
        self.source = source
        self.words = words
        self.works: dict[str, Work] = {}
        self.references: tuple[Work, ...] = ()
        """Entries that others inherit from."""
        self.leftovers: list[Leftover] = []
        self._missing: set[str] = set()
        lost: list[str] = []
        for file in files:
            for node in walk(file.nodes):
                if isinstance(node, LatexMacroNode) and node.macroname in _NAMING and (given := arguments(node)):
                    lost += [name for name in verbatim(given[-1]).split(",") if not self._read(name.strip())]
                elif isinstance(node, LatexEnvironmentNode) and node.environmentname == "thebibliography":
                    self._read_items(node, file)
        made = source.beside(PurePath(source.path.name).with_suffix(".bbl").name) if not self.works else None
        if made is not None:
            file = parse(made)
            self._read_items(next((one for one in walk(file.nodes) if _is_list_of_works(one)), None), file)
        self._check(lost)

    def _check(self, lost: list[str]) -> None:
        place = Position(self.source.name, 1, 1)
        if not self.works:
            named = ", ".join(f"'{name}'" for name in lost)
            msg = f"no bibliography that the document names is there: {named}" if lost else "it has no bibliography"
            raise EditError(msg, place, "the .bib files have to stand beside the document")
        self.leftovers += [Leftover(place, name, "a bibliography that is not there") for name in lost]

    def find(self, key: str, place: Position) -> Work | None:
        """Return the work that the document calls *key*; one that is not there is noted, once."""
        work = self.works.get(key)
        if work is None and key not in self._missing:
            self._missing.add(key)
            self.leftovers.append(Leftover(place, key, "it is cited, and no entry has the name"))
        return work

    def _read(self, name: str) -> bool:
        try:
            found = self.source.beside(name if name.endswith(".bib") else f"{name}.bib")
        except EditError as error:
            self.leftovers.append(Leftover(error.position, name, str(error.args[0])))
            return True
        if found is None:
            return False
        read = bibtex.read(found, ReadOptions(groups="none"))
        self.references = (*self.references, *read.references)
        self.leftovers += read.leftovers
        for work in read.all_works():
            if self.works.setdefault(work.key, work) is not work and work.entry is not None:
                self.leftovers.append(Leftover(work.position, work.entry.source, "another entry has its name"))
        return True

    def _read_items(self, node: Any, file: TexFile) -> None:
        """Read the items of a ``thebibliography``."""
        items: list[tuple[Any, list[list[Any]]]] = []
        for one in node.nodelist if node is not None else ():
            if isinstance(one, LatexMacroNode) and one.macroname == "bibitem" and arguments(one):
                items.append((one, [[]]))
            elif items and isinstance(one, LatexMacroNode) and one.macroname == "newblock":
                items[-1][1].append([])
            elif items:
                items[-1][1][-1].append(one)
        for item, blocks in items:
            key = verbatim(arguments(item)[-1]).strip()
            work = replace(self._work(blocks, file.at(item)), key=key)
            self.works.setdefault(key, work)

    def _work(self, blocks: Iterable[list[Any]], place: Position) -> Work:
        """Return what an item says, read as a line of a list; its whole text is the title where it has none."""
        texts = []
        for block in blocks:
            passage = Passage()
            for one in block:
                self.words.add(passage, one)
            texts.append(passage.markdown(with_citations=False))
        line = line_of(markdown_tree("\\\n".join(filter(None, texts))).children)
        draft = draft_of(line)
        if draft is None:
            return Work(position=place, fields={"title": " ".join(line.text.split())[:_LONGEST_TITLE]})
        self.leftovers += rest_of(draft, place)
        note, draft.summary = draft.summary.replace("*", "").replace("\\", ""), ""
        work = work_of(draft, place)
        return replace(work, fields={**work.fields, **({"note": note} if note else {})})


def _is_list_of_works(node: Any) -> bool:
    return isinstance(node, LatexEnvironmentNode) and node.environmentname == "thebibliography"
