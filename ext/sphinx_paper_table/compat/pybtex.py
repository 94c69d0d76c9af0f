"""pybtex (https://bitbucket.org/pybtex-devs/pybtex), 0.26.

It documents styles, plugins, `pybtex.database` and `pybtex.richtext` (https://docs.pybtex.org/api/index.html). What
stands below does the reading in pybtex/database/input/bibtex.py, whose documented `Parser` stops at the first duplicate
key. Needless when that goes on.

- `LowLevelParser`: the scanner of entries; the bibliography's reader inherits from it.
- `UndefinedMacro`: raised for an ``@string`` that is not there; `SkipEntry`: its signal for ``@comment``.
- `month_names`: the ``@string`` that are always there.
- `PybtexSyntaxError`, `PrematureEOF` (pybtex/scanner.py): what the scanner and LaTeX in a field raise;
  `ScannerPattern`: what it looks for between the parts of an entry.
- `CaseInsensitiveDict` (pybtex/utils.py): what the scanner expects ``@string`` in; `OrderedCaseInsensitiveDict`: what
  an entry has its people in.
- `normalize_whitespace` (pybtex/textutils.py), `split_name_list` (pybtex/bibtex/utils.py): as the documented parser
  treats values and names.
- `FieldIsMissing` (pybtex/style/template.py): raised by styles; `field`, `first_of`, `href`, `join`, `node`,
  `optional`, `optional_field`, `sentence`, `tag`, `together`, `words`: what templates of styles are written in,
  pybtex's own and those of every project that has one.
- `pybtex.database.Person`: `person_with` sets its documented attributes without its parser of names.
"""

from __future__ import annotations

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, UndefinedMacro, month_names
from pybtex.scanner import Pattern as ScannerPattern
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from pybtex.style.template import (
    FieldIsMissing,
    field,
    first_of,
    href,
    join,
    node,
    optional,
    optional_field,
    sentence,
    tag,
    together,
    words,
)
from pybtex.textutils import normalize_whitespace
from pybtex.utils import CaseInsensitiveDict, OrderedCaseInsensitiveDict

__all__ = [
    "CaseInsensitiveDict",
    "FieldIsMissing",
    "LowLevelParser",
    "OrderedCaseInsensitiveDict",
    "PrematureEOF",
    "PybtexSyntaxError",
    "ScannerPattern",
    "SkipEntry",
    "UndefinedMacro",
    "field",
    "first_of",
    "href",
    "join",
    "month_names",
    "node",
    "normalize_whitespace",
    "optional",
    "optional_field",
    "person_of",
    "person_with",
    "sentence",
    "split_name_list",
    "tag",
    "together",
    "words",
]


def person_with(first: list[str], middle: list[str], prelast: list[str], last: list[str], lineage: list[str]) -> Person:
    """Return the person whose name has these parts; pybtex's own class looks for parts in a text first."""
    person = Person.__new__(Person)
    person.first_names, person.middle_names, person.last_names = first, middle, last
    person.prelast_names, person.lineage_names = prelast, lineage
    return person


def person_of(family: str, given: list[str]) -> Person:
    """Return what pybtex makes of "Family, Given Middle", in a tenth of its time: names are most of a bibliography."""
    return person_with(given[:1], given[1:], [], [family], [])
