r"""What services write, made safe: one line of bounded length without control characters, and TeX for a field.

Titles come as text with HTML in it (Crossref), with formulas (arXiv) or as TeX (DBLP). HTML becomes TeX or stays text,
formulas stay, and of TeX what could do anything but print is written out: nothing that a service says runs anywhere.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.html_in_fields import tex_of_html
from sphinx_paper_table.bibliography.names import is_others, people
from sphinx_paper_table.bibliography.tex import readable, unknown_commands
from sphinx_paper_table.bibliography.tex_text import ESCAPED, tex_of, tex_of_people
from sphinx_paper_table.services.errors import RefusedError
from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.references import Author

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.database import Person

LONGEST: Final = 1_000
"""Characters of a title, a name, or another line."""
LONGEST_ABSTRACT: Final = 20_000
MOST_AUTHORS: Final = 10_000
_DIRECTIONS: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Signs that are not seen and change what is: they have no place in a title."""
_SPACES: Final = re.compile(r"\s+")
_TAG: Final = re.compile(r"</?(?:jats:)?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>")
_FORMULA: Final = re.compile(r"(?<!\\)\$[^$\n]{1,300}(?<!\\)\$")
_HAS_TEX: Final = re.compile(r"[\\^_{}]")


def line_of(value: Any, service: str, what: str, longest: int = LONGEST) -> str:
    """Return a service's *value* as one line; the empty string where it has none.

    Raises `RefusedError` for what is no text, and for more than *longest* characters.
    """
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise RefusedError(service, f"its answer has no text for the {what}")
    text = str(value)
    if len(text) > longest:
        raise RefusedError(service, f"the {what} has {len(text):,} characters; the limit is {longest:,}")
    seen = unicodedata.normalize("NFC", _DIRECTIONS.sub("", printable(one_line(text))))
    return _SPACES.sub(" ", seen).strip()


def tex_of_text(text: str) -> str:
    """Return a line of text as TeX: formulas stay, HTML becomes TeX, and whatever is special to TeX is text."""
    parts, done = [], 0
    for found in _FORMULA.finditer(text):
        if _HAS_TEX.search(found[0]) and is_balanced(found[0]) and not unknown_commands(found[0]):
            parts += [_escaped(text[done : found.start()]), found[0]]
            done = found.end()
    return "".join((*parts, _escaped(text[done:])))


def _escaped(text: str) -> str:
    found = tex_of_html(text.translate(ESCAPED))
    return found if is_balanced(found) else tex_of(html.unescape(text))


def is_balanced(latex: str) -> bool:
    """Return whether each brace has its other one, as BibTeX counts them: those behind a backslash too."""
    depth = 0
    for sign in latex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def safe_tex(latex: str) -> str:
    """Return TeX of a service as it is where all of its commands are known to print, else as the text that it is."""
    is_safe = is_balanced(latex) and not unknown_commands(latex)
    return latex if is_safe else tex_of_text(readable(latex))


def plain(text: str) -> str:
    """Return an abstract without tags and entities, for comparison with words only."""
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", text))).strip()


def pages_of(written: str) -> str:
    """Return a range of pages as BibTeX writes it: "1--9"."""
    first, dash, last = written.partition("-")
    return f"{tex_of_text(first)}--{tex_of_text(last.lstrip('-'))}" if dash and last else tex_of_text(written)


def name_of(family: str, given: str = "", suffix: str = "") -> str:
    """Return a person, whose names are text, as BibTeX writes it; one name alone is that of a group."""
    name = tex_of_people([Author(html.unescape(given), html.unescape(family))])
    last, comma, first = name.partition(", ")
    return f"{last}, {tex_of(suffix)}, {first}" if suffix and comma else name


def names_of(people_in_order: Iterable[str], service: str) -> str:
    """Return people in TeX, "Given Family" or "Family, Given", as one field in the second form."""
    named = [name for name in people_in_order if name]
    if len(named) > MOST_AUTHORS:
        raise RefusedError(service, f"it names {len(named):,} authors; the limit is {MOST_AUTHORS:,}")
    return " and ".join(_family_first(person) for person, _odd in people(" and ".join(named)))


def _family_first(person: Person) -> str:
    if is_others(person):
        return "others"
    family = " ".join((*person.prelast_names, *person.last_names))
    given = " ".join((*person.first_names, *person.middle_names))
    return ", ".join(part for part in (family, " ".join(person.lineage_names), given) if part)
