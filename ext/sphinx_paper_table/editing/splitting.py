"""Groups of a survey that become a survey of their own: a new file, a new page, and former addresses that lead on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.blocks import cut, shifted
from sphinx_paper_table.editing.documents import Document, EditError
from sphinx_paper_table.editing.mentions import Slot
from sphinx_paper_table.editing.moving import catalogue_of, holder_of
from sphinx_paper_table.editing.record_mentions import definitions, mentions
from sphinx_paper_table.editing.renaming import add_aliases, definition_of, names_of, rename_in_yaml, rename_mentions
from sphinx_paper_table.editing.scalars import written
from sphinx_paper_table.editing.translation_files import move_messages
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.edits import TextEdit, apply_edits
from sphinx_paper_table.survey.fields import is_id
from sphinx_paper_table.survey.filenames import file_name
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.editing.blocks import Block
    from sphinx_paper_table.editing.renaming import NewName
    from sphinx_paper_table.editing.workspace import Workspace

_SCHEMA: Final = re.compile(r"# yaml-language-server:[^\n]*\n")
_ENTRY: Final = re.compile(r"^([ \t]*(?:[^<>\n]*<)?)([^\s<>]+)(>?[ \t]*)$")
_SHOWN: Final = re.compile(r"(?:\{paper-table\}|\.\. paper-table::)[ \t]{1,99}+(\S{1,200}+)[ \t]{0,99}+$", re.MULTILINE)
_PAGE: Final = {
    ".md": "# {title}\n\n```{{paper-table}} {name}\n```\n",
    ".rst": "{title}\n{line}\n\n.. paper-table:: {name}\n",
}


def split(workspace: Workspace, survey: str, groups: Sequence[str], new: str, title: str) -> list[Path]:
    """Make a survey *new* of *groups*, which stand outermost in *survey*; return the files that are new.

    The groups keep their old addresses as aliases, the translations of their texts go with them, and a page beside that
    of the survey shows the new one.
    """
    _check(workspace, survey, groups, new)
    blocks, editors = [], []
    for group in groups:
        editor, found = definition_of(workspace, "group", f"{survey}#{group}")
        owner, sequence = holder_of(editor, found.record, "groups")
        if owner is not editor.root:
            raise editor.refuse(found.node, f"the group '{group}' stands in another group", "split off the outer one")
        blocks.append(cut(editor, owner, sequence, found.record))
        editors.append((editor, found.record))
    moved = _addresses(blocks, survey, new)
    home, _survey = definition_of(workspace, "survey", survey)
    path = home.document.path.parent / file_name(new, ".yaml")
    text = _text(home, blocks, new, title)

    def new_for(slot: Slot, name: str) -> str | None:
        if slot is Slot.LABEL:
            return {anchor_of("group", old): anchor_of("group", now) for old, now in moved.items()}.get(name)
        return moved.get(name) if slot in {Slot.GROUP, Slot.VIEW, Slot.RECORD} else None

    rename_mentions(workspace, new_for)
    workspace.changes.new[path] = _finished(text, str(path), path, survey, new_for)
    created = [path, *_add_page(workspace, survey, new, title)]
    target = catalogue_of(workspace, YamlEditor(Document(str(path), path, b"", text)))
    for editor, record in editors:
        staying = {node.value for node in editor.root.within() if not editor.is_cut(node)}
        texts = [node.value for node in record.within()]
        move_messages(
            workspace.changes, workspace.translations, catalogue_of(workspace, editor), target, texts, staying, ()
        )
    workspace.collect()
    return created


def _check(workspace: Workspace, survey: str, groups: Sequence[str], new: str) -> None:
    present, former = names_of("survey", workspace.catalogue)
    if survey not in present:
        msg = f"there is no survey '{survey}'"
        raise EditError(msg, hint=nearest(survey, present))
    if not is_id(new):
        msg = f"'{new[:80]}' is not an id"
        raise EditError(msg, hint="write lower-case letters and digits joined by single hyphens")
    if new in present or new in former:
        msg = f"there is a survey '{new}' already"
        raise EditError(msg, hint="choose another id")
    own = [address.partition("#")[2] for address in workspace.catalogue.groups if address.startswith(f"{survey}#")]
    wrong = next((group for group in groups if group not in own), None)
    if wrong is not None or not groups:
        msg = f"'{survey}' has no group '{wrong}'" if wrong else "no group is named"
        raise EditError(msg, hint=nearest(wrong or "", own))


def _addresses(blocks: Sequence[Block], survey: str, new: str) -> dict[str, str]:
    """Return the addresses of the groups that move, those within them too, each with the new one."""
    found: dict[str, str] = {}
    for block in blocks:
        text = f"survey: {survey}\ngroups:\n{shifted(block.text, 2 - block.dash)}"
        root = YamlEditor(Document("", Path(), b"", text)).root
        groups = [one.name for one in definitions(root) if one.slot is Slot.GROUP]
        found.update({name: f"{new}#{name.partition('#')[2]}" for name in groups})
    return found


def _text(editor: YamlEditor, blocks: Sequence[Block], new: str, title: str) -> str:
    """Return the new file with the groups as they were."""
    schema = _SCHEMA.match(editor.text)
    head = f"{schema[0] if schema else ''}survey: {written(new)}\ntitle: {written(title)}\n\ngroups:\n"
    return head + "\n".join(shifted(block.text, 2 - block.dash) for block in blocks)


def _finished(text: str, name: str, path: Path, survey: str, new_for: NewName) -> str:
    """Return the new file with the former address of each group, and the names as they are now."""
    editor = YamlEditor(Document(name, path, text.encode(), text))
    for found in definitions(editor.root):
        if found.slot is Slot.GROUP:
            add_aliases(editor, found.record, [f"{survey}#{found.name.partition('#')[2]}"], "id")
    rename_in_yaml(editor, mentions(editor.root), new_for)
    return apply_edits(text, editor.finished())


def _add_page(workspace: Workspace, survey: str, new: str, title: str) -> Iterator[Path]:
    """Write a page for the new survey beside that of the old one, and name it behind that in a ``toctree``."""
    for page in workspace.pages:
        if page.path.suffix not in _PAGE or survey not in _SHOWN.findall(page.text):
            continue
        path = page.path.with_name(file_name(new, page.path.suffix))
        if not list(_add_to_contents(workspace, page, new)):
            continue
        if path.exists():
            msg = f"there is a file {path} already"
            raise EditError(msg, hint="choose another id")
        text = _PAGE[page.path.suffix].format(title=title, name=new, line="=" * len(title.encode()))
        workspace.changes.new[path] = text
        yield path
        return


def _add_to_contents(workspace: Workspace, shown: Document, new: str) -> Iterator[Document]:
    """Add the new page to the first list of contents that names the page *shown*."""
    source = workspace.project.source
    docname = shown.path.relative_to(source).with_suffix("").as_posix()
    for page in workspace.pages:
        place, is_contents = 0, False
        for line in page.text.split("\n"):
            bare = line.strip()
            if bare.startswith(("```", ":::", "..")):
                is_contents = "toctree" in bare
            entry = _ENTRY.match(line)
            if is_contents and entry and not bare.startswith(":"):
                folder = page.path.parent.relative_to(source)
                named = entry[2].removesuffix(shown.path.suffix)
                if named.lstrip("/") == docname if named.startswith("/") else (folder / named).as_posix() == docname:
                    suffix = entry[2][len(named) :]
                    indent = entry[1][: len(entry[1]) - len(entry[1].lstrip())]
                    added = f"\n{indent}{named.rpartition('/')[0]}{'/' if '/' in named else ''}{new}{suffix}"
                    end = place + len(line)
                    workspace.changes.add(page, [TextEdit(page.name, end, end, added)])
                    yield page
                    return
            place += len(line) + 1
