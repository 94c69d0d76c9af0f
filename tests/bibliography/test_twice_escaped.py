"""TeX that an exporter took for text: what readers see is what the author meant."""

from __future__ import annotations

import pytest

from sphinx_paper_table.bibliography.tex import parse, readable, text_and_formulas


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"{{Cu}}\_\{x\}{{Zn}} Films", "CuₓZn Films"),
        (r"Cu{\_}{\{}x{\}}Zn{\_}{\{}1-x{\}}O", "CuₓZn₁₋ₓO"),
        (r"{{Cu}}\$\_\{x\}\${{Zn}}\$\_2\$", "CuₓZn₂"),
        (r"(N\^\{-\}-Type)", "(N⁻-Type)"),
        (r"x\textasciicircum{}\{2\}", "x²"),
        (r"An \$\textbackslash{}alpha\$ and \$p\$-adic Case", "An \N{GREEK SMALL LETTER ALPHA} and p-adic Case"),
        (r"{\$}$\backslash$beta{\$}-Decay", "β-Decay"),
        (r"The \$\$\textbackslash lambda \$\$-Calculus", "The λ-Calculus"),
        (r"A (1\textbackslash{}times1) Face", "A (1×1) Face"),
        (r"The \{\textbackslash lambda\} Calculus", "The λ Calculus"),
        (r"TiN\$\_\{\textbackslash{}mathsf\{x\}\}\$", "TiN_\N{MATHEMATICAL SANS-SERIF SMALL X}"),
        (r"A Case of {\textbackslash}textsc{MoSS} and {\textbackslash}emph{Fern}", "A Case of MoSS and Fern"),
        (r"Type-\{\vphantom\}{{II}}\vphantom\{\} Cases", "Type-{II} Cases"),
    ],
)
def test_tex_that_was_escaped_once_more_is_read(latex: str, shown: str) -> None:
    assert readable(latex) == shown


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"From \$5 to \$10\_000 or \$6", "From $5 to $10_000 or $6"),
        (r"{\$}10 million and {\$}20 million", "$10 million and $20 million"),
        (r"The files a\_b and c\_d", "The files a_b and c_d"),
        (r"C:\textbackslash{}dir\textbackslash{}input", r"C:\dir\input"),
        (r"l{\textbackslash}'eau", r"l\'eau"),
        (r"The \{112\} Planes", "The {112} Planes"),
        (r"A \textbackslash section of \LaTeX", r"A \section of LaTeX"),
        (r"2\^{}n and a\~{}b", "2^n and a~b"),
    ],
)
def test_text_that_only_looks_like_it_stays(latex: str, shown: str) -> None:
    assert readable(latex) == shown


def test_a_formula_between_escaped_dollars_is_a_formula() -> None:
    assert text_and_formulas(r"An \$\textbackslash{}alpha\_\{1\}\$ case") == (
        ("An ", False),
        (r"\alpha_{1}", True),
        (" case", False),
    )


@pytest.mark.parametrize("sign", [r"\$", r"\_\{", r"\textbackslash ", r"{\$}{\_}", r"$\backslash$", r"\$a\_"])
def test_texts_of_nothing_but_escapes_are_read(sign: str) -> None:
    assert parse(sign * 1_500).pieces
