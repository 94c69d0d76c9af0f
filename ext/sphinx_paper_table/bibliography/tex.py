"""LaTeX, as the fields of BibTeX hold it, to text for readers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pybtex.richtext import Text

from sphinx_paper_table.compat.pybtex import PybtexSyntaxError
from sphinx_paper_table.survey.characters import one_line, printable

_WITHOUT_BRACES: Final = str.maketrans("", "", "{}")
_NEEDED: Final = re.compile(r"[\\{}~]|--")
_STYLE: Final = re.compile(r"\\(?:emph|text\w+|url)\s*\{")
_HREF: Final = re.compile(r"\\href\s*\{[^{}]*\}\s*\{")


def readable(latex: str) -> str:
    r"""Return *latex* as Unicode text; formulas stay as ``$…$``."""
    return _decoded(latex) if _NEEDED.search(latex) else latex


@lru_cache(maxsize=50_000)
def _decoded(latex: str) -> str:
    try:
        text = str(Text.from_latex(_STYLE.sub("{", _HREF.sub("{", latex))))
    except (PybtexSyntaxError, RecursionError):  # a part of a name that was cut within braces, or braces without end
        text = latex.translate(_WITHOUT_BRACES)
    return one_line(printable(text))
