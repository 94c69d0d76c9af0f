"""Mark-up that does nothing is told where it stands, with what to write; what means something is left alone."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.dead_markup import dead_markup
from sphinx_paper_table.survey.allowed import DEFAULT, TextSettings, by_name
from sphinx_paper_table.survey.fields import Markup


@pytest.mark.parametrize(
    ("text", "start", "hint"),
    [
        (r"A \cite{a,b} model", 2, "write {cite:p}`a,b`"),
        (r"As \citet{a} says", 3, "write {cite:t}`a`"),
        (r"A \citep[see][p. 3]{a} model", 2, "write {cite:p}`a`"),
        ("A :cite:`a` model", 2, "write {cite}`a`"),
        ("A :paper:method:`a` model", 2, "write {paper:method}`a`"),
        ("Seen [@a2020; @b2021].", 5, "write {cite:p}`a2020,b2021`"),
        ("As @he2020momentum says", 3, "write {cite:t}`he2020momentum`"),
        ("A {cite:p} model", 2, "write {cite:p}`…`"),
        ("A {cite:} model", 2, "write {cite:p}`…`"),
        ("A {cite: a} model", 2, "write {cite}`a`"),
        ("A {paper: moco} model", 2, "write {paper}`moco`"),
        ("See `text <https://x.org>`_.", 4, "write [text](https://x.org)"),
        ("See `text`_.", 4, "write [text](address)"),
        (r"A \textbf{bold} word", 2, "write **bold**"),
        (r"A \emph{stressed} word", 2, "write *stressed*"),
        (r"See \href{https://x.org}{here}", 4, "write [here](https://x.org)"),
        ("A **bold word", 2, "write **text**, without spaces inside the stars"),
        ("A ** bold ** word", 10, "write **text**, without spaces inside the stars"),
        (r"A $\frac{1}{x model", 2, "close it with a second '$'"),
        ("A model.\n\n- one\n- two", 10, "write sentences, or 'points'"),
        ("A model.\n1. one\n2. two", 9, "write sentences, or 'points'"),
        ("# Heading", 0, "write sentences"),
        ("A\n| a | b |\n|---|---|", 2, "write sentences"),
        ("A\n> b", 2, "write sentences"),
        ("A\n```python\nb\n```", 2, "write sentences"),
    ],
)
def test_dead_markup_is_told_with_what_to_write(text: str, start: int, hint: str) -> None:
    (dead,) = list(dead_markup(text, Markup.INLINE, DEFAULT))
    assert (dead.start, dead.hint) == (start, hint)


@pytest.mark.parametrize(
    "text",
    [
        "A {cite:p}`a,b` and {paper}`moco` of `\\cite{a}` and ``:cite:`a` ``",
        r"Between $\mathbf{x}$ and $x_1$, costs of $5",
        "Write to me@he2020.org, or use C# and a * b",
        "**Bold**, *stressed*, and `a ** b`",
        r"\*\*not bold\*\*",
        "https://x.org/@he2020 is an address",
        "[text](https://x.org) and <https://x.org>",
        "a_b and `c`",
        "One sentence - with a dash",
    ],
)
def test_living_markup_is_left_alone(text: str) -> None:
    assert list(dead_markup(text, Markup.INLINE, DEFAULT)) == []


def test_lists_and_headings_may_stand_in_blocks() -> None:
    text = "# Heading\n\n- one\n- two\n\n| a |\n|---|\n"
    assert list(dead_markup(text, Markup.BLOCK, DEFAULT)) == []
    (dead,) = dead_markup("A\n\n.. note:: b\n", Markup.BLOCK, DEFAULT)
    assert (dead.start, dead.hint) == (3, "write ```{note}")


def test_dollars_are_formulas_only_where_the_project_says_so() -> None:
    (dead,) = dead_markup(r"A $x_1$ and 5$", Markup.INLINE, by_name(settings=TextSettings(frozenset())))
    assert dead.message == "'$x_1$' is no formula here, and shown as it is written"
    assert dead.hint == "write {math}`x_1`, or add 'dollarmath' to myst_enable_extensions in conf.py"


def test_plain_texts_have_no_roles() -> None:
    assert [dead.hint for dead in dead_markup(r"A \cite{a}", Markup.PLAIN, DEFAULT)] == ["write {cite:p}`a`"]
