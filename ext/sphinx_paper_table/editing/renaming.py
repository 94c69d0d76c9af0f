"""A record, group, term or reference under another name, everywhere; the old name becomes an alias."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from sphinx_paper_table.editing.bibtex_editor import words_of
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.editing.kinds import KINDS
from sphinx_paper_table.editing.mentions import PAGES, Mention, Slot, in_myst, in_rst
from sphinx_paper_table.editing.record_mentions import RecordMention, body_mentions, definitions, mentions
from sphinx_paper_table.editing.scalars import written
from sphinx_paper_table.editing.translation_files import renamed
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.survey.anchors import anchor_of, key_anchor
from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.edits import TextEdit
from sphinx_paper_table.survey.fields import MAX_ID, is_id, is_key
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.survey.spelling import meant
from sphinx_paper_table.survey.venues import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_paper_table.editing.bibtex_editor import BibtexEditor, Entry
    from sphinx_paper_table.editing.documents import Document
    from sphinx_paper_table.editing.record_mentions import Definition
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.editing.yaml_nodes import Node
    from sphinx_paper_table.survey.catalogue import Catalogue

NewName: TypeAlias = "Callable[[Slot, str], str | None]"
"""What a name becomes where it stands for something; None where it stays."""
_KEY: Final = re.compile(r"[^\s,]+")
_READ_AS: Final = {
    "method": {Slot.METHOD, Slot.RECORD},
    "group": {Slot.GROUP, Slot.VIEW, Slot.RECORD},
    "survey": {Slot.SURVEY, Slot.VIEW, Slot.GROUP, Slot.RECORD},
    "key": {Slot.KEY},
    "tag": {Slot.TAG},
    "benchmark": {Slot.BENCHMARK},
    "venue": {Slot.VENUE},
}
"""Where a name of each kind can stand."""


def names_of(kind: str, catalogue: Catalogue) -> tuple[dict[str, None], dict[str, str]]:
    """Return the present names of a *kind*, and the former ones, each with the present one."""
    terms = catalogue.vocabulary
    names: dict[str, tuple[Iterable[str], Mapping[str, str]]] = {
        "method": (catalogue.papers, catalogue.aliases),
        "group": (catalogue.groups, catalogue.former_groups),
        "survey": (catalogue.surveys, catalogue.survey_aliases),
        "key": (catalogue.references, catalogue.former_keys),
        "tag": (terms.tags, catalogue.tag_aliases),
        "benchmark": (terms.benchmarks, catalogue.benchmark_aliases),
        "venue": (
            [label_of(venue) for venue in terms.venues.values()],
            {str(alias): label_of(venue) for venue in terms.venues.values() for alias in venue.aliases},
        ),
    }
    present, former = names[kind]
    return {str(name): None for name in present}, {str(name): str(now) for name, now in former.items()}


def kind_of_name(name: str, catalogue: Catalogue, wanted: str = "") -> str:
    """Return what *name* is the name of; raises `EditError` where it is of nothing, or of several kinds of thing."""
    kinds = [kind for kind in ((wanted,) if wanted else KINDS) if name in names_of(kind, catalogue)[0]]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        what = " and a ".join(kinds)
        msg = f"'{name}' is the name of a {what}"
        raise EditError(msg, hint=f"say which with --kind {kinds[0]}")
    for kind in KINDS:
        if name in (former := names_of(kind, catalogue)[1]):
            msg = f"'{name}' is a former name of the {kind} '{former[name]}'"
            raise EditError(msg, hint=f"rename '{former[name]}'")
    known = [known for kind in ((wanted,) if wanted else KINDS) for known in names_of(kind, catalogue)[0]]
    msg = f"nothing is called '{name}'"
    raise EditError(msg, hint=_how_it_is_called(name, catalogue) or _meant_or_forms(name, known))


def _how_it_is_called(name: str, catalogue: Catalogue) -> str:
    """Return what to write for something that is called *name* in another way; empty where nothing is."""
    survey, mark, own = name.rpartition("#")
    if mark and own in catalogue.papers:
        return f"'{own}' is a method, which is named by its id alone: write '{own}'"
    if mark and survey in catalogue.surveys:
        groups = [group for group in catalogue.groups if group.startswith(f"{survey}#")]
        return nearest(name, groups) if groups else f"the survey '{survey}' has no groups"
    groups = [group for group in catalogue.groups if group.endswith(f"#{name}")]
    if groups:
        return f"a group is named SURVEY#GROUP: write '{groups[0]}'"
    shown = [paper.id for paper in catalogue.papers.values() if paper.name == name]
    return f"that is how the method is shown: write '{shown[0]}', its id" if shown else ""


def _meant_or_forms(name: str, known: Iterable[str]) -> str:
    """Return which of the *known* names was probably meant, or else what names look like."""
    if likely := meant(name, known):
        return f"did you mean '{likely}'?"
    return (
        "methods, surveys, tags, benchmarks and venues are named by their ids, a group by SURVEY#GROUP, a reference by "
        "its key"
    )


@dataclass
class Renaming:
    """One name that becomes another one; *old* and *new* of groups are addresses, ``SURVEY#GROUP``."""

    workspace: Workspace
    kind: str
    old: str
    new: str
    keeps_alias: bool | None = None
    """Whether the old name stays as an alias; None decides by whether it was published."""
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Check the names; raises `EditError` when the new one is none, or taken."""
        catalogue = self.workspace.catalogue
        if self.kind == "group" and "#" not in self.new:
            self.new = f"{self.old.partition('#')[0]}#{self.new}"
        self._check_new(catalogue)
        self.labels = dict(self._labels(catalogue))

    def _check_new(self, catalogue: Catalogue) -> None:
        survey, _, own = self.new.rpartition("#") if self.kind != "venue" else ("", "", self.new)
        is_name = is_key(self.new) if self.kind == "key" else is_id(own)
        if self.kind == "venue":
            is_name = bool(self.new.strip()) and self.new == one_line(printable(self.new)) and "\t" not in self.new
        if not is_name or len(self.new) > MAX_ID or (self.kind != "group" and survey):
            what = {"key": "a cite key such as 'he2020momentum'", "venue": "a name"}.get(self.kind, "an id")
            msg = f"'{self.new[:80]}' is not {what}".replace("\n", "\\n")
            raise EditError(msg, hint="write lower-case letters and digits joined by single hyphens")
        if self.kind == "group" and survey != self.old.partition("#")[0]:
            raise EditError("a group is renamed within its survey", hint="`split` moves groups to another survey")
        if self.new == self.old:
            msg = f"it is called '{self.old}' already"
            raise EditError(msg)
        present, former = names_of(self.kind, catalogue)
        folded = {name.casefold() for name in present} if self.kind == "key" else set()
        if self.new in present or (self.new.casefold() in folded and self.new.casefold() != self.old.casefold()):
            msg = f"there is a {self.kind} '{self.new}' already"
            raise EditError(msg, hint="`merge` makes one of two")
        if former.get(self.new, self.old) != self.old:
            msg = f"'{self.new}' is a former name of '{former[self.new]}'"
            raise EditError(msg, hint="choose another")

    def _labels(self, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
        """Yield the anchors that change with the name."""
        if self.kind in {"tag", "benchmark"}:
            prefix = "tag" if self.kind == "tag" else "results"
            yield anchor_of(prefix, self.old), anchor_of(prefix, self.new)
        elif self.kind == "venue":
            return
        elif self.kind == "key":
            yield f"cite-{key_anchor(self.old)}", f"cite-{key_anchor(self.new)}"
        else:
            yield catalogue.anchor(self.kind, self.old), anchor_of(self.kind, self.new)
        if self.kind == "survey":
            for address in catalogue.groups:
                survey, _, group = address.partition("#")
                if survey == self.old:
                    yield catalogue.anchor("group", address), anchor_of("group", f"{self.new}#{group}")

    def new_for(self, slot: Slot, name: str) -> str | None:
        """Return what *name* becomes where it stands for *slot*; None where it is another name."""
        if slot is Slot.LABEL:
            return self.labels.get(name)
        if slot not in _READ_AS[self.kind]:
            return None
        if self.kind == "group":
            survey, _, group = name.partition("#")
            found = self.workspace.catalogue.survey(survey)
            is_meant = found is not None and f"{found.survey}#{group}" == self.old
            return f"{survey}#{self.new.partition('#')[2]}" if is_meant else None
        if self.kind == "survey":
            survey, mark, group = name.partition("#")
            is_paper = slot is Slot.RECORD and not mark and self.workspace.catalogue.paper(name) is not None
            return f"{self.new}{mark}{group}" if survey == self.old and not is_paper else None
        return self.new if name == self.old else None

    def run(self) -> None:
        """Make all edits in the workspace's `changes`."""
        if self.kind == "key":
            self._rename_entry()
        else:
            self._rename_record()
        rename_mentions(self.workspace, self.new_for)
        self.workspace.collect()

    def _keeps(self, former: Iterable[str]) -> bool:
        """Return whether the old name stays: it was published, and this does not only undo a renaming."""
        if self.keeps_alias is not None:
            return self.keeps_alias
        undoes = self.workspace.recorded is None and self.new in former
        return not undoes and self.workspace.was_published(self.kind, self.old)

    def _rename_record(self) -> None:
        editor, found = definition_of(self.workspace, self.kind, self.old)
        is_group = self.kind == "group"
        own_old, own_new = (name.rpartition("#")[2] if is_group else name for name in (self.old, self.new))
        shown = found.record.get("short") or found.record.get("name") if self.kind == "venue" else None
        editor.set_scalar(shown or found.node, own_new, in_brackets=bool(shown and found.record.style))
        aliases = found.record.get("aliases")
        former = [item.value for item in aliases.items] if aliases else []
        keeps = self._keeps([f"{self.old.rpartition('#')[0]}#{name}" for name in former] if is_group else former)
        after = "survey" if self.kind == "survey" else "id" if self.kind in {"method", "group"} else ""
        change_aliases(editor, found.record, own_new, own_old if keeps else "", after)

    def _rename_entry(self) -> None:
        for editor in self.workspace.bibliographies:
            for entry in editor.entries:
                if entry.raw.key == self.old:
                    editor.set_key(entry, self.new)
                    former = words_of(entry.value("ids"))
                    change_former_keys(editor, entry, self.new, self.old if self._keeps(former) else "")
                for name in ("crossref", "xdata"):
                    value = entry.value(name)
                    if self.old.casefold() in [word.casefold() for word in words_of(value)]:
                        editor.set_field(entry, name, _KEY.sub(self._renamed, value))

    def _renamed(self, key: re.Match[str]) -> str:
        return self.new if key[0].casefold() == self.old.casefold() else key[0]


