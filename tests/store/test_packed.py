"""A list that is unpickled when somebody looks into it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from sphinx_paper_table.store import Packed


class Counted:
    """Counts how often one was unpickled."""

    count = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, ()

    def __repr__(self) -> str:
        return "counted"


def _made() -> Counted:
    Counted.count += 1
    return Counted()


def again(value: Packed[Any]) -> Packed[Any]:
    found: Packed[Any] = pickle.loads(pickle.dumps(value))  # noqa: S301
    return found


def test_what_nobody_looks_into_is_neither_unpickled_nor_pickled_again() -> None:
    Counted.count = 0
    kept = again(again(Packed([Counted()])))
    assert kept
    assert kept.mark == Packed([Counted()]).mark
    assert Counted.count == 0
    assert len(list(kept)) == len(kept) == 1
    assert Counted.count == 1


@pytest.mark.parametrize("items", [[], ["a"], ["a", ("b", 1)]])
def test_it_holds_what_was_put_in(items: list[Any]) -> None:
    kept = Packed(items)
    assert list(again(kept)) == items
    assert bool(again(kept)) is bool(items)
    assert again(kept).mark == kept.mark


def test_what_is_added_is_kept_and_changes_the_digest() -> None:
    kept = again(Packed(["a"]))
    before = kept.mark
    kept.append("b")
    kept.extend("cd")
    assert list(again(kept)) == [*"abcd"]
    assert kept.mark == again(kept).mark == Packed("abcd").mark != before
