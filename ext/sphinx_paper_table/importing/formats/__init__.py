"""The formats of collections: one table, and how a file finds its own. A format is a module, or a folder, of this one.

It has two functions: ``recognises(source: SourceFile) -> bool``, cheap and sure, and
``read(source: SourceFile, options: ReadOptions) -> Collection``, which raises `EditError` where the file as a whole is
not what it says; what is wrong in a part of it is a `Leftover`. What several of them need stands beside them; what
texts for readers say of papers, in Markdown, LaTeX or the pages of a site, is read in `free_text`.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol, cast

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from sphinx_paper_table.importing.collection import Collection
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

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
"""The formats with what each is; the module of that name, hyphens as underscores, reads it. The first fits wins."""
_SUFFIXES: Final = frozenset({".bib", ".ris", ".json", ".rdf", ".tex", ".md"})
"""How files of these formats usually end."""
_MOST_NAMED: Final = 5
GROUPINGS: Final[dict[str, str]] = {
    "jabref": "JabRef's tree of groups",
    "comments": "comments that head a part of a file",
    "keywords": "each entry's first keyword",
    "pages": "headings of the pages of an al-folio site",
    "year": "the years of an al-folio site",
    "none": "no groups",
}
"""What makes groups in formats that have several ways; the usual is the first that the file has, but no keywords."""


class Format(Protocol):
    """What a module of a format has."""

    def recognises(self, source: SourceFile) -> bool:
        """Return whether the file is of this format."""

    def read(self, source: SourceFile, options: ReadOptions) -> Collection:
        """Return what the file tells."""


def _no_collection(source: SourceFile) -> EditError:
    """Return what to say of a folder that is none of a collection: what it could be, and what is in it."""
    inside = (path for path in sorted(source.path.glob("*")) if path.suffix.lower() in _SUFFIXES and path.is_file())
    files = [str(path) for path in islice(inside, _MOST_NAMED)]
    there = f"name files of it: {' '.join(files)}" if files else "nor has it a file of another format"
    msg = f"this folder has no '_bibliography', as {FORMATS['al-folio'].partition(',')[0]} has"
    return EditError(msg, Position(source.name), there)


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
    if source.path.is_dir():
        raise _no_collection(source)
    msg = "this is none of the formats that can be read"
    raise EditError(msg, Position(source.name, 1, 1), f"say which with --format: {', '.join(FORMATS)}")
