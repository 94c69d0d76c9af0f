"""Two methods, references, tags or benchmarks that become one: the other's name is a former one then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.editing.bibtex_editor import words_of
from sphinx_paper_table.editing.blocks import cut
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.editing.mentions import Slot
from sphinx_paper_table.editing.moving import holder_of
from sphinx_paper_table.editing.record_mentions import mentions
from sphinx_paper_table.editing.renaming import (
    add_aliases,
    change_former_keys,
    definition_of,
    names_of,
    rename_mentions,
)
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from sphinx_paper_table.editing.renaming import NewName
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.editing.yaml_editor import YamlEditor
    from sphinx_paper_table.editing.yaml_nodes import Node

_KINDS = ("method", "key", "tag", "benchmark")
_NOT_SAID = frozenset({"id", "name", "aliases", "added", "reviewed"})
"""Keys of a record that may be lost when it becomes another one."""


def merge(workspace: Workspace, kept: str, gone: str) -> str:
    """Make *gone* a former name of *kept*, and return what both are.

    Raises `EditError` when the record that goes says something that would be lost.
    """
    kind = _kind_of(workspace, kept, gone)
    if kind == "method":
        _merge_methods(workspace, kept, gone)
    elif kind == "key":
        _merge_entries(workspace, kept, gone)
    else:
        _merge_terms(workspace, kind, kept, gone)

    def new_for(slot: Slot, name: str) -> str | None:
        is_meant = slot == kind or (kind == "method" and slot is Slot.RECORD)
        return kept if is_meant and name == gone else None

    for editor in workspace.surveys:
        _drop_second(editor, kept, new_for)
    rename_mentions(workspace, new_for)
    workspace.collect()
    return kind


def _drop_second(editor: YamlEditor, kept: str, new_for: NewName) -> None:
    """Take out of each list that names both what goes: it would name one twice."""
    going = {id(one.node) for one in mentions(editor.root) if one.mention is None and new_for(one.slot, one.name)}
    for sequence in [node for node in editor.root.within() if any(item.value == kept for item in node.items)]:
        for item in [item for item in sequence.items if id(item) in going and not editor.is_cut(item)]:
            editor.remove_item(sequence, item)


def _kind_of(workspace: Workspace, kept: str, gone: str) -> str:
    if kept == gone:
        msg = f"'{kept}' is one already"
        raise EditError(msg)
    known: list[str] = []
    for kind in _KINDS:
        names = names_of(kind, workspace.catalogue)[0]
        if kept in names and gone in names:
            return kind
        known += names
    wrong = next((name for name in (kept, gone) if name not in known), "")
    msg = f"nothing is called '{wrong}'" if wrong else f"'{kept}' and '{gone}' are not of one kind"
    raise EditError(
        msg, hint=nearest(wrong, known) if wrong else "two methods, references, tags or benchmarks become one"
    )


def _merge_methods(workspace: Workspace, kept: str, gone: str) -> None:
    editor, first = definition_of(workspace, "method", kept)
    other, second = definition_of(workspace, "method", gone)
    own = [
        key
        for key, value in second.record.pairs
        if key.value not in _NOT_SAID
        and ((same := first.record.get(key.value)) is None or same.plain() != value.plain())
    ]
    if own:
        words = ", ".join(f"'{key.value}'" for key in own)
        raise other.refuse(own[0], f"'{gone}' says something of its own in {words}", f"write it into '{kept}' first")
    cut(other, *holder_of(other, second.record, "papers"), second.record)
    add_aliases(editor, first.record, [gone, *_aliases(second.record)], "id")


def _aliases(record: Node) -> list[str]:
    aliases = record.get("aliases")
    return [item.value for item in aliases.items] if aliases is not None else []


def _merge_entries(workspace: Workspace, kept: str, gone: str) -> None:
    former = [gone]
    for editor in workspace.bibliographies:
        if (entry := editor.entry(gone)) is not None:
            former += words_of(entry.value("ids"))
            editor.remove_entry(entry)
    for editor in workspace.bibliographies:
        for entry in editor.entries:
            if entry.raw.key == kept:
                change_former_keys(editor, entry, "", *former)
            elif entry.value("crossref") == gone:
                editor.set_field(entry, "crossref", kept)


def _merge_terms(workspace: Workspace, kind: str, kept: str, gone: str) -> None:
    editor, first = definition_of(workspace, kind, kept)
    other, second = definition_of(workspace, kind, gone)
    if kind == "benchmark":
        fields = ("dataset", "split", "metric", "unit", "direction", "protocol")
        wrong = next((name for name in fields if first.record.text(name) != second.record.text(name)), "")
        if wrong:
            msg = f"the two have another '{wrong}', so that their numbers cannot be compared"
            raise other.refuse(second.node, msg, "merge benchmarks of one protocol only")
    terms = next(node for node in other.root.within() if any(name is second.node for name, _value in node.pairs))
    other.remove_key(terms, second.node)
    add_aliases(editor, first.record, [gone, *_aliases(second.record)], first.record.pairs[0][0].value)
