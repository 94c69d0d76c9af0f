"""The words of a LaTeX document in Markdown: emphasis, links, formulas and citations stay what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
)

from sphinx_paper_table.bibliography.formulas import unicode_formula
from sphinx_paper_table.bibliography.tex import clean_address, readable
from sphinx_paper_table.bibliography.tex_commands import WITHOUT_TEXT
from sphinx_paper_table.importing.formats.latex.nodes import CITING, TEXTUAL, arguments, inner, verbatim
from sphinx_paper_table.importing.free_text.inline_text import as_markdown
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.characters import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.survey.located import Position

_MARKS: Final = {
    **dict.fromkeys(("emph", "textit", "textsl", "uline", "underline"), "*"),
    **dict.fromkeys(("textbf", "textsc"), "**"),
}
_CODE: Final = frozenset({"texttt", "path", "verb"})
_LINKING: Final = frozenset({"url", "href", "nolinkurl"})
_PLAIN: Final = frozenset(
    {"textrm", "textsf", "mbox", "textcolor", "makecell", "parbox", "scalebox", "resizebox", "rotatebox", "multirow"}
    | {"multicolumn", "gls", "texorpdfstring", "colorbox", "textmd", "textup", "textnormal", "text", "todo", "fbox"}
)
"""Commands whose last argument is text."""
_AROUND: Final = {
    **dict.fromkeys(_PLAIN, ("", "")),
    **dict.fromkeys(("footnote", "footnotetext", "thanks"), (" (", ")")),
    "enquote": ("“", "”"),
}
"""What stands before and after the text of a command."""
_REFERRING: Final = frozenset({"ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "vref", "subref"})
_SILENT: Final = frozenset(
    {
        *("label", "vspace", "hspace", "centering", "noindent", "small", "footnotesize", "scriptsize", "tiny", "large"),
        *("hline", "toprule", "midrule", "bottomrule", "cline", "cmidrule", "rowcolor", "cellcolor", "color", "xspace"),
        *("columncolor", "addlinespace", "arrayrulecolor", "specialrule", "morecmidrules", "tablename", "figurename"),
        *(
            "protect",
            "maketitle",
            "tableofcontents",
            "setlength",
            "setcounter",
            "addtocounter",
            "pagestyle",
            "raggedright",
        ),
        *("thispagestyle", "hypersetup", "bibliographystyle", "bibliography", "bstctlcite", "item", "normalsize"),
        *("appendix", "balance", "newline", "linebreak", "pagebreak", "clearpage", "newpage", "arraystretch", "Large"),
        *("boldmath", "unboldmath", "columnwidth", "textwidth", "linewidth", "hfill", "vfill", "quad", "qquad", "null"),
        *("addcontentsline", "acknowledgments", "endfirsthead", "endhead", "endfoot", "endlastfoot", "rule", "huge"),
        *("bf", "it", "em", "tt", "sc", "rm", "sf", "bfseries", "itshape", "ttfamily", "definecolor", "newblock"),
        *("onehalfspacing", "doublespacing", "singlespacing", "flushbottom", "raggedbottom", "sloppy", "frenchspacing"),
        *("frontmatter", "mainmatter", "backmatter", "IEEEpeerreviewmaketitle", "vskip", "hskip", "parindent", "else"),
        *("twocolumn", "onecolumn", "center", "centerline", "ignorespaces", "relax", "fi", "leavevmode", "indent"),
        *(
            "listoffigures",
            "listoftables",
            "printbibliography",
            "midsloppy",
            "allowdisplaybreaks",
            "unskip",
            "nonumber",
        ),
        *("usepackage", "documentclass", "newcommand", "renewcommand", "providecommand", "addbibresource"),
    }
)
"""Commands that print nothing."""
_SPECIALS: Final = {"~": " ", "``": "“", "''": "”", "--": "–", "---": "—", "\n\n": " ", "!`": "¡", "?`": "¿", "&": " "}
_SPACES: Final = {
    **dict.fromkeys(("\\", "newline", "par"), "\n"),
    **dict.fromkeys((" ", ",", ";", ":", ">", "\n", "\t"), " "),
    **dict.fromkeys(("!", "/", "@", "-"), ""),
    **dict.fromkeys(("and", "And"), "; "),
}
"""Commands that part words, and those that do not."""
_FORMULAS: Final = frozenset(
    {"equation", "equation*", "align", "align*", "displaymath", "math", "gather", "gather*", "eqnarray", "eqnarray*"}
    | {"multline", "multline*", "flalign", "alignat"}
)
_SEPARATOR: Final = re.compile(r"[\s,]+")
_LABEL: Final = re.compile(r"\\(?:label|nonumber|notag)(?:\{[^{}]{0,200}\})?")
_BEFORE_STOP: Final = re.compile(r" (?=[.,;:)](?:\s|\Z))")
_MARK: Final = re.compile(r"(?<!\\)\*{1,3}|`|\\([^\w\s])")
_EMPTY: Final = re.compile(r"[(\[][\s,;]{0,20}[)\]]")
_HEAD_END: Final = re.compile(r"[:.\n]|\s[-–—]\s")
_MOST_MACROS: Final = 500
_DEEPEST: Final = 20


def keys_in(text: str) -> list[str]:
    """Return the keys that a command cites."""
    return [key for key in _SEPARATOR.split(text.strip()) if key]


@dataclass(frozen=True, slots=True)
class _Citation:
    keys: tuple[str, ...]
    is_textual: bool

    def __str__(self) -> str:
        targets = ",".join(quote(key, safe="") for key in self.keys)
        return f"[{as_markdown(', '.join(self.keys))}](cite{'-t' if self.is_textual else ''}:{targets})"


@dataclass(frozen=True, slots=True)
class _Formula:
    tex: str

    def __str__(self) -> str:
        return f"${self.tex}$"


@dataclass(slots=True)
class Passage:
    """A paragraph, an item or a cell: its words in Markdown, and the keys that it cites."""

    parts: list[str | _Citation | _Formula] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    position: Position | None = None

    def markdown(self, *, with_citations: bool) -> str:
        """Return its words as one line."""
        text = "".join(str(part) for part in self.parts if with_citations or not isinstance(part, _Citation))
        return _tidy(text if with_citations else _EMPTY.sub("", text))

    def plain(self) -> str:
        """Return its words without citations, mark-up and formulas as readers can read them."""
        words = (
            unicode_formula(part.tex) if isinstance(part, _Formula) else _MARK.sub(r"\1", part)
            for part in self.parts
            if not isinstance(part, _Citation)
        )
        return _tidy(_EMPTY.sub("", "".join(words)))

    def head(self) -> tuple[str, str]:
        """Return the words that stand before the first citation, line or stop, as plain text, and all after them."""
        first = next((n for n, part in enumerate(self.parts) if isinstance(part, _Citation)), len(self.parts))
        head, rest = Passage(), Passage(list(self.parts[first:]))
        for number, part in enumerate(self.parts[:first]):
            found = _HEAD_END.search(part) if isinstance(part, str) and head.plain() else None
            if found is not None and isinstance(part, str):
                head.parts.append(part[: found.start()])
                rest.parts = [part[found.end() :], *self.parts[number + 1 :]]
                break
            head.parts.append(part.lstrip("\n") if isinstance(part, str) and not head.plain() else part)
        return head.plain().strip(" ,;~"), rest.markdown(with_citations=False).strip(" ,;:")


def _tidy(text: str) -> str:
    """Return *text* as one line, without spaces before stops."""
    return _BEFORE_STOP.sub("", " ".join(one_line(printable(text)).split()))


class Words:
    """Makes words of nodes, with the commands that the document defines for texts."""

    def __init__(self) -> None:
        """Begin without any command of the author's own."""
        self.own: dict[str, Sequence[Any]] = {}

    def learn(self, nodes: Iterable[Any]) -> None:
        r"""Note what ``\newcommand`` says of commands without arguments."""
        for node in nodes:
            if not isinstance(node, LatexMacroNode) or node.macroname not in {"newcommand", "renewcommand"}:
                continue
            given = [one for one in arguments(node) if not isinstance(one, str)]
            is_plain = len(given) == 2 and all(isinstance(one, LatexGroupNode) for one in given)  # noqa: PLR2004 (name, text)
            if is_plain and len(self.own) < _MOST_MACROS:
                self.own[verbatim(given[0]).strip().lstrip("\\")] = inner(given[1])

    def is_formula(self, environment: str) -> bool:
        """Return whether an environment is a formula."""
        return environment in _FORMULAS

    def plain(self, node: Any) -> str:
        """Return the words of an argument without mark-up."""
        passage = Passage()
        self.add(passage, node)
        return passage.plain()

    def add(self, passage: Passage, node: Any, depth: int = 0) -> None:
        """Add the words of *node* to *passage*."""
        if depth > _DEEPEST or isinstance(node, LatexCommentNode):
            return
        if isinstance(node, LatexCharsNode):
            self.add_text(passage, node.chars)
        elif isinstance(node, LatexSpecialsNode):
            passage.parts.append(_SPECIALS.get(node.specials_chars, node.specials_chars))
        elif isinstance(node, LatexMathNode):
            begin, end = node.delimiters
            self._formula(passage, node.latex_verbatim()[len(begin) : -len(end)])
        elif isinstance(node, LatexGroupNode):
            self._all(passage, node.nodelist, depth)
        elif isinstance(node, LatexMacroNode):
            self._command(passage, node, depth)
        elif isinstance(node, LatexEnvironmentNode):
            if node.environmentname in _FORMULAS:
                self._formula(passage, "".join(one.latex_verbatim() for one in node.nodelist))
            else:
                self._all(passage, node.nodelist, depth)

    def add_text(self, passage: Passage, text: str) -> None:
        """Add *text*, in which nothing is a command."""
        passage.parts.append(as_markdown(text.replace("`", "‘")))

    def _all(self, passage: Passage, nodes: Iterable[Any], depth: int) -> None:
        for node in nodes:
            self.add(passage, node, depth + 1)

    def _formula(self, passage: Passage, tex: str) -> None:
        bare = " ".join(_LABEL.sub(" ", tex).split())
        if bare:
            passage.parts.append(_Formula(bare))

    def _command(self, passage: Passage, node: LatexMacroNode, depth: int) -> None:
        name, given = node.macroname, arguments(node)
        if name in CITING:
            self._cite(passage, name, given)
        elif name in _SPACES:
            passage.parts.append(_SPACES[name])
        elif name in self.own:
            self._all(passage, self.own[name], depth + 1)
            passage.parts.append(" " if node.macro_post_space else "")
        elif given and self._with_text(passage, name, given, depth):
            return
        elif name in _REFERRING:
            passage.parts.append("…")
        elif name not in _SILENT and name not in WITHOUT_TEXT:
            self._other(passage, node, given, depth)

    def _with_text(self, passage: Passage, name: str, given: Sequence[Any], depth: int) -> bool:
        """Add what a command makes of a text that it has; return whether it is one that does."""
        if name in _MARKS:
            self._marked(passage, given[-1], _MARKS[name], depth)
        elif name in _CODE:
            code = readable(verbatim(given[-1])).replace("`", "'")
            passage.parts.append(f"`{code}`" if code.strip() else "")
        elif name in _LINKING:
            self._link(passage, given, depth)
        elif name in _AROUND:
            before, after = _AROUND[name]
            passage.parts.append(before)
            self._all(passage, inner(given[-1]), depth)
            passage.parts.append(after)
        else:
            return False
        return True

    def _other(self, passage: Passage, node: LatexMacroNode, given: Sequence[Any], depth: int) -> None:
        """Add what an accent or a sign stands for; of a command that nobody knows its arguments, else its name."""
        if given and any(isinstance(one, LatexMacroNode) for group in given for one in inner(group)):
            self._all(passage, given, depth)
            return
        passage.parts.append(as_markdown(readable(node.latex_verbatim().strip())))
        if node.macro_post_space:
            passage.parts.append(" ")

    def _marked(self, passage: Passage, node: Any, mark: str, depth: int) -> None:
        own = Passage()
        self._all(own, inner(node), depth)
        passage.keys += own.keys
        is_text = not any(isinstance(part, _Citation) for part in own.parts)
        text = "".join(map(str, own.parts))
        if is_text and text.strip() and "*" not in text.replace("\\*", "") and "\n" not in text.strip():
            bare = text.strip()
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            passage.parts += [before, mark, bare, mark, after]
        else:
            passage.parts += own.parts

    def _link(self, passage: Passage, given: Sequence[Any], depth: int) -> None:
        address = clean_address(verbatim(given[0]))
        if not is_web_address(address):
            passage.parts.append(as_markdown(address))
        elif len(given) > 1:
            passage.parts.append("[")
            self._all(passage, inner(given[-1]), depth)
            passage.parts.append(f"]({address.replace('(', '%28').replace(')', '%29')})")
        else:
            passage.parts.append(f"<{address}>")

    def _cite(self, passage: Passage, name: str, given: Sequence[Any]) -> None:
        """Add a citation with the notes that stand before and after its keys."""
        if not given:
            return
        groups = [one for one in given if isinstance(one, LatexGroupNode)]
        keys = keys_in(verbatim(groups[-1])) if groups else []
        notes = [self.plain(one) for one in groups[:-1]]
        if not keys:
            return
        is_textual = name in TEXTUAL
        before, after = notes if len(notes) == 2 else ["", *notes[:1], ""][:2]  # noqa: PLR2004 (natbib's two)
        passage.parts.append(as_markdown(f"{before} ") if before else "")
        if name == "citeyear":
            passage.parts.append(" ")
        passage.parts.append(_Citation(tuple(keys), is_textual))
        passage.parts.append(as_markdown(f" ({after})") if after else "")
        passage.keys += keys
