"""Formulas as MathML, unless a project chooses otherwise; what cannot be converted is shown as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from tests.support.sites import small_site, soup, warnings

from sphinx_paper_table.sphinx_host.mathml import as_in_tex as set_right
from sphinx_paper_table.sphinx_host.mathml import mathml
from sphinx_paper_table.survey.formulas import commands

if TYPE_CHECKING:
    from pathlib import Path

FORMULAS: Final = (r"\foo<img src=x onerror=alert(1)>", r"\foo &lt;", "^", "_", r"\limits", r"\text{<b onclick=x>}")
PAGE: Final = """# Page

{math}`E = mc^2`

```{math}
:label: first
a &= b \\\\
c &= d
```

```{math}
x \\dots y

\\begin{align} u &= v \\\\ w &= z \\end{align}
```

See {eq}`first`.
"""


def test_pages_ask_no_other_host_for_their_formulas(tmp_path: Path) -> None:
    """It failed before: a project that chooses nothing got MathJax from a content delivery network."""
    site = small_site(tmp_path, {"index.md": PAGE, "other.md": "# Other\n\n{math}`x`\n"})
    assert "MathML" not in site.build("html").log
    text = (site.output() / "index.html").read_text("utf-8")
    assert "mathjax@" not in text.lower()
    html = soup(site.output() / "index.html")
    assert not [tag for tag in html.select("script[src]") if "//" in str(tag["src"])]
    assert len(html.select("math")) == 4
    numbered = html.select(".math-block[id]")
    assert [block.select_one(".eqno").get_text()[:3] for block in numbered] == ["(1)"]  # type: ignore[union-attr]
    assert html.select(f'p a[href="#{numbered[0]["id"]}"]')[0].get_text() == "(1)"
    assert len(html.select('link[href*="paper_math.css"]')) == 1
    assert "paper_math.css" not in (site.output() / "other.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("conf", "expected"),
    [
        ('html_math_renderer = "mathjax"\n', "mathjax"),
        ('mathjax3_config = {"tex": {"macros": {"R": r"\\mathbb{R}"}}}\n', "mathjax"),
        ('mathjax_path = "mathjax.js"\n', "mathjax"),
        ("extensions.append('sphinxcontrib.jsmath')\njsmath_path = 'jsmath.js'\n", "jsmath"),
        ("", "mathml"),
    ],
)
def test_what_a_project_chooses_is_what_it_gets(tmp_path: Path, conf: str, expected: str) -> None:
    site = small_site(tmp_path, {"index.md": "# Page\n\n{math}`x`\n"}, conf)
    site.build("html")
    html = soup(site.output() / "index.html")
    scripts = " ".join(str(tag["src"]) for tag in html.select("script[src]"))
    assert [name for name in ("mathjax", "jsmath") if name in scripts] == [expected] * (expected != "mathml")
    assert bool(html.select("math")) == (expected == "mathml")


def test_formulas_that_make_no_sense_are_text(tmp_path: Path) -> None:
    """A page's own prose is its author's; a formula in it is text all the same."""
    page = "# Page\n\n" + "\n\n".join(f"{{math}}`{formula}`" for formula in FORMULAS)
    site = small_site(tmp_path, {"index.md": page})
    report = site.build("html")
    assert "Traceback" not in report.log
    said = [line for line in warnings(report, site.source) if "[paper_table.markup]" in line]
    assert len(said) == len(FORMULAS) - 1
    assert all(re.match(r"index\.md:\d+: ", line) for line in said)
    html = soup(site.output() / "index.html")
    assert not html.select("[onerror], [onclick]")
    assert [code.get_text() for code in html.select("p > code")] == list(FORMULAS[:-1])


@pytest.mark.parametrize(
    "formula",
    [
        *(r"\href{javascript:alert(1)}{\dots}", r"\style{background:url(//evil.example)}{\dots}", r"\class{x}{\dots}"),
        *(r"\dots \text{<img src=x onerror=alert(1)>}", r"\dots \text{&lt;script&gt;}", r"\dots \unicode{x3C}"),
    ],
)
def test_formulas_bring_nothing_but_mathematics(formula: str) -> None:
    """The converter for what docutils does not know links, styles, and would write text as it is."""
    try:
        found = mathml(formula, as_block=False)
    except MathError:
        return
    assert not re.search(r"<(?!/?m)|href|style=|class=|url\(", found.replace("displaystyle=", ""))


def test_what_records_may_say_can_be_converted() -> None:
    """Of the commands that need no company: docutils alone knows fewer."""
    failed: set[str] = set()
    alone: set[str] = set()
    for name in filter(str.isalpha, commands()):
        forms = rf"a \{name} b", rf"\{name}{{a}}", rf"\{name}{{a}}{{b}}", rf"{{\{name} a}}", rf"\{name}( a"
        for known, convert in ((failed, mathml), (alone, tex2mathml)):
            if not any(_converts(convert, form) for form in forms):
                known.add(name)
    company = {"begin", "end", "right", "middle", "choose", "brace", "brack", "root", "sideset", "substack", "hfill"}
    assert failed <= company | {"cr", "hline", "notag", "nonumber", "tag", "doublecap", "doublecup"}
    assert len(alone) > 60


def _converts(convert: Any, form: str) -> bool:
    try:
        convert(form, as_block=False)
    except Exception:  # noqa: BLE001 (docutils alone fails in every way there is)
        return False
    return True


def as_in_tex(formula: str) -> str:
    html = tex2mathml(formula, as_block=True).replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}")
    return set_right(html)


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
def test_the_index_of_an_accented_letter_stands_beside_it(formula: str, expected: str) -> None:
    """Limits of sums stay below and above."""
    found = as_in_tex(formula)
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
def test_fences_grow_with_left_and_right_only(formula: str, fixed: int) -> None:
    """Beside a sum a norm keeps its height."""
    found = as_in_tex(formula)
    assert found.count('stretchy="false"') == fixed


@pytest.mark.parametrize(
    ("formula", "spaces"),
    [(r"\log p", 1), (r"-\log \frac{a}{b}", 1), (r"\log {p}", 1), (r"\exp(x)", 0), (r"\log \bigl( x \bigr)", 0)],
)
def test_a_function_stands_apart_from_an_argument_without_brackets(formula: str, spaces: int) -> None:
    assert as_in_tex(formula).count("rspace") == spaces
