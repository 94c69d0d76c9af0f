"""Where a card's links lead, looked up when it is printed: pages are known by then, and no node is spent on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.host.domain import locations

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of papers and references as seen from one page."""

    builder: Builder
    docname: str

    def paper(self, name: str) -> str:
        """Return the address of a paper's card, or the empty string when no page has it."""
        target = locations(self.builder.env).get(("method", name))
        return self._uri(target.docname, target.anchor) if target else ""

    def cite(self, key: str) -> str:
        """Return the address of a reference, or the empty string when no bibliography lists it."""
        place = citations_of(self.builder.env).target(key, self.docname)
        return self._uri(place.docname, place.anchor) if place else ""

    def label(self, key: str) -> str:
        """Return the author–year label of a reference."""
        return citations_of(self.builder.env).label(key)

    def _uri(self, docname: str, anchor: str) -> str:
        if docname == self.docname:
            return f"#{anchor}"
        uri = f"{self.builder.get_relative_uri(self.docname, docname)}#{anchor}"
        # singlehtml gives "#document-page#anchor", and mends only the reference nodes it finds itself.
        return f"#{anchor}" if uri.count("#") > 1 else uri
