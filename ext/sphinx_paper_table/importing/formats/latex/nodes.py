"""LaTeX documents as pylatexenc's nodes: which commands have arguments, and where in the file a node stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pylatexenc.latexwalker import (
    LatexGroupNode,
    LatexMacroNode,
    LatexWalkerError,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import std_environment, std_macro

from sphinx_paper_table.bibliography.tex_walker import TexWalker
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_paper_table.importing.sources import SourceFile

SECTIONS: Final[Mapping[str, int]] = {
    "part": 10,
    "chapter": 20,
    "section": 30,
    "subsection": 40,
    "subsubsection": 50,
    "paragraph": 60,
    "subparagraph": 70,
}
"""Headings with their levels."""
PARENTHETICAL: Final = (
    *("cite", "citep", "parencite", "footcite", "supercite", "autocite", "smartcite", "citealp", "citealt", "fullcite"),
    *("Cite", "Citep", "Parencite", "Autocite", "footcitetext", "footfullcite", "cites", "parencites", "autocites"),
    *(
        "citenum",
        "onlinecite",
        "shortcite",
        "upcite",
        "cites",
        "footcites",
        "smartcites",
        "citelow",
        "textsuperscriptcite",
    ),
)
TEXTUAL: Final = (
    *("citet", "textcite", "Citet", "Textcite", "citeauthor", "citeauthor", "Citeauthor", "textcites", "newcite"),
    *("citeA", "citeNP", "shortciteA", "citename"),
)
WITHOUT_NAME: Final = ("citeyear", "citeyearpar", "citedate", "citetitle", "citeurl", "nocite")
CITING: Final = frozenset({*PARENTHETICAL, *TEXTUAL, *WITHOUT_NAME})
"""Commands that cite, of LaTeX, natbib, biblatex, apacite and the styles of some publishers."""
TABLES: Final[Mapping[str, str]] = {
    "tabular": "[{",
    "tabular*": "{[{",
    "tabularx": "{[{",
    "tabulary": "{{",
    "tabu": "{",
    "longtable": "[{",
    "xltabular": "{[{",
    "supertabular": "{",
}
LISTS: Final = frozenset(
    {"itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum", "asparaitem"}
)
_ARGUMENTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(SECTIONS, "*[{"),
    **dict.fromkeys(CITING, "*[[{"),
    **dict.fromkeys(("input", "include", "subfile", "bibliography", "nobibliography", "bibliographystyle"), "{"),
    **dict.fromkeys(("import", "subimport", "setlength", "setcounter", "addtocounter", "captionof"), "{{"),
    **dict.fromkeys(("addbibresource", "addglobalbib", "addsectionbib", "caption", "makecell", "todo"), "[{"),
    **dict.fromkeys(("vspace", "hspace"), "*{"),
    **dict.fromkeys(("pagestyle", "thispagestyle", "hypersetup", "bstctlcite"), "{"),
    **dict.fromkeys(("rowcolor", "cellcolor", "columncolor", "color"), "[{"),
    **dict.fromkeys(("ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "label", "cline"), "{"),
    **dict.fromkeys(("usepackage", "documentclass", "RequirePackage"), "[{"),
    **dict.fromkeys(("textcolor", "scalebox", "href", "colorbox", "texorpdfstring"), "{{"),
    **dict.fromkeys(("title", "author", "date", "abstract", "keywords", "thanks"), "[{"),
    **dict.fromkeys(("url", "path", "nolinkurl", "footnote", "emph", "textbf", "textit", "texttt", "textsc"), "{"),
    **dict.fromkeys(
        ("underline", "textsl", "textrm", "textsf", "mbox", "enquote", "texttt", "uline", "gls", "fbox"), "{"
    ),
    "includegraphics": "*[{",
    "cmidrule": "[{",
    "resizebox": "*{{{",
    "rotatebox": "[{{",
    "parbox": "[{{",
    "multicolumn": "{{{",
    "multirow": "[{[{[{",
    "bibitem": "[{",
    "item": "[",
    "definecolor": "{{{",
    "newcommand": "*{[[{",
    "renewcommand": "*{[[{",
    "providecommand": "*{[[{",
    "newblock": "",
}
_PLAIN: Final = ("figure", "figure*", "table", "table*", "sidewaystable", "minipage", "adjustbox", "wrapfigure")
"""Environments whose arguments are settings."""


@dataclass(frozen=True, slots=True)
class TexFile:
    """A file with its nodes."""

    name: str
    nodes: Sequence[Any]
    starts: Sequence[int]

    def at(self, node: Any) -> Position:
        """Return where *node* stands."""
        return self.at_offset(node.pos)

    def at_offset(self, place: int) -> Position:
        """Return where the character at *place* stands."""
        line = bisect_right(self.starts, place)
        return Position(self.name, line, place - self.starts[line - 1] + 1)


def parse(source: SourceFile) -> TexFile:
    """Return the nodes of a file; raises `EditError` where braces and environments nest too deeply to be read."""
    starts, place = [0], 0
    for line in source.text.split("\n")[:-1]:
        place += len(line) + 1
        starts.append(place)
    try:
        nodes, _start, _size = TexWalker(source.text, latex_context=_context(), tolerant_parsing=True).get_latex_nodes()
    except (LatexWalkerError, RecursionError, IndexError, ValueError) as error:
        msg = "the document cannot be read as LaTeX"
        hint = "braces and environments nest too deeply, or one of them does not end"
        raise EditError(msg, Position(source.name, 1, 1), hint) from error
    return TexFile(source.name, nodes, starts)


def arguments(node: Any) -> list[Any]:
    """Return the arguments that a command has, without the optional ones that are not given."""
    found = node.nodeargd.argnlist if node.nodeargd is not None else None
    return [argument for argument in found or [] if argument is not None]


def inner(node: Any) -> Sequence[Any]:
    """Return what stands in the braces of an argument."""
    nodes: Sequence[Any] = node.nodelist if isinstance(node, LatexGroupNode) else [node]
    return nodes


def verbatim(node: Any) -> str:
    """Return an argument as it is written, without its braces."""
    text: str = node.latex_verbatim()
    return text[1:-1] if isinstance(node, LatexGroupNode) else text


def walk(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield *nodes* and all within them, in the order of the text."""
    pending = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        if node is None:
            continue
        yield node
        inside = list(getattr(node, "nodelist", None) or ())
        if getattr(node, "nodeargd", None) is not None:
            inside = [*(node.nodeargd.argnlist or ()), *inside]
        pending += reversed(inside)


