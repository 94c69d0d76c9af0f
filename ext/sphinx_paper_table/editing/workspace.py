"""The files of a project, read for editing: surveys, bibliographies, pages and catalogues of translations."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.bibtex_editor import BibtexEditor
from sphinx_paper_table.editing.documents import Changes, EditError, open_document
from sphinx_paper_table.editing.mentions import PAGES
from sphinx_paper_table.editing.record_mentions import Definition, definitions
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.exports.names import check_names_file, recorded_names
from sphinx_paper_table.reading.loader import LoadResult, load
from sphinx_paper_table.reading.options import NAMES
from sphinx_paper_table.survey.problems import Problems, Severity
from sphinx_paper_table.survey.source_files import find_files, read_text, unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.editing.documents import Document
    from sphinx_paper_table.exports.names import PublicName
    from sphinx_paper_table.reading.project import Project
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.problems import Problem


_INCLUDED: Final = re.compile(r"(?:\{include\}|\.\. include::)[ \t]+(\S+)")


@dataclass
class Workspace:
    """What a command may change. Files that cannot be read are an `EditError`: nothing is changed by halves."""

    project: Project
    survey_files: list[Path]
    bib_files: list[Path]
    changes: Changes = field(default_factory=Changes)

    @cached_property
    def surveys(self) -> list[YamlEditor]:
        """The survey and vocabulary files."""
        return [YamlEditor(open_document(path, str(path))) for path in self.survey_files]

    @cached_property
    def bibliographies(self) -> list[BibtexEditor]:
        """The BibTeX files."""
        return [BibtexEditor(open_document(path, str(path), legacy=True)) for path in self.bib_files]

    @cached_property
    def pages(self) -> list[Document]:
        """The pages of the project, without what its ``conf.py`` leaves out and no page includes."""
        named = self.project["source_suffix"]
        suffixes = [named] if isinstance(named, str) else list(named)
        found = self._files([f"**/*{suffix}" for suffix in {*suffixes, ".md", ".rst"} if suffix in PAGES])
        excluded = {path for pattern in self.project["exclude_patterns"] for path in self._excluded(str(pattern))}
        kept = [
            path for path in found if not excluded.intersection((path, *path.parents)) and not self._is_hidden(path)
        ]
        pages = {path: open_document(path, str(path)) for path in kept}
        for page in list(pages.values()):
            for name in _INCLUDED.findall(page.text):
                path = Path(os.path.normpath(page.path.parent / name))
                if path in found and path not in pages:
                    pages[path] = open_document(path, str(path))
        return list(pages.values())

    @cached_property
    def translations(self) -> list[Document]:
        """The catalogues of translations."""
        folders = [str(folder).strip("/") for folder in self.project["locale_dirs"]]
        found = self._files(f"{folder}/*/LC_MESSAGES/**/*.po" for folder in folders if ".." not in folder)
        return [open_document(path, str(path)) for path in found]

    def _files(self, patterns: Iterable[str]) -> list[Path]:
        return find_files(self.project.source, patterns, Problems())

    def _is_hidden(self, path: Path) -> bool:
        """Return whether a file stands in a folder of a program, such as ``.venv``: it is none of the author's."""
        return any(
            part.startswith(".") or part == "node_modules" for part in path.relative_to(self.project.source).parts
        )

    def _excluded(self, pattern: str) -> Iterator[Path]:
        try:
            yield from self.project.source.glob(pattern.rstrip("/"))
        except (ValueError, NotImplementedError):
            return

    @property
    def definitions(self) -> Iterator[tuple[YamlEditor, Definition]]:
        """Yield every id that the survey files give, with its file."""
        for editor in self.surveys:
            yield from ((editor, found) for found in definitions(editor.root))

    @cached_property
    def loaded(self) -> LoadResult:
        """What the files say, and what is wrong with them."""
        return self._load()

    @property
    def catalogue(self) -> Catalogue:
        """The records as they are now."""
        return self.loaded.catalogue

    @cached_property
    def recorded(self) -> set[tuple[str, str]] | None:
        """The kinds and names of the file of public names; None where there is no such file."""
        path = self.names_file
        text = read_text(path, str(path), Problems()) if path.is_file() else None
        return None if text is None else {(name.kind, name.name) for name in recorded_names(text)}

    @property
    def names_file(self) -> Path:
        """Where the public names are recorded."""
        return self.project.source / str(self.project[NAMES])

    def was_published(self, kind: str, name: str) -> bool:
        """Return whether somebody may use a name: it is recorded, or nothing is."""
        return self.recorded is None or (kind, name) in self.recorded

    def _load(self, more: Iterable[Path] = ()) -> LoadResult:
        files = sorted({*self.survey_files, *more})
        named = {str(path): path for path in files}, {str(path): path for path in self.bib_files}
        loaded = load(
            *named, self.project.rules(), self.project.bibtex, self.project.venue_lists, updates=self.project.updates
        )
        problems = Problems()
        problems.extend(loaded.problems)
        check_names_file(self.names_file, loaded.catalogue, loaded.problems, problems)
        return LoadResult(loaded.catalogue, problems.sorted(), loaded.entries)

    def collect(self) -> None:
        """Take the edits of all editors into `changes`; raises `EditError` when one would not mean what it should."""
        for editor in self.surveys:
            self.changes.add(editor.document, editor.finished())
        for bibliography in self.bibliographies:
            self.changes.add(bibliography.document, bibliography.finished())

    def after(self) -> LoadResult:
        """Return what the files would say with all changes."""
        replaced = {one.path: one.after for one in self.changes.replacements() if one.after is not None}
        others = {*self.project.updates.values()}
        yaml = [path for path in self.changes.new if path.suffix in {".yaml", ".yml"} and path not in others]
        with unsaved(replaced):
            return self._load(yaml)

    def check(self) -> None:
        """Raise `EditError` when the changes would make a problem that was not there before."""
        before = Counter(problem.code for problem in _failing(self.loaded.problems))
        for problem in _failing(self.after().problems):
            if before[problem.code] <= 0:
                msg = f"this would make a new problem, '{problem.text}'"
                raise EditError(msg, problem.position, "nothing was changed")
            before[problem.code] -= 1

    def new_names(self, present: Iterable[PublicName]) -> list[PublicName]:
        """Return which of *present* the file of public names has not recorded."""
        return [name for name in present if (name.kind, name.name) not in (self.recorded or set())]


def _failing(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is not Severity.ADVICE]
