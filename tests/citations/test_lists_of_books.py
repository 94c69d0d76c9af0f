"""Lists of references in LaTeX: each stands where its page has it, without a heading of LaTeX's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.citations.support import Project, bibliography, contents, rst

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR_YEAR = 'bibtex_default_style = "author_year"\nbibtex_reference_style = "author_year_letters"\n'
BIB = """
@book{ash2001, author = {Ann Ash}, title = {Ash}, publisher = {P}, year = {2001}}
@book{oak1999, author = {Pat Oak}, title = {Oak}, publisher = {P}, year = {1999}}
"""


def test_each_list_stands_on_its_page(tmp_path: Path) -> None:
    files = {
        "index.rst": rst("Start", contents("a", "b", "c")),
        "a.rst": rst("A", ":cite:p:`oak1999`", bibliography("filter: docname in docnames")),
        "b.rst": rst("B", ":cite:p:`ash2001`", bibliography("filter: docname in docnames")),
        "c.rst": rst("Last", "The end."),
    }
    tex = "".join(Project(tmp_path, files, AUTHOR_YEAR, BIB).build(builder="latex").files(".tex").values())
    places = [tex.index(text) for text in ("{A}", "Pat Oak", "{B}", "Ann Ash", "{Last}")]
    assert places == sorted(places)
    assert tex.count(r"\begin{sphinxthebibliography}") == tex.count(r"\begingroup\makeatletter") == 2
    assert tex.count(r"\end{sphinxthebibliography}") == tex.count(r"\endgroup") == 2


def test_citations_of_pages_stay_at_the_end_as_sphinx_has_them(tmp_path: Path) -> None:
    files = {
        "index.rst": rst("Start", ":cite:p:`oak1999` and [own]_", ".. [own] By hand.", bibliography()),
    }
    tex = "".join(Project(tmp_path, files, AUTHOR_YEAR, BIB).build(builder="latex").files(".tex").values())
    assert tex.index("Pat Oak") < tex.index(r"\endgroup") < tex.index("By hand.")
    assert tex.count(r"\begin{sphinxthebibliography}") == 2
