r"""TeX formulas to Unicode that reads well: ``\sqrt{s}=10^{-3}`` becomes "√s=10⁻³".

pylatexenc knows the commands. Raised and lowered text is written with Unicode's own characters where it has them all,
see the decompositions ``<super>`` and ``<sub>`` of its character database, else as ``^(…)`` and ``_(…)``.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError, get_default_latex_context_db

from sphinx_paper_table.bibliography.tex_walker import TexWalker

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT: Final = re.compile(r"([\^_])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s\\{}]))")
_SPACING: Final = re.compile(
    r"\\(?:[,;:! ]|q?quad(?![A-Za-z])|displaystyle(?![A-Za-z])|left(?![A-Za-z])|right(?![A-Za-z]))"
)
_OPERATOR: Final = re.compile(r"\\(log|ln|sin|cos|tan|exp|min|max|lim|det|dim|arg|sup|inf|gcd|Pr|deg|mod)(?![A-Za-z])")
_ROOT: Final = re.compile(r"√\((\w|[^\W\d_])\)")
_APART: Final = "\ufdd2"
"""Parts a command from what follows it."""
_MARKS: Final = {"^": "\ufdd0", "_": "\ufdd1"}
"""What stands for the two signs until the end, where they are text; Unicode has these for use within programs."""
_LONGEST: Final = 4000
"""Characters of a formula that is written in Unicode; a longer one stays TeX."""
_MOST_SCRIPTS: Final = 20
"""How deep raised and lowered text may be nested."""


@cache
def _scripts() -> dict[str, Mapping[int, str]]:
    """Return, for ``^`` and ``_``, the characters that Unicode has raised and lowered ones of."""
    found: dict[str, dict[int, str]] = {"^": {}, "_": {}}
    for code in range(sys.maxunicode // 8):
        kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in {"<super>", "<sub>"} and " " not in plain:
            found["^" if kind == "<super>" else "_"].setdefault(int(plain, 16), chr(code))
    for signs in found.values():
        signs[ord("-")] = signs.get(ord("−"), "-")
    found["^"] |= {0x2217: "*", ord("*"): "*", 0x2032: "\u2032", 0x2218: "°", ord("°"): "°", ord("†"): "†"}
    return dict(found)


@lru_cache(maxsize=10_000)
def unicode_formula(tex: str) -> str:
    """Return the formula *tex*, without its dollar signs, as Unicode text; never raises."""
    if len(tex) > _LONGEST:
        return tex
    text = _SPACING.sub("~", tex.replace(r"\left.", "").replace(r"\right.", ""))
    text = _OPERATOR.sub(r"~\\\1~", text)
    for _ in range(_MOST_SCRIPTS):
        scripted = _SCRIPT.sub(_script, text)
        if scripted == text:
            break
        text = scripted
    found = _ROOT.sub(r"√\1", _converted(text))
    for sign, mark in _MARKS.items():
        found = found.replace(mark, sign)
    return unicodedata.normalize("NFC", " ".join(found.replace(_APART, "").split()))


def scripted(text: str, sign: str) -> str:
    """Return *text* raised (``^``) or lowered (``_``) where Unicode has all its characters so, else as it is."""
    signs = _scripts()[sign]
    return text.translate(signs) if all(ord(letter) in signs for letter in text) else text


def _script(found: re.Match[str]) -> str:
    inner = " ".join(_converted(found[2] if found[2] is not None else found[3]).split())
    signs = _scripts()[found[1]]
    if all(ord(sign) in signs for sign in inner):
        return f"{_APART}{inner.translate(signs)}"
    mark = _MARKS[found[1]]
    return f"{_APART}{mark}{inner}" if len(inner) == 1 else f"{_APART}{mark}({inner})"


def _converted(tex: str) -> str:
    if tex.isascii() and tex.isalnum():
        return tex
    try:
        nodes = TexWalker(tex, latex_context=_context(), tolerant_parsing=True).get_latex_nodes()[0]
        text: str = _converter().nodelist_to_text(nodes)
    except (LatexWalkerError, RecursionError, IndexError, ValueError):
        return tex.translate(_WITHOUT_BRACES)
    return text


_WITHOUT_BRACES: Final = str.maketrans("", "", "{}\\")


@cache
def _context() -> Any:
    """Return the commands that pylatexenc knows; it would make them anew for each formula."""
    return get_default_latex_context_db()


@cache
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True)
