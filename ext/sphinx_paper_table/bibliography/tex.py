r"""The TeX that fields hold, taken apart: into text, formulas, emphasis, raised and lowered text, links.

pylatexenc reads it and knows what commands stand for. pybtex's own reader, which styles use, drops the braces of
formulas, leaves commands such as ``\emph`` in the text, and ends at a percent sign; latexcodec, on which it is built,
knows fewer commands. Most fields have no command: these are not given to a parser at all.
"""

from __future__ import annotations

import logging
import re
import string
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
    LatexWalkerError,
)
from pylatexenc.latexwalker import get_default_latex_context_db as walker_context
from pylatexenc.macrospec import std_macro

from sphinx_paper_table.bibliography.formulas import scripted, unicode_formula
from sphinx_paper_table.bibliography.html_in_fields import tex_of_html
from sphinx_paper_table.bibliography.tex_commands import CROSS_REFERENCES, SYMBOLS, WITHOUT_TEXT
from sphinx_paper_table.bibliography.tex_walker import TexWalker
from sphinx_paper_table.bibliography.twice_escaped import once_escaped
from sphinx_paper_table.survey.addresses import is_linkable, scheme_of
from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.formulas import fault_of
from sphinx_paper_table.survey.tex_escapes import percent_escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
"""It tells programmers of TeX that it cannot read, without a place; the readers here tell authors, with one."""


class Kind(Enum):
    """What a piece of a field is."""

    TEXT = "text"
    MATH = "formula"
    GROUP = "group in braces, whose case styles keep"
    EMPHASIS = "em"
    STRONG = "strong"
    CODE = "tt"
    RAISED = "sup"
    LOWERED = "sub"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a field: ``text`` is what a text says, the TeX of a formula, or the address of a link."""

    kind: Kind
    text: str = ""
    parts: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A field taken apart, and the commands in it that nobody knows."""

    pieces: tuple[Piece, ...]
    unknown: tuple[str, ...] = ()


_ARGUMENTS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.EMPHASIS: ("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "uline"),
    Kind.STRONG: ("textbf", "mkbibbold", "strong"),
    Kind.CODE: ("texttt", "code"),
    Kind.RAISED: ("textsuperscript", "mkbibsuperscript"),
    Kind.LOWERED: ("textsubscript", "mkbibsubscript"),
    Kind.GROUP: (
        *("textrm", "textsf", "textsc", "textmd", "textup", "textnormal", "mathrm", "mathit", "mathsf", "text", "mbox"),
        *(
            "hbox",
            "NoCaseChange",
            "MakeLowercase",
            "MakeUppercase",
            "textnohyphens",
            "noopsort",
            "bibinfo",
            "textquote",
            "acro",
        ),
    ),
}
"""Commands with an argument, by what they make of it."""
_SWITCHES: Final[dict[str, Kind]] = {
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), Kind.EMPHASIS),
    **dict.fromkeys(("bf", "bfseries"), Kind.STRONG),
    **dict.fromkeys(("tt", "ttfamily"), Kind.CODE),
    **dict.fromkeys(("rm", "sf", "sc", "scshape", "rmfamily", "sffamily", "normalfont", "upshape"), Kind.GROUP),
}
"""Commands that hold to the end of their group."""
_BY_NAME: Final = {name: kind for kind, names in _ARGUMENTS.items() for name in names}
_QUOTING: Final = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
}
_BELOW: Final = {"textcommabelow": "\u0326", "ocirc": "\u030a"}
"""Commands for accents that pylatexenc 2.11 does not know."""
_ACCENTS: Final = frozenset("^~\"'`")
"""Commands for accents that stand for their own sign over nothing (``2\\^{}n``)."""
_SPECIALS: Final = {"~": "\u00a0", "``": "“", "''": "”", "--": "–", "---": "—", "!`": "¡", "?`": "¿", "\n\n": " "}
_TYPED: Final = re.compile(r"---?|``|''|~")
_ORDINARY: Final = re.compile(r"(?:[\w .,:;()/]++|-(?!-)|'(?!'))*+")
"""A text of which every sign stands for itself, and on one line."""
_COMMAND: Final = re.compile(r"[\\$%<]|&#?\w+;")
_BRACE: Final = re.compile(r"[{}]")
_PRICE: Final = re.compile(r"\d[\d,.]{0,20}(?:\s{1,3}[A-Za-z]{2,40}){1,20}[^\\^_$]{0,1000}")
_IN_ADDRESS: Final = re.compile(r"\\([%&#_$~{}\\])|\\(?:textasciitilde|url)\s*(?:\{\})?|[{}\s]")
_CLEAN_ADDRESS: Final = re.compile(r"(?:https?://)?[\w./-]*+(?<!and)", re.ASCII)
"""An address that is written as browsers read it."""
_BEFORE_ANOTHER: Final = re.compile(r"(?:\\n|\\?%5[Cc]n|(?<=[\s}]))(?=(?:\{|\\url\{)?(?:https?|ftp|papers\d)://)")
_WITHOUT_BRACES: Final = str.maketrans("", "", "{}")
_DEEPEST: Final = 60
"""Braces within braces; of a field with more, the text alone is kept."""


