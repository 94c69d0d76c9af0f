"""pybtex 0.26 and sphinxcontrib-bibtex 2.7, looking for plugins.

Each time one is asked for, both read the entry points of every installed package: 7 ms with a hundred of them, a dozen
times a build. There is no setting for it. Needless when they remember what they have read.

- `pybtex.plugin.entry_points`, `sphinxcontrib.bibtex.plugin.entry_points`: the function of `importlib.metadata` that
  both import by its name.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from typing import Any

import pybtex.plugin
import sphinxcontrib.bibtex.plugin


@cache
def _installed(_path: tuple[str, ...]) -> Any:
    return entry_points()


def remembered_entry_points(**wanted: Any) -> EntryPoints:
    """Return what `importlib.metadata.entry_points` does; packages are looked at once for each ``sys.path``."""
    found: EntryPoints = _installed(tuple(sys.path)).select(**wanted)
    return found


def remember_plugins() -> None:
    """Let both packages ask `remembered_entry_points`."""
    for module in (pybtex.plugin, sphinxcontrib.bibtex.plugin):
        vars(module)["entry_points"] = remembered_entry_points
