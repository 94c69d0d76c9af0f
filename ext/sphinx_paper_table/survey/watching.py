"""Long loops that somebody may watch: a command shows how far one has come, a build hears nothing of it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

T = TypeVar("T")


class Watch(Protocol):
    """Yields the items of a loop and shows, meanwhile, what it is doing and how far it has come."""

    def __call__(self, items: Collection[T], doing: str, /) -> Iterable[T]:
        """Return *items* in their order."""


_WATCH: Final[ContextVar[Watch | None]] = ContextVar("watch", default=None)


def watched(items: Collection[T], doing: str) -> Iterable[T]:
    """Return *items* for a loop, which is *doing* something; shown where there is a watch."""
    watch = _WATCH.get()
    return items if watch is None else watch(items, doing)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Let *watch* show the loops of what is done here."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)
