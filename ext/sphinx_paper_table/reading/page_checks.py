"""What is wrong on pages, found without building them: the messages are those of a build, at the same places.

What only a build knows is left to it: pages that other extensions write or read, files that pages include (the tables
in them count), names that other projects have (``intersphinx_mapping``), and whether a directive stands within a list.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.directive_rules import (
    LOOSEN,
    RULES,
    TABLE,
    WITH_TEXT,
    Written,
    drawing_in,
    is_own_file,
    note_inside,
    note_text,
)
from sphinx_paper_table.reading.option_checks import LAYOUTS
from sphinx_paper_table.reading.options import LAYOUT
from sphinx_paper_table.reading.other_sites import MAPPING, check_sites, targets_elsewhere
from sphinx_paper_table.reading.own_names import broken_options, odd_options, twice, unknown_name
from sphinx_paper_table.reading.page_citations import PageCitations
from sphinx_paper_table.reading.page_files import MARKDOWN, READABLE, page_files, suffixes_of
from sphinx_paper_table.reading.page_markup import dead_on_page
from sphinx_paper_table.reading.page_rules import KINDS, Owned, check_owners, note_unknown
from sphinx_paper_table.reading.page_sizes import CARDS, LINES, REFERENCES, PageSizes, listed_references
from sphinx_paper_table.reading.page_sources import (
    BIBLIOGRAPHIES,
    FIGURE,
    INCLUDE,
    PageDirective,
    PageRole,
    in_page,
)
from sphinx_paper_table.reading.parsed import Parsed
from sphinx_paper_table.reading.private_records import read_private
from sphinx_paper_table.reading.project import EXTENSION, MYST, may_have_layouts, may_have_more_names
from sphinx_paper_table.reading.table_options import OF_BIBLIOGRAPHIES, OF_TABLES, Option, converted, one_of
from sphinx_paper_table.survey.allowed import Kind
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.markdown import COLON_FENCE, target_of
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.selection import select, view_of
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.watching import watched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.reading.page_files import PageFile
    from sphinx_paper_table.reading.page_sources import Found, PageName
    from sphinx_paper_table.reading.project import Project
    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.entities import Survey
    from sphinx_paper_table.survey.selection import Selection, View

_SECTIONS: Final = "sections"
INDEX: Final = "paper-index"


class OfPages(NamedTuple):
    """What a build says of pages other than through our report: while it reads them, and while it writes them."""

    first: tuple[Problem, ...] = ()
    last: tuple[Problem, ...] = ()


def check_pages(project: Project, catalogue: Catalogue, problems: Problems, parsed: Parsed | None = None) -> OfPages:
    """Note what is wrong on the pages of *project*, and between them and the *catalogue*.

    *parsed* keeps what the pages say, if it is to be kept.
    """
    if not project.conf.text or not project.loads(EXTENSION) or project.is_unknown("exclude_patterns"):
        return OfPages()
    checker = _Checker(project, catalogue, project.rules(), problems, parsed or Parsed())
    files = list(page_files(project))
    for page in watched(files, "Reading pages"):
        if page.path.suffix in READABLE:
            checker.read(page)
    known, is_alone = set(checker.targets), not project[MAPPING]
    for kind, name, place in checker.references:
        kinds = KINDS if kind == "any" else (kind,)
        if is_alone and not any((wanted, name) in known for wanted in kinds):
            note_unknown(kind, name, place, checker.targets, problems)
    checker.weigh_bibliographies()
    problems.extend(checker.sizes.problems())
    is_complete = bool(files) and set(suffixes_of(project)) <= READABLE
    if is_complete:
        check_owners(checker.owned, catalogue, problems)
    checker.citations.may_have_more_lists |= not is_complete
    first, last = (checker.citations.while_reading(catalogue), checker.citations.while_writing(catalogue))
    return OfPages(tuple(first), tuple(last) if is_alone else ())


@dataclass(slots=True)
class _Checker:
    """Goes through the pages."""

    project: Project
    catalogue: Catalogue
    rules: Rules
    problems: Problems
    parsed: Parsed
    owned: list[Owned] = field(default_factory=list)
    targets: dict[tuple[str, str], None] = field(default_factory=dict)
    references: list[tuple[str, str, Position]] = field(default_factory=list)
    citations: PageCitations = field(default_factory=PageCitations)
    sizes: PageSizes = field(default_factory=PageSizes)
    bibliographies: list[tuple[PageFile, PageDirective, Mapping[str, Any]]] = field(default_factory=list)
    """Each with its page and how it is cut; what it lists is known when all pages are read."""

    @property
    def has_colon_fences(self) -> bool:
        """Whether MyST reads directives between colons; where only a build knows, it may."""
        return self.project.is_unknown(MYST) or COLON_FENCE in self.project[MYST]

    def read(self, page: PageFile, included: Path | None = None) -> None:
        """Take in one page, or a file that is *included* on it: of that, only what it shows."""
        path = included or page.path
        text = read_text(path, str(path), Problems()) or ""
        is_markdown = page.path.suffix == MARKDOWN

        def parse(problems: Problems) -> tuple[Found, ...]:
            if included is None and is_markdown:
                problems.extend(dead_on_page(text, str(path), has_colon_fences=self.has_colon_fences))
            return tuple(in_page(text, is_markdown=is_markdown, has_colon_fences=self.has_colon_fences))

        source = repr(("page", str(path), is_markdown, included is None, self.has_colon_fences, text))
        for found in self.parsed.get(source, parse, self.problems):
            if isinstance(found, PageDirective):
                self._directive(page, found, is_included=included is not None)
            elif included is None:
                self._name(found, Position(str(path), found.line))

    def _name(self, found: PageRole | PageName, place: Position) -> None:
        """Take in a role, or a directive of which no more than its name is looked at."""
        domain, _, kind = found.name.partition(":")
        is_role = isinstance(found, PageRole)
        unknown = unknown_name(Kind.ROLE if is_role else Kind.DIRECTIVE, found.name, place)
        if unknown is not None:
            self.problems.extend([] if may_have_more_names(self.project.conf) else [unknown])
        elif isinstance(found, PageRole) and domain == "paper":
            self.references.append((kind or "any", target_of(found.content), place))
        elif isinstance(found, PageRole) and domain in {"cite", "footcite"}:
            self.citations.add(domain, found.content, place)

    def _directive(self, page: PageFile, found: PageDirective, *, is_included: bool) -> None:
        problems = Problems() if is_included else self.problems
        if found.has_odd_options and found.name != INCLUDE:
            problems.extend([odd_options(found.name, Position(str(page.path), found.line + 1))])
        if found.fault is not None and found.name != INCLUDE:
            place = Position(str(page.path), found.line)
            broken = twice(found.name, found.fault, place) if found.fault else broken_options(found.name, place)
            problems.extend([broken])
        elif found.name in BIBLIOGRAPHIES:
            self.citations.add_list(found.options, found.argument, found.body)
            self._bibliography(page, found, problems)
        elif found.name == INCLUDE:
            other = None if is_included else self._file(page, found.argument)
            self.citations.may_have_more_lists |= other is None
            if other is not None:
                self.read(page, other)
        else:
            self._check(page, found, problems)

    def _bibliography(self, page: PageFile, found: PageDirective, problems: Problems) -> None:
        """Check how a list of references is cut; its other options are those of sphinxcontrib-bibtex."""

        def note(_option: str, message: str, hint: str) -> None:
            problems.add(Code.DIRECTIVE, message, Position(str(page.path), found.line), hint)

        given = {name: value for name, value in found.options.items() if name in OF_BIBLIOGRAPHIES}
        self.bibliographies.append((page, found, converted(given, OF_BIBLIOGRAPHIES, note)))

    def weigh_bibliographies(self) -> None:
        """Count what each list of references shows, after all pages are read."""
        of_papers = (str(key) for paper in self.catalogue.papers.values() for key in paper.cite)
        cited = {*self.citations.keys, *of_papers}
        for page, found, cut in self.bibliographies:
            count = listed_references(self.catalogue, found.options, cut, cited)
            self.sizes.add(page.docname, REFERENCES, count, Position(str(page.path), found.line))

    def _weigh_index(self, page: PageFile, written: Written) -> None:
        """Count the lines of an index: under tags, a paper has several."""
        view = select(self.catalogue, written.selection(written.argument))
        entries = view.all_entries() if view else ()
        by_tag = written.options.get("by") == "tag"
        lines = sum(max(len(entry.paper.tags), 1) if by_tag else 1 for entry in entries)
        self.sizes.add(page.docname, LINES, lines, written.place)

    def _check(self, page: PageFile, found: PageDirective, problems: Problems) -> None:
        if found.name == TABLE:
            _Table(self, page, found, problems).check()
            return
        written = self.written(page, found, OF_DIRECTIVES[found.name], problems)
        if found.body.strip() and found.name not in WITH_TEXT:
            note_text(found.name, found.body, OF_DIRECTIVES[found.name], written)
        RULES[found.name](written)
        if found.name == INDEX:
            self._weigh_index(page, written)
        if found.name == FIGURE:
            path = self.file_named(page, found.argument) if found.argument else None
            drawing_in(path, self.project.source, written)

    def written(
        self, page: PageFile, found: PageDirective, declared: Mapping[str, Option], problems: Problems
    ) -> Written:
        """Return what the author has written in a directive; options that are not valid are noted."""
        place = Position(str(page.path), found.line, 1)
        written = Written(found.argument, {}, self.catalogue, place, lambda problem: problems.extend([problem]))
        written.options.update(converted(found.options, declared, written.note_option))
        return written

    def _file(self, page: PageFile, name: str) -> Path | None:
        path = self.file_named(page, name)
        is_own = path.resolve().is_relative_to(self.project.source.resolve())
        return path if is_own and path.is_file() and path != page.path else None

    def file_named(self, page: PageFile, name: str) -> Path:
        """Return the file that a page calls *name*: from its own folder, or after a slash from the source directory."""
        folder = "" if name.startswith("/") else posixpath.dirname(page.docname)
        return self.project.source / posixpath.normpath(posixpath.join(folder, name.lstrip("/")))


class _Table:
    """One ``paper-table`` of a page; the steps are those of the build (`cards.directive`)."""

    def __init__(self, checker: _Checker, page: PageFile, found: PageDirective, problems: Problems) -> None:
        self._checker, self._page, self._found, self._problems = checker, page, found, problems
        declared = {"layout": Option(self._layout, ""), **OF_TABLES}
        self._written = checker.written(page, found, declared, problems)

    def check(self) -> None:
        """Note what is wrong with it, and what it shows."""
        written = self._written
        selection = written.selection(written.argument)
        if self._found.body.strip() and not selection.target:
            place = Position(str(self._page.path), self._found.body_line, self._found.column)
            self._private(self._found.body, place, selection)
            return
        if self._found.body.strip():
            note_text(TABLE, self._found.body, {"layout", *OF_TABLES}, written)
        is_file = selection.target.endswith((".yaml", ".yml"))
        view = self._from_file() if is_file else written.selected(selection)
        if view is not None and self._has_papers(view):
            self._checker.sizes.add(self._page.docname, CARDS, view.count, written.place)
            layout = written.options.get("layout", self._checker.project[LAYOUT])
            if layout == _SECTIONS and self._found.depth:
                note_inside(layout, written)
            if view.selection.is_whole and not {"flat", "no-index"} & written.options.keys():
                self._claim(view)

    def _layout(self, value: str | None) -> str:
        return str(value) if may_have_layouts(self._checker.project.conf) else one_of(dict.fromkeys(LAYOUTS, ""))(value)

    def _from_file(self) -> View | None:
        written, catalogue, root = self._written, self._checker.catalogue, self._checker.project.source.resolve()
        named = self._checker.file_named(self._page, written.argument)
        path = named.resolve()
        if not is_own_file(path, root, written):
            return None
        known = next((one for one in catalogue.surveys.values() if Path(one.position.path).resolve() == path), None)
        if known is not None:
            return view_of(known, catalogue, written.selection(str(known.survey)))
        self._private(path, Position(str(named), 1, 1), written.selection(written.argument))
        return None

    def _private(self, source: str | Path, place: Position, selection: Selection) -> None:
        own, catalogue = Problems(), self._checker.catalogue
        survey = read_private(source, place, catalogue, self._checker.rules, own, parsed=self._checker.parsed)
        self._problems.extend(own.sorted())
        if survey is not None:
            self._check_sites(survey)
            little = Catalogue({survey.survey: survey}, catalogue.vocabulary, catalogue.references)
            self._has_papers(view_of(survey, little, selection))

    def _check_sites(self, survey: Survey) -> None:
        """Check that the project knows the sites to whose papers relations lead."""
        project = self._checker.project
        if not project.is_unknown(MAPPING):
            check_sites(targets_elsewhere(items_of(survey)), project[MAPPING], self._problems)

    def _has_papers(self, view: View) -> bool:
        if not view.count:
            self._written.note_empty("the table is empty", LOOSEN, view.selection.target)
        return bool(view.count)

    def _claim(self, view: View) -> None:
        """Note what the page has for links to lead to."""
        names: list[tuple[str, str]] = []
        if view.survey is not None:
            names += [("survey", name) for name in (view.survey.survey, *view.survey.aliases)]
        for section in view.all_sections():
            former = self._checker.catalogue.former_of_groups.get(section.address, ())
            names += [("group", name) for name in (section.address, *former)]
        for entry in view.all_entries():
            if entry.is_home:
                names += [("method", name) for name in (entry.paper.id, *entry.paper.aliases)]
                claim = Owned(str(entry.paper.id), self._page.docname, self._written.place._replace(column=0))
                self._checker.owned.append(claim)
        self._checker.targets.update(dict.fromkeys((kind, str(name)) for kind, name in names))
