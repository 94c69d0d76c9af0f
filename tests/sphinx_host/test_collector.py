"""Python's collector during a build, and when its process ends."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

_ENDING: Final = """
import atexit, gc
before = gc.get_threshold()
atexit.register(lambda: print(gc.get_freeze_count() > 1000))  # runs last, as the first to be registered
from sphinx_paper_table.sphinx_host import collector
for _ in range(2):
    collector._freeze(None)
    collector._thaw(None, None)
print(gc.get_freeze_count(), gc.get_threshold() == before)
"""


def test_a_process_that_ends_looks_for_no_cycles_and_until_then_the_collector_is_as_it_was() -> None:
    """Failed before: at its end a process went through everything that a build had loaded."""
    done = subprocess.run([sys.executable, "-c", _ENDING], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0 True", "True"]