def readable(latex: str) -> str:
    """Return *latex* as a line of Unicode text, formulas too; never raises."""
    if _ORDINARY.fullmatch(latex):
        return latex  # as nearly all are
    if _COMMAND.search(latex) is None:
        text = _typed(latex.translate(_WITHOUT_BRACES))
        return one_line(printable(text)).replace("\u00a0", " ")
    return _readable(latex)


@lru_cache(maxsize=20_000)
def _readable(latex: str) -> str:
    text = plain_text(parse(latex).pieces)
    return " ".join(one_line(printable(text)).replace("\u00a0", " ").split(" "))


def text_and_formulas(latex: str, math: frozenset[str] = frozenset()) -> tuple[tuple[str, bool], ...]:
    """Return *latex* in parts, each with whether it is the TeX of a formula; empty where there is no formula.

    *math* are the commands that a project allows in formulas in addition.
    """
    if _COMMAND.search(latex) is None:
        return ()
    found: list[tuple[str, bool]] = []
    for text, is_formula in _flat(parse(latex, math).pieces):
        if found and found[-1][1] == is_formula is False:
            found[-1] = (found[-1][0] + text, False)
        else:
            found.append((text, is_formula))
    cleaned = ((printable(text).replace("\u00a0", " ").replace("\n", " "), flag) for text, flag in found)
    return tuple(cleaned) if any(flag for _text, flag in found) else ()


def _flat(pieces: Sequence[Piece]) -> list[tuple[str, bool]]:
    found = []
    for piece in pieces:
        if piece.kind is Kind.MATH:
            found.append((piece.text, True))
        elif any(part.kind is not Kind.TEXT for part in piece.parts) and piece.kind not in {Kind.RAISED, Kind.LOWERED}:
            found += _flat(piece.parts)
        else:
            found.append((plain_text((piece,)), False))
    return found


def plain_text(pieces: Sequence[Piece]) -> str:
    """Return what *pieces* say, as Unicode text."""
    return "".join(map(_plain, pieces))


def _plain(piece: Piece) -> str:
    if piece.kind is Kind.TEXT:
        return piece.text
    if piece.kind is Kind.MATH:
        return unicode_formula(piece.text)
    inner = plain_text(piece.parts)
    if piece.kind in {Kind.RAISED, Kind.LOWERED}:
        return scripted(inner, "^" if piece.kind is Kind.RAISED else "_")
    return inner


def unknown_commands(latex: str) -> tuple[str, ...]:
    """Return the commands in *latex* that are not known, without their backslashes."""
    return parse(latex).unknown if "\\" in latex else ()


def parse(latex: str, math: frozenset[str] = frozenset()) -> Parsed:
    """Return *latex* taken apart; whatever cannot be read is text, and nothing of it is lost.

    A formula has the commands of records' formulas and those in *math*; one that has others is text.
    """
    return _parsed(latex, math)


@lru_cache(maxsize=20_000)
def _parsed(latex: str, math: frozenset[str]) -> Parsed:
    if _is_deep(latex):
        return Parsed((Piece(Kind.TEXT, _typed(latex.translate(_WITHOUT_BRACES))),))
    reader = _Reader(math)
    source = percent_escaped(printable(tex_of_html(once_escaped(latex))))
    try:
        nodes = TexWalker(source, latex_context=_context(), tolerant_parsing=True).get_latex_nodes()[0]
        return Parsed(tuple(reader.pieces(nodes)), tuple(dict.fromkeys(reader.unknown)))
    except (LatexWalkerError, RecursionError, IndexError, ValueError):
        return Parsed((Piece(Kind.TEXT, latex.translate(_WITHOUT_BRACES)),))


