"""HTML in fields, which publishers' pages and their exports leave there: ``<i>``, ``&amp;``, ``&uuml;``."""

from __future__ import annotations

import html
import re
from typing import Final

_MARKUP: Final = re.compile(r"<(i|em|b|strong|sub|sup|inf|tt|scp)(?: [^<>]{0,200})?>([^<>]*)</\1>", re.IGNORECASE)
_KEPT_CASE: Final = re.compile(r"<span class=[\"']?nocase[\"']?>([^<>]*)</span>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:a|span|p|br|small|font|div|title|inline-formula|jats:[a-z-]{1,20}|(?:mml:)?m[a-z]{1,12})"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
"""Tags of publishers' pages whose text alone is kept; those with ``m`` are MathML's."""
_COMMANDS: Final = {
    "i": "emph",
    "em": "emph",
    "b": "textbf",
    "strong": "textbf",
    "tt": "texttt",
    "sub": "textsubscript",
    "inf": "textsubscript",
    "sup": "textsuperscript",
    "scp": "textsc",
}
_ENTITY: Final = re.compile(r"(?:\\|\{\\)?&\}?((?:#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_SPECIAL: Final = {
    "&": r"\&",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\N{NO-BREAK SPACE}": "~",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "\\": r"\textbackslash{}",
}


def tex_of_html(latex: str) -> str:
    """Return *latex* with TeX in the place of HTML; tags that only a program could mean stay as text."""
    if "<" in latex:
        marked = _TAG.sub("", _KEPT_CASE.sub(r"{\1}", latex))
        latex = _MARKUP.sub(_command, _MARKUP.sub(_command, marked))
    return _ENTITY.sub(_sign, latex) if "&" in latex else latex


def _command(found: re.Match[str]) -> str:
    return f"\\{_COMMANDS[found[1].lower()]}{{{found[2]}}}"


def _sign(found: re.Match[str]) -> str:
    sign = html.unescape(f"&{found[1]}")
    return found[0] if sign.startswith("&") and len(sign) > 1 else _SPECIAL.get(sign, sign)
