"""Which TeX may stand in the formulas of records: what prints mathematics, and nothing that acts."""

from __future__ import annotations

import re

import pytest
from tests.support.sites import ROOT

from sphinx_paper_table.survey.formulas import commands, fault_of

REFUSED = (
    *("href", "url", "unicode", "class", "style", "cssId", "require", "data", "htmlData", "html", "toggle", "mmlToken"),
    *("input", "include", "openin", "read", "readline", "write", "immediate", "special", "pdfliteral", "directlua"),
    *("def", "edef", "gdef", "xdef", "let", "futurelet", "newcommand", "renewcommand", "DeclareMathOperator", "csname"),
    *("catcode", "expandafter", "noexpand", "the", "meaning", "string", "jobname", "loop", "usepackage", "verb"),
    *("label", "ref", "eqref", "cite", "includegraphics", "verbatiminput", "lstinputlisting", "InputIfFileExists"),
    *(
        "rule",
        "kern",
        "hskip",
        "hspace",
        "raise",
        "color",
        "bbox",
        "makeatletter",
        "endgroup",
        "relax",
        "par",
        "iftrue",
    ),
)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("formula", [r"a + \{}{{x}}", r"\text{{\{}{{x}}}}", r"x_{{\{}", "\\frac\\{}\n{{x}}"])
def test_commands_that_act_are_refused_wherever_they_stand(name: str, formula: str) -> None:
    fault = fault_of(formula.format(name))
    assert fault is not None
    assert fault.message == f"the command '\\{name}' has no place in a formula"
    assert fault.source == f"\\{name}"
    assert "paper_table_math_commands" in fault.hint


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("x^^5cinput{y}", "'^^' has no place in a formula"),
        ("x % y", "'%' has no place in a formula"),
        ("x #1", "'#' has no place in a formula"),
        (r"x\) \(y", r"the command '\)' has no place in a formula"),
        (r"\[x", r"the command '\[' has no place in a formula"),
        ("x\\", "the command '\\' has no place in a formula"),
        ("x}", "the braces of a formula do not match, or are too deep"),
        ("{" * 10_000 + "}" * 10_000, "the braces of a formula do not match, or are too deep"),
        ("{x", "the braces or dollar signs of a formula do not match"),
        ("x$ y", "the braces or dollar signs of a formula do not match"),
        (r"\begin{filecontents}x\end{filecontents}", "the environment 'filecontents' has no place in a formula"),
        (r"\begin {verbatim}x\end{verbatim}", "the environment 'verbatim' has no place in a formula"),
        (r"\begin x", "the environment '' has no place in a formula"),
        (r"\begin{matrix}x", r"'\begin{matrix}' has no end"),
        (r"x\end{matrix}", r"'\end{matrix}' ends nothing"),
        (r"\begin{matrix}x\end{cases}", r"'\end{cases}' ends nothing"),
    ],
)
def test_what_ends_or_changes_the_formula_is_refused(formula: str, message: str) -> None:
    fault = fault_of(formula)
    assert fault is not None
    assert fault.message == message


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "x < y > z & w",
        r"\bar\alpha_t \propto \cos^2\bigl(\frac{t/T + s}{1 + s} \cdot \frac{\pi}{2}\bigr)",
        r"\operatorname*{arg\,max}_\theta \text{ of $x$, 5\% \& \#1}",
        r"\begin{aligned} a &= b \\ \begin{cases} 1 & x \\ 0 \end{cases} \end{aligned}",
        r"\left\{ \middle| \right\} \| \_ \$ \ x \; \! y~z \\[2pt]",
        r"\begin{align*}a\end{align*}",
    ],
)
def test_mathematics_is_not(formula: str) -> None:
    assert fault_of(formula) is None


def test_projects_allow_more() -> None:
    assert fault_of(r"\bm{x}") is not None
    assert fault_of(r"\bm{x}", ["bm"]) is None
    assert fault_of(r"\begin{dcases}\end{dcases}", ["dcases"]) is None


def test_a_hint_names_the_nearest_command() -> None:
    fault = fault_of(r"\lambdda")
    assert fault is not None
    assert fault.hint.startswith("did you mean 'lambda'?")


def test_every_formula_of_the_site_is_accepted() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "docs" / "surveys").rglob("*.yaml")]
    formulas = [found for text in texts for found in re.findall(r"(?<![\\\w$])\$([^$\n]+)\$", text)]
    assert len(formulas) > 50
    assert [formula for formula in formulas if fault_of(formula)] == []


def test_the_list_has_no_command_that_acts() -> None:
    assert commands().isdisjoint(REFUSED)
    assert len(commands()) > 600
