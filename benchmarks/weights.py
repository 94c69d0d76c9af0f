"""How much HTML a card, a line and a reference take: ``python -m benchmarks.weights BUILT_SITE``.

Text is what readers see, unfolded, with the space between words counted once. `reading.page_sizes` reckons with the
bytes that this prints.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bs4 import BeautifulSoup

from benchmarks.report import table

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: Final = {
    "cards": "article.pt-card[id]",
    "rows": "tr.pt-row",
    "lines": ".pt-lines > li",
    "references": "div.citation",
}


class Weight(NamedTuple):
    """How many there are, and what all of them take: bytes of HTML, bytes of text, elements."""

    number: int = 0
    html: int = 0
    text: int = 0
    elements: int = 0

    @property
    def ratio(self) -> float:
        """How many bytes of HTML one of text takes."""
        return self.html / self.text if self.text else 0


def weigh(pages: Iterable[Path], selector: str) -> Weight:
    """Return what the elements that match take on *pages*."""
    found = Weight()
    for page in pages:
        for element in BeautifulSoup(page.read_text("utf-8"), "html.parser").select(selector):
            seen = " ".join(element.get_text(" ").split())
            one = (1, len(str(element).encode()), len(seen.encode()), len(element.select("*")))
            found = Weight(*map(sum, zip(found, one, strict=True)))
    return found


def main(site: Path) -> None:
    """Print a table of a built *site*."""
    rows = [["", "number", "bytes", "text", "HTML / text", "elements"]]
    for kind, selector in KINDS.items():
        found = weigh(sorted(site.rglob("*.html")), selector)
        if found.number:
            each = (f"{total / found.number:.0f}" for total in (found.html, found.text))
            rows.append([kind, str(found.number), *each, f"{found.ratio:.2f}", f"{found.elements / found.number:.0f}"])
    print(table(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
