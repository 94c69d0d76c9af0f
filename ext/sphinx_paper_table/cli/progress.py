"""A bar for work that takes longer than a second, on terminals only.

tqdm draws it: it has the delay and the look at the terminal as options, and depends on nothing; Rich would bring a
Markdown reader and a highlighter. It belongs to the extra ``terminal``: a build needs no bar.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_paper_table.cli.running import OUTPUT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

T = TypeVar("T")
DELAY: Final = 1.0
"""Seconds."""


def progress(items: Collection[T], doing: str) -> Iterable[T]:
    """Return *items* for a loop; on a terminal a bar, which says what the loop is *doing*, appears after a second."""
    if OUTPUT.quiet or len(items) < 2 or not sys.stderr.isatty():  # noqa: PLR2004 (one has no middle)
        return items
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        return items
    bar: Iterable[T] = tqdm(items, desc=doing, delay=DELAY, leave=False, file=sys.stderr, disable=None)
    return bar
