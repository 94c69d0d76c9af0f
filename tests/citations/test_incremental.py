"""After any edit of a site that cites, an incremental build equals a clean one, byte for byte.

`CITATION_EDITS` sets the number of edits at each number of jobs and `CITATION_SEED` where they start, for long runs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.citations.edits import Editor
from tests.extension.edits import MOMENTS
from tests.fresh.harness import choose

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("CITATION_SEED", "1"))
KINDS = len(Editor.kinds())
COUNTS = {1: KINDS // 2, 4: KINDS - KINDS // 2}
KILL_EVERY = 8


def plan(jobs: int) -> list[str]:
    """Return the edits of one test: between them the tests make every kind of edit, in random order."""
    order = [*Editor.kinds()]
    choose(SEED).shuffle(order)
    kinds = order[: COUNTS[1]] if jobs == 1 else order[COUNTS[1] :]
    count = int(os.environ.get("CITATION_EDITS", COUNTS[jobs]))
    return [*kinds, *[""] * count][:count]


def test_the_plans_have_every_kind_of_edit() -> None:
    if "CITATION_EDITS" not in os.environ:
        assert sorted(plan(1) + plan(4)) == Editor.kinds()


@pytest.mark.slow
@pytest.mark.parametrize("jobs", COUNTS, ids=["j1", "j4"])
def test_random_edits(tmp_path: Path, jobs: int) -> None:
    """Every edit is followed by a build; some are killed first, at an event or after a random time."""
    numbers = choose(SEED + jobs)
    editor = Editor(tmp_path, numbers)
    editor.site.build(jobs=jobs)
    done = [f"seed {SEED}, {jobs} jobs"]
    kills = 0
    for number, kind in enumerate(plan(jobs)):
        done.append(editor.edit(kind))
        if number % KILL_EVERY == KILL_EVERY // 2:
            moment = numbers.choice([*MOMENTS, "", ""])
            delay = None if moment else numbers.uniform(0.3, 1.5)
            killed = editor.site.kill_build(delay, jobs=jobs, moment=moment)
            kills += killed
            done.append(f"a build {'killed' if killed else 'not killed'} at {moment or delay}")
        editor.site.assert_incremental_equals_clean(jobs=jobs, message="\n".join(done[-30:]))
    print(f"{len(plan(jobs))} edits, {kills} builds killed")
