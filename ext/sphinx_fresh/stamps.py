"""Time and size of a file: whether it is as it was left, without reading it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .page_records import Stamp

#: The stamp of a file that is not there.
_MISSING: Stamp = (0, 0)


def stamp(path: str | os.PathLike[str], memo: dict[str, Stamp] | None = None) -> Stamp:
    """Modification time and size of *path*; each file is asked once per *memo*."""
    key = str(path)
    if memo is not None and key in memo:
        return memo[key]
    try:
        status = os.stat(path)  # noqa: PTH116  # two or three a page, at every build
    except OSError:
        state = _MISSING
    else:
        state = (status.st_mtime_ns, status.st_size)
    if memo is not None:
        memo[key] = state
    return state
