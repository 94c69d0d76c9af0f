"""What the exports need to know of a build; the records that they are made of are not loaded for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.exports.records import Location

DISTRIBUTION: Final = "sphinx-paper-table"


class Places(Protocol):
    """Where things are shown: a mapping, or what looks for a place when it is asked."""

    def get(self, named: tuple[str, str], /) -> tuple[str, str] | None:
        """Return the page and the anchor of a (kind, name); None when no page shows it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What only a build knows: its language, its address and where things are shown.

    *places* has for a kind (``survey``, ``group``, ``paper`` or ``reference``) and a name a page, relative to the
    site's base, and an anchor on it. *elsewhere* has the names and addresses of papers on other sites, by ``SITE:ID``.
    """

    language: str = ""
    url: str = ""
    places: Places = field(default_factory=dict[tuple[str, str], tuple[str, str]])
    elsewhere: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def location(self, kind: str, name: str) -> Location | None:
        """Return where something is shown, or None when no page shows it."""
        from sphinx_paper_table.exports.records import Location  # noqa: PLC0415 (only builds that write files ask)

        place = self.places.get((kind, name))
        if place is None:
            return None
        page, anchor = place
        url = f"{self.url}{page}#{anchor}" if self.url else None
        return Location(page=page, anchor=anchor, url=url)
