"""What earlier builds have found out, so that a build in which nothing has changed loads no record.

This is the early cut-off of build systems (Mokhov, Mitchell, Peyton Jones: Build systems à la carte, section 2.3), as
small as a catalogue needs it: all that is derived from the records alone is known by a digest of what they are made
from, and what is derived from pages too by the times at which these were read.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinx_paper_table.store import Cache, content_digest, files_digest, installed_versions, program_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.problems import Problem

logger = logging.getLogger(__name__)

FILE: Final = "findings.pickle"


@dataclass(slots=True)
class _Kept:
    """What a build leaves for the next one."""

    pages: str = ""
    problems: tuple[Problem, ...] = ()
    of_pages: dict[str, Any] = field(default_factory=dict)


class Findings:
    """What an earlier build knew, as far as it still holds, and what this one will leave."""

    def __init__(self, app: Sphinx, inputs: str) -> None:
        """Look for what is known of records that are made of what has the digest *inputs*."""
        base = Path(app.confdir).resolve()
        self._cache = Cache(Path(app.doctreedir) / FILE, inputs, logger.info, base)
        kept = self._cache.load(0)
        self.has_records = isinstance(kept, _Kept)
        """Whether the records are those of an earlier build, and nothing was wrong with them but advice."""
        self._before: _Kept = kept if self.has_records else _Kept()
        self._now = _Kept()
        self.is_reliable = True
        """Whether this build may leave what it has found out."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What an earlier build found wrong with the records."""
        return self._before.problems

    def has_pages(self, pages: str) -> bool:
        """Return whether the pages, whose state has the digest *pages*, are as the earlier build left them, too."""
        return self.has_records and self._before.pages == pages

    def settle_pages(self, pages: str, problems: tuple[Problem, ...], *, is_good: bool) -> None:
        """Take the pages as they are, all of them read, and the problems of the records.

        *is_good* says whether none of these fails: names that other projects have are problems to the records alone.
        """
        self.is_reliable &= is_good
        self._now.pages, self._now.problems = pages, problems
        if pages != self._before.pages:
            self._before.of_pages.clear()

    def of_pages(self, name: str, compute: Callable[[], Any]) -> Any:
        """Return what *compute* makes of records and pages, from an earlier build if neither has changed."""
        known = self._before.of_pages
        found = self._now.of_pages[name] = known[name] if name in known else compute()
        return found

    def save(self) -> None:
        """Leave what this build has found out; records with something wrong are looked at again by the next one.

        What is said of them may name files beside the project, which no digest has.
        """
        if self.is_reliable and self._now != self._before:
            self._cache.save(self._now)


def settings_digest(app: Sphinx, files: Iterable[Path]) -> str:
    """Return a digest of all that records depend on, and what is said of them: of *files* too.

    It is not one of the records' own files, nor of the bibliography.
    """
    conf, names = Path(app.confdir, "conf.py"), Path(app.srcdir, app.config.paper_table_names)
    modules = (getattr(extension.module, "__file__", None) for extension in app.extensions.values())
    own = [path for module in modules if module and (path := Path(module)).is_relative_to(app.confdir)]
    extensions = sorted((name, extension.version) for name, extension in app.extensions.items())
    options = sorted((option.name, _settled(option.value)) for option in app.config)
    read = files_digest([conf, names, *own, *files], app.confdir)
    program = program_digest(), platform.python_version(), installed_versions()
    parts = (program, read, extensions, options)
    return content_digest(repr(parts).encode("utf-8", "surrogatepass"))


def _settled(value: object) -> str:
    """Return the `repr` of an option's value, of a set in the same order in each process."""
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(repr, value)))
    if isinstance(value, dict):
        return repr([(repr(key), _settled(inner)) for key, inner in value.items()])
    return repr(list(map(_settled, value))) if isinstance(value, (list, tuple)) else repr(value)
