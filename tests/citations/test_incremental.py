"""After any edit of a site that cites, an incremental build equals a clean one, byte for byte.

`CITATION_EDITS` sets the number of edits at each number of jobs and `CITATION_SEED` where they start, for long runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.citations.edits import Editor
from tests.support.editing import Plan, disturb
from tests.support.harness import choose

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan("CITATION", Editor)
DISTURB_EVERY = 4


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 4], ids=["j1", "j4"])
def test_random_edits(tmp_path: Path, jobs: int) -> None:
    """Every edit is followed by a build; with two of eight something goes wrong before it."""
    numbers = choose(PLAN.seed + jobs)
    editor = Editor(tmp_path, numbers)
    editor.site.build(jobs=jobs)
    done = [f"seed {PLAN.seed}, {jobs} jobs"]
    for number, kind in enumerate(PLAN.edits(jobs)):
        if number % DISTURB_EVERY == DISTURB_EVERY // 2:
            done.append(disturb(editor, editor.site, kind, numbers, jobs))
        else:
            done.append(editor.edit(kind))
        editor.site.assert_incremental_equals_clean(jobs=jobs, message="\n".join(done[-30:]))
    print(f"{number + 1} edits")
