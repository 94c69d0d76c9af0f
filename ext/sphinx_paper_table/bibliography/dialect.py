"""biblatex's fields under BibTeX's names, so that whatever knows BibTeX finds what an entry says.

Names and meanings: biblatex's manual, sections 2.2.2 and 2.2.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.dates import MONTHS, when
from sphinx_paper_table.bibliography.tex import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.bibliography.dates import When

RENAMED: Final[dict[str, tuple[str, ...]]] = {
    "journal": ("journaltitle", "shortjournal"),
    "address": ("location",),
    "number": ("issue",),
    "pages": ("eid", "articleno", "numpages"),
    "booktitle": ("eventtitle", "maintitle"),
    "annote": ("annotation",),
    "archiveprefix": ("eprinttype",),
    "primaryclass": ("eprintclass",),
    "school": ("institution", "organization", "publisher"),
    "institution": ("school", "organization", "publisher"),
}
"""BibTeX's names, each with the fields that say the same in biblatex, the best first."""
_ONLY_FOR: Final[dict[str, tuple[str, ...]]] = {
    "journal": ("article", "review", "suppperiodical"),
    "school": ("thesis", "phdthesis", "mastersthesis"),
    "institution": ("report", "techreport"),
    "booktitle": ("inproceedings", "conference", "incollection", "inreference", "suppcollection"),
    "pages": ("article", "review", "inproceedings", "conference", "suppperiodical"),
    "number": ("article", "review", "suppperiodical", "periodical"),
}
"""Types in which a field has another name; those that are not here have it in all types."""
PUBSTATES: Final = {
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "prepublished",
}
"""What biblatex's keys for the state of a publication are in words (manual, section 4.9.2.11)."""
KINDS: Final = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical Report",
    "resreport": "Research Report",
    "patent": "Patent",
    "patentus": "U.S. Patent",
    "patenteu": "European Patent",
    "patentde": "German Patent",
    "patentfr": "French Patent",
    "patentuk": "British Patent",
    "patreq": "Patent Request",
    "patreqde": "German Patent Request",
    "patreqeu": "European Patent Request",
    "patreqfr": "French Patent Request",
    "patrequk": "British Patent Request",
    "patrequs": "U.S. Patent Request",
    "audiocd": "Audio CD",
    "datacd": "Data CD",
    "software": "Software",
}
"""What biblatex's keys for ``type`` are in words (the same section)."""
COUNTRIES: Final = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""Its keys for the countries of patents (section 4.9.2.19)."""
SERIES: Final = {"newseries": "new series", "oldseries": "old series"}
"""Its keys for the series of journals (section 4.9.2.15)."""
RELATIONS: Final = {
    "multivolume": "See also",
    "origpubas": "Originally published as",
    "origpubin": "Originally published in",
    "reprintas": "Reprinted as",
    "reprintfrom": "Reprinted from",
    "reprintof": "Reprint of",
    "translatedas": "Translated as",
    "translatedfrom": "Translated from",
    "translationas": "Translated as",
    "translationof": "Translation of",
}
"""Its keys for what an entry is to those that it is related to (section 4.9.2.18)."""
_DIALECT: Final = frozenset(other for others in RENAMED.values() for other in others)
_ENDS_SENTENCE: Final = re.compile(r"[?!.:][}'\"]*$")


def date_of(fields: Mapping[str, str]) -> When:
    """Return when an entry was published; its state where it has no date."""
    said = {name: readable(fields[name]) for name in ("year", "month") if fields.get(name)}
    if fields.get("date"):
        said["date"] = fields["date"].strip("{} ")  # where "~" means "about", and is no space
    if not said and fields.get("pubstate"):
        said["year"] = PUBSTATES.get(fields["pubstate"], readable(fields["pubstate"]))
    return when(said)


def bibtex_names(kind: str, fields: Mapping[str, str], date: When) -> dict[str, str]:
    """Return what an entry of the type *kind* has under biblatex's names only, under BibTeX's."""
    found: dict[str, str] = {}
    for name, others in RENAMED.items() if not _DIALECT.isdisjoint(fields) else ():
        if not fields.get(name) and kind in _ONLY_FOR.get(name, (kind,)):
            value = next((fields[other] for other in others if fields.get(other)), "")
            if value:
                found[name] = value
    if date.year and readable(fields.get("year", "")) != date.year:
        found["year"] = date.year
    if not fields.get("month") and date.month:
        found["month"] = MONTHS[date.month - 1]
    return found


def whole_title(fields: Mapping[str, str], name: str = "title", prefix: str = "") -> str:
    """Return a title with its subtitle and addition, in TeX; *name* is ``title`` or ``booktitle``."""
    title, subtitle = fields.get(name, ""), fields.get(f"{prefix}subtitle", "")
    if subtitle:
        title = f"{title}{' ' if _ENDS_SENTENCE.search(title) else ': '}{subtitle}" if title else subtitle
    addition = fields.get(f"{prefix}titleaddon", "")
    if title and addition:
        return f"{title}{' ' if _ENDS_SENTENCE.search(title) else '. '}{addition}"
    return title or addition
