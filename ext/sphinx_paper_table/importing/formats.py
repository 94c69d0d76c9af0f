"""The formats of collections: one table, and how a file finds its own. A format is a module of `importing`.

Such a module has two functions: ``recognises(source: SourceFile) -> bool``, cheap and sure, and
``read(source: SourceFile, options: ReadOptions) -> Collection``, which raises `EditError` where the file as a whole is
not what it says; what is wrong in a part of it is a `Leftover`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from sphinx_paper_table.bibliography.encodings import read_bibtex
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems, nearest
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from sphinx_paper_table.bibliography.scanner import Macros
    from sphinx_paper_table.importing.collection import Collection

FORMATS: Final[dict[str, str]] = {
    "al-folio": "the folder of a site made with al-folio or jekyll-scholar, or a file of its bibliography",
    "bibtex": "BibTeX or biblatex, from Zotero, Mendeley or JabRef with its groups too",
    "ris": "RIS, which all reference managers write",
    "papers-json": "papers.json of another site made with this extension, with everything in it",
    "better-bibtex-json": "Better BibTeX JSON, with the collections of Zotero",
    "csl-json": "CSL-JSON, of Zotero, Pandoc or citeproc",
    "zotero-rdf": "Zotero RDF, with collections and notes",
    "latex": "a LaTeX document with citations, and the bibliographies that it names",
    "markdown": "a list of papers in Markdown, such as an awesome list",
}
"""The formats with what each is; the module of the same name, hyphens as underscores, reads it. The first fits wins."""
GROUPINGS: Final[dict[str, str]] = {
    "jabref": "JabRef's tree of groups",
    "comments": "comments that head a part of a file",
    "keywords": "each entry's first keyword",
    "pages": "headings of the pages of an al-folio site",
    "year": "the years of an al-folio site",
    "none": "no groups",
}
"""What makes groups in formats that have several ways; the usual is the first that the file has, but no keywords."""


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
    from sphinx_paper_table.bibliography.scanner import Macros  # noqa: PLC0415 (the help needs no pybtex)

    return Macros()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the author wants of the reading."""

    groups: str = ""
    """One of `GROUPINGS`; empty for what suits the file."""
    macros: Macros = field(default_factory=_macros)
    """The ``@string`` of all BibTeX files that are imported together: a file of journals may come first."""


class Format(Protocol):
    """What a module of a format has."""

    def recognises(self, source: SourceFile) -> bool:
        """Return whether the file is of this format."""

    def read(self, source: SourceFile, options: ReadOptions) -> Collection:
        """Return what the file tells."""


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


def read_collection(source: SourceFile, options: ReadOptions, format_name: str = "") -> tuple[str, Collection]:
    """Return the name of the format and what *source* tells; raises `EditError` where no format fits."""
    names = [format_name] if format_name else list(FORMATS)
    for name in names:
        if name not in FORMATS:
            msg = f"there is no format '{name}'"
            raise EditError(msg, hint=nearest(name, FORMATS))
        module = cast("Format", import_module(f"{__package__}.{name.replace('-', '_')}"))
        if format_name or module.recognises(source):
            return name, module.read(source, options)
    msg = "this is none of the formats that can be read"
    raise EditError(msg, Position(source.name, 1, 1), f"say which with --format: {', '.join(FORMATS)}")
