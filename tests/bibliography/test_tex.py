"""The TeX of fields: what readers see of it, which parts are formulas, and that nothing of it is lost."""

from __future__ import annotations

import pytest

from sphinx_paper_table.bibliography.formulas import unicode_formula
from sphinx_paper_table.bibliography.html_in_fields import tex_of_html
from sphinx_paper_table.bibliography.tex import clean_address, parse, readable, text_and_formulas, unknown_commands


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"m^{12}", "m¹²"),
        (r"y_{jk}", "yⱼₖ"),
        (r"w\sim 10^{-7}", "w\N{TILDE OPERATOR}10⁻⁷"),
        (r"{\cal L}(q^{4})", "L(q⁴)"),
        (r"b\bar{b}", "bb̅"),
        (r"\sqrt{t}", "√t"),
        (r"\alpha_s", "αₛ"),
        (r"e^{i\pi}", "e^(iπ)"),
        (r"T_{\mathrm{c}}", "T_c"),
        (r"\geq 7\,\mathrm{GeV}", "≥7 GeV"),
        (r"n\log n", "n log n"),
        (r"f_{", "f_"),
        ("", ""),
    ],
)
def test_formulas_in_unicode(tex: str, text: str) -> None:
    assert unicode_formula(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Fern{\'{a}}ndez", "Fernández"),
        (r"R{\'{\i}}os, {\v{S}}and{\'{o}}r", "Ríos, Šandór"),
        (r"{\'\i}", "í"),
        (r"Pt\textdegree{} 3\textendash{}4", "Pt° 3–4"),
        (r"\textless{}b\textgreater{}", "<b>"),
        (r"a\textquotesingle{}b\texttrademark{} \textmu m", "a'b™ µm"),
        (r"\textalpha-ketone", "\N{GREEK SMALL LETTER ALPHA}-ketone"),
        ("Growth: 40% more", "Growth: 40% more"),
        (r"A \& 40% more", "A & 40% more"),
        (r"\emph{P. abies} in {\em vitro}", "P. abies in vitro"),
        (r"CO\textsubscript{2} and 10\textsuperscript{4}", "CO₂ and 10⁴"),
        (r"See \href{https://b.example/a}{this page}", "See this page"),
        (r"\url{https://b.example/{x}_y\%20z}", "https://b.example/x_y%20z"),
        (r"``so'' -- or~not", "“so” – or not"),
        (r"A <i>cis</i> &amp; <sub>2</sub>", "A cis & ₂"),
        (r"1 < 2 & 3", "1 < 2 & 3"),
        (r"W.\,V.", "W. V."),
        (r"\MyTool{} and \brand{Acme}", "MyTool and Acme"),
        (r"\LaTeX{} at 5\euro", "LaTeX at 5€"),
        ("at $9 a piece", "at $9 a piece"),
        ("end \\", "end"),
        ("{" * 500 + "deep" + "}" * 500, "deep"),
        (r"\emph{" * 500 + "deep" + "}" * 500, "\\emph" * 500 + "deep"),
    ],
)
def test_text_for_readers(tex: str, text: str) -> None:
    assert readable(tex) == text


def test_parts_that_are_formulas_keep_their_tex() -> None:
    assert text_and_formulas(r"{Of $q\bar{q}$ at {\ensuremath{z^{2}}}} \& more") == (
        ("Of ", False),
        (r"q\bar{q}", True),
        (" at ", False),
        (r"z^{2}", True),
        (" & more", False),
    )
    assert text_and_formulas(r"No \emph{formula} for 5\$") == ()


@pytest.mark.parametrize("tex", [r"\input{a}", r"\csname input\endcsname", r"\href{javascript:x}{a}", "^^5cinput{a}"])
def test_what_has_no_place_in_a_formula_is_text(tex: str) -> None:
    for written in (f"${tex}$", rf"\({tex}\)", rf"\ensuremath{{{tex}}}"):
        assert not any(is_formula for _text, is_formula in text_and_formulas(f"The {written}"))


