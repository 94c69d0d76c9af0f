"""Words taken at a time make the nodes that signs make."""

from __future__ import annotations

import re
from typing import Final

from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latexwalker import LatexWalker

from sphinx_paper_table.bibliography.tex_walker import TexWalker

PIECES: Final = (
    *(
        "\\",
        "{",
        "}",
        "[",
        "]",
        "$",
        "$$",
        "%",
        "\n",
        "\n\n",
        " ",
        "  ",
        "a",
        "é",
        "B c",
        "1,2",
        "-",
        "--",
        "'",
        '"',
        "``",
    ),
    *(
        "~",
        "&",
        "#",
        "\\'e",
        "\\'etude",
        "\\emph{x y}",
        "\\emph xy",
        "\\begin{a}",
        "\\end{a}",
        "\\\\*",
        "*",
        "(",
        ")",
        "/",
    ),
    *(
        "\\[",
        "\\]",
        "\\(",
        "\\)",
        "!`",
        ":",
        ".",
        "\\frac12",
        "\\sqrt[3]xy",
        "\\sqrt [3] xy",
        "_",
        "^",
        "\\item[a b] c",
    ),
)
_STATE: Final = re.compile(r"<parsing state \d+>")


def nodes(walker: type[LatexWalker], text: str) -> str:
    """What a walker makes of *text*, or how it fails, which is an end too."""
    try:
        found = walker(text, tolerant_parsing=True).get_latex_nodes()
    except Exception as error:  # noqa: BLE001 (of any kind: it has to be the same one)
        return repr(error)
    return _STATE.sub("", repr(found))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("Sch\\'etude of 3 (three) caf\\'e s, in \\textit{a b} $x, y$ 5\\% of all.")
def test_the_nodes_are_those_of_pylatexenc(text: str) -> None:
    assert nodes(TexWalker, text) == nodes(LatexWalker, text)
