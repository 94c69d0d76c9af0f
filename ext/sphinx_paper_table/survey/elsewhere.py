"""Papers on other sites: ``PROJECT:ID``, as Sphinx's own roles name what other projects have.

The name of the project is its key in ``intersphinx_mapping``. No id has a colon, so that none is mistaken for one.
"""

from __future__ import annotations


def is_elsewhere(name: str) -> bool:
    """Return whether *name* is that of a paper on another site."""
    return ":" in name


def parted(name: str) -> tuple[str, str]:
    """Return the project and the id in *name*; the project of an id of this site is empty."""
    project, _colon, own = name.rpartition(":")
    return project, own