def definition_of(workspace: Workspace, kind: str, name: str) -> tuple[YamlEditor, Definition]:
    """Return where a record, group or term is defined; raises `EditError` where that is no survey file."""
    for editor, found in workspace.definitions:
        label = found.record.text("short") or found.record.text("name") if kind == "venue" else found.name
        if found.slot == kind and label == name:
            return editor, found
    msg = f"no file of this project defines the {kind} '{name}'"
    raise EditError(msg, hint="it may be built in, or stand in a page")


def change_aliases(editor: YamlEditor, record: Node, gone: str, new: str, after: str) -> None:
    """Take *gone* out of a record's aliases and put *new* there; a list without any is no list."""
    aliases = record.get("aliases")
    item = next((item for item in aliases.items if item.value == gone), None) if aliases else None
    after = after or (record.pairs[0][0].value if record.pairs else "")
    if aliases is None and new:
        if not record.pairs:
            raise editor.refuse(record, f"'{new}' cannot be added to the aliases here")
        editor.add_key(record, "aliases", f"[{written(new, in_brackets=True)}]", after, [new])
    elif aliases is not None and aliases.kind != "sequence":
        raise editor.refuse(aliases, "'aliases' is no list")
    elif aliases is not None and item is not None and new:
        editor.set_scalar(item, new, in_brackets=bool(aliases.style))
    elif aliases is not None and item is not None and len(aliases.items) == 1:
        editor.remove_key(record, "aliases")
    elif aliases is not None and item is not None:
        editor.remove_item(aliases, item)
    elif aliases is not None and new and new not in [one.value for one in aliases.items]:
        editor.add_item(aliases, new)


