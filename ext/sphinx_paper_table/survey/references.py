"""References: the fields of BibTeX entries in readable Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.located import NOWHERE, Position
from sphinx_paper_table.survey.tex_escapes import percent_escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARXIV_MONTH: Final = re.compile(r"^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?$")
_OLD_ARXIV_MONTH: Final = re.compile(r"^[a-z-]+(?:\.[A-Z]{2})?/(\d\d)(0[1-9]|1[0-2])\d{3}(?:v\d+)?$")
_YEAR: Final = re.compile(r"^(?:1[5-9]|20)\d\d$")
_MANY_AUTHORS: Final = 3
ARCHIVES: Final[dict[str, tuple[str, str]]] = {
    "acl": ("aclanthology.org/", "/"),
    "openreview": ("openreview.net/forum?id=", ""),
    "pubmed": ("pubmed.ncbi.nlm.nih.gov/", "/"),
    "inspire": ("inspirehep.net/literature/", ""),
}
"""Archives that references lead to, beside arXiv and DOI: what stands before and after the name in an address."""
_FAMILY_FIRST: Final = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff·\s]+")
MOST_NAMES: Final = 100
"""Names that a page shows; of a paper with more, which experiments have, it shows the first and "et al."."""
FIRST_NAMES: Final = 10
OTHERS: Final = "et al."
"""The last author of an entry that does not name them all ("and others")."""


@dataclass(frozen=True, slots=True)
class LabelWords:
    """How a language writes a label: its authors, ``%s`` being a family name, and what parts them from the year."""

    two: str = "%s and %s"
    many: str = f"%s {OTHERS}"
    comma: str = ", "
    undated: str = "n.d."

    @property
    def others(self) -> str:
        """The words for authors that are not named, such as "et al."."""
        return (self.many % "").strip()


ENGLISH: Final = LabelWords()


def short_names(names: Sequence[str], words: LabelWords = ENGLISH) -> str:
    """Return one or two family names, else the first and "et al."; `OTHERS` among them stands for unnamed ones."""
    if len(names) >= _MANY_AUTHORS or OTHERS in names:
        return words.many % names[0]
    return words.two % tuple(names) if len(names) > 1 else "".join(names)


def is_in_family_order(given: str, family: str) -> bool:
    """Return whether a name is written in Chinese, Japanese or Korean signs, which put the family first."""
    return bool(given and family and _FAMILY_FIRST.fullmatch(given) and _FAMILY_FIRST.fullmatch(family))


@dataclass(frozen=True, slots=True)
class Author:
    """A person's name in its two parts, as printed."""

    given: str
    family: str

    def __str__(self) -> str:
        """Return the name in reading order, which is that of its own language."""
        if is_in_family_order(self.given, self.family):
            return f"{self.family}{self.given}"
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry as it stands in its file: type in lower case, ``fields`` in raw LaTeX, ``source`` the whole."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    source: str = field(default="", compare=False)
    position: Position = field(default=NOWHERE, compare=False)
    latex: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """The positions in the source of the values that are LaTeX."""
    written: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    """The values that name an ``@string``, as they are written, each with the place of its field in `fields`."""
    comments: tuple[str, ...] = field(default=(), compare=False)
    """What stands between the fields and is none."""
    is_irregular: bool = field(default=False, compare=False)
    """Whether its text is not what every program reads: it has a comment, a word without braces, or no key."""
    is_damaged: bool = field(default=False, compare=False)
    """Whether it has a mistake that costs some of it."""

    @property
    def passed_on(self) -> str:
        """The author's own text with percent signs escaped: programs that read it make LaTeX of it."""
        parts, done = [], 0
        for start, end in self.latex:
            parts += [self.source[done:start], percent_escaped(self.source[start:end])]
            done = end
        return "".join((*parts, self.source[done:]))


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliography entry: ``source`` is its BibTeX text, the other fields are decoded from it."""

    key: str
    type: str
    """The type as it is written."""
    title: str = ""
    title_parts: tuple[tuple[str, bool], ...] = ()
    """The title in parts, each with whether it is the TeX of a formula; empty where it has none."""
    authors: tuple[Author, ...] = ()
    native: tuple[str, ...] = ()
    """Names of authors in their own signs, which readers search by and no list shows: "何恺明"."""
    year: str = ""
    """The year as readers see it: "2020", "1998–2002", "in press"."""
    date: str = ""
    """The date that can be computed with: "2020", "2020-05", "2020-05-03"; empty where only words are known."""
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    """What else it is known by: an archive, such as ``acl`` or ``isbn``, and the name there."""
    source: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)
    former: tuple[str, ...] = ()
    """Former keys."""

    @property
    def label(self) -> str:
        """The author–year label in English: "He et al., 2020", "Chen and He, 2021", "Krizhevsky, 2009"."""
        return self.label_in(ENGLISH)

    def label_in(self, words: LabelWords) -> str:
        """Return the author–year label in the language of *words*; a work without authors has its title there."""
        authors = self.short_authors_in(words) or self.title
        return words.comma.join((authors, self.year or words.undated)) if authors else self.year or self.key

    def short_authors_in(self, words: LabelWords) -> str:
        """Return the family names of one or two authors, else the first and what means the others."""
        return short_names([author.family or author.given for author in self.authors], words)

    def authors_in(self, words: LabelWords) -> tuple[str, ...]:
        """Return the names in reading order, the unnamed others in the language of *words*; of very many the first."""
        shown = self.authors if len(self.authors) <= MOST_NAMES else (*self.authors[:FIRST_NAMES], Author("", OTHERS))
        return tuple(words.others if author.family == OTHERS else str(author) for author in shown)

    @property
    def first_public(self) -> str:
        """Year and month of the preprint where there is one, else the date of publication, as far as it is a number.

        An arXiv id begins with the year and month of submission, see
        https://info.arxiv.org/help/arxiv_identifier.html.
        """
        match = _ARXIV_MONTH.match(self.arxiv) or _OLD_ARXIV_MONTH.match(self.arxiv)
        if match is None:
            return self.date or (self.year if _YEAR.match(self.year) else "")
        century = "19" if int(match[1]) > 90 else "20"  # noqa: PLR2004 (arXiv began in 1991)
        return f"{century}{match[1]}-{match[2]}"

    @property
    def links(self) -> dict[str, str]:
        """Addresses of the publication: ``paper``, ``arxiv``, ``doi`` and other archives, as far as known.

        ``paper`` is the address that the entry gives, another archive's own only where that is not it.
        """
        found = {
            "paper": self.url if is_web_address(self.url) else "",
            "arxiv": f"https://arxiv.org/abs/{quote(self.arxiv)}" if self.arxiv else "",
            "doi": f"https://doi.org/{quote(self.doi, safe='/:;()')}" if self.doi else "",
        }
        for archive, name in self.identifiers:
            if archive in ARCHIVES and ARCHIVES[archive][0] not in self.url:
                begin, end = ARCHIVES[archive]
                found[archive] = f"https://{begin}{quote(name)}{end}"
        return {kind: url for kind, url in found.items() if url}

    @property
    def marked_title(self) -> str:
        """The title with formulas as ``$…$``."""
        return "".join(f"${text}$" if is_formula else text for text, is_formula in self.title_parts) or self.title
