r"""TeX that an exporter has escaped once more: ``LiGaO\_\{2\}``, ``\$\alpha\$`` with ``\textbackslash{}``.

Zotero, Better BibTeX and Mendeley take what stands in a title for plain text. What comes of TeX in one is so unlike
anything that people write that it can be told: formulas between two escaped dollars, scripts with escaped braces, and
a written-out backslash before the name of a sign.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pylatexenc.latex2text import get_default_latex_context_db

_MAY_BE: Final = re.compile(r"\\\$|\\[_^]|backslash|asciicircum")
_BACKSLASH: Final = (
    r"(?:\{\\textbackslash\}|\\textbackslash(?:\{\}|\s|(?![A-Za-z]))|\{\$\\backslash ?\$\}|\$\\backslash ?\$)"
)
_COMMAND: Final = re.compile(rf"{_BACKSLASH}([A-Za-z]{{2,20}})(\{{\w)?")
_DOLLAR: Final = r"(?:\{\\\$\}|\\\$){1,2}"
_FORMULA: Final = re.compile(rf"{_DOLLAR}((?:[^$\\]|\\[^$]|\$[\\<>=/|a-z]{{1,12}}\$){{1,400}}?){_DOLLAR}")
_HAS_TEX: Final = re.compile(r"\\[_^{]|backslash|asciicircum|^[A-Za-z]$")
_CARET: Final = r"(?:\{\\\^(?:\{\})?\}|\\\^(?:\{\})?|\{\\textasciicircum\}|\\textasciicircum(?:\{\}|(?![A-Za-z])))"
_SCRIPT: Final = re.compile(rf"(\{{\\_\}}|\\_|{_CARET})(?:\{{\\\{{\}}|\\\{{)([^{{}}$\\]{{1,40}})(?:\{{\\\}}\}}|\\\}})")
_LONGEST: Final = 10_000
"""Characters of a text that is looked at; no title has as many."""
_LONE: Final = re.compile(r"\\\{(\\[A-Za-z]{2,20}\{\})\\\}")
_SIGNS: Final = (
    (re.compile(r"\{\\([{}])\}|\\([{}])"), lambda found: found[1] or found[2]),
    (re.compile(r"\{\\_\}|\\_"), lambda _found: "_"),
    (re.compile(_CARET), lambda _found: "^"),
    (re.compile(_BACKSLASH), lambda _found: "\\"),
    (re.compile(r"\{\$([^$]{1,12})\$\}|\$([^$]{1,12})\$"), lambda found: found[1] or found[2]),
)


def once_escaped(latex: str) -> str:
    """Return *latex* with the TeX in it that has been escaped as if it were text; anything else is left as it is."""
    if len(latex) > _LONGEST or _MAY_BE.search(latex) is None:
        return latex
    found = _FORMULA.sub(_formula, latex)
    found = _SCRIPT.sub(_script, found)
    return _LONE.sub(r"\1", _COMMAND.sub(_sign, found))


def _formula(found: re.Match[str]) -> str:
    inner = found[1]
    if _HAS_TEX.search(inner) is None:
        return found[0]
    for pattern, sign in _SIGNS:
        inner = pattern.sub(sign, inner)
    return f"${inner}$" if _is_balanced(inner) else found[0]


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _script(found: re.Match[str]) -> str:
    return f"\\text{'sub' if '_' in found[1] else 'super'}script{{{found[2]}}}"


def _sign(found: re.Match[str]) -> str:
    """Return the command, where it is one for a sign or for the look of what stands in the braces behind it."""
    name, argument = found[1], found[2] or ""
    if argument and (name == "emph" or (name.startswith("text") and name != "textbackslash")):
        return f"\\{name}{argument}"
    return f"\\{name}{{}}{argument}" if name in _sign_names() else found[0]


@cache
def _sign_names() -> frozenset[str]:
    categories = get_default_latex_context_db().iter_macro_specs()
    return frozenset(
        spec.macroname
        for spec in categories
        if spec.macroname.isalpha() and isinstance(spec.simplify_repl, str) and len(spec.simplify_repl) == 1
    )
