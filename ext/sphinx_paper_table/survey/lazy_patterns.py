"""Regular expressions that are compiled when they are first asked: there are many for mistakes that few files have."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class LazyPattern:
    """What `re.compile` returns, for modules that everybody loads and few need."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Take what `re.compile` takes."""
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    def match(self, text: str) -> re.Match[str] | None:
        """Look at the beginning of *text*."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Look at all of *text*."""
        return self.compiled.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Look anywhere in *text*."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all places in *text*."""
        return self.compiled.finditer(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """Return *text* with something else in all places, or in the first ones."""
        return self.compiled.sub(replacement, text, count=count)

    def split(self, text: str) -> list[str]:
        """Return what stands between the places."""
        return self.compiled.split(text)
