"""What ``@string`` defines in the files of a build, and how much it has stood for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from sphinx_paper_table.compat.pybtex import CaseInsensitiveDict, month_names
from sphinx_paper_table.survey.spelling import meant

MAX_EXPANDED: Final = 10_000_000
"""Characters that all uses of ``@string`` stand for in one build; in one value, as many as a text may have."""
_MONTHS: Final = ("january", "february", "march", "april", "june", "july", "august", "sept", "september", "october",
                  "november", "december")  # fmt: skip
"""Names of months that no ``@string`` defines; the first three letters of each are one."""


@dataclass
class Macros:
    """The ``@string`` definitions of a build, of all its files, and how much they have stood for."""

    values: CaseInsensitiveDict = field(default_factory=lambda: CaseInsensitiveDict(month_names))
    expanded: int = 0
    is_complete: bool = True
    """Whether all definitions are known; else a name without one is no mistake, since another file may define it."""
    missing: set[str] = field(default_factory=set)
    """The names that have been reported: a file may use an ``@string`` of one that is not there a thousand times."""
    changes: int = 0
    """How many definitions have been read."""
    _known: tuple[int, str, dict[str, str]] | None = None

    @property
    def state(self) -> str:
        """A digest of all definitions."""
        return self._now()[1]

    @property
    def definitions(self) -> dict[str, str]:
        """The definitions as they are now; they do not change with these."""
        return self._now()[2]

    def _now(self) -> tuple[int, str, dict[str, str]]:
        if self._known is None or self._known[0] != self.changes:
            values = dict(self.values)
            digest = hashlib.blake2b(repr(sorted(values.items())).encode("utf-8", "surrogatepass"), digest_size=16)
            self._known = self.changes, digest.hexdigest(), values
        return self._known

    def advice(self, name: str) -> str:
        """Return what to do about a *name* that nothing before it defines."""
        if name.casefold() in _MONTHS:
            advice = f"write {name[:3].casefold()} without braces"
        elif likely := meant(name, self.values.keys() - month_names.keys()):
            advice = f"did you mean '{likely}'?"
        else:
            advice = "put the value into braces, or define it with @string before it is used"
        return f"{advice}; until then, the name is its value"