def add_aliases(editor: YamlEditor, record: Node, names: Iterable[str], after: str) -> None:
    """Add *names* to the aliases of a record, which may have none yet; see `change_aliases`."""
    aliases = record.get("aliases")
    if aliases is None:
        found = list(dict.fromkeys(names))
        raw = ", ".join(written(name, in_brackets=True) for name in found)
        editor.add_key(record, "aliases", f"[{raw}]", after, found)
        return
    if aliases.kind != "sequence":
        raise editor.refuse(aliases, "'aliases' is no list")
    present = [item.value for item in aliases.items]
    new = [name for name in dict.fromkeys(names) if name not in present]
    if new:
        editor.add_items(aliases, new)


def change_former_keys(editor: BibtexEditor, entry: Entry, gone: str, *new: str) -> None:
    """Take *gone* out of the field ``ids`` of an entry, and put *new* keys there."""
    value = entry.value("ids")
    keys = value.split(",")
    left = ",".join(key for key in keys if key.strip() != gone)
    left = left.lstrip() if keys[0].strip() == gone else left
    added = [key for key in dict.fromkeys(new) if key and key not in words_of(left)]
    result = ", ".join([*([left] if left.strip() else []), *added])
    if not result and entry.field("ids"):
        editor.remove_field(entry, "ids")
    elif result != value:
        editor.set_field(entry, "ids", result)


