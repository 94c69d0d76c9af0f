"""Which pages of a site list which part of its bibliography, below which headings: jekyll-scholar's tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.tex import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.importing.sources import SourceFile
    from sphinx_paper_table.survey.references import BibtexEntry

_FOLDERS: Final = ("_pages", "", "pages")
_SUFFIXES: Final = frozenset({".md", ".html", ".markdown"})
_TAG: Final = re.compile(r"\{%-?\s{0,9}bibliography\b([^%]{0,600})%\}")
_HEADING: Final = re.compile(r"^\s{0,9}(#{1,6})\s{1,9}([^\n]{1,200})$|<h([1-6])[^<>]{0,200}>([^<>]{1,200})</h[1-6]>")
_FILE: Final = re.compile(r"(?:-f|--file)[ =]([\w./-]{1,100})")
_QUERY: Final = re.compile(r"(?:-q|--query)[ =](@[\w*]{0,40})(?:\[([^\]]{0,300})\])?")
_CONDITION: Final = re.compile(r"([\w-]{1,60})\s{0,9}(!=|=)\s{0,9}(.{0,200})")
_MOST_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class Query:
    """What jekyll-scholar shows: entries of a type, whose fields have values. Other conditions hold of nothing."""

    type: str = ""
    conditions: tuple[tuple[str, bool, str], ...] = ()
    is_known: bool = True

    def holds(self, entry: BibtexEntry) -> bool:
        """Return whether *entry* is shown."""
        fields = {name.lower(): readable(value).strip() for name, value in entry.fields}
        return (
            self.is_known
            and self.type in {"", entry.type}
            and all((fields.get(name, "") == value) is is_equal for name, is_equal, value in self.conditions)
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of references on a page, below its headings from the outermost in."""

    headings: tuple[str, ...]
    file: str = ""
    """The name of the bibliography, without its ending; empty for the usual one."""
    query: Query = Query()


def listings(source: SourceFile) -> list[Listing]:
    """Return the lists on the pages of a site, in the order of the pages' names."""
    found: list[Listing] = []
    for folder in _FOLDERS:
        here = source.path / folder
        names = sorted(path.name for path in here.iterdir() if path.suffix in _SUFFIXES) if here.is_dir() else []
        for name in names[:_MOST_PAGES]:
            page = source.beside(f"{folder}/{name}" if folder else name)
            if page is not None and "bibliography" in page.text:
                found += _of_page(page.text)
    return found


def _of_page(text: str) -> Iterator[Listing]:
    open_headings: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if heading := _HEADING.search(line):
            level = len(heading[1]) if heading[1] else int(heading[3])
            open_headings = [one for one in open_headings if one[0] < level]
            open_headings.append((level, " ".join((heading[2] or heading[4]).split())))
        for tag in _TAG.finditer(line):
            names = tuple(name for _level, name in open_headings if "{" not in name)
            file = _FILE.search(tag[1])
            yield Listing(names, file[1].removesuffix(".bib") if file else "", _query(tag[1]))


def _query(options: str) -> Query:
    found = _QUERY.search(options)
    if found is None:
        return Query(is_known="-q" not in options.split())
    conditions = []
    is_known = "||" not in (found[2] or "")
    for part in (found[2] or "").split("&&"):
        said = _CONDITION.fullmatch(part.strip())
        if said is not None and said[2] and "{" not in said[3]:
            conditions.append((said[1].lower(), said[2] == "=", said[3].strip()))
        elif part.strip():
            is_known = False
    return Query(found[1].strip("@*").lower(), tuple(conditions), is_known)
