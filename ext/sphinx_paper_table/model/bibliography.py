"""What a BibTeX entry says of a publication, in readable Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from sphinx_paper_table.model.located import NOWHERE, Position

_ARXIV_MONTH: Final = re.compile(r"^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?$")
_OLD_ARXIV_MONTH: Final = re.compile(r"^[a-z-]+(?:\.[A-Z]{2})?/(\d\d)(0[1-9]|1[0-2])\d{3}(?:v\d+)?$")
_MANY_AUTHORS: Final = 3
OTHERS: Final = "et al."
"""The last author of an entry that does not name them all ("and others")."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person's name in its two parts, as printed."""

    given: str
    family: str

    def __str__(self) -> str:
        """Return the name in reading order."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry as it stands in its file: type in lower case, ``fields`` in raw LaTeX, ``source`` the whole."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    source: str = field(default="", compare=False)
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliography entry: ``source`` is its BibTeX text, the other fields are decoded from it."""

    key: str
    type: str
    title: str = ""
    authors: tuple[Author, ...] = ()
    year: str = ""
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    source: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """The author–year label: "He et al., 2020", "Chen and He, 2021", "Krizhevsky, 2009"."""
        return ", ".join(part for part in (self.short_authors, self.year) if part) or self.key

    @property
    def short_authors(self) -> str:
        """Family names of one or two authors, else the first and "et al."."""
        names = [author.family or author.given for author in self.authors]
        if len(names) < _MANY_AUTHORS and OTHERS not in names:
            return " and ".join(names)
        return f"{names[0]} {OTHERS}"

    @property
    def published(self) -> str:
        """Venue and year as a card shows them: "CVPR 2020"."""
        return " ".join(part for part in (self.venue, self.year) if part)

    @property
    def first_public(self) -> str:
        """Year and month of the preprint where there is one, else the year.

        An arXiv id begins with the year and month of submission, see
        https://info.arxiv.org/help/arxiv_identifier.html.
        """
        match = _ARXIV_MONTH.match(self.arxiv) or _OLD_ARXIV_MONTH.match(self.arxiv)
        if match is None:
            return self.year
        century = "19" if int(match[1]) > 90 else "20"  # noqa: PLR2004 (arXiv began in 1991)
        return f"{century}{match[1]}-{match[2]}"

    @property
    def links(self) -> dict[str, str]:
        """Addresses of the publication: ``paper``, ``arxiv`` and ``doi``, as far as known."""
        found = {
            "paper": self.url,
            "arxiv": f"https://arxiv.org/abs/{quote(self.arxiv)}" if self.arxiv else "",
            "doi": f"https://doi.org/{quote(self.doi, safe='/:;()')}" if self.doi else "",
        }
        return {kind: url for kind, url in found.items() if url}
