"""Formulas of records are looked at when they are loaded, with the syntax that the project has switched on."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.markup import check_text
from sphinx_paper_table.reading.project import names_in
from sphinx_paper_table.survey.allowed import Kind, TextSettings, by_name
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.problems import Code, Problems

DOLLARS = TextSettings(frozenset({"dollarmath"}))
ALL = TextSettings(frozenset({"dollarmath", "amsmath"}), ("bm",))


def said(text: str, settings: TextSettings, markup: Markup = Markup.BLOCK) -> list[str]:
    problems = Problems()
    check_text(Located(text, Position("s.yaml", 3, 5)), markup, problems, by_name(settings=settings))
    found = [problem for problem in problems.sorted() if problem.code is Code.UNSAFE]
    return [f"{problem.position.line}:{problem.position.column} {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"A $\input{x}$.", r"3:8 the command '\input' has no place in a formula"),
        (r"A $\frac{1}{x$.", "3:7 the braces or dollar signs of a formula do not match"),
        (r"A {math}`\input x`.", r"3:14 the command '\input' has no place in a formula"),
        ("A\n\n$$\n\\href{x}\n$$\n", r"6:5 the command '\href' has no place in a formula"),
        ("```{math}\n:label: x\n\n\\href{x}\n```", r"6:5 the command '\href' has no place in a formula"),
        ("::::{note}\n$\\href{x}$\n::::", r"4:6 the command '\href' has no place in a formula"),
    ],
)
def test_what_has_no_place_is_said_at_its_place(text: str, message: str) -> None:
    assert said(text, DOLLARS) == [message]


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (r"A $\input{x}$.", TextSettings(frozenset())),
        ("\\begin{align}\n\\input{x}\n\\end{align}", DOLLARS),
        (r"A `$\input{x}$`.", DOLLARS),
        (r"A $\bm{x}$.", ALL),
        (r"A $x^2$ and {math}`\alpha`.", DOLLARS),
        ("```\n$\\input{x}$\n```", DOLLARS),
    ],
)
def test_what_is_no_formula_or_is_allowed_is_not_mentioned(text: str, settings: TextSettings) -> None:
    assert said(text, settings) == []


def test_a_directive_may_have_its_name_in_the_language_of_the_project() -> None:
    german = by_name(in_language=names_in("de"))
    assert german.permits(Kind.DIRECTIVE, "Achtung")
    assert not german.permits(Kind.DIRECTIVE, "einbinden")
    assert not by_name().permits(Kind.DIRECTIVE, "achtung")
    assert names_in("en") == names_in("../de") == {}
