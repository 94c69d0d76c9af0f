"""Python's collector during a build, and when its process ends."""

from __future__ import annotations

import gc
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

import pytest

from sphinx_paper_table.sphinx_host import collector
from sphinx_paper_table.sphinx_host.collector import MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

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


class _Tree:
    """What the collector alone frees: it leads to itself, as the nodes of a page do."""

    def __init__(self) -> None:
        self.parent = self


class _Environment:
    """The pages that an environment holds."""

    def __init__(self) -> None:
        self._write_doc_doctree_cache: dict[str, _Tree] = {}
        self._pickled_doctree_cache: dict[str, bytes] = {}


@pytest.mark.parametrize("let_go", [collector._let_go, collector._let_go_while_reading])
def test_trees_of_pages_do_not_gather(let_go: Callable[[Any], None]) -> None:
    """Failed before: what had lived for some pages was not looked at again before the end of the build."""
    environment, trees = _Environment(), []
    app: Any = SimpleNamespace(env=environment)
    for number in range(4 * MOST_PAGES):
        tree = environment._write_doc_doctree_cache[str(number)] = _Tree()
        trees.append(ref(tree))
        del tree
        let_go(app)
    gc.unfreeze()
    assert sum(tree() is not None for tree in trees) <= MOST_PAGES