def test_commands_that_nobody_knows_are_named() -> None:
    assert unknown_commands(r"\mytool{} \emph{x} \'e \other{y} \mytool") == ("mytool", "other")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (r"\url{https://b.example/a}", "https://b.example/a"),
        ("HTTPS://B.example/a", "https://B.example/a"),
        ("https://b.example/\n    a/b", "https://b.example/a/b"),
        (r"https://b.example/\~{}me/x\_y\%20\#z", "https://b.example/~me/x_y%20#z"),
        (r"https://b.example/{\textasciitilde}me{\_}x", "https://b.example/~me_x"),
        ("ftp://b.example/a", "ftp://b.example/a"),
        ("www.b.example", "www.b.example"),
        ('https://b.example/"x<y', "https://b.example/%22x%3Cy"),
        ("http://a.example/x https://b.example/y", "http://a.example/x"),
        (r"\url{https://a.example/x}, \url{https://b.example}", "https://a.example/x"),
        ("{https://a.example/x} and {https://b.example}", "https://a.example/x"),
        (r"library-id:7\nhttp://a.example/x\nhttp://b.example", "http://a.example/x"),
        ("http://a.example/x%5Cnhttp://b.example", "http://a.example/x"),
        (r"http://a.example/x y\npapers3://publication/7", "http://a.example/xy"),
        ('"http://a.example/x', "http://a.example/x"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("https://web.example/2020/https://a.example/", "https://web.example/2020/https://a.example/"),
    ],
)
def test_addresses_in_every_form(written: str, address: str) -> None:
    assert clean_address(written) == address


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\apj{} and {\mnras}, \aap", "ApJ and MNRAS, A&A"),
        (r"Bra\textcommabelow{s}ov, \ocirc{u}", "Brașov, ů"),
        (r"\mkbibquote{A} \mkbibparens{B} \acro{HTML}\Dash C", "“A” (B) HTML—C"),
        (r"a \lt{} b\par c", "a < b c"),
        (r"1.7\nbsp{}M of Venus\rsquo{} \larr x", "1.7 M of Venus’ ←x"),
        (r"a <SPAN class='x'>b</SPAN> <A href=''/c''>c</A><br/> H<inf>2</inf>O", "a b c H₂O"),
        (r"<i class=\"x\">E. coli</i> at <mml:math><mml:mi>x</mml:mi></mml:math> <b and c>", "E. coli at x <b and c>"),
    ],
)
def test_what_exports_write_is_known(latex: str, shown: str) -> None:
    assert readable(latex) == shown
    assert unknown_commands(latex) == ()


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("M&uuml;ller &amp; S&#248;n &#xe9;", "Müller & Søn é"),
        ("a &lt; b&nbsp;&gt; c &unknown; R&D;", "a < b > c &unknown; R&D;"),
        ('<span class="nocase">PyTorch</span> and <scp>DNA</scp>', "PyTorch and DNA"),
        (r"\copyright{} \textquotedbl{}q\textquotedbl{} 2\textasciicircum{}n", '© "q" 2^n'),
        (r"See \href{https://a.example/b}{}", "See https://a.example/b"),
    ],
)
def test_html_and_signs_of_exports(latex: str, text: str) -> None:
    assert readable(latex) == text


def test_what_html_says_of_case_is_kept() -> None:
    assert tex_of_html('<span class="nocase">PyTorch</span>') == "{PyTorch}"
    assert clean_address("https://a.example/?a=1&amp;b=2") == "https://a.example/?a=1&b=2"


def test_a_text_is_taken_apart_once() -> None:
    assert parse("a $b$") is parse("a $b$", frozenset())
    assert parse(r"$\bm{b}$", frozenset({"bm"})) is not parse(r"$\bm{b}$")


def test_broken_tex_is_told_to_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Programs say it with a place; pylatexenc would say it again without one."""
    with caplog.at_level("INFO"):
        readable(r"A \frac{1 and $a {\bf \emph")
        parse(r"\frac1 \textbf{")
    assert caplog.records == []
