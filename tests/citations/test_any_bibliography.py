"""A bibliography as the world writes it, on pages, as text and in LaTeX: every entry, and formulas as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import ENGINE, Built, Project, bibliography, rst, words

if TYPE_CHECKING:
    from pathlib import Path

BIB: Final = r"""
@string{jomo = "Journal of Moss"}
Text between entries, and a remark. @comment{nothing}
@preamble{"\newcommand{\moss}{Moss}"}
@article{moss2020, author = {Moss, A.\,B. and F{\'{\i}}n, Bo}, title = {Growth in ${\cal O}(n^{12})$ of $m_{ij}$},
  journal = jomo, year = 2020, month = 12 # "~" # jul}
@online{fern2021, author = {family=Fern, given=Cy, prefix=von}, title = {95% of \emph{P. abies}},
  date = {2021-03}, url = {www.fern.example}}
@inproceedings{beck2019, author = {Beck, Di}, title = {A Talk}, crossref = {conf2019}}
@thesis{list2018, author = {List, Ed}, title = {A Thesis}, type = {phdthesis}, institution = {A University},
  date = {2018}}
@article{pre2024, author = {Pre, Fay}, title = {A Preprint}, eprint = {2401.00001}, archiveprefix = {arXiv},
  year = 2024}
@misc{bare, howpublished = {A list}}
@misc{press, author = {Noe, Gil}, title = {Soon}, year = {in press}, url = {\url{HTTPS://noe.example/a_b}}}
@proceedings{conf2019, title = {Meeting on Moss}, year = 2019}
"""
PAGES: Final = {
    "index.rst": rst(
        "Start", ":cite:p:`moss2020,press`, :cite:t:`fern2021`, :cite:t:`beck2019`.", bibliography("all:")
    ),
    "other.rst": rst("Other", bibliography('filter: type == "thesis"', "list: bullet")),
}
CONF: Final = """
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_letters"
suppress_warnings = ["toc.not_included"]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("any"), PAGES, CONF, BIB)


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build(ENGINE, place="kept")


def test_nothing_is_reported_and_every_entry_is_listed(built: Built) -> None:
    assert built.warnings == []
    listed = {str(item["id"]): words(item.select_one("p")) for item in built.page().select(".citation")}
    formula = listed.pop("cite-moss2020")
    assert formula.startswith("A. B. Moss and Bo Fín. Growth in ")
    assert formula.endswith(". Journal of Moss, 12\N{NO-BREAK SPACE}July 2020.".replace("\N{NO-BREAK SPACE}", " "))
    assert listed == {
        "cite-fern2021": "Cy von Fern. 95% of P. abies. March 2021. URL: www.fern.example.",
        "cite-beck2019": "Di Beck. A talk. In Meeting on Moss. 2019.",
        "cite-list2018": "Ed List. A Thesis. PhD thesis, A University, 2018.",
        "cite-pre2024": "Fay Pre. A preprint. 2024. arXiv:2401.00001.",
        "cite-bare": "A list.",
        "cite-press": "Gil Noe. Soon. In press. URL: https://noe.example/a_b.",
        "cite-conf2019": "Meeting on Moss, 2019.",
    }


def test_what_a_field_marks_is_marked_on_the_page(built: Built) -> None:
    page = built.page()
    assert [words(node) for node in page.select("#cite-moss2020 p .math")] == [r"\({\cal O}(n^{12})\)", r"\(m_{ij}\)"]
    assert "mathjax" in built.text().lower()
    assert "mathjax" not in built.text("other.html").lower()
    assert words(page.select_one("#cite-fern2021 em")) == "P. abies"
    assert built.links("#cite-fern2021 p:not(.cited-on) a") == []
    assert built.links("#cite-press p:not(.cited-on) a") == [("https://noe.example/a_b", "https://noe.example/a_b")]


def test_labels_tooltips_and_filters_read_the_same_model(built: Built) -> None:
    links = built.page().select(".bibtex-citation a")
    assert [words(link) for link in links] == ["Moss and Fín, 2020", "Noe, in press", "2021", "2019"]
    assert str(links[0]["title"]).startswith("A. B. Moss and Bo Fín. Growth in O(n¹²) of mᵢⱼ.")
    assert [words(item) for item in built.page("other.html").select(".body li")] == [
        "Ed List. A Thesis. PhD thesis, A University, 2018."
    ]
    assert built.inventory("cite:citation")["beck2019"].display_name == "Beck, 2019"


def test_text_has_unicode_and_latex_has_tex(project: Project) -> None:
    text = project.build(ENGINE, "text").text("index.txt")
    assert "Growth in O(n¹²) of mᵢⱼ. *Journal of Moss*, 12 July 2020." in " ".join(text.split())
    latex = project.build(ENGINE, "latex").text("small.tex")
    assert r"\({\cal O}(n^{12})\)" in latex
    assert r"\(m_{ij}\)" in latex
    assert r"95\% of \sphinxstyleemphasis{P. abies}" in latex


def test_a_formula_that_goes_takes_its_script_along(project: Project, built: Built) -> None:
    assert built.warnings == []
    project.write("refs.bib", BIB.replace(r"${\cal O}(n^{12})$ of $m_{ij}$", "Sizes"))
    again = project.build(ENGINE, place="kept")
    clean = project.build(ENGINE)
    assert again.text() == clean.text()
    assert "mathjax" not in again.text().lower()
    project.write("refs.bib", BIB)


def test_types_of_a_projects_own_style(tmp_path: Path) -> None:
    conf = """
import pybtex.plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import field, sentence, words
class Own(Style):
    def get_report_template(self, e):
        return sentence[words["REPORT", field("title")]]
    def get_vlog_template(self, e):
        return sentence[words["VLOG", field("title")]]
pybtex.plugin.register_plugin("pybtex.style.formatting", "own", Own)
bibtex_default_style = "own"
"""
    bib = "".join(
        f"@{kind}{{{kind}, author = {{A, B}}, title = {{{title}}}, year = 2020}}\n"
        for kind, title in (("report", "Tool"), ("vlog", "Film"))
    )
    pages = {"index.rst": rst("Start", bibliography('filter: type == "report" or type == "vlog"'))}
    built = Project(tmp_path, pages, conf, bib).build()
    assert built.warnings == []
    assert [words(item.select_one("p")) for item in built.page().select(".citation")] == ["REPORT Tool.", "VLOG Film."]


def test_what_a_project_knows_is_not_reported(tmp_path: Path) -> None:
    bib = "".join(f"@artcle{{{key}, author = {{A, B}}, title = {{T}}, year = 2000}}\n" for key in ("one", "two"))
    pages = {"index.rst": rst("Start", bibliography("all:"))}
    built = Project(tmp_path, pages, 'citations_ignore = ["bibtex-type:one"]\n', bib).build()
    (warning,) = built.warnings
    assert "entry 'two' has the unknown type '@artcle'" in warning
