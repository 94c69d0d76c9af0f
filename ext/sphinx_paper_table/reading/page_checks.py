"""What is wrong on pages, found without building them: the messages are those of a build, at the same places.

What only a build knows is left to it: pages that other extensions write or read, files that pages include (the tables
in them count), names that other projects have (``intersphinx_mapping``), and whether a directive stands within a list.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.options import LAYOUT, LAYOUTS
from sphinx_paper_table.reading.page_files import MARKDOWN, READABLE, page_files, suffixes_of
from sphinx_paper_table.reading.page_rules import KINDS, Owned, check_owners, note_unknown
from sphinx_paper_table.reading.page_sources import (
    INCLUDE,
    MAY_MATTER,
    OF_SURVEYS,
    TABLE,
    PageDirective,
    PageRole,
    in_page,
)
from sphinx_paper_table.reading.private_records import read_private
from sphinx_paper_table.reading.project import EXTENSION, may_have_layouts
from sphinx_paper_table.reading.table_options import FILTERS, OF_TABLES, Option, converted, one_of
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems, nearest
from sphinx_paper_table.survey.selection import Selection, View, select, view_of
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from sphinx_paper_table.reading.page_files import PageFile
    from sphinx_paper_table.reading.project import Project
    from sphinx_paper_table.survey.allowed import Rules

_SECTIONS: Final = "sections"


def check_pages(project: Project, catalogue: Catalogue, problems: Problems) -> None:
    """Note what is wrong on the pages of *project*, and between them and the *catalogue*."""
    if not project.conf.text or not project.loads(EXTENSION) or project.is_unknown("exclude_patterns"):
        return
    checker = _Checker(project, catalogue, project.rules(), problems)
    files = list(page_files(project))
    for page in files:
        if page.path.suffix in READABLE:
            checker.read(page)
    known = set(checker.targets)
    for kind, name, place in checker.references:
        kinds = KINDS if kind == "any" else (kind,)
        if not project["intersphinx_mapping"] and not any((wanted, name) in known for wanted in kinds):
            note_unknown(kind, name, place, checker.targets, problems)
    if files and set(suffixes_of(project)) <= READABLE:
        check_owners(checker.owned, catalogue, problems)


@dataclass(slots=True)
class _Checker:
    """Goes through the pages."""

    project: Project
    catalogue: Catalogue
    rules: Rules
    problems: Problems
    owned: list[Owned] = field(default_factory=list)
    targets: dict[tuple[str, str], None] = field(default_factory=dict)
    references: list[tuple[str, str, Position]] = field(default_factory=list)

    def read(self, page: PageFile, included: Path | None = None) -> None:
        """Take in one page, or a file that is *included* on it: of that, only what it shows."""
        path = included or page.path
        text = read_text(path, str(path), Problems()) or ""
        if not MAY_MATTER.search(text):
            return
        for found in in_page(text, is_markdown=page.path.suffix == MARKDOWN):
            if isinstance(found, PageRole):
                if included is None:
                    self.references.append((found.kind, found.target, Position(str(path), found.line)))
            elif found.name == INCLUDE:
                other = None if included else self._file(page, found.argument)
                if other is not None:
                    self.read(page, other)
            else:
                view = _Directive(self, page, found, Problems() if included else self.problems)
                view.check_table() if found.name == TABLE else view.check_argument()

    def _file(self, page: PageFile, name: str) -> Path | None:
        path = self.file_named(page, name)
        is_own = path.resolve().is_relative_to(self.project.source.resolve())
        return path if is_own and path.is_file() and path != page.path else None

    def file_named(self, page: PageFile, name: str) -> Path:
        """Return the file that a page calls *name*: from its own folder, or after a slash from the source directory."""
        folder = "" if name.startswith("/") else posixpath.dirname(page.docname)
        return self.project.source / folder / name.lstrip("/")


class _Directive:
    """One directive of a page; the steps and words are those of the build (`cards.directive` for tables)."""

    def __init__(self, checker: _Checker, page: PageFile, found: PageDirective, problems: Problems) -> None:
        self._checker, self._page, self._found, self._problems = checker, page, found, problems
        self._catalogue = checker.catalogue
        self._place = Position(str(page.path), found.line, 1)

    def check_argument(self) -> None:
        """Note a survey, group or benchmark that does not exist."""
        argument, benchmarks = self._found.argument, self._catalogue.vocabulary.benchmarks
        if self._found.name in OF_SURVEYS:
            self._selected(Selection(argument))
        elif argument and argument not in {*benchmarks, *self._catalogue.benchmark_aliases}:
            self._note(Code.DANGLING, f"there is no benchmark '{argument}'", nearest(argument, benchmarks))

    def check_table(self) -> None:
        """Note what is wrong with it, and what it shows."""
        declared = {"layout": Option(self._layout, ""), **OF_TABLES}
        options = converted(self._found.options, declared, partial(self._note, Code.DIRECTIVE))
        chosen = {name: options[name] for name in FILTERS if name in options}
        selection = Selection(self._found.argument, **chosen)
        if self._found.body.strip() and not selection.target:
            place = Position(str(self._page.path), self._found.body_line, self._found.column)
            self._private(self._found.body, place, selection)
            return
        if self._found.body.strip():
            self._note(Code.DIRECTIVE, "the table has both an argument and a body", "the body is left out; remove one")
        view = self._from_file(selection) if selection.target.endswith((".yaml", ".yml")) else self._selected(selection)
        if view is not None and self._has_papers(view):
            layout = options.get("layout", self._checker.project[LAYOUT])
            if layout == _SECTIONS and self._found.depth:
                message = f"the layout '{layout}' cannot stand inside other elements"
                self._note(Code.DIRECTIVE, message, "'cards' is used")
            if view.selection.is_whole and "no-index" not in options:
                self._claim(view)

    def _layout(self, value: str | None) -> str:
        return str(value) if may_have_layouts(self._checker.project.conf) else one_of(dict.fromkeys(LAYOUTS, ""))(value)

    def _note(self, code: Code, message: str, hint: str = "") -> None:
        self._problems.add(code, message, self._place, hint)

    def _selected(self, selection: Selection) -> View | None:
        view = select(self._catalogue, selection)
        if view is None:
            kind = "group" if "#" in selection.target else "survey"
            known = self._catalogue.groups if kind == "group" else self._catalogue.surveys
            self._note(Code.DANGLING, f"there is no {kind} '{selection.target}'", nearest(selection.target, known))
        return view

    def _from_file(self, selection: Selection) -> View | None:
        path = self._checker.file_named(self._page, selection.target).resolve()
        if not path.is_relative_to(self._checker.project.source.resolve()):
            hint = "move it there; only files in the source directory are read"
            self._note(Code.UNREADABLE, f"'{selection.target}' lies outside the source directory", hint)
            return None
        if not path.is_file():
            self._note(Code.UNREADABLE, f"there is no file '{selection.target}'", "paths begin at the page's directory")
            return None
        surveys = self._catalogue.surveys.values()
        known = next((survey for survey in surveys if Path(survey.position.path).resolve() == path), None)
        if known is not None:
            return view_of(known, self._catalogue, Selection(known.survey))
        self._private(path, Position(str(path), 1, 1), selection)
        return None

    def _private(self, source: str | Path, place: Position, selection: Selection) -> None:
        own = Problems()
        survey = read_private(source, place, self._catalogue, self._checker.rules, own)
        self._problems.extend(own.sorted())
        if survey is not None:
            little = Catalogue({survey.survey: survey}, self._catalogue.vocabulary, self._catalogue.references)
            self._has_papers(view_of(survey, little, selection))

    def _has_papers(self, view: View) -> bool:
        if view.count:
            return True
        survey = self._catalogue.survey(view.selection.target.partition("#")[0])
        cause = survey.position if survey is not None and not any(items_of(survey)) else None
        hint = "no paper fits all of its options; loosen or remove one"
        self._problems.extend([Problem(self._place, Code.EMPTY, "the table is empty", hint, cause=cause)])
        return False

    def _claim(self, view: View) -> None:
        """Note what the page has for links to lead to."""
        names: list[tuple[str, str]] = []
        if view.survey is not None:
            names += [("survey", name) for name in (view.survey.survey, *view.survey.aliases)]
        for section in view.all_sections():
            former = self._catalogue.former_of_groups.get(section.address, ())
            names += [("group", name) for name in (section.address, *former)]
        for entry in view.all_entries():
            if entry.is_home:
                names += [("method", name) for name in (entry.paper.id, *entry.paper.aliases)]
                claim = Owned(str(entry.paper.id), self._page.docname, self._place._replace(column=0))
                self._checker.owned.append(claim)
        self._checker.targets.update(dict.fromkeys((kind, str(name)) for kind, name in names))
