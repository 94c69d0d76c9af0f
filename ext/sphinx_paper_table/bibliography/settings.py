"""What a project says of its BibTeX files beyond what they say themselves, and how they can be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BIBTEX: Final = "bibtex"
BIBLATEX: Final = "biblatex"
DIALECTS: Final = (BIBTEX, BIBLATEX)
"""What entries can be converted to."""
SORTS: Final = ("key", "year", "none")
"""What entries can be sorted by; ``none`` leaves them where they are."""


@dataclass(frozen=True, slots=True)
class BibtexSettings:
    """The settings that the reading of BibTeX depends on."""

    types: frozenset[str] = frozenset()
    """Types of entries that the project's style knows beyond BibTeX's and biblatex's."""
    public: frozenset[str] = frozenset()
    """Fields that it publishes beyond those of `public_fields`, in lower case."""
    math: frozenset[str] = frozenset()
    """Commands that formulas may have beyond those of `survey.formulas`."""
    encoding: str = "utf-8-sig"
    """How the files are written, as Python names it."""


DEFAULT: Final = BibtexSettings()
"""Those of a project that says nothing."""
