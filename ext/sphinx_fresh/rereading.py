"""Pages that must be read again and that Sphinx, which asks only for newer files, does not see.

- A source or dependency replaced by an *older* file (``mv``, ``cp -p``, an archive), or changed while it was read.
- A page with a toctree or link to a page that is gone or new: toctrees and MyST look for pages while they are read.
- A page whose doctree is damaged, or of a build that was killed (`damage`).
- All pages, when the source of an extension has changed (`program`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .damage import damaged_doctrees
from .page_records import PageRecords, Stamp, records_of
from .page_references import mentions
from .stamps import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment


#: The stamp that no file has.
_NEVER: Stamp = (-1, -1)
#: File systems give times that are older than the clock's by up to so many nanoseconds.
_CLOCK = 20_000_000


def note_dependencies(env: BuildEnvironment, docnames: Iterable[str], began: int) -> None:
    """Remember the state of the files that *docnames*, just read, were made from; *began*: when the build did (ns).

    A file that was saved since then may have been loaded before or after: its page is read once more, unless that is
    why it was read now (files that every build writes would never come to rest).
    """
    memo: dict[str, Stamp] = {}
    records = records_of(env)
    for docname in docnames:
        stamps = {str(path): stamp(path, memo) for path in env.dependencies.get(docname, ())}
        before = records.unsettled.pop(docname, set())
        saved = {path for path, (time, _size) in stamps.items() if time >= began - _CLOCK} - before
        if saved:
            records.unsettled[docname] = saved
        records.dependencies[docname] = {path: _NEVER if path in saved else state for path, state in stamps.items()}


def pages_to_reread(env: BuildEnvironment, added: set[str], removed: set[str], program: str) -> set[str]:
    """Known pages that would be read otherwise than they were when *env* was saved."""
    records = records_of(env)
    before, records.program = records.program, program
    known = env.all_docs.keys() & env.found_docs
    if before not in ("", program):
        return set(known)
    memo: dict[str, Stamp] = {}
    names = {docname.rpartition("/")[2] for docname in added | removed}
    return damaged_doctrees(env) | {
        docname
        for docname in known
        if _changed(env, records, docname, memo) or (names and _looked_for(records, docname, removed, names))
    }


def _looked_for(records: PageRecords, docname: str, removed: set[str], names: set[str]) -> bool:
    page = records.pages.get(docname)
    return page is not None and (not removed.isdisjoint(page.includes) or mentions(page.references, names))


def _changed(env: BuildEnvironment, records: PageRecords, docname: str, memo: dict[str, Stamp]) -> bool:
    source = records.sources.get(docname)
    if source is not None and stamp(env.doc2path(docname)) != source:
        return True
    dependencies = records.dependencies.get(docname, {})
    if any(stamp(path, memo) != known for path, known in dependencies.items()):
        return True
    page = records.pages.get(docname)
    return page is not None and any(os.path.isfile(path) for path in page.absent)  # noqa: PTH113  # as `stamp`