def _is_deep(latex: str) -> bool:
    depth = deepest = 0
    for brace in _BRACE.findall(latex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _typed(text: str) -> str:
    """Return *text* with the signs that TeX makes of several."""
    return _TYPED.sub(lambda found: _SPECIALS[found[0]], text)


@cache
def _context() -> Any:
    """Return the commands that have arguments."""
    context = walker_context()
    taking_one = ("url", "path", "ensuremath", *_QUOTING, "footnote", "phantom", "vphantom", "hphantom")
    macros = [std_macro(name, "{") for name in (*_BY_NAME, *taking_one, *_BELOW)]
    macros += [std_macro(name, "{{") for name in ("href", "textcolor", "texorpdfstring", "foreignlanguage")]
    macros += [std_macro(name, "") for name in _SWITCHES]
    context.add_context_category("bibliography", macros=macros, prepend=True)
    return context


@cache
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True, latex_context=get_default_latex_context_db())


class _Reader:
    """Makes pieces of pylatexenc's nodes."""

    def __init__(self, math: frozenset[str]) -> None:
        self.unknown: list[str] = []
        self.math = math

    def pieces(self, nodes: Sequence[Any]) -> list[Piece]:
        """Return the pieces of *nodes*."""
        found: list[Piece] = []
        for number, node in enumerate(nodes):
            if isinstance(node, LatexMacroNode) and (kind := _SWITCHES.get(node.macroname)):
                return [*found, Piece(kind, "", tuple(self.pieces(nodes[number + 1 :])))]
            following = nodes[number + 1] if number + 1 < len(nodes) else None
            found += self._piece(node, following)
        return found

    def _piece(self, node: Any, following: Any) -> list[Piece]:
        if isinstance(node, LatexCharsNode):
            return [Piece(Kind.TEXT, node.chars.replace("\n", " "))]
        if isinstance(node, LatexSpecialsNode):
            return [Piece(Kind.TEXT, _SPECIALS.get(node.specials_chars, node.specials_chars))]
        if isinstance(node, LatexGroupNode):
            return [self._group(Kind.GROUP, node.nodelist)]
        if isinstance(node, LatexMathNode):
            return [self._formula(node)]
        if isinstance(node, LatexMacroNode):
            return self._command(node, following)
        return [Piece(Kind.TEXT, node.latex_verbatim())]

    def _group(self, kind: Kind, nodes: Sequence[Any], address: str = "") -> Piece:
        return Piece(kind, address, tuple(self.pieces(nodes)))

    def _command(self, node: Any, following: Any) -> list[Piece]:
        name = node.macroname
        arguments = [argument for argument in node.nodeargd.argnlist if argument is not None] if node.nodeargd else []
        if name in WITHOUT_TEXT:
            return []
        if name in _ACCENTS and arguments and not _verbatim(arguments[0]).strip():
            return [Piece(Kind.TEXT, name)]
        return (self._with_arguments(name, arguments) if arguments else None) or self._sign(node, following)

    def _with_arguments(self, name: str, arguments: Sequence[Any]) -> list[Piece] | None:
        """Return what a known command makes of its arguments; None of another one."""
        if name in _BY_NAME:
            return [self._group(_BY_NAME[name], _inner(arguments[0]))]
        if name in {"url", "path", "href", "ensuremath"}:
            return [self._formula_of(_verbatim(arguments[0])) if name == "ensuremath" else self._link(arguments)]
        if name in _QUOTING:
            begin, end = _QUOTING[name]
            return [Piece(Kind.TEXT, begin), *self.pieces(_inner(arguments[0])), Piece(Kind.TEXT, end)]
        if name in _BELOW:
            inner = plain_text(self.pieces(_inner(arguments[0])))
            return [Piece(Kind.TEXT, normalize("NFC", inner[:1] + _BELOW[name] + inner[1:]))]
        if len(arguments) > 1 and name in {"textcolor", "texorpdfstring", "foreignlanguage"}:
            return self.pieces(_inner(arguments[0 if name == "texorpdfstring" else 1]))
        return None

    def _sign(self, node: Any, following: Any) -> list[Piece]:
        """Return what a command for a sign stands for; of an unknown one its argument, else its name."""
        name: str = node.macroname
        if name in SYMBOLS:
            return [Piece(Kind.TEXT, SYMBOLS[name])]
        known = _converter().latex_context
        if known.get_macro_spec(name) is not None and name not in CROSS_REFERENCES:
            return [Piece(Kind.TEXT, str(_converter().macro_node_to_text(node)).replace("\n", " ") or " ")]
        if name.startswith("text") and known.get_macro_spec(name.removeprefix("text")) is not None:  # \textalpha
            return [Piece(Kind.TEXT, unicode_formula(f"\\{name.removeprefix('text')}"))]
        if name in name2codepoint:  # \nbsp, \rsquo: ADS makes commands of HTML's entities
            return [Piece(Kind.TEXT, chr(name2codepoint[name]))]
        if name:
            self.unknown.append(name)
        arguments = [argument for argument in node.nodeargd.argnlist if argument is not None] if node.nodeargd else []
        if arguments:
            return [self._group(Kind.GROUP, _inner(arguments[-1]))]
        has_argument = isinstance(following, LatexGroupNode) and following.nodelist
        return [] if has_argument else [Piece(Kind.TEXT, name or "\\")]

    def _link(self, arguments: Sequence[Any]) -> Piece:
        address = clean_address(_verbatim(arguments[0]))
        shown = self.pieces(_inner(arguments[1])) if len(arguments) > 1 else [Piece(Kind.TEXT, address)]
        kind = Kind.LINK if scheme_of(address) and is_linkable(address) else Kind.GROUP
        return Piece(kind, address, tuple(shown or [Piece(Kind.TEXT, address)]))

    def _formula(self, node: Any) -> Piece:
        """Return a formula, or text where a dollar sign is a currency's."""
        text, (begin, end) = node.latex_verbatim(), node.delimiters
        tex = text[len(begin) : -len(end)]
        if not text.endswith(end) or len(text) < len(begin) + len(end) or _PRICE.fullmatch(tex) or not tex.strip():
            return Piece(Kind.TEXT, text)
        return self._formula_of(tex.strip())

    def _formula_of(self, tex: str) -> Piece:
        """Return *tex* as a formula; what has no place in those of records has none here, and its words are kept."""
        return Piece(Kind.TEXT, unicode_formula(tex)) if fault_of(tex, self.math) else Piece(Kind.MATH, tex)


