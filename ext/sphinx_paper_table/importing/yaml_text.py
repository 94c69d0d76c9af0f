"""Records to YAML, laid out as the files of surveys are: one key a line, texts folded, short lists in brackets."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.editing.scalars import written
from sphinx_paper_table.importing.plan import NewPaper, NewPlace
from sphinx_paper_table.survey.characters import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.importing.plan import PlannedGroup

_WIDTH: Final = 110
_SHORT: Final = 80
_BREAKS: Final = re.compile("[\r\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
"""Line ends for YAML 1.1 but for no editor."""


def survey_text(name: str, title: str, top: PlannedGroup) -> str:
    """Return the text of a new survey file."""
    lines = [f"survey: {name}", f"title: {written(title)}"]
    lines += _text("summary", top.summary) if top.summary else []
    lines += [line for key, value in top.record.items() for line in value_lines(key, value)]
    if top.items:
        lines += ["", "papers:", *_items(top, "  ")]
    if top.groups:
        lines += ["", "groups:", *_groups(top, "  ")]
    return "\n".join(lines) + "\n"


def vocabulary_text(name: str, terms: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the text of a new vocabulary file."""
    lines = [f"vocabulary: {name}"]
    for kind, of_kind in terms.items():
        lines += ["", *value_lines(kind, dict(of_kind))]
    return "\n".join(lines) + "\n"


def item_text(item: NewPaper | NewPlace) -> str:
    """Return the lines of an item of a list, its dash at the beginning."""
    return "\n".join(_dashed(_paper(item) if isinstance(item, NewPaper) else _place(item), "")) + "\n"


def group_text(group: PlannedGroup) -> str:
    """Return the lines of a group as an item of a list."""
    return "\n".join(_dashed(_group(group), "")) + "\n"


def _items(group: PlannedGroup, indent: str) -> Iterator[str]:
    for item in group.items:
        yield from _dashed(_paper(item) if isinstance(item, NewPaper) else _place(item), indent)


def _groups(group: PlannedGroup, indent: str) -> Iterator[str]:
    for number, inner in enumerate(one for one in group.groups if not one.is_empty()):
        yield from [""] if number else []
        yield from _dashed(_group(inner), indent)


def _dashed(lines: Iterator[str], indent: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{indent}{'  ' if number else '- '}{line}" if line else ""


def _group(group: PlannedGroup) -> Iterator[str]:
    yield f"id: {group.id}"
    yield f"title: {written(group.title)}"
    if group.summary:
        yield from _text("summary", group.summary)
    for key, value in group.record.items():
        yield from value_lines(key, value)
    if group.items:
        yield "papers:"
        yield from _items(group, "  ")
    if any(not inner.is_empty() for inner in group.groups):
        yield "groups:"
        yield from _groups(group, "  ")


def _place(place: NewPlace) -> Iterator[str]:
    yield f"ref: {place.ref}"


def _paper(paper: NewPaper) -> Iterator[str]:
    yield f"id: {paper.id}"
    yield f"name: {written(paper.name)}"
    if paper.cite:
        keys = ", ".join(written(key, in_brackets=len(paper.cite) > 1) for key in paper.cite)
        yield f"cite: [{keys}]" if len(paper.cite) > 1 else f"cite: {keys}"
    if paper.summary:
        yield from _text("summary", paper.summary)
    if paper.tags:
        yield f"tags: [{', '.join(paper.tags)}]"
    if paper.links:
        yield from value_lines("links", dict(paper.links))
    for key, value in paper.record.items():
        yield from value_lines(key, value)


def _text(key: str, text: str) -> Iterator[str]:
    """Yield a text: on its line if it is short, folded if it is one paragraph, else with its lines."""
    text = _BREAKS.sub(" ", text.replace("\r\n", "\n").replace("\t", " ").strip())
    if UNPRINTABLE.search(text):
        yield f"{key}: {written(UNPRINTABLE.sub('', text))}"
    elif "\n" in text:
        yield f"{key}: |-"
        yield from (f"  {line.rstrip()}" if line.strip() else "" for line in text.split("\n"))
    elif len(text) <= _SHORT:
        yield f"{key}: {written(text)}"
    else:
        yield f"{key}: >-"
        lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (f"  {line}" for line in lines)


def value_lines(key: str, value: Any) -> Iterator[str]:
    """Yield any value of a record: a text, a list, a mapping."""
    if isinstance(value, dict):
        yield f"{written(key)}:"
        for name, inner in value.items():
            yield from (f"  {line}" for line in value_lines(str(name), inner))
    elif isinstance(value, list | tuple):
        yield f"{written(key)}:"
        for item in value:
            yield from _dashed(_item(item), "  ")
    elif isinstance(value, bool):
        yield f"{written(key)}: {str(value).lower()}"
    else:
        yield from _text(written(key), str(value))


def _item(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from value_lines(str(name), inner)
    else:
        yield written(str(value))
