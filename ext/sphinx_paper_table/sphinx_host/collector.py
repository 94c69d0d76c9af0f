"""What a build holds in memory: Python's collector does not look at what all of it needs, and few page trees wait.

At each full collection it would visit every module, class and record that has been loaded, none of which is garbage
(https://docs.python.org/3/library/gc.html#gc.freeze). Page trees are cycles, so it stays on, but looks less often.
Trees of pages are looked for among all else that is new, at every so many pages: until then nothing frees them.
When the interpreter ends it would look for cycles in all of that for the last time, a tenth of a build's time: the
memory is given back to the system a moment later, whatever it holds.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from sphinx_paper_table.compat.sphinx import let_go_of_pages
from sphinx_paper_table.reading.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_THRESHOLDS: Final = (20_000, 20, 20)
"""New objects before a collection, some pages' trees of them, and collections before one of the next generation."""
MOST_PAGES: Final = 64
"""Trees of pages that wait to be written; a site with fewer pages reads none twice."""
_pages: Final[WeakKeyDictionary[BuildEnvironment, int]] = WeakKeyDictionary()
"""How many pages a build has read and printed."""
_before: list[tuple[int, int, int]] = []
"""What the process had, for those that go on when the build is finished."""


@contextmanager
def loading() -> Iterator[None]:
    """Let the collector rest while records are loaded, and set those of a build aside.

    It would look through them some fifty times, and once more through all of them for each thousand.
    """
    try:
        with uncollected():
            yield
    finally:
        if _before:
            gc.freeze()


def _freeze(_app: Sphinx) -> None:
    if not _before:
        _before.append(gc.get_threshold())
    atexit.unregister(gc.freeze)  # a process that builds twice needs it once
    atexit.register(gc.freeze)
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def _thaw(_app: Sphinx, _exception: Exception | None) -> None:
    gc.unfreeze()
    if _before:
        gc.set_threshold(*_before.pop())


def _let_go(app: Sphinx, *_page: object) -> None:
    """Let pages go, and now and then look for their trees, which nothing else frees (``doctree-resolved``)."""
    let_go_of_pages(app.env, MOST_PAGES)
    _pages[app.env] = _pages.get(app.env, 0) + 1
    if _pages[app.env] % MOST_PAGES == 0:
        gc.collect()


def _let_go_while_reading(app: Sphinx, *_page: object) -> None:
    """Do the same, and freeze what is left: the next search would visit all that the environment has by then.

    Trees that wait would be frozen too, and are let go before.
    """
    if (_pages.get(app.env, 0) + 1) % MOST_PAGES == 0:
        let_go_of_pages(app.env, 1)
    _let_go(app)
    if _pages[app.env] % MOST_PAGES == 0:
        gc.freeze()


def setup_collector(app: Sphinx) -> None:
    """Freeze what is there when everything is set up, until the build is finished; let page trees go."""
    app.connect("source-read", _let_go_while_reading)
    app.connect("doctree-resolved", _let_go)
    app.connect("builder-inited", _freeze, priority=999)
    app.connect("build-finished", _thaw, priority=999)
