"""References in footnotes are read and printed as those in lists: what is wrong with one stops no build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.citations.support import PLAIN, STOCK, Project, rst, words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.citations.support import Built

BIB = r"""@article{elm, author={Elm, Jo}, title={<i>One</i> &amp; $x^2$ of 95% more}, year=2001, doi={10.1000/a\_b}}
@misc{bare, howpublished={A list}, year=2003}
@report{fir, author={Fir, Al}, title={Two}, institution={I}, year=2004, ids={spruce}}
@misc{张三, author={张, 三}, title={茶}, year=2004}
@misc{李四, author={李, 四}, title={水}, year=2005}
@misc{a:b, author={A, B}, title={Colon}, year=2005}
@misc{a_b, author={A, C}, title={Line}, year=2006}
"""
FILES = {
    "index.rst": rst(
        "Start",
        ":footcite:p:`elm`, :footcite:t:`bare`, :footcite:`fir` and :footcite:`spruce`.",
        ":footcite:`张三,李四`, :footcite:`a:b,a_b`.",
        "Bad :footcite:`elm,`; :footcite:`nobody`; :footcite:`{see}elm{p. 3}`; :footcite:t:`bare,nobody`.",
        "Bad :cite:`pine` and :footcite:`pine`.",
        ".. footbibliography::",
    )
}
CONF = 'exclude_patterns = []\nsuppress_warnings = ["paper_table.anchor"]\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("footnotes"), FILES, CONF, BIB)


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build()


def test_a_footnote_is_printed_as_a_reference(built: Built) -> None:
    notes = {str(note["id"]): words(note.select_one("p:last-child")) for note in built.page().select("aside.footnote")}
    assert notes.pop("footcite-elm") == r"Jo Elm. One & \(x^2\) of 95% more. 2001. doi:10.1000/a_b."
    assert notes.pop("footcite-bare") == "A list, 2003."
    assert notes.pop("footcite-fir") == "Al Fir. Two. Technical Report, I, 2004."
    assert list(notes.values()) == ["张三. 茶. 2004.", "李四. 水. 2005.", "B A. Colon. 2005.", "C A. Line. 2006."]
    assert built.links("#footcite-elm a.external") == [("doi:10.1000/a_b", "https://doi.org/10.1000/a_b")]


def test_every_mark_leads_to_a_footnote_of_its_own(built: Built) -> None:
    page = built.page()
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"] for link in page.select("a.footnote-reference")} <= {f"#{name}" for name in ids}
    assert "[1], bare[2], [3] and [3]" in words(page.select_one("p"))


def test_what_is_wrong_is_said_and_seen(built: Built) -> None:
    assert "Bad elm,; [nobody?]; [1]; bare[2][nobody?]." in words(built.page().select_one(".body"))
    said = "\n".join(built.warnings)
    assert "'elm,' is not a list of BibTeX keys: there is a comma too many" in said
    assert 'could not find bibtex key "nobody"' in said
    assert said.count('could not find bibtex key "pine"') == 1
    assert "footnotes have no place for the notes of 'elm'" in said
    assert "missing title in bare; references in this style name it" in said
    assert all(warning.startswith("index.rst:") for warning in built.warnings)


def test_formulas_are_readable_where_there_are_none(project: Project) -> None:
    assert "& x² of 95% more" in project.build(builder="text").text("index.txt")
    assert r"\(x^2\) of 95\% more" in project.build(builder="latex").text("small.tex")


def test_footnotes_that_nothing_lists_stand_at_the_end(tmp_path: Path) -> None:
    files = {"index.rst": rst("Start", "One :footcite:`elm`.", ".. footbibliography::", "Two :footcite:`fir`.")}
    found = Project(tmp_path, files, "", BIB.partition("@misc{张三")[0]).build()
    assert [str(note["id"]) for note in found.page().select("aside.footnote")] == ["footcite-elm", "footcite-fir"]
    (warning,) = found.warnings
    assert "no 'footbibliography' is behind the last 'footcite'" in warning


def test_an_option_restores_the_stock_footnotes(tmp_path: Path) -> None:
    files = {
        "index.rst": rst("Start", ":footcite:p:`one` :footcite:t:`two`", ".. footbibliography::", ":footcite:`two`")
    }
    bib = "@misc{one, author={A, B and others}, title={One}, pages={7}}@misc{two, author={C, D}, title={Two}, note={N}}"
    project = Project(tmp_path, files, "", bib)
    stock, ours = project.build(STOCK), project.build(PLAIN)
    assert re.sub(r"\s+", " ", ours.text()) == re.sub(r"\s+", " ", stock.text())
    assert ours.warnings == stock.warnings