def _inner(node: Any) -> Sequence[Any]:
    nodes: Sequence[Any] = node.nodelist if isinstance(node, LatexGroupNode) else [node]
    return nodes


def _verbatim(node: Any) -> str:
    text: str = node.latex_verbatim()
    return text[1:-1] if isinstance(node, LatexGroupNode) and text.endswith("}") else text


def _without_link_words(text: str) -> str:
    """Return *text* without commas, semicolons and "and" at its end."""
    while (bare := text.rstrip(f"{string.whitespace},;")).endswith("and") and not (bare[-4:-3] or " ").isalnum():
        text = bare[:-3]
    return bare


def clean_address(latex: str) -> str:
    r"""Return an address as browsers read it: without ``\url{}``, escapes, braces and line breaks, its scheme in small.

    Of several addresses, which Mendeley writes into one field, it is the first. Quotation marks and brackets are
    written as URLs ask for them (RFC 3986, section 2.1).
    """
    if _CLEAN_ADDRESS.fullmatch(latex):
        return latex
    parts = _BEFORE_ANOTHER.split(latex)
    first = _without_link_words(next((part for part in parts if "://" in part), parts[0]))
    bare = _IN_ADDRESS.sub(lambda found: found[1] or ("~" if "tilde" in found[0] else ""), first.strip(' \t\n"<>'))
    bare = bare.replace("&amp;", "&")
    for sign, code in (('"', "%22"), ("<", "%3C"), (">", "%3E"), ("\\", "%5C"), ("^", "%5E"), ("`", "%60")):
        bare = bare.replace(sign, code)
    scheme = scheme_of(bare)
    return scheme + bare[len(scheme) :] if scheme and bare[: len(scheme)].lower() == scheme else bare
