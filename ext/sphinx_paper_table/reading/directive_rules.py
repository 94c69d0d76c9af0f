"""What is wrong with a directive on a page, whoever has read the page: a build, or a check of its source.

Each rule is told what an author has written, and notes what the catalogue does not have. `RULES` has them by directive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.drawings import read_drawing
from sphinx_paper_table.reading.table_options import FILTERS, words
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems, nearest
from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection, View, select
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx_paper_table.reading.drawings import Drawing
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper

MIN_COLUMNS: Final = 2
MAX_COLUMNS: Final = 4
"""How many methods stand side by side."""
_MOST_LINES: Final = 40
"""Lines of a directive in which a word is looked for."""
_SHOWN: Final = 80
"""Characters of a name that a message repeats."""
TABLE: Final = "paper-table"
WITH_TEXT: Final = frozenset({"paper-figure"})
"""Directives whose body is a text of the page."""
_QUOTES: Final = "\"'`“”‘’"
_OPTION: Final = re.compile(r"[ \t]{0,20}:?([\w-]{1,40}(?: [\w-]{1,40})?)[ \t]{0,9}:?(?:[ \t]{1,9}(.{0,200}))?")
_LIST: Final = re.compile(r"[,;，、；\s]")
LOOSEN: Final = "no paper fits all of its options; loosen or remove one"


@dataclass(frozen=True, slots=True)
class Written:
    """A directive as its author has written it: what is wrong with it is told to *tell*, at its *place*."""

    argument: str
    options: dict[str, Any]
    """Those that are valid, as they were converted."""
    catalogue: Catalogue
    place: Position
    tell: Callable[[Problem], object]
    causes: list[Position] = field(default_factory=list)
    """Where the filters stand that name what does not exist, for which nothing may be left."""

    def note(self, code: Code, message: str, hint: str = "", at: str = "", cause: Position | None = None) -> None:
        """Note what is wrong, *at* a word of the directive, or at its first line."""
        place, end = _place_of(at, self.place) if at else (self.place, None)
        self.tell(Problem(place, code, message, hint, code.severity, end=end, cause=cause))

    def note_option(self, option: str, message: str, hint: str) -> None:
        """Note what is wrong with an option."""
        self.note(Code.DIRECTIVE, message, hint, at=option)

    def note_missing(self, what: str, names: Iterable[str], known: Collection[str]) -> None:
        """Note each of *names* that is none of the *known* ones."""
        for name in names:
            if name not in known:
                hint = _meant_name(name, known) or nearest(name, known)
                self.note(Code.DANGLING, f"there is no {what} '{name}'", hint, at=name)

    def note_empty(self, message: str, hint: str, target: str = "") -> None:
        """Note that there is nothing to show: as a consequence, where the survey *target*, or every one, is empty."""
        survey = self.catalogue.survey(target.partition("#")[0])
        shown = [survey] if survey else [] if target else list(self.catalogue.surveys.values())
        has_papers = any(next(items_of(one), None) for one in shown)
        lost = [*self.causes, *([shown[0].position] if shown and not has_papers else [])]
        self.note(Code.EMPTY, message, hint, cause=lost[0] if lost else None)

    def selection(self, target: str) -> Selection:
        """Return the question that the options ask of *target*."""
        return Selection(target, **{name: self.options[name] for name in FILTERS if name in self.options})

    def selected(self, selection: Selection) -> View | None:
        """Return what the catalogue has; what it does not have is noted."""
        view = select(self.catalogue, selection)
        if view is not None and not view.count:
            self._note_filters(selection)
        if view is None:
            kind = "group" if "#" in selection.target else "survey"
            known = self.catalogue.groups if kind == "group" else self.catalogue.surveys
            self.note_missing(kind, [selection.target], known)
        return view

    def _note_filters(self, selection: Selection) -> None:
        """Note what filters name that does not exist: where nothing is left, that is mostly why."""
        catalogue = self.catalogue
        missing = [name for name in selection.ids if catalogue.paper(name) is None]
        tags = {*map(str, catalogue.vocabulary.tags), *map(str, catalogue.tag_aliases)}
        tags.update(str(tag) for paper in catalogue.papers.values() for tag in paper.tags)
        self.note_missing("paper", missing, catalogue.papers)
        self.note_missing("tag", selection.tags, tags)
        lost = [*missing, *(tag for tag in selection.tags if tag not in tags)]
        self.causes.extend(_place_of(name, self.place)[0] for name in lost)


def _meant_name(name: str, known: Collection[str]) -> str:
    """Return how to write *name*, which has quotes, a path, an option or another name beside one that is *known*."""
    for bare in (name.strip(_QUOTES), Path(name).stem):
        if bare in known:
            return f"write {bare}"
    first, _, option = name.partition(" :")
    if first in known:
        return f"write {first}, and the option on the next line: ':{option}'"
    first = _LIST.split(name)[0]
    return f"a directive has one: write {first}, and another directive for the next" if first in known else ""


def _place_of(word: str, first: Position) -> tuple[Position, Position | None]:
    """Return where *word* stands in the directive whose *first* line is given, and where it ends; else that line.

    The file is read for it: what parses a page hands on neither the lines of options nor their columns.
    """
    text = read_text(Path(first.path), first.path, Problems()) if Path(first.path).is_file() else None
    lines = (text or "").split("\n")[max(first.line - 1, 0) :]
    for number, line in enumerate(takewhile(str.strip, islice(lines, _MOST_LINES)), first.line):
        after = max(line.find("}"), line.find("::")) if number == first.line else 0
        place = _find_word(word, line, max(after, 0))
        if place >= 0:
            start = Position(first.path, number, place + 1)
            return start, start._replace(column=place + 1 + len(word))
    return first, None


def _find_word(word: str, line: str, start: int) -> int:
    while (place := line.find(word, start)) >= 0:
        around = line[:place][-1:] + line[place + len(word) :][:1]
        if not any(sign.isalnum() or sign in "_-" for sign in around):
            return place
        start = place + 1
    return -1


Rule: TypeAlias = Callable[[Written], None]


def note_text(name: str, text: str, declared: Collection[str], written: Written) -> None:
    """Note that the directive *name* has a *text*, though it takes none, or has an argument in the place of one.

    Options that are not written as such are text: of a line that is nearly one of those *declared* that is said.
    """
    first = text.strip().partition("\n")[0]
    plain = first.replace("\N{FULLWIDTH COLON}", ":")
    option = _OPTION.fullmatch(plain)
    likely = option and next((one for one in (option[1], option[1].replace(" ", "-")) if one in declared), "")
    word, _, value = plain.lstrip(": \t").replace(":", " ", 1).partition(" ")
    if not likely and word in declared:
        likely, option = word, _OPTION.fullmatch(f":{word}: {value.strip()}")
    if likely and option:
        right = f":{likely}: {option[2] or ''}".rstrip()
        if right == first:
            message, hint = (
                f"'{first}' is text here: an empty line ends the options",
                "take the empty line above it out",
            )
        else:
            message, hint = f"'{first}' is no option as it is written", f"write '{right}'"
        written.note(Code.DIRECTIVE, message, hint, at=first)
    elif name == TABLE:
        message = "the table has both an argument and a body"
        written.note(Code.DIRECTIVE, message, "the body is left out; remove one, or close the fence above the body")
    else:
        written.note(Code.DIRECTIVE, f"'{name}' takes no text", "what stands below its options is left out; remove it")


def note_inside(layout: str, written: Written) -> None:
    """Note a table whose *layout* has sections, where there can be none."""
    written.note(Code.DIRECTIVE, f"the layout '{layout}' cannot stand inside other elements", "'cards' is used")


def is_own_file(path: Path, root: Path, written: Written) -> bool:
    """Return whether the file that a table names is there, in the source directory *root*; if not, that is noted."""
    if not path.is_relative_to(root):
        hint = "move it there; only files in the source directory are read"
        written.note(
            Code.UNREADABLE, f"'{written.argument}' lies outside the source directory", hint, at=written.argument
        )
    elif not path.is_file():
        hint = _meant_name(written.argument, written.catalogue.surveys) or "paths begin at the page's directory"
        message = f"there is no file '{written.argument}'"
        written.note(Code.UNREADABLE, message, hint, at=written.argument)
    else:
        return True
    return False


def _index(written: Written) -> None:
    view = written.selected(written.selection(written.argument))
    is_of_changes = written.options.get("by") == "changed"
    if view is not None and not any(not is_of_changes or was_changed(entry.paper) for entry in view.all_entries()):
        written.note_empty("the index is empty", LOOSEN, written.argument)


def was_changed(paper: Paper) -> bool:
    """Return whether a record was looked through after the day when it was written."""
    day = str(paper.reviewed or "")
    return day > str(paper.added or day)


def _results(written: Written) -> None:
    view = written.selected(written.selection(str(written.options.get("survey", ""))))
    if view is None:
        return
    catalogue, benchmark = written.catalogue, written.argument
    known = catalogue.vocabulary.benchmarks
    if benchmark and benchmark not in {*known, *catalogue.benchmark_aliases}:
        written.note_missing("benchmark", [benchmark], known)
    elif not rankings(view, catalogue, benchmark, written.options.get("least", 1)):
        written.note_empty("there is no result to show", "loosen or remove an option", view.selection.target)


def _lineage(written: Written) -> None:
    view, catalogue = written.selected(written.selection(written.argument)), written.catalogue
    if view is None:
        return
    types = {*map(str, catalogue.vocabulary.relations), *catalogue.stated_types}
    written.note_missing("type of relation", written.options.get("relations", ()), types)
    shown = {entry.paper.id for entry in view.all_entries()}
    if of := written.options.get("of", ""):
        centre = catalogue.paper(of)
        written.note_missing("paper", [] if centre else [of], catalogue.papers)
        shown &= {centre.id} if centre else shown
    if not shown:
        written.note_empty("the lineage is empty", LOOSEN, view.selection.target)


def _compare(written: Written) -> None:
    names = words(written.argument) if written.argument else written.options.get("example", ())
    catalogue = written.catalogue
    written.note_missing("paper", (name for name in names if catalogue.paper(name) is None), catalogue.papers)
    count = len(set(names))
    if names and not MIN_COLUMNS <= count <= MAX_COLUMNS:
        written.note(Code.DIRECTIVE, f"{count} methods cannot stand side by side", "name two, three or four")


def _figure(written: Written) -> None:
    """Check all but the drawing, for which the place of the page must be known: see `drawing_in`."""
    catalogue, options = written.catalogue, written.options
    if not options.get("alt"):
        written.note(Code.DIRECTIVE, "the drawing has no text alternative", "say in the option 'alt' what it shows")
    missing = (name for name in options.get("methods", ()) if catalogue.paper(name) is None)
    written.note_missing("paper", missing, catalogue.papers)
    for key in options.get("cite", ()):
        if key not in catalogue.references:
            hint = nearest(key, catalogue.references)
            written.note(Code.UNKNOWN_CITATION, f"there is no reference '{key}'", hint, at=key)


def drawing_in(path: Path | None, root: Path, written: Written) -> Drawing | None:
    """Return the drawing in the file at *path*, which the directive names; what is wrong with it is noted.

    None where it cannot be read, or is no file of the source directory *root*.
    """
    name = written.argument[:_SHOWN]
    if path is None or not name:
        written.note(Code.DIRECTIVE, "no drawing is named", "write the name of an SVG file behind the directive")
        return None
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            hint = "move it there; pages show only what the project has"
            written.note(Code.UNREADABLE, f"'{name}' is no file of the source directory", hint, at=written.argument)
            return None
        source = path.read_bytes()
    except (OSError, ValueError) as error:
        near = nearest(path.name, (other.name for other in path.parent.glob("*.svg")))
        reason = getattr(error, "strerror", "") or str(error)
        written.note(Code.UNREADABLE, f"the drawing '{name}' cannot be read ({reason})", near, at=written.argument)
        return None
    drawing, problems = read_drawing(source, str(path))
    for problem in problems:
        written.tell(problem)
    return drawing


def _surveys(written: Written) -> None:
    catalogue, names = written.catalogue, written.argument.split()
    missing = (name for name in names if catalogue.survey(name) is None)
    written.note_missing("survey", missing, catalogue.surveys)
    if not names and not catalogue.surveys:
        written.note(Code.EMPTY, "there is no survey to show", "write one, or check 'paper_table_surveys'")


def _sources(written: Written) -> None:
    if written.catalogue.survey(written.argument) is None:
        written.note_missing("survey", [written.argument], written.catalogue.surveys)


def _todo(written: Written) -> None:
    written.selected(Selection(written.argument))


RULES: Final[Mapping[str, Rule]] = {
    "paper-index": _index,
    "paper-results": _results,
    "paper-lineage": _lineage,
    "paper-compare": _compare,
    "paper-figure": _figure,
    "survey-cards": _surveys,
    "survey-header": _sources,
    "survey-sources": _sources,
    "paper-todo": _todo,
}
"""What is asked of the directives in `directive_options.OF_DIRECTIVES`."""
