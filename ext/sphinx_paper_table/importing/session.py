"""From files and wishes to a plan and the changes that carry it out; nothing is written here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.settings import DEFAULT
from sphinx_paper_table.editing.beginning import (
    Wish,
    checked_name,
    checked_title,
    is_name,
    refuse_known,
    title_like,
    workspace_in,
    workspace_to_be,
)
from sphinx_paper_table.editing.documents import Changes, EditError
from sphinx_paper_table.editing.renaming import definition_of
from sphinx_paper_table.editing.workspace import Workspace
from sphinx_paper_table.importing.collection import Collection
from sphinx_paper_table.importing.formats import read_collection
from sphinx_paper_table.importing.ledger import read_ledger
from sphinx_paper_table.importing.planner import Target, make_plan
from sphinx_paper_table.importing.sources import ReadOptions, open_source
from sphinx_paper_table.importing.writing import (
    add_ledger,
    add_report,
    ledger_path,
    project_changes,
    survey_changes,
    take_out_faults,
)
from sphinx_paper_table.reading.other_sites import MAPPING
from sphinx_paper_table.reading.project import MYST, read_project
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.corrections import id_like, latin_id
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Severity
from sphinx_paper_table.survey.watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sphinx_paper_table.importing.plan import Plan
    from sphinx_paper_table.survey.problems import Problem

_TELL_NOTHING: Final = frozenset({"index", "list", "main", "papers", "readme", "references", "refs", "untitled"})
"""Names of files that do not say what is in them."""
_ROUNDS: Final = 5
"""How often what a build would warn of is taken out of the new records: each has a few keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the author asks for. The empty text stands for the usual."""

    files: Sequence[Path]
    source: Path | None
    """The folder of the project's ``conf.py``; None where a new project is to be made in *folder*."""
    folder: Path
    report: Path
    today: str
    to: str = ""
    """The id of the survey, a new one or one that is there."""
    title: str = ""
    groups: str = ""
    format: str = ""
    theme: str = ""
    requirements: tuple[str, ...] = ()


@dataclass(slots=True)
class Prepared:
    """A plan with the changes that carry it out."""

    plan: Plan
    changes: Changes
    by_hand: tuple[str, ...] = ()


def prepare(request: Request) -> Prepared:
    """Return what an import does.

    Raises `EditError` where a file cannot be read, or the project not be changed: nothing is to be written then.
    """
    formats, collection = _read(request)
    title = checked_title(request.title or collection.title or title_like(request.files[0].with_suffix("")))
    if request.source is None:
        return _for_new_project(request, collection, title, formats)
    workspace = workspace_in(request.source)
    name = _survey_name(request.to, title, request.files[0], workspace.catalogue)
    survey = workspace.catalogue.survey(name)
    if survey is None:
        refuse_known(name, workspace.catalogue)
    path = definition_of(workspace, "survey", str(survey.survey))[0].document.path if survey else None
    name = str(survey.survey) if survey else name
    title = str(survey.title) if survey else title
    ledger = ledger_path(workspace, name, path)
    entries = {entry.raw.key: entry.raw for editor in workspace.bibliographies for entry in editor.entries}
    has_formulas = workspace.project.is_unknown(MYST) or "dollarmath" in workspace.project[MYST]
    target = Target(
        workspace.catalogue,
        entries,
        workspace.project.bibtex,
        name,
        path,
        read_ledger(ledger),
        request.today,
        has_formulas,
        frozenset(() if workspace.project.is_unknown(MAPPING) else workspace.project[MAPPING]),
    )
    plan = make_plan(collection, target, title, request.files[0].name, formats)
    wish = Wish(title, name, request.today)
    return _into_project(request, plan, workspace, wish, ledger.parent)


