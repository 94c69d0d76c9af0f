"""The files that are imported, opened as foreign files are to be, and what the author wants of the reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.bibliography.encodings import read_bibtex
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from sphinx_paper_table.bibliography.macros import Macros


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, or a folder, to be read."""

    path: Path
    name: str
    """What messages and positions call it."""
    text: str = ""
    """Line feeds only, no control characters; a folder has none."""

    @property
    def suffix(self) -> str:
        """The end of its name, in lower case: ".bib"."""
        return self.path.suffix.lower()

    def beside(self, name: str) -> SourceFile | None:
        """Return the file *name*, seen from the folder of this one; None where there is none, or outside of it.

        What a collection names is not to be trusted: links and ``..`` that lead out of the folder are not followed.
        """
        folder = self.path if self.path.is_dir() else self.path.parent
        try:
            path = folder / name
            if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
                return None
        except (OSError, ValueError, RuntimeError):
            return None
        return open_source(path, (Path(self.name) if self.path.is_dir() else Path(self.name).parent) / name)


def _macros() -> Macros:
    from sphinx_paper_table.bibliography.macros import Macros  # noqa: PLC0415 (the help needs no pybtex)

    return Macros()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the author wants of the reading."""

    groups: str = ""
    """One of `formats.GROUPINGS`; empty for what suits the file."""
    macros: Macros = field(default_factory=_macros)
    """The ``@string`` of all BibTeX files that are imported together: a file of journals may come first."""


def open_source(path: Path, name: Path | None = None) -> SourceFile:
    """Return the file or folder at *path*; raises `EditError` where it cannot be read."""
    shown = str(name or path)
    if path.is_dir():
        return SourceFile(path, shown)
    problems = Problems()
    is_bibtex = path.suffix.lower() == ".bib"
    text = read_bibtex(path, shown, problems) or None if is_bibtex else read_text(path, shown, problems)
    if text is None:
        problem = next(iter(problems.sorted()), None)
        if problem is None:
            raise EditError("the file is empty", Position(shown, 1, 1))
        raise EditError(problem.message, problem.position, problem.hint)
    return SourceFile(path, shown, text)
