"""What is wrong with a directive on a page, whoever has read the page: a build, or a check of its source.

Each rule is told what an author has written, and notes what the catalogue does not have. `RULES` has them by directive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.drawings import read_drawing
from sphinx_paper_table.reading.table_options import FILTERS, words
from sphinx_paper_table.survey.problems import Code, Problem, nearest
from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection, View, select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from sphinx_paper_table.reading.drawings import Drawing
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.located import Position

MIN_COLUMNS: Final = 2
MAX_COLUMNS: Final = 4
"""How many methods stand side by side."""
_SHOWN: Final = 80
"""Characters of a name that a message repeats."""
LOOSEN: Final = "no paper fits all of its options; loosen or remove one"


@dataclass(frozen=True, slots=True)
class Written:
    """A directive as its author has written it: what is wrong with it is told to *tell*, at its *place*."""

    argument: str
    options: Mapping[str, Any]
    """Those that are valid, as they were converted."""
    catalogue: Catalogue
    place: Position
    tell: Callable[[Problem], object]

    def note(self, code: Code, message: str, hint: str = "", cause: Position | None = None) -> None:
        """Note what is wrong, at the first line of the directive."""
        self.tell(Problem(self.place, code, message, hint, code.severity, cause=cause))

    def note_missing(self, what: str, names: Iterable[str], known: Collection[str]) -> None:
        """Note each of *names* that is none of the *known* ones."""
        for name in names:
            if name not in known:
                self.note(Code.DANGLING, f"there is no {what} '{name}'", nearest(name, known))

    def note_empty(self, message: str, hint: str, target: str = "") -> None:
        """Note that there is nothing to show: as a consequence, where the survey *target*, or every one, is empty."""
        survey = self.catalogue.survey(target.partition("#")[0])
        shown = [survey] if survey else [] if target else list(self.catalogue.surveys.values())
        has_papers = any(next(items_of(one), None) for one in shown)
        self.note(Code.EMPTY, message, hint, cause=shown[0].position if shown and not has_papers else None)

    def selection(self, target: str) -> Selection:
        """Return the question that the options ask of *target*."""
        return Selection(target, **{name: self.options[name] for name in FILTERS if name in self.options})

    def selected(self, selection: Selection) -> View | None:
        """Return what the catalogue has; what it does not have is noted."""
        view = select(self.catalogue, selection)
        if view is None:
            kind = "group" if "#" in selection.target else "survey"
            known = self.catalogue.groups if kind == "group" else self.catalogue.surveys
            self.note(Code.DANGLING, f"there is no {kind} '{selection.target}'", nearest(selection.target, known))
        return view


Rule: TypeAlias = Callable[[Written], None]


def note_body(written: Written) -> None:
    """Note that a table has what it cannot have beside an argument."""
    message = "the table has both an argument and a body"
    written.note(Code.DIRECTIVE, message, "the body is left out; remove one")


def note_inside(layout: str, written: Written) -> None:
    """Note a table whose *layout* has sections, where there can be none."""
    written.note(Code.DIRECTIVE, f"the layout '{layout}' cannot stand inside other elements", "'cards' is used")


def is_own_file(path: Path, root: Path, written: Written) -> bool:
    """Return whether the file that a table names is there, in the source directory *root*; if not, that is noted."""
    if not path.is_relative_to(root):
        hint = "move it there; only files in the source directory are read"
        written.note(Code.UNREADABLE, f"'{written.argument}' lies outside the source directory", hint)
    elif not path.is_file():
        written.note(Code.UNREADABLE, f"there is no file '{written.argument}'", "paths begin at the page's directory")
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
    types = {*map(str, catalogue.vocabulary.relations), *(edge.type for edge in catalogue.edges)}
    written.note_missing("type of relation", written.options.get("relations", ()), types)
    shown = {entry.paper.id for entry in view.all_entries()}
    if of := written.options.get("of", ""):
        centre = catalogue.paper(of)
        written.note_missing("paper", [] if centre else [of], catalogue.papers)
        shown &= {centre.id} if centre else shown
    if not shown:
        written.note_empty("the lineage is empty", LOOSEN, view.selection.target)


def _compare(written: Written) -> None:
    names = words(written.argument) if written.argument else ()
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
            written.note(Code.UNKNOWN_CITATION, f"there is no reference '{key}'", hint)


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
            written.note(Code.UNREADABLE, f"'{name}' is no file of the source directory", hint)
            return None
        source = path.read_bytes()
    except (OSError, ValueError) as error:
        near = nearest(path.name, (other.name for other in path.parent.glob("*.svg")))
        reason = getattr(error, "strerror", "") or str(error)
        written.note(Code.UNREADABLE, f"the drawing '{name}' cannot be read ({reason})", near)
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
    "survey-sources": _sources,
    "paper-todo": _todo,
}
"""What is asked of the directives in `directive_options.OF_DIRECTIVES`."""
