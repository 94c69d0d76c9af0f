"""A plan to changes of the author's files: records are added at the ends of their lists, fields of entries change."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.editing.beginning import (
    Content,
    Wish,
    add_entries,
    folder_of_surveys,
    is_name,
    join_survey,
    project_files,
)
from sphinx_paper_table.editing.blocks import Block, paste_all
from sphinx_paper_table.editing.documents import Changes, EditError, open_document
from sphinx_paper_table.editing.renaming import definition_of
from sphinx_paper_table.editing.survey_pages import SurveyPart, add_parts, shown_parts
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.editing.yaml_nodes import parse_nodes
from sphinx_paper_table.importing.collection import Leftover
from sphinx_paper_table.importing.ledger import SUFFIX, TYPE, ledger_text
from sphinx_paper_table.importing.report import report_text
from sphinx_paper_table.importing.yaml_text import group_text, item_text, survey_text, vocabulary_text
from sphinx_paper_table.reading.page_sizes import CARDS, is_large
from sphinx_paper_table.survey.edits import TextEdit, apply_edits
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

    from sphinx_paper_table.editing.documents import Document
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.editing.yaml_nodes import Node
    from sphinx_paper_table.importing.plan import NewPaper, Plan, PlannedGroup
    from sphinx_paper_table.survey.problems import Problem

_KEY: Final = re.compile(r"( {0,200}+)([a-z]{1,40}+):")
_ID: Final = re.compile(r" {0,200}+- id: (\S{1,250}+)")
_NEEDED: Final = frozenset({"id", "name", "title", "cite", "papers", "items", "groups", "path"})
_NAME: Final = "imported"
_Addition: TypeAlias = tuple[int, str, list[Block]]
"""Where the id of the survey or group stands that gets more, the list, and the records."""


def project_changes(plan: Plan, folder: Path, wish: Wish) -> Changes:
    """Return the files of a new project in *folder* with what *plan* has, unchecked."""
    return project_files(folder, wish, _content(plan))


def survey_changes(plan: Plan, workspace: Workspace, wish: Wish) -> tuple[str, ...]:
    """Put what *plan* has into the files of *workspace*; return what the author has to do by hand.

    Raises `EditError` where a file cannot be changed safely.
    """
    if plan.path is None:
        return join_survey(workspace, wish, _content(plan))
    _add_terms(plan, workspace.changes, plan.path.parent)
    _change_entries(plan, workspace)
    by_hand = tuple(_append_entries(plan, workspace))
    for editor, rounds in _additions(plan, workspace):
        workspace.changes.add(editor.document, _grown(editor.document, rounds))
    shown = shown_parts(workspace, plan.survey)
    parts = tuple(_without_page(plan.top, shown.ids)) if shown else ()
    return (*by_hand, *(add_parts(workspace, plan.survey, shown, parts) if shown and parts else ()))


def _without_page(group: PlannedGroup, shown: Container[str]) -> Iterator[SurveyPart]:
    """Yield the new groups that stand in none which has a page."""
    for inner in group.groups:
        if inner.id in shown or inner.is_empty():
            continue
        if inner.is_new:
            yield from _parts(inner) or (SurveyPart(inner.id, inner.title),)
        else:
            yield from _without_page(inner, shown)


def _add_terms(plan: Plan, changes: Changes, folder: Path) -> None:
    """Add a vocabulary file with the terms that the project lacks; where there is one, they are left over."""
    path, text = folder / f"{plan.survey}-vocabulary.yaml", vocabulary_text(plan.survey, plan.terms)
    if plan.terms and not path.exists():
        changes.new[path] = text
    elif plan.terms:
        plan.leftovers.append(Leftover(Position(str(path), 1, 1), text, "terms that the vocabulary lacks"))


def add_ledger(plan: Plan, changes: Changes, folder: Path) -> None:
    """Add the file that says what was imported."""
    _put(changes, folder / f"{plan.survey}{SUFFIX}", ledger_text(plan.sources))


def ledger_path(workspace: Workspace, survey: str, path: Path | None) -> Path:
    """Return where the file stands that says what was imported into a survey: beside its own."""
    return (path.parent if path else folder_of_surveys(workspace.project)) / f"{survey}{SUFFIX}"


def add_report(plan: Plan, changes: Changes, path: Path, today: str) -> None:
    """Add the report to the changes, behind those of earlier imports, if there is anything to report."""
    before = open_document(path, str(path)).text if path.is_file() else ""
    text = report_text(plan, today, before)
    if text:
        _put(changes, path, f"{before.rstrip()}\n\n{text}" if before.strip() else text)


def _put(changes: Changes, path: Path, text: str) -> None:
    """Write a file of ours: as a new one, or in the place of what it has."""
    if not path.is_file():
        changes.new[path] = text
        return
    document = open_document(path, str(path))
    if document.text != text:
        changes.add(document, [TextEdit(document.name, 0, len(document.text), text)])


def _content(plan: Plan) -> Content:
    papers = plan.papers
    key = next((paper.cite[0] for paper in papers if paper.cite), "key")
    entries = "\n".join(map(entry_text, plan.entries))
    text = survey_text(plan.survey, plan.title, plan.top)
    vocabulary = vocabulary_text(plan.survey, plan.terms) if plan.terms else ""
    parts = _parts(plan.top)
    is_parted = len(parts) > 1 and all(is_name(part.id) for part in parts)
    return Content(text, entries, key, papers[0].id if papers else "id", vocabulary, parts if is_parted else ())


def _parts(group: PlannedGroup) -> tuple[SurveyPart, ...]:
    """Return the groups within, at any depth, that a page can hold; none where it can hold all, or has to.

    A group that has papers beside its groups stands on one page.
    """
    if group.items or not is_large(CARDS, sum(1 for _paper in group.papers())):
        return ()
    found = [_parts(inner) or (SurveyPart(inner.id, inner.title),) for inner in group.groups]
    return tuple(part for several in found for part in several)


def _append_entries(plan: Plan, workspace: Workspace) -> Iterator[str]:
    """Add new entries behind the others; yield what has to be done by hand."""
    if plan.entries and not (plan.changes and workspace.bibliographies):
        yield from add_entries(workspace, "\n".join(map(entry_text, plan.entries)), plan.survey)
        return
    if plan.entries:
        workspace.bibliographies[0].append("\n".join(map(entry_text, plan.entries)))
    for editor in workspace.bibliographies if plan.changes else ():
        workspace.changes.add(editor.document, editor.finished())


def _change_entries(plan: Plan, workspace: Workspace) -> None:
    """Change the fields that the collection has changed."""
    places = {entry.raw.key: (editor, entry) for editor in workspace.bibliographies for entry in editor.entries}
    for change in plan.changes:
        editor, entry = places[change.key]
        if change.name == TYPE:
            editor.set_type(entry, change.value)
        elif change.value:
            editor.set_field(entry, change.name, change.value)
        else:
            editor.remove_field(entry, change.name)


def _additions(plan: Plan, workspace: Workspace) -> Iterator[tuple[YamlEditor, list[list[_Addition]]]]:
    """Yield each survey file with what is to be added to it: papers in a first round, groups in a second."""
    found: dict[int, tuple[YamlEditor, list[list[_Addition]]]] = {}
    targets = [("survey", plan.survey, plan.top)]
    targets += [("group", f"{plan.survey}#{one.id}", one) for one in plan.top.walk() if one.id and not one.is_new]
    for kind, name, group in reversed(targets):  # inner ones first
        new_groups = [inner for inner in group.groups if inner.is_new and not inner.is_empty()]
        if group.items or new_groups:
            editor, definition = definition_of(workspace, kind, name)
            _editor, rounds = found.setdefault(id(editor), (editor, [[], []]))
            place = definition.node.start
            if group.items:
                rounds[0].append((place, "papers", [_block(item_text(item)) for item in group.items]))
            if new_groups:
                rounds[1].append((place, "groups", [_block(group_text(inner)) for inner in new_groups]))
    yield from found.values()


def _block(text: str) -> Block:
    return Block(text, 0, "\n" if text.count("\n") > 1 else "", parse_nodes(text, _NAME).items[0].plain())


def _grown(document: Document, rounds: Iterable[list[_Addition]]) -> list[TextEdit]:
    """Return the edits of *document* that make it have what is added in all *rounds*, one after the other.

    The places of a later round are those of the file as it was.
    """
    before = document.text
    made: list[TextEdit] = []
    for additions in rounds:
        editor = YamlEditor(replace(document, text=apply_edits(before, made) if made else before))
        for place, key, blocks in additions:
            moved = place + sum(len(edit.replacement) for edit in made if edit.start <= place)
            owner = _owner(editor.root, moved)
            if owner is None:
                raise EditError("the group is not found again", Position(document.name), "add its papers by hand")
            paste_all(editor, owner, key, blocks)
        editor.edits = _joined(editor.edits)
        made = _inserted(before, apply_edits(editor.text, editor.finished()), document.name)
    return made


def _owner(root: Node, place: int) -> Node | None:
    """Return the mapping with a value that begins at *place*: that of the id."""
    return next((node for node in root.within() if any(value.start == place for _key, value in node.pairs)), None)


def _joined(edits: list[TextEdit]) -> list[TextEdit]:
    """Return *edits* with those that insert at one place as one, in their order."""
    found: dict[tuple[int, int], TextEdit] = {}
    for edit in edits:
        first = found.get((edit.start, edit.end))
        found[edit.start, edit.end] = replace(edit, replacement=first.replacement + edit.replacement) if first else edit
    return list(found.values())


def _inserted(before: str, after: str, name: str) -> list[TextEdit]:
    """Return what has been put between the lines of *before* to make *after*; no line of it has gone or changed."""
    is_open = not before.endswith("\n")
    lines = _lines(f"{before}\n" if is_open else before)
    edits: list[TextEdit] = []
    number, place, added = 0, 0, ""
    for line in _lines(f"{after}\n" if is_open else after):
        if number < len(lines) and line == lines[number]:
            if added:
                edits.append(TextEdit(name, place, place, added))
            number, place, added = number + 1, place + len(line), ""
        else:
            added += line
    if added and is_open:
        edits.append(TextEdit(name, len(before), len(before), f"\n{added[:-1]}"))
    elif added:
        edits.append(TextEdit(name, place, place, added))
    return edits


def _lines(text: str) -> list[str]:
    """Return the lines of a text that ends with a line end, each with its own; other signs end none."""
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def take_out_faults(plan: Plan, problems: Iterable[Problem], texts: dict[str, str]) -> bool:
    """Take out of new records what a build would warn of; return whether anything was taken.

    *texts* are the files as they will be, by name. What is taken is left over.
    """
    owners: dict[str, NewPaper | PlannedGroup] = {group.id: group for group in plan.new_groups}
    owners |= {paper.id: paper for paper in plan.papers}
    lines = {name: text.split("\n") for name, text in texts.items()}
    is_changed = False
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            continue
        owner = owners.get(_record_at(lines.get(problem.position.path, []), problem.position.line))
        if owner is None:
            continue
        key = _key_at(lines[problem.position.path], problem.position.line)
        value = owner.record.get(key) or getattr(owner, key, "")
        if not value or key in _NEEDED:
            continue
        plan.leftovers.append(Leftover(problem.position, f"{owner.id}: {key}: {value}", problem.message))
        is_changed = True
        if key in owner.record:
            owner.record = {name: other for name, other in owner.record.items() if name != key}
        else:
            setattr(owner, key, {} if key == "links" else () if key == "tags" else "")
    return is_changed


def _key_at(lines: list[str], line: int) -> str:
    """Return the key of the record that a line stands in, which is as deep as the record's id."""
    for text in reversed(lines[:line]):
        if found := _ID.match(text):
            return "id"
        found = _KEY.match(text)
        if found and len(found[1]) == _depth(lines, line):
            return found[2]
    return ""


def _depth(lines: list[str], line: int) -> int:
    above = next((text for text in reversed(lines[:line]) if _ID.match(text)), "")
    return above.find("id:")


def _record_at(lines: list[str], line: int) -> str:
    """Return the id of the record that a line stands in; empty where there is none above it."""
    above = (found[1] for text in reversed(lines[:line]) if (found := _ID.match(text)))
    return next(above, "")
