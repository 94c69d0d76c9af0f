"""Words in Sphinx's own index are stemmed once, and not at each build for each page that has them.

That was an eighth of a full build, and half of what it took to index a page with a thousand references again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.compat.sphinx import remember_stems
from sphinx_paper_table.store import Cache, Memo, cache_key, installed_versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_FILE: Final = "stems.pickle"
_MOST: Final = 200_000
"""Words that are kept though no page of the last build had them."""
_memos: dict[Path, Memo[str]] = {}
"""The stems of each project that is being built."""


def _begin(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
    remember_stems(app.builder, partial(_memo, Path(app.doctreedir, _FILE)))


def _memo(path: Path, stem: Callable[[str], str]) -> Memo[str]:
    """Return what *stem* does, for words that the file *path* does not have."""
    return _memos.setdefault(path, Memo(Cache(path, cache_key(more=installed_versions()), logger.info), stem))


def _end(app: Sphinx, _exception: Exception | None) -> None:
    memo = _memos.pop(Path(app.doctreedir, _FILE), None)
    if memo is not None:
        memo.save(_MOST)
        logger.info("words stemmed: %d", memo.count)


def setup_stems(app: Sphinx) -> None:
    """Look at the index before each page: it is made after the event that announces writing."""
    app.connect("doctree-resolved", _begin)
    app.connect("build-finished", _end)
