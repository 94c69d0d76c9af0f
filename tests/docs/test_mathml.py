"""Formulas as MathML: whatever cannot be converted is shown as text, and never ends a build."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING

import pytest
from docutils.utils.math.latex2mathml import tex2mathml
from tests.support.sites import DOCS, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

CONF = f"""
import sys
sys.path.insert(0, {str(DOCS / "_ext")!r})
extensions.append("mathml")
html_math_renderer = "mathml"
"""
FORMULAS = (r"\foo<img src=x onerror=alert(1)>", r"\foo &lt;", "^", "_x^y", "&", r"\limits", r"\text{<b onclick=x>}")


def test_formulas_that_make_no_sense_are_text(tmp_path: Path) -> None:
    """A page's own prose is its author's; a formula in it is text all the same."""
    page = "# Page\n\n" + "\n\n".join(f"{{math}}`{formula}`" for formula in FORMULAS)
    site = small_site(tmp_path, {"index.md": page}, CONF)
    report = site.build("html")
    assert "Traceback" not in report.log
    said = [line for line in warnings(report, site.source) if "[mathml.tex]" in line]
    assert len(said) == len(FORMULAS) - 1
    assert all(re.match(r"index\.md:\d+: ", line) for line in said)
    html = soup(site.output() / "index.html")
    assert not html.select("[onerror], [onclick]")
    assert [code.get_text() for code in html.select("p > code")] == list(FORMULAS[:-1])


def as_in_tex(formula: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    html = tex2mathml(formula, as_block=True).replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}")
    found: str = importlib.import_module("mathml").as_in_tex(html)
    return found


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\hat x_i", "<msub><mover>x^</mover>i</msub>"),
        (r"\sqrt{\bar y_t}", "<msqrt><msub><mover>y-</mover>t</msub></msqrt>"),
        (r"\tilde{x}_i^2", "<msubsup><mover>x~</mover>i2</msubsup>"),
        (r"a^{\hat x_i}", "<msup>a<msub><mover>x^</mover>i</msub></msup>"),
        (r"\sum_{i}^N x_i", "<munderover>∑iN</munderover><msub>xi</msub>"),
        (r"\max_i x", "<munder>maxi</munder>x"),
    ],
)
def test_the_index_of_an_accented_letter_stands_beside_it(
    formula: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits of sums stay below and above."""
    found = as_in_tex(formula, monkeypatch)
    bare = re.sub(r"\s+|</?(?:math|mi|mn|mo|mrow)\b[^>]*>", "", re.sub(r"<(m\w+)[^>]*>", r"<\1>", found))
    assert bare.translate({0x2C6: "^", 0x2C9: "-"}) == expected


@pytest.mark.parametrize(
    ("formula", "fixed"),
    [
        (r"\sum_i \lVert x \rVert^2", 2),
        (r"\lvert x \rvert", 2),
        (r"a \| b", 1),
        (r"\left\lVert \frac{a}{b} \right\rVert", 0),
        (r"\bigl| x \bigr|", 0),
    ],
)
def test_fences_grow_with_left_and_right_only(formula: str, fixed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a sum a norm keeps its height."""
    found = as_in_tex(formula, monkeypatch)
    assert found.count('stretchy="false"') == fixed


@pytest.mark.parametrize(
    ("formula", "spaces"),
    [(r"\log p", 1), (r"-\log \frac{a}{b}", 1), (r"\log {p}", 1), (r"\exp(x)", 0), (r"\log \bigl( x \bigr)", 0)],
)
def test_a_function_stands_apart_from_an_argument_without_brackets(
    formula: str, spaces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_in_tex(formula, monkeypatch).count("rspace") == spaces
