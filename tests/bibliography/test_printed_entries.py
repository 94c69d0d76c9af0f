"""Every type of entry in pybtex's styles and ours: nothing replaces an entry, nothing it says is spoilt."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from pybtex.plugin import find_plugin
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.entry_types import STAND_INS
from sphinx_paper_table.citations.formatting import formatted
from sphinx_paper_table.citations.styles import AuthorYearStyle

STYLES = ("plain", "alpha", "unsrt", "unsrtalpha")


@cache
def style(name: str) -> Any:
    """Return a style, ours too."""
    return AuthorYearStyle() if name == "author_year" else find_plugin("pybtex.style.formatting", name)()


@cache
def first(entry: str) -> Any:
    """Return the first entry of a file."""
    found, _problems = bibliography_of(entry)
    return next(iter(found.database.entries.values()))


@cache  # all that is installed is looked at for each
def backend(name: str) -> Any:
    """Return what writes a format."""
    return find_plugin("pybtex.backends", name)()


def printed(entry: str, name: str = "plain", form: str = "plaintext") -> str:
    """Return the first entry of a file as a style prints it."""
    return str(formatted(style(name), first(entry)).render(backend(form)))


@pytest.mark.parametrize("name", [*STYLES, "author_year"])
def test_every_type_is_printed_with_nothing_but_a_title(name: str) -> None:
    for kind in (*STAND_INS, "whatever"):
        if kind != "xdata":
            assert "Moss on trees" in printed(f"@{kind}{{x, title = {{Moss on trees}}}}", name), kind
            full = f"@{kind}{{x, author = {{Moss, Ann}}, title = {{Moss on trees}}, year = {{n.d.}}}}"
            assert printed(full, name).startswith("Ann Moss. Moss on trees."), kind


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (
            "@article{x, BA, title={On Tea}, eprint={2401.00001}, archiveprefix={arXiv}, month={6}, year=2024}",
            "B A. On tea. June 2024. arXiv:2401.00001.",
        ),
        ("@article{x, BA, title={T}, journaltitle={J}, date={2021-07}}", "B A. T. J, July 2021."),
        ("@thesis{x, BA, title={T}, type={mathesis}, school={U}, year=2020}", "B A. T. Master's thesis, U, 2020."),
        ("@thesis{x, BA, title={T}, type={phdthesis}, institution={U}, date=2020}", "B A. T. PhD thesis, U, 2020."),
        ("@report{x, BA, title={T}, institution={I}, date={2020}}", "B A. T. Technical Report, I, 2020."),
        ("@online{x, BA, title={T}, organization={Site}, date={2020}}", "B A. T. Site, 2020."),
        ("@electronic{x, BA, title={T}, url={www.a.example}, year={2020}}", "B A. T. 2020. URL: www.a.example."),
        ("@conference{x, BA, title={T}, booktitle={C}, year=2017}", "B A. T. In C. 2017."),
        ("@inproceedings{x, BA, title={T}, eventtitle={C 2020}, date={2020}}", "B A. T. In C 2020. 2020."),
        ("@inbook{x, BA, title={T}, booktitle={W}, publisher={P}, date={2020}}", "B A. T. In W. P, 2020."),
        (
            "@collection{x, editor={A, B}, title={W}, publisher={P}, location={Rome}, date={2020}}",
            "B A, editor. W. P, Rome, 2020.",
        ),
        ("@software{x, BA, title={T}, publisher={Zenodo}, year=2017}", "B A. T. Zenodo, 2017."),
        ("@misc{x, BA, title={T}, pubstate={forthcoming}}", "B A. T. Forthcoming."),
        ("@misc{x, BA, title={T}, eprint={123}, eprinttype={jstor}, year=2000}", "B A. T. 2000. JSTOR:123."),
        ("@misc{x, BA, title={T}, eprint={X-123}, year=2000}", "B A. T. 2000. X-123."),
        (
            r"@article{x, BA, title={T}, journal={J}, year=2000, eprint={http://a.example/b\_c}}",
            "B A. T. J, 2000. http://a.example/b_c.",
        ),
        ("@misc{x, BA, title={{Tea }}, year=2000}", "B A. Tea. 2000."),
        ("@misc{x, BA, title={T}, year=2000, note={doi:10.1/ab}}", "B A. T. 2000. doi:10.1/ab."),
        ("@misc{x, BA, title={T}, year=2000, note={http://a.example}}", "B A. T. 2000. http://a.example."),
        ("@misc{x, BA, title={T}, doi={null}, year=2000}", "B A. T. 2000."),
        ("@softwareversion{x, BA, title={T}, year=2000}", "B A. T. 2000."),
        ("@misc{x, howpublished={A list}, year=2003}", "A list, 2003."),
        ("@article{x, BA, title={T}, journal={J}, volume=3, number=2, year=2000}", "B A. T. J, 3(2), 2000."),
        ("@article{x, BA, title={T}, journal={J}, number=2, pages=7, year=2000}", "B A. T. J, number 2, page 7, 2000."),
        ("@misc{x, editor={A, B}, title={T}, year=2000}", "B A, editor. T. 2000."),
        ("@book{x, title={T}, publisher={P}, year=2000}", "T. P, 2000."),
        (
            "@article{x, BA, title={T}, journal={CoRR}, volume={abs/2302.13971}, year=2023}",
            "B A. T. 2023. arXiv:2302.13971.",
        ),
        ("@misc{x, BA, title={T}, howpublished={arXiv}, eprint={2302.13971}}", "B A. T. arXiv:2302.13971."),
        (
            "@article{x, BA, title={T}, journal={arXiv preprint arXiv:2302.13971}, year=2023}",
            "B A. T. arXiv preprint arXiv:2302.13971, 2023.",
        ),
        ("@book{x, publisher={P}, year=2000}", "P, 2000."),
        ("@techreport{x, institution={I}}", "Technical Report, I."),
        (
            "@misc{x, BA, title={Why? is it: so}, url={https://a.example}, howpublished={\\url{https://a.example}}}",
            "B A. Why? is it: so. URL: https://a.example.",
        ),
        (
            "@misc{x, BA, title={iOS: Not Mine}, eprint={2401.00001}, publisher={arXiv}, year=2024}",
            "B A. ios: Not mine. 2024. arXiv:2401.00001.",
        ),
        ("@book{x, BA, title={W}, edition={3rd ed.}, publisher={P}, year=2000}", "B A. W. P, 3rd edition, 2000."),
        ("@misc{x, BA, title={T}, date={2017-05-30/2017-06-02}}", "B A. T. 30 May – 2 June 2017."),
        ("@misc{x, BA, title={T}, date={2021-10/2022-03}}", "B A. T. October 2021 – March 2022."),
        ("@misc{x, BA, title={T}, date={2021-23}}", "B A. T. Autumn 2021."),
        ("@book{x, title={W}, subtitle={More}, BA, date={1998/2002}}", "B A. W: More. 1998–2002."),
        ("@article{x, author={王, 小明}, title={茶}, journal={茶学}, year=2020}", "王小明. 茶. 茶学, 2020."),
        (r"@misc{x, BA, title={50% of \textless{}x\textgreater{} {\'{\i}} \& $x^{10}$}}", "B A. 50% of <x> í & x¹⁰."),
    ],
)
def test_how_types_of_both_dialects_are_printed(entry: str, text: str) -> None:
    assert printed(entry.replace("BA,", "author={A, B},")) == text


def test_commands_become_marks_of_the_style_and_formulas_survive_its_case() -> None:
    title = r"\emph{E. Coli} at {\em Home}, H\textsubscript{2}O: \href{https://a.example/x_y}{The Page} of $N^{A}_{bC}$"
    html = printed(f"@misc{{x, title = {{{title}}}, author = {{A, B}}}}", form="html")
    assert "<em>E. Coli</em> at <em>Home</em>, h<sub>2</sub>o" in html
    assert '<a href="https://a.example/x_y">The Page</a> of Nᴬ_(bC)' in html


def test_links_that_must_not_be_are_text() -> None:
    html = printed(r"@misc{x, title = {T}, note = {\href{javascript:alert(1)}{here}}}", form="html")
    assert "here" in html
    assert "href" not in html


def test_types_that_a_style_knows_stay_what_they_are() -> None:
    from pybtex.style.formatting.unsrt import Style  # noqa: PLC0415 (a project's own)
    from pybtex.style.template import field, sentence, words  # noqa: PLC0415

    class Own(Style):  # type: ignore[misc]
        def get_report_template(self, _entry: Any) -> Any:
            return sentence[words["REPORT"], field("title")]

    found, _problems = bibliography_of("@report{x, title = {Tool}, institution = {I}}")
    entry = found.database.entries["x"]
    assert entry.type == "report"
    assert str(formatted(Own(), entry).render(backend("plaintext"))) == "REPORT, Tool."


def test_very_many_authors_are_a_line() -> None:
    names = " and ".join(f"Name{number}, A." for number in range(500))
    assert printed(f"@misc{{x, author = {{{names}}}, title = {{T}}}}") == (
        ", ".join(f"A. Name{number}" for number in range(10)) + ", et al. T."
    )


def test_an_entry_that_names_others_is_what_they_are() -> None:
    text = "@misc{x, title={T}, related={y, z}}@set{s, entryset={y, s}}@misc{y, title={U}, author={B, A}, ids={z}}"
    found, problems = bibliography_of(text)
    assert printed(text) == "T. See also A B, U; A B, U."
    assert printed("@set" + text.partition("@set")[2]) == "A B. U."
    assert found.references["s"].label == "B, n.d."
    assert not any("which no file has" in problem for problem in problems)
    changed, _problems = bibliography_of(text.replace("{U}", "{V}"))
    assert [key for key in "xsy" if changed.contents[key] != found.contents[key]] == ["x", "s", "y"]


def test_an_entry_that_names_what_no_file_has_is_reported() -> None:
    _found, problems = bibliography_of(
        "@misc{x, title={T}, author={B, A}, year=2000, related={y2001}}@misc{y, title={U}}"
    )
    assert any("entry 'x': 'related' names 'y2001', which no file has" in problem for problem in problems)
