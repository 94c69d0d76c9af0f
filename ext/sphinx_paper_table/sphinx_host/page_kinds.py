"""What kinds of nodes a finished page has, for all that links files from it, in one pass over its nodes.

A page with a thousand references has twenty thousand; each that looks for its own kind would visit them all.
"""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from docutils import nodes

_known: Final[WeakKeyDictionary[nodes.document, frozenset[type[nodes.Element]]]] = WeakKeyDictionary()


def has_kind(doctree: nodes.document, *wanted: type[nodes.Element]) -> bool:
    """Return whether a page has an element of one of the classes *wanted*, or of one that is derived from these.

    Ask when its nodes change no more, from ``html-page-context`` on.
    """
    if doctree not in _known:
        _known[doctree] = frozenset(map(type, doctree.findall(nodes.Element)))
    return any(issubclass(kind, wanted) for kind in _known[doctree])
