"""What a field declares of where readers see it is true, and what cannot be printed is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

import pytest

from sphinx_paper_table.cards.facets import FilterFacts
from sphinx_paper_table.cards.html import FIELD_LABELS, LINK_NAMES, templates
from sphinx_paper_table.features.comparison.query import Column
from sphinx_paper_table.survey.entities import Links, Paper
from sphinx_paper_table.survey.fields import Block, Date, Inline, Number, Plain, Url
from sphinx_paper_table.survey.paper_fields import compared_fields, plain_field, shown_fields
from sphinx_paper_table.survey.shown import Shown

SPECIAL = {name: shown for name, shown in shown_fields(Paper).items() if shown.special}

REFUSED: dict[str, Any] = {
    "truth": bool | None,
    "record": Links,
    "mapping": dict[str, str],
    "blocks": Block | None,
    "list of blocks": tuple[Block, ...],
}
PRINTED: dict[str, Any] = {
    "text": Plain,
    "optional text": Plain | None,
    "list of texts": tuple[Plain, ...],
    "date": Date | None,
    "number": Number | None,
    "whole number": int | None,
}


def source(template: str) -> str:
    environment = templates()
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]


def macros_called(template: str) -> set[str]:
    """Return the macros of `parts.html` that a template calls, and those that they call."""
    _head, *macros = source("cards/parts.html").split("{% macro ")
    bodies = {macro.partition("(")[0]: macro.partition("%}")[2] for macro in macros}
    found: set[str] = set()
    waiting = [source(template)]
    while waiting:
        new = set(re.findall(r"{{ (\w+)\(", waiting.pop())) & bodies.keys() - found
        found |= new
        waiting += map(bodies.__getitem__, new)
    return found


@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_special_is_printed_where_it_says(name: str) -> None:
    shown = SPECIAL[name]
    assert f"{{% macro {shown.special}(" in source("cards/parts.html")
    assert (shown.special in macros_called("cards/card.html")) == shown.card
    assert (shown.special in macros_called("cards/row.html")) == shown.row
    assert not shown.filter or name in FilterFacts._fields
    assert not shown.comparison or name in Column.__slots__


def test_what_is_compared_has_a_label_and_an_order() -> None:
    said = ["title", "authors", "said", "reasons", "published"]
    assert list(compared_fields()) == [*said, "date", "places", "status", "tags", "relations", "links"]
    assert compared_fields().keys() <= FIELD_LABELS.keys()
    assert shown_fields(Links).keys() <= LINK_NAMES.keys()


@pytest.mark.parametrize("kind", REFUSED)
def test_what_needs_code_of_its_own_is_refused(kind: str) -> None:
    with pytest.raises(TypeError, match="the field 'new' is neither a line of text nor a number; name its macro"):
        plain_field("new", Shown(label="New", card=True), REFUSED[kind])


@pytest.mark.parametrize("place", ["comparison", "filter", "search"])
def test_text_with_markup_stands_on_cards_only(place: str) -> None:
    assert plain_field("new", Shown(label="New", card=True, row=True), Annotated[Inline | None, "more"]).has_markup
    with pytest.raises(TypeError, match="the field 'new' has mark-up"):
        plain_field("new", replace(Shown(label="New", card=True), **{place: True}), Inline | None)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", PRINTED)
def test_lines_and_numbers_need_no_code(kind: str) -> None:
    declared = plain_field(
        "new", Shown(label="New", card=True, filter=True, search=True, comparison=True), PRINTED[kind]
    )
    assert not declared.has_markup
    assert not declared.is_address


def test_addresses_are_known() -> None:
    assert plain_field("new", Shown(label="New", card=True), tuple[Url, ...]).is_address


@pytest.mark.parametrize(
    ("name", "shown", "fault"),
    [
        ("new", Shown(card=True), "has no label"),
        ("title", Shown(label="New", comparison=True), "has the name of something else there"),
        ("has", Shown(label="New", filter=True), "has the name of something else there"),
    ],
)
def test_what_would_be_mistaken_is_refused(name: str, shown: Shown, fault: str) -> None:
    with pytest.raises(TypeError, match=f"the field '{name}' {fault}"):
        plain_field(name, shown, Plain)
    assert plain_field(name, Shown(label="New", card=True), Plain).name == name
