"""Pages that must be read again and that Sphinx, which asks only for newer files, does not see.

- A source or dependency replaced by an *older* file (``mv``, ``cp -p``, an archive), or changed while it was read.
- A doctree newer than the environment: a build was killed after reading it. When the edit that made Sphinx read the
  page is taken back before the next build, the old environment calls the page unchanged and the doctree is wrong.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME

from .notes import Notes, Stamp, notes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment


def stamp(path: str | os.PathLike[str], memo: dict[str, Stamp] | None = None) -> Stamp:
    """Modification time and size of *path*; each file is asked once per *memo*."""
    key = str(path)
    if memo is not None and key in memo:
        return memo[key]
    try:
        status = os.stat(path)  # noqa: PTH116  # two or three a page, at every build
    except OSError:
        found = (0, 0)
    else:
        found = (status.st_mtime_ns, status.st_size)
    if memo is not None:
        memo[key] = found
    return found


def note_dependencies(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Remember the state of the files that *docnames*, just read, were made from."""
    memo: dict[str, Stamp] = {}
    notes = notes_of(env)
    for docname in docnames:
        paths = env.dependencies.get(docname, ())
        notes.dependencies[docname] = {str(path): stamp(path, memo) for path in paths}


def pages_to_reread(env: BuildEnvironment) -> set[str]:
    """Known pages whose source, dependencies or doctree are not what they were when *env* was saved."""
    saved, _size = stamp(env.doctreedir / ENV_PICKLE_FILENAME)
    doctrees = os.fspath(env.doctreedir)
    notes = notes_of(env)
    memo: dict[str, Stamp] = {}
    known = env.all_docs.keys() & env.found_docs
    return {
        docname
        for docname in known
        if _changed(env, notes, docname, memo) or stamp(f"{doctrees}/{docname}.doctree")[0] > saved
    }


def _changed(env: BuildEnvironment, notes: Notes, docname: str, memo: dict[str, Stamp]) -> bool:
    source = notes.sources.get(docname)
    if source is not None and stamp(env.doc2path(docname)) != source:
        return True
    dependencies = notes.dependencies.get(docname, {})
    return any(stamp(path, memo) != known for path, known in dependencies.items())
