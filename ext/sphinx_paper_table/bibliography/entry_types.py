"""The types of entries: those of BibTeX and biblatex, which of them stands in for which, and what each asks for.

Oren Patashnik's *BibTeXing* (1988), section 3.1; biblatex's manual, section 2.1, aliases included; biblatex-software's
manual, section 2. No library has these as data. A type that is written stays what it is: others stand in for it only
where a style cannot print it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

STAND_INS: Final[dict[str, tuple[str, ...]]] = {
    "article": (),
    "artwork": (),
    "audio": (),
    "bibnote": (),
    "book": (),
    "bookinbook": ("inbook",),
    "booklet": (),
    "collection": ("book",),
    "commentary": (),
    "conference": ("inproceedings",),
    "customa": (),
    "customb": (),
    "customc": (),
    "customd": (),
    "custome": (),
    "customf": (),
    "dataset": (),
    "electronic": ("online",),
    "image": (),
    "inbook": (),
    "incollection": (),
    "inproceedings": ("conference",),
    "inreference": ("incollection",),
    "jurisdiction": (),
    "legal": (),
    "legislation": (),
    "letter": (),
    "manual": (),
    "mastersthesis": ("thesis",),
    "misc": (),
    "movie": ("video",),
    "music": ("audio",),
    "mvbook": ("book",),
    "mvcollection": ("collection", "book"),
    "mvproceedings": ("proceedings",),
    "mvreference": ("reference", "book"),
    "online": (),
    "patent": (),
    "performance": (),
    "periodical": ("book",),
    "phdthesis": ("thesis",),
    "proceedings": (),
    "reference": ("collection", "book"),
    "report": ("techreport",),
    "review": ("article",),
    "set": (),
    "software": (),
    "softwaremodule": ("software",),
    "softwareversion": ("software",),
    "codefragment": ("software",),
    "standard": (),
    "suppbook": ("inbook",),
    "suppcollection": ("incollection",),
    "suppperiodical": ("article",),
    "techreport": ("report",),
    "thesis": (),
    "unpublished": (),
    "video": (),
    "www": ("online",),
    "xdata": (),
}
"""Every type of BibTeX and biblatex, with what a style that lacks it prints it as; ``misc`` is the last resort."""
CHAPTERS: Final = frozenset({"inbook", "bookinbook", "suppbook"})
"""What BibTeX knows as a part of a book without a title of its own, and biblatex as one with its own title."""
_MASTER: Final = re.compile(r"ma(?:ster|\b|thesis)|m\.?\s?sc|licen[ct]iate|diplom|bachelor|bathesis", re.IGNORECASE)
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "article": ("author|editor", "title", "journal", "year"),
    "book": ("author|editor", "title", "publisher", "year"),
    "collection": ("editor", "title", "year"),
    "inbook": ("author|editor", "title", "chapter|pages|booktitle", "publisher", "year"),
    "incollection": ("author", "title", "booktitle", "publisher", "year"),
    "inproceedings": ("author", "title", "booktitle", "year"),
    "manual": ("title", "year"),
    "mastersthesis": ("author", "title", "school", "year"),
    "patent": ("author", "title", "number", "year"),
    "periodical": ("title", "year"),
    "phdthesis": ("author", "title", "school", "year"),
    "proceedings": ("title", "year"),
    "techreport": ("author", "title", "institution", "year"),
    "thesis": ("author", "title", "school", "year"),
    "set": (),
}
"""Fields that a type asks for, by BibTeX's names; alternatives have a bar between them."""
REQUIRED_OF_OTHERS: Final = ("author|editor", "title", "year")


def required_fields(kind: str) -> tuple[str, ...]:
    """Return what an entry of the type *kind* asks for."""
    names = next((name for name in (kind, *STAND_INS.get(kind, ())) if name in REQUIRED), "")
    return REQUIRED.get(names, REQUIRED_OF_OTHERS)


def canonical(kind: str) -> str:
    """Return the one name of a type that has several: ``conference`` is ``inproceedings``, ``www`` is ``online``."""
    return {"conference": "inproceedings", "electronic": "online", "www": "online", "report": "techreport"}.get(
        kind, kind
    )


def stand_ins(kind: str, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the types that an entry may be printed as, the best first."""
    if kind in CHAPTERS and fields.get("booktitle"):
        yield "incollection"
    else:
        yield kind
    if kind == "thesis":
        yield "mastersthesis" if _MASTER.search(fields.get("type", "")) else "phdthesis"
    yield from STAND_INS.get(kind, ())
    yield "misc"


def printed_type(kind: str, fields: Mapping[str, str], known: Container[str]) -> str:
    """Return the type that a style which knows *known* prints the entry as."""
    if kind in known and kind not in CHAPTERS:
        return kind
    return next((name for name in stand_ins(kind, fields) if name in known), "misc")
