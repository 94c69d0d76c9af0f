"""What files say, parsed once for each content and kept: of a project where one file was edited, that one is parsed.

Parsing is a function of a text, its name and the program alone, so its result is known by their digest; what depends on
other files, as whether the target of a relation is there, is looked at afterwards, each time.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_paper_table.store import Cache, cache_key, content_digest, installed_versions, program_digest
from sphinx_paper_table.survey.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

T = TypeVar("T")


class Parsed:
    """Parsed texts, each with its problems, pickled by itself: what nobody asks for stays bytes."""

    def __init__(self, cache: Cache | None = None) -> None:
        """Take what *cache* has; without one, nothing is kept."""
        self._cache = cache
        self._before: dict[str, bytes] | None = None
        self._used: dict[str, bytes] = {}
        self.count = 0
        """How many texts had to be parsed."""

    def get(self, source: str, parse: Callable[[Problems], T], problems: Problems) -> T:
        """Return what *parse* makes of *source*, which is all that it depends on; note its problems in *problems*."""
        key = self.key(source)
        data = self._used.get(key) or self._kept().get(key)
        if data is None:
            self.count += 1
            own = Problems()
            value = parse(own)
            found = own.sorted()
            data = self._pickled((value, found))
        else:
            value, found = pickle.loads(data)  # noqa: S301 (its checksum was right)
        if data is not None:
            self._used[key] = data
        problems.extend(found)
        return value

    @staticmethod
    def key(source: str) -> str:
        """Return under which key what *source* says is kept."""
        return content_digest(source.encode("utf-8", "surrogatepass"))

    def has(self, keys: Iterable[str]) -> bool:
        """Return whether what has each of *keys* is kept."""
        return set(keys) <= self._kept().keys() | self._used.keys()

    def names(self, key: str, names: Iterable[bytes]) -> bool:
        """Return whether what is kept under *key*, which is there, has one of *names* in a text, as UTF-8."""
        data = self._used.get(key) or self._kept()[key]
        return any(name in data for name in names)

    def value(self, key: str) -> Any:
        """Return what is kept under *key*, which is there."""
        return pickle.loads(self._used.get(key) or self._kept()[key])[0]  # noqa: S301 (as above)

    def hold(self, former: Iterable[str]) -> None:
        """Keep what nobody asks for too, but for what has one of the *former* keys."""
        self._used = {**self._kept(), **self._used}
        for key in former:
            self._used.pop(key, None)

    def save(self) -> None:
        """Keep what was asked for, if that is something else than before."""
        if self._cache is not None and self._used.keys() != self._kept().keys():
            self._cache.save(self._used)
            self._before = dict(self._used)

    def let_go(self) -> None:
        """Hold nothing more, when every value has been taken; whoever asks once more reads the file."""
        self._before, self._used = None, {}

    def _kept(self) -> dict[str, bytes]:
        if self._before is None:
            found = self._cache.load(0) if self._cache is not None else None
            self._before = found if isinstance(found, dict) else {}
        return self._before

    def _pickled(self, found: tuple[Any, tuple[Problem, ...]]) -> bytes | None:
        """Return what is kept; None of records that stand too deep in each other to be pickled."""
        if self._cache is None:
            return None
        try:
            return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        except RecursionError:
            return None


def parsed_in(path: Path, tell: Callable[[str], object]) -> Parsed:
    """Return what earlier runs of this program have parsed and left at *path*; see `Cache` for *tell*."""
    return Parsed(Cache(path, cache_key(more=[program_digest(), *installed_versions()]), tell))
