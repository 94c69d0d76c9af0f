"""Sphinx's own caches, checked by content: a damaged environment or doctree is made anew instead of ending the build.

Sphinx (9.1, `Sphinx._load_existing_env`, `BuildEnvironment.get_doctree`) unpickles what it finds. A truncated
environment is noticed, a flipped bit may not be; a damaged doctree ends every build until it is deleted. Can go when
Sphinx keeps checksums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from .compat import ENV_PICKLE_FILENAME
from .digest import digest_file
from .page_records import records_of
from .stamps import stamp
from .store import discard, read_text, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_logger = logging.getLogger(__name__)

_CHECKSUM = "fresh-environment.digest"


def check_environment(doctreedir: Path) -> None:
    """Remove the environment when it is not what was saved; Sphinx then reads every page (``config-inited``)."""
    path, kept = doctreedir / ENV_PICKLE_FILENAME, doctreedir / _CHECKSUM
    if not path.exists() or (path.is_file() and not kept.exists()):
        return
    digest = digest_file(path)
    if not digest or digest != read_text(kept):
        _logger.info("the environment in %s is damaged or of another build; all pages are read again", doctreedir)
        _discard(path)


def note_environment(app: Sphinx, _env: BuildEnvironment) -> None:
    """Keep the checksum of the environment that was just saved (``env-check-consistency``)."""
    path = app.doctreedir / ENV_PICKLE_FILENAME
    digest = digest_file(path)
    if digest != read_text(app.doctreedir / _CHECKSUM):
        write_atomically(app.doctreedir / _CHECKSUM, digest)


def clear_doctree_paths(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Remove what stands where the doctrees of *docnames* are going to be written: a folder in the place of a file."""
    for docname in docnames:
        path = env.doctreedir / f"{docname}.doctree"
        if path.is_dir():
            _discard(path)
        if path.parent.is_file():
            _discard(path.parent)


def note_doctrees(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Keep stamps and checksums of the doctrees of *docnames*, which were just read."""
    doctrees = records_of(env).doctrees
    for docname in docnames:
        path = f"{env.doctreedir}/{docname}.doctree"
        doctrees[docname] = stamp(path), digest_file(path)


def damaged_doctrees(env: BuildEnvironment) -> set[str]:
    """Return the known pages whose doctree is not the one that *env* was saved with, and remove these doctrees.

    A build that was killed after it had read a page leaves such a doctree too: the environment beside it is older, and
    may call the page unchanged when the edit is taken back. One that has the time and size that it was left with is not
    read; restored from elsewhere, it has another time.
    """
    damaged = set()
    doctrees = records_of(env).doctrees
    folder = str(env.doctreedir)
    for docname in env.all_docs.keys() & env.found_docs & doctrees.keys():
        left, checksum = doctrees[docname]
        path = f"{folder}/{docname}.doctree"
        if stamp(path) != left and digest_file(path) != checksum:
            damaged.add(docname)
            _discard(env.doctreedir / f"{docname}.doctree")
    return damaged


def _discard(path: Path) -> None:
    try:
        discard(path)
    except OSError as error:
        _logger.warning(
            "cannot remove %s, which is damaged (%s); remove it by hand",
            path,
            error.strerror,
            type="fresh",
            subtype="cache",
        )
