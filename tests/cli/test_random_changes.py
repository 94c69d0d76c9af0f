"""A short seeded part of `tests.cli.random_changes`; a longer run is ``python -m tests.cli.random_changes 100``."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.cli.random_changes import Changer, copy_site, run

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_changed_at_random_and_undone_is_as_before(tmp_path: Path) -> None:
    changer = Changer(copy_site(tmp_path), random.Random(5))  # noqa: S311 (chance, no secret)
    assert run(changer, 2) == ""
    assert changer.kinds
