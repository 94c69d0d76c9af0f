"""A function of a text, whose results are kept between builds: what was asked before is not computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.store.cache import Cache

Result = TypeVar("Result")


class Memo(Generic[Result]):
    """What *compute* makes of texts, which is all that it depends on besides the key of *cache*."""

    def __init__(self, cache: Cache, compute: Callable[[str], Result]) -> None:
        """Touch nothing; the file is read when the first text is asked for."""
        self._cache, self._compute = cache, compute
        self._before: dict[str, Result] | None = None
        self._used: dict[str, Result] = {}
        self.count = 0
        """How many results had to be computed."""

    def __call__(self, text: str) -> Result:
        """Return what is made of *text*."""
        text = str(text)  # without the place in a file that some texts have
        if text not in self._used:
            before = self._kept()
            self.count += text not in before
            self._used[text] = before[text] if text in before else self._compute(text)
        return self._used[text]

    def save(self, most: int = 0) -> None:
        """Keep what was asked for, and up to *most* results with what was not; a file that says it is left alone."""
        before = self._kept()
        found = {**before, **self._used}
        if len(found) > most:
            found = self._used
        if found.keys() != before.keys():
            self._cache.save(found)

    def _kept(self) -> dict[str, Result]:
        if self._before is None:
            found = self._cache.load(0)
            self._before = found if isinstance(found, dict) else {}
        return self._before
