"""A build reads and formats what an edit has changed, and nothing else; every kind of edit is made once."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.sphinx_host.counted_edits import CountedSite, check

if TYPE_CHECKING:
    from pathlib import Path


def test_each_edit_costs_what_it_changes(tmp_path: Path) -> None:
    made = check(CountedSite(tmp_path, 20, Random(3)), 11)  # noqa: S311 (repeatable, no secret)
    kinds = [name for name in made if name.startswith("_")]
    assert len(kinds) == 11
