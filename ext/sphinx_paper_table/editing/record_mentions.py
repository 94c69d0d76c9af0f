"""Public names in the YAML of surveys and vocabularies: where they are given, and where other records name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_paper_table.editing.mentions import Mention, Slot, in_myst
from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.introspection import hints, parts, records_in
from sphinx_paper_table.survey.status import successor_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.editing.yaml_nodes import Node


class RecordMention(NamedTuple):
    """A name in a survey file: a whole scalar, or what *mention* is of its value."""

    slot: Slot
    name: str
    node: Node
    mention: Mention | None = None
    in_brackets: bool = False


class Definition(NamedTuple):
    """Where a name is given: the scalar, and the record that has it; ``group`` ids come with their survey."""

    slot: Slot
    name: str
    node: Node
    record: Node


_NAMING = {
    (entities.Paper, "cite"): Slot.KEY,
    (entities.Paper, "tags"): Slot.TAG,
    (entities.Placement, "ref"): Slot.METHOD,
    (entities.Relation, "to"): Slot.METHOD,
    (entities.Status, "by"): Slot.METHOD,
    (entities.Result, "benchmark"): Slot.BENCHMARK,
    (entities.Result, "source"): Slot.KEY,
    (entities.Part, "part"): Slot.SURVEY,
}
"""The fields that name other records."""
_TERMS = {"tags": Slot.TAG, "benchmarks": Slot.BENCHMARK, "relations": Slot.RELATION, "venues": Slot.VENUE}


def kind_of(root: Node) -> type[entities.Record] | None:
    """Return the record that a file is, by the key that says so; None where none does."""
    return next((kind for key, kind in entities.FILE_KINDS.items() if root.get(key) is not None), None)


def definitions(root: Node) -> Iterator[Definition]:
    """Yield every id that a file gives: of its survey, groups, papers and terms."""
    if kind_of(root) is entities.Vocabulary:
        for key, slot in _TERMS.items():
            terms = root.get(key)
            yield from (Definition(slot, name.value, name, term) for name, term in (terms.pairs if terms else ()))
        return
    survey = root.get("survey") or root.get("part")
    if survey is not None and root.get("survey") is survey:
        yield Definition(Slot.SURVEY, survey.value, survey, root)
    if survey is not None:
        yield from _within(root, survey.value)


def _within(part: Node, survey: str) -> Iterator[Definition]:
    papers, groups = part.get("papers"), part.get("groups")
    for paper in papers.items if papers else ():
        if (name := paper.get("id")) is not None:
            yield Definition(Slot.METHOD, name.value, name, paper)
    for group in groups.items if groups else ():
        if (name := group.get("id")) is not None:
            yield Definition(Slot.GROUP, f"{survey}#{name.value}", name, group)
        yield from _within(group, survey)


def mentions(root: Node) -> Iterator[RecordMention]:
    """Yield every name in a file that stands for something of another record, or of another place of this one."""
    if (kind := kind_of(root)) is not None:
        yield from _in_record(root, kind)


def body_mentions(root: Node) -> Iterator[RecordMention]:
    """Yield the names in the YAML of a page, which may be a list of papers, or a survey without id and title."""
    if root.kind == "mapping":
        yield from _in_record(root, entities.Survey)
    for item in root.items:
        yield from _in_record(item, entities.Placement if item.get("ref") else entities.Paper)


def _in_record(node: Node, kind: type[entities.Record]) -> Iterator[RecordMention]:
    if node.kind != "mapping":
        return
    declared = hints(kind)
    for key, value in node.pairs:
        hint = declared.get(key.value)
        if hint is None or value.kind == "alias":
            continue
        if slot := _NAMING.get((kind, key.value)):
            yield from _names(slot, value)
            if kind is entities.Status:
                yield from _names(Slot.KEY, value)
        elif key.value == "relations" and kind is entities.Paper:
            yield from _relations(value)
        elif key.value == "status" and value.kind == "scalar":
            yield from _successor(value)
        elif inner := records_in(hint):
            for item in (
                [term for _name, term in value.pairs] if kind is entities.Vocabulary else value.items or [value]
            ):
                yield from _in_record(item, inner[-1] if len(inner) > 1 and item.get("ref") else inner[0])
        else:
            markup = next((part for part in parts(hint) if isinstance(part, Markup)), Markup.NAME)
            yield from _in_texts(value, markup)


def _names(slot: Slot, value: Node, *, in_brackets: bool = False) -> Iterator[RecordMention]:
    for item in value.items or [value]:
        if item.kind == "scalar" and item.value and not is_web_address(item.value):
            yield RecordMention(slot, item.value, item, in_brackets=in_brackets or bool(value.style and value.items))


def _relations(value: Node) -> Iterator[RecordMention]:
    for name, targets in value.pairs:
        yield RecordMention(Slot.RELATION, name.value, name, in_brackets=bool(value.style))
        for target in targets.items:
            if target.kind == "mapping":
                yield from _in_record(target, entities.Relation)
            else:
                yield from _names(Slot.METHOD, target, in_brackets=bool(targets.style))


def _successor(value: Node) -> Iterator[RecordMention]:
    """Yield what a status such as ``superseded by ID`` names: a method, or a key, which its name tells."""
    name = successor_in(value.value)
    start = value.value.rfind(name) if name and " " not in name and not is_web_address(name) else -1
    for slot in (Slot.METHOD, Slot.KEY) if start >= 0 else ():
        yield RecordMention(slot, name, value, Mention(slot, name, start, start + len(name)))


def _in_texts(value: Node, markup: Markup) -> Iterator[RecordMention]:
    for item in value.items or [value]:
        if item.kind == "scalar":
            for mention in in_myst(item.value, markup)[0]:
                yield RecordMention(mention.slot, mention.name, item, mention)