def rename_mentions(workspace: Workspace, new_for: NewName) -> None:
    """Rename what *new_for* has a new name for, in records, pages and translations."""
    for editor in workspace.surveys:
        rename_in_yaml(editor, mentions(editor.root), new_for)
    for page in workspace.pages:
        _rename_in_page(workspace, page, new_for)
    for document in workspace.translations:
        workspace.changes.add(document, _in_translation(workspace, document, new_for))


def rename_in_yaml(editor: YamlEditor, found: Iterable[RecordMention], new_for: NewName) -> None:
    """Rename what a survey file, or the YAML of a page, names."""
    parts: dict[int, tuple[Node, list[tuple[int, int, str]]]] = {}
    for one in found:
        new = new_for(one.slot, one.name)
        if new is None or editor.is_cut(one.node):
            continue
        if one.mention is None:
            editor.set_scalar(one.node, new, in_brackets=one.in_brackets)
        else:
            parts.setdefault(id(one.node), (one.node, []))[1].append((one.mention.start, one.mention.end, new))
    for node, changes in parts.values():
        editor.replace_in_scalar(node, dict.fromkeys(changes))


def _rename_in_page(workspace: Workspace, page: Document, new_for: NewName) -> None:
    found, bodies = PAGES[page.path.suffix](page.text)
    workspace.changes.add(
        page,
        [
            TextEdit(page.name, one.start, one.end, new)
            for one in found
            if (new := new_for(one.slot, one.name)) is not None
        ],
    )
    for start, end in bodies:
        try:
            editor = YamlEditor(page, start, end)
        except EditError:
            continue  # no YAML: the build says so
        own = {one.name for one in definitions(editor.root)}
        private = [one for one in body_mentions(editor.root) if one.name not in own]
        rename_in_yaml(editor, private, new_for)
        workspace.changes.add(page, editor.finished())


def _in_translation(workspace: Workspace, document: Document, new_for: NewName) -> Iterator[TextEdit]:
    """Yield the edits of a catalogue, whose texts are mark-up of the page or of the records that they come from."""
    readers = [in_myst, in_rst]
    domain = str(document.path).rpartition("LC_MESSAGES")[2].strip("/\\")
    page = Path(workspace.project.source, domain)
    if domain.startswith("records") or page.with_suffix(".md").is_file():
        readers = [in_myst]
    elif page.with_suffix(".rst").is_file():
        readers = [in_rst]

    def changes_in(text: str) -> list[tuple[int, int, str]]:
        found: dict[Mention, str] = {}
        for reader in readers:
            for one in reader(text)[0]:
                if (new := new_for(one.slot, one.name)) is not None:
                    found[one] = new
        return [(one.start, one.end, new) for one, new in found.items()]

    return renamed(document, changes_in)
