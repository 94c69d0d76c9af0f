"""A list that is kept as bytes until somebody looks into it: what a build does not ask for costs it next to nothing."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Generic, TypeVar

from sphinx_paper_table.store.keys import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")


class Packed(Generic[Item]):
    """A list that is pickled by itself, and only when it has changed since it was unpickled; with a digest of it.

    It is for what stands in Sphinx's environment, which is loaded at every build: a build that follows a small edit
    asks for few of thousands.
    """

    __slots__ = ("_content", "_items", "_mark")

    def __init__(self, items: Iterable[Item] = (), content: bytes = b"", mark: str = "") -> None:
        """Begin with *items*, or with what another one was pickled to: its *content* and *mark*."""
        self._content, self._mark = content, mark
        self._items: list[Item] | None = None if content else [*items]

    def append(self, item: Item) -> None:
        """Add an item to the end."""
        self.extend((item,))

    def extend(self, items: Iterable[Item]) -> None:
        """Add items to the end."""
        self._opened().extend(items)
        self._content, self._mark = b"", ""

    def __iter__(self) -> Iterator[Item]:
        """Yield the items."""
        return iter(self._opened())

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._opened())

    def __bool__(self) -> bool:
        """Return whether there are any; those that are packed are never none."""
        return self._items is None or bool(self._items)

    @property
    def mark(self) -> str:
        """A digest of the items: equal where their `repr` is."""
        if not self._mark:
            self._mark = content_digest(repr(self._opened()).encode("utf-8", "surrogatepass"))
        return self._mark

    def __reduce__(self) -> tuple[Callable[..., Packed[Item]], tuple[tuple[()], bytes, str]]:
        """Return the bytes and the digest alone."""
        if self._items and not self._content:
            self._content = pickle.dumps(self._items, pickle.HIGHEST_PROTOCOL)
        return type(self), ((), self._content, self.mark if self._content else "")

    def _opened(self) -> list[Item]:
        if self._items is None:
            self._items = pickle.loads(self._content)  # noqa: S301 (within an environment that Sphinx unpickles)
        return self._items
