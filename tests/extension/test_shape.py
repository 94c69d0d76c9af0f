"""Doctrees and environments of an older shape are read anew."""

from __future__ import annotations

from dataclasses import is_dataclass, make_dataclass

from sphinx_paper_table.model.index import Line
from sphinx_paper_table.nodes import elements, shape


def test_shape_is_that_of_every_pickled_record() -> None:
    """A record that is not counted would, after a change, break old doctrees when they are printed."""
    records = [kind for kind in vars(elements).values() if isinstance(kind, type) and is_dataclass(kind)]
    assert Line in records
    assert {kind.__name__ for kind in elements.KEPT} == {kind.__name__ for kind in records}
    assert shape() == shape(*elements.KEPT)


def test_shape_changes_with_a_field() -> None:
    before, after = make_dataclass("Card", ["id"]), make_dataclass("Card", ["id", "name"])
    assert shape(before) != shape(after)
    assert shape(before) == shape(make_dataclass("Card", ["id"]))
