"""Records that move to another group or survey, with their comments and translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.editing.blocks import cut, paste
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.editing.renaming import definition_of
from sphinx_paper_table.editing.translation_files import move_messages
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.editing.yaml_editor import YamlEditor
    from sphinx_paper_table.editing.yaml_nodes import Node


def move(workspace: Workspace, name: str, target: str, before: str = "") -> None:
    """Move the record of a method to a survey or group: to the end, or *before* another record there."""
    catalogue = workspace.catalogue
    name = catalogue.aliases.get(name, name)
    if name not in catalogue.papers:
        msg = f"there is no method '{name}'"
        raise EditError(msg, hint=nearest(name, catalogue.papers))
    editor, found = definition_of(workspace, "method", name)
    owner, sequence = holder_of(editor, found.record, "papers")
    other, goal = target_of(workspace, target)
    beside = record_in(goal, target, before) if before else None
    if beside is found.record:
        msg = f"'{name}' cannot stand before itself"
        raise EditError(msg)
    if goal is owner and beside is None and sequence.items[-1] is found.record:
        msg = f"'{name}' is the last of '{target}' already"
        raise EditError(msg)
    block = cut(editor, owner, sequence, found.record)
    paste(other, goal, "papers", block, beside)
    if other is not editor:
        papers = goal.get("papers")
        place = beside.start if beside is not None else papers.end if papers is not None else goal.end
        _move_texts(workspace, (editor, other), found.record, place)
    workspace.collect()


def holder_of(editor: YamlEditor, item: Node, key: str) -> tuple[Node, Node]:
    """Return the survey or group that has *item* in its list *key*, and the list."""
    for node in editor.root.within():
        sequence = node.get(key) if node.kind == "mapping" else None
        if sequence is not None and any(found is item for found in sequence.items):
            return node, sequence
    raise editor.refuse(item, "this record stands in no list of its own")


def record_in(goal: Node, target: str, before: str) -> Node:
    """Return the record *before* of the own list of *goal*, which messages call *target*."""
    papers = goal.get("papers")
    for item in papers.items if papers is not None else ():
        if before in {item.text("id"), item.text("ref")}:
            return item
    msg = f"'{target}' has no '{before}' in its own list"
    raise EditError(msg, hint="name a method that stands directly there")


def target_of(workspace: Workspace, target: str) -> tuple[YamlEditor, Node]:
    """Return the file and the record of a survey, or of a group as ``SURVEY#GROUP``, by its present or former name."""
    catalogue = workspace.catalogue
    survey = catalogue.survey(target)
    address = catalogue.former_groups.get(target, target)
    if survey is None and address not in catalogue.groups:
        msg = f"there is no survey or group '{target}'"
        raise EditError(msg, hint=nearest(target, [*catalogue.groups, *catalogue.surveys]))
    kind, name = ("group", address) if survey is None else ("survey", str(survey.survey))
    editor, found = definition_of(workspace, kind, name)
    return editor, found.record


def _move_texts(workspace: Workspace, files: tuple[YamlEditor, YamlEditor], record: Node, place: int) -> None:
    """Take the translations of a record along, to where it stands now: at *place* in the second of two *files*."""
    source, target = files
    moved = [node.value for node in record.within()]
    staying = {node.value for node in source.root.within() if not source.is_cut(node)}
    following = {node.value for node in target.root.within() if node.start >= place and node.kind == "scalar"}
    following -= {node.value for node in target.root.within() if node.start < place}
    names = [catalogue_of(workspace, editor) for editor in files]
    move_messages(workspace.changes, workspace.translations, names[0], names[1], moved, staying, following)


def catalogue_of(workspace: Workspace, editor: YamlEditor) -> str:
    """Return the name of the catalogue that has the translations of a survey file."""
    inside = editor.document.path.relative_to(workspace.project.source)
    return f"records/{inside.with_suffix('').as_posix()}.po"
