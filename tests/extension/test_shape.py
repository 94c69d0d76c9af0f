"""Doctrees and environments of an older shape are read anew."""

from __future__ import annotations

from dataclasses import make_dataclass

from sphinx_paper_table.model.index import Line
from sphinx_paper_table.nodes import shape
from sphinx_paper_table.nodes.elements import Card, IndexGroup, RelationLink, ResultLine, SurveyCard, VideoLink


def test_shape_is_that_of_the_pickled_records() -> None:
    assert shape() == shape(Card, VideoLink, RelationLink, ResultLine, IndexGroup, Line, SurveyCard)


def test_shape_changes_with_a_field() -> None:
    before, after = make_dataclass("Card", ["id"]), make_dataclass("Card", ["id", "name"])
    assert shape(before) != shape(after)
    assert shape(before) == shape(make_dataclass("Card", ["id"]))