def holds_block(node: Any) -> bool:
    r"""Return whether a list or table stands in braces: in a group, or in what ``\resizebox`` and the like take."""
    has_braces = isinstance(node, LatexGroupNode) or (isinstance(node, LatexMacroNode) and bool(arguments(node)))
    return has_braces and any(getattr(one, "environmentname", "") in {*TABLES, *LISTS} for one in walk([node]))


def rows(nodes: Sequence[Any]) -> list[list[list[Any]]]:
    """Return the rows of a table, each a list of cells, each a list of nodes."""
    rows: list[list[list[Any]]] = [[[]]]
    for node in nodes:
        if isinstance(node, LatexMacroNode) and node.macroname in {"\\", "tabularnewline"}:
            rows.append([[]])
        elif getattr(node, "specials_chars", "") == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(node)
    return rows


def has_citations(node: Any) -> bool:
    """Return whether something in *node* cites."""
    return any(isinstance(one, LatexMacroNode) and one.macroname in CITING for one in walk([node]))


@cache
def _context() -> Any:
    context = get_default_latex_context_db()
    macros = [std_macro(name, arguments_of) for name, arguments_of in _ARGUMENTS.items()]
    environments = [std_environment(name, "[{") for name in ("minipage", "adjustbox", "wrapfigure")]
    environments += [std_environment(name, "[") for name in (*_PLAIN[:5], *LISTS)]
    environments += [std_environment(name, arguments_of) for name, arguments_of in TABLES.items()]
    environments.append(std_environment("thebibliography", "{"))
    context.add_context_category("documents", macros=macros, environments=environments, prepend=True)
    return context
