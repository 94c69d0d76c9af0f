"""After any edit of a site with paper tables, an incremental build equals a clean one, byte for byte.

`PAPER_EDITS` sets the number of random edits at each number of jobs and `PAPER_SEED` where they start, for long runs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.extension.edits import MOMENTS, Editor
from tests.fresh.harness import choose

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("PAPER_SEED", "1"))


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "edits"), [(1, 25), (4, 15)], ids=["j1", "j4"])
def test_random_edits(tmp_path: Path, jobs: int, edits: int) -> None:
    """Every edit is followed by a build; now and then one is killed, or text is built first on the same doctrees."""
    numbers = choose(SEED + jobs)
    editor = Editor(tmp_path, numbers)
    editor.site.build(jobs=jobs)
    done: list[str] = []
    for _number in range(int(os.environ.get("PAPER_EDITS", edits))):
        done.append(editor.edit())
        event = numbers.choice(["", "", "", "kill", "text"])
        if event == "kill":
            moment = numbers.choice(MOMENTS)
            done.append(f"killed at {moment}: {editor.site.kill_build(jobs=jobs, moment=moment)}")
            done.append(editor.edit())
        elif event == "text":
            done.append("text first")
            editor.site.assert_incremental_equals_clean("text", jobs, f"seed {SEED}, text: {done}")
        editor.site.assert_incremental_equals_clean(jobs=jobs, message=f"seed {SEED}: {done}")
