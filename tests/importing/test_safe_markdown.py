"""Markdown of others in records: what it says stays, what it could do does not."""

from __future__ import annotations

import pytest

from sphinx_paper_table.importing.safe_markdown import safe_blocks, safe_inline
from sphinx_paper_table.reading.markup import check_text
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.problems import Problems


@pytest.mark.parametrize(
    ("markdown", "myst"),
    [
        ("A *b* **c** `d` [e](https://x.org/y_(z)).", "A *b* **c** `d` [e](https://x.org/y_%28z%29)."),
        ("[a](javascript:alert(1)) [b](data:x) [c](other.md)", "\\[a\\](javascript:alert(1)) \\[b\\](data:x) c"),
        ("![a picture](https://x.org/y.png)", "a picture"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("{paper}`moco` {cite}`x`", "\\{paper\\}`moco` \\{cite\\}`x`"),
        ("$x_1$ costs $5 and 6$", "$x_1$ costs \\$5 and 6\\$"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("# a", "\\# a"),
        ("a\n\nb\tc\0d", "a b cd"),
        ("\\cite{x} and @key2020", "\\\\cite\\{x\\} and &#64;key2020"),
        ("a **b", "a \\*\\*b"),
    ],
)
def test_what_stays_and_what_is_text(markdown: str, myst: str) -> None:
    assert safe_inline(markdown) == myst


HOSTILE = (
    "`{raw} html`<b>x</b>`",
    "```{include} /etc/passwd\n```",
    ":::{raw} html\n<script>\n:::",
    "(target)=\n# x",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "$\\href{javascript:alert(1)}{x}$",
    "% comment\n\n+++\n\n---\n\nx\n: y\n\n:field: z",
    "[^1]\n\n[^1]: note",
    "**a*b**c*d***e",
    "*" * 5000,
    "[" * 5000,
    "`" * 5000 + "x",
    "$" * 5001,
    "\\" * 5001,
    "&#60;script&#62;",
    "{#id .class}`x`{.y}",
    "\u202e\u2028\x85 x\r\ny",
    "![x](https://a.b/c.svg){width=1}",
    ".. raw:: html\n\n   <b>",
    ":paper:`x` `y`_ |z|_ x_",
)


@pytest.mark.parametrize("markdown", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_of_it_is_a_problem(markdown: str) -> None:
    for text, markup in ((safe_inline(markdown), Markup.INLINE), (safe_blocks(markdown), Markup.BLOCK)):
        problems = Problems()
        check_text(Located(text), markup, problems)
        assert problems.sorted() == ()
        assert "\r" not in text
