"""Removal of output files that no source stands behind any more.

A file is removed only when the record of an earlier build names it and the present build accounts for no file of that
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from .compat import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_logger = logging.getLogger(__name__)


def remove_orphans(outdir: Path, recorded: Iterable[str], accounted: set[str], keep: Iterable[str]) -> set[str]:
    """Remove the files of *recorded* that are not in *accounted* and match no pattern of *keep*.

    Returns the names that are gone. A file that cannot be removed is reported and stays recorded.
    """
    kept = Matcher(list(keep))
    gone = set()
    for name in sorted(set(recorded) - accounted):
        if not kept(name) and _remove(outdir, name):
            gone.add(name)
    return gone


def _remove(outdir: Path, name: str) -> bool:
    path = outdir / name
    if ".." in path.parts or path.is_dir():
        return True  # not ours to remove
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _logger.warning(
            "cannot remove %s, which an earlier build wrote (%s); remove it by hand",
            name,
            error.strerror,
            type="fresh",
            subtype="leftover",
        )
        return False
    _remove_empty(outdir, path.parent)
    return True


def _remove_empty(outdir: Path, directory: Path) -> None:
    while directory != outdir and outdir in directory.parents:
        try:
            directory.rmdir()
        except OSError:
            return
        directory = directory.parent
