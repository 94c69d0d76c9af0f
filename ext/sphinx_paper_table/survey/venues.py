"""Venues under the names that they have today, so that what changed its name is one place to look."""

from __future__ import annotations

from typing import Final

_RENAMED: Final = {"NIPS": "NeurIPS"}
"""Short names that venues gave up; NIPS since November 2018, see https://neurips.cc/About."""


def present_name(venue: str) -> str:
    """Return today's name of *venue*; what stands behind it stays: "NIPS Workshop" becomes "NeurIPS Workshop"."""
    name, space, rest = venue.partition(" ")
    return f"{_RENAMED.get(name.upper(), name)}{space}{rest}"


def former_names(venue: str) -> tuple[str, ...]:
    """Return the names that *venue*, as it is called today, had before."""
    name, space, rest = venue.partition(" ")
    return tuple(f"{former}{space}{rest}" for former, present in _RENAMED.items() if present == name)
