"""What the package may ask of citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Place(NamedTuple):
    """Where a reference stands: a page and an anchor on it."""

    docname: str
    anchor: str


class Citations(Protocol):
    """One build's citations."""

    def note(self, docname: str, keys: Iterable[str], line: int, backlink: str) -> None:
        """Note that a page cites *keys*, so that bibliographies of what is cited list them.

        *backlink* is the id of the element on the page that a reference may point back to.
        """

    def mention(self, docname: str, key: str, anchor: str, title: str) -> None:
        """Note a part of a page that cites *key*, for "cited on"."""

    def exists(self, key: str) -> bool:
        """Return whether a BibTeX file has the key."""

    def label(self, key: str) -> str:
        """Return the author–year label of a key, or the key itself when nothing is known of it."""

    def target(self, key: str, docname: str = "") -> Place | None:
        """Return where a key's reference stands, on the page *docname* if it has one; None when it is listed nowhere.

        Known only after all pages are read.
        """

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield every listed key with its place; a key may be listed several times."""
