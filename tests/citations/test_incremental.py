"""After any edit of a site that cites, an incremental build equals a clean one, byte for byte.

`CITATION_EDITS` sets the number of edits at each number of jobs and `CITATION_SEED` where they start, for long runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.citations.edits import Editor
from tests.fresh.editing import MOMENTS, Plan
from tests.fresh.harness import choose

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan("CITATION", Editor)
KILL_EVERY = 8


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 4], ids=["j1", "j4"])
def test_random_edits(tmp_path: Path, jobs: int) -> None:
    """Every edit is followed by a build; some are killed first, at an event or after a random time."""
    numbers = choose(PLAN.seed + jobs)
    editor = Editor(tmp_path, numbers)
    editor.site.build(jobs=jobs)
    done = [f"seed {PLAN.seed}, {jobs} jobs"]
    kills = 0
    for number, kind in enumerate(PLAN.edits(jobs)):
        done.append(editor.edit(kind))
        if number % KILL_EVERY == KILL_EVERY // 2:
            moment = numbers.choice([*MOMENTS, "", ""])
            delay = None if moment else numbers.uniform(0.02, 0.6)
            killed = editor.site.kill_build(delay, jobs=jobs, moment=moment)
            kills += killed
            done.append(f"a build {'killed' if killed else 'not killed'} at {moment or delay}")
        editor.site.assert_incremental_equals_clean(jobs=jobs, message="\n".join(done[-30:]))
    print(f"{number + 1} edits, {kills} builds killed")