def _read(request: Request) -> tuple[tuple[str, ...], Collection]:
    """Return what all files tell together, and the formats."""
    found: list[tuple[str, Collection]] = []
    options = ReadOptions(groups=request.groups)
    for path in watched(request.files, "Reading"):
        if not path.exists():
            raise EditError("there is no such file", Position(str(path)))
        found.append(read_collection(open_source(path), options, request.format))
    collections = [collection for _name, collection in found]
    whole = Collection(
        title=next((one.title for one in collections if one.title), ""),
        description=next((one.description for one in collections if one.description), ""),
        record=next((one.record for one in collections if one.record), {}),
        surveys=tuple(name for one in collections for name in one.surveys),
        terms=_together([one.terms for one in collections]),
        works=tuple(work for one in collections for work in one.works),
        groups=tuple(group for one in collections for group in one.groups),
        references=tuple(work for one in collections for work in one.references),
        leftovers=tuple(leftover for one in collections for leftover in one.leftovers),
    )
    if not any(True for _work in whole.all_works()):
        raise EditError("there is no paper in it", Position(str(request.files[0]), 1, 1))
    return tuple(dict.fromkeys(name for name, _collection in found)), whole


def _together(terms: Iterable[Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Return the terms of several collections; of two with one id the first."""
    found: dict[str, dict[str, Any]] = {}
    for one in terms:
        for kind, of_kind in one.items():
            found[kind] = {**of_kind, **found.get(kind, {})}
    return found


def _survey_name(wanted: str, title: str, file: Path, catalogue: Catalogue) -> str:
    """Return the id of the survey, the same each time: without one that is *wanted*, that of its title.

    A title without Latin letters has none; then the name of the file says it, of its folder, or a sum of the title.
    """
    if wanted and catalogue.survey(wanted) is not None:
        return wanted
    if wanted:
        return checked_name(wanted)
    told = ("" if file.stem.casefold() in _TELL_NOTHING else file.stem, file.absolute().parent.name)
    likely = (id_like(title), latin_id(title), *map(latin_id, told))
    return next(filter(is_name, likely), f"survey-{blake2s(title.encode(), digest_size=3).hexdigest()}")


def _into_project(request: Request, plan: Plan, workspace: Workspace, wish: Wish, folder: Path) -> Prepared:
    """Make the changes of a project, without what a build would warn of."""
    by_hand: tuple[str, ...] = ()
    for _round in watched(range(_ROUNDS), "Checking"):
        by_hand = () if plan.is_nothing else survey_changes(plan, workspace, wish)
        problems = _new_problems(workspace)
        texts = {str(one.path): (one.after or b"").decode() for one in workspace.changes.replacements()}
        if not take_out_faults(plan, problems, texts):
            break
        workspace = workspace_in(workspace.project.source)
    workspace.check()
    add_ledger(plan, workspace.changes, folder)
    add_report(plan, workspace.changes, request.report, request.today)
    return Prepared(plan, workspace.changes, by_hand)


def _new_problems(workspace: Workspace) -> list[Problem]:
    """Return what is wrong with the changes and was not without them."""
    before = Counter((problem.code, problem.message) for problem in workspace.loaded.problems)
    found = []
    for problem in workspace.after().problems:
        kind = problem.code, problem.message
        if before[kind]:
            before[kind] -= 1
        elif problem.severity is not Severity.ADVICE:
            found.append(problem)
    return found


def _for_new_project(request: Request, collection: Collection, title: str, formats: tuple[str, ...]) -> Prepared:
    name = _survey_name(request.to, title, request.files[0], Catalogue())
    target = Target(
        Workspace(read_project(request.folder), [], []).catalogue, {}, DEFAULT, name, None, [], request.today
    )
    plan = make_plan(collection, target, title, request.files[0].name, formats)
    wish = Wish(title, name, request.today, theme=request.theme, requirements=request.requirements)
    changes = project_changes(plan, request.folder, wish)
    workspace = workspace_to_be(request.folder, changes)
    for _round in watched(range(_ROUNDS), "Checking"):
        texts = {str(path): text for path, text in changes.new.items()}
        if not take_out_faults(plan, workspace.after().problems, texts):
            break
        changes = project_changes(plan, request.folder, wish)
        workspace = workspace_to_be(request.folder, changes)
    workspace.check()
    add_ledger(plan, changes, request.folder / "surveys")
    add_report(plan, changes, request.report, request.today)
    return Prepared(plan, changes)
