"""Readable text to the TeX of a field: what formats other than BibTeX tell, as an entry has to write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.formulas import fault_of
from sphinx_paper_table.survey.references import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.references import Author

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
ESCAPED: Final = str.maketrans(_SPECIAL)
_IN_ADDRESS: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '{}\\ "<>'})
_IN_NAME: Final = re.compile(r"[,;]| and | & ", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<(i|em|b|strong|sub|sup|sc|span)(?:\s[^<>]{0,200})?>([^<>]*)</\1>", re.IGNORECASE)
_FORMULA: Final = re.compile(r"\$[^$\n]{1,400}\$")
_TEX_SIGN: Final = re.compile(r"[\\_^]")
ACRONYM: Final = re.compile(r"\b\w{0,40}[A-Z0-9]\w{0,40}[A-Z]\w{0,40}\b|\b[A-Z]\d\w{0,40}")
"""Words with capitals within, which styles must not make small."""
_COMMANDS: Final = {
    "i": r"\emph",
    "em": r"\emph",
    "b": r"\textbf",
    "strong": r"\textbf",
    "sub": r"\textsubscript",
    "sup": r"\textsuperscript",
    "sc": r"\textsc",
    "span": "",
}
VERBATIM: Final = frozenset({"doi", "eprint", "url"})
"""Fields that are no TeX."""


def tex_of(text: str) -> str:
    """Return *text* with what is special in TeX escaped, on one line."""
    return one_line(printable(text)).strip().translate(ESCAPED)


def tex_of_field(name: str, text: str) -> str:
    """Return the text of a field as an entry writes it.

    Emphasis, subscripts and superscripts, which CSL-JSON and Zotero write in HTML, and formulas between dollar signs
    are kept in titles; words with capitals within are protected from styles that make capitals small.
    """
    plain = one_line(printable(text)).strip()
    if name in VERBATIM:
        return plain.translate(_IN_ADDRESS)
    if "title" not in name:
        return tex_of(_MARKUP.sub(r"\2", plain))
    parts, done = [], 0
    for found in _FORMULA.finditer(plain):
        is_closed = found[0].count("{") == found[0].count("}")
        if _TEX_SIGN.search(found[0]) and is_closed and not fault_of(found[0][1:-1]):
            parts += [_title(plain[done : found.start()]), found[0]]
            done = found.end()
    return "".join((*parts, _title(plain[done:])))


def _title(text: str) -> str:
    parts, done = [], 0
    for found in _MARKUP.finditer(text):
        parts += [_words(text[done : found.start()]), f"{_COMMANDS[found[1].lower()]}{{{_words(found[2])}}}"]
        done = found.end()
    return "".join((*parts, _words(text[done:])))


def _words(text: str) -> str:
    parts, done = [], 0
    for found in ACRONYM.finditer(text):
        parts += [text[done : found.start()].translate(ESCAPED), f"{{{found[0].translate(ESCAPED)}}}"]
        done = found.end()
    return "".join((*parts, text[done:].translate(ESCAPED)))


def tex_of_people(people: Iterable[Author]) -> str:
    """Return names as BibTeX writes them: "Family, Given and Family, Given".

    One of an institution stands in braces, and `OTHERS` as the word that BibTeX has for them.
    """
    return " and ".join(name for person in people if (name := _name(person)))


def _name(person: Author) -> str:
    if person.family == OTHERS:
        return "others"
    family, given = tex_of(person.family), tex_of(person.given)
    if not given or not family:
        whole = family or given
        return f"{{{whole}}}" if " " in whole or _IN_NAME.search(whole) else whole
    if _IN_NAME.search(family):
        family = f"{{{family}}}"
    return f"{family}, {f'{{{given}}}' if _IN_NAME.search(given) else given}"
