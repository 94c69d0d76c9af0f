"""What a reference shows beyond the stock package: where it is cited, and its BibTeX."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import BIB, ENGINE, Built, Project, bibliography, contents, rst, words

if TYPE_CHECKING:
    from pathlib import Path

ZH: Final = "第二篇引用 :cite:t:`lee2020one`，也引用 :cite:p:`lee2020one`。"
PO: Final = f"""\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Second"
msgstr "第二"

msgid "Deep"
msgstr "深处"

msgid "Cites :cite:t:`lee2020one` and :cite:p:`lee2020one`."
msgstr "{ZH}"
"""
SITE: Final = {
    "index.rst": rst("Start", contents("zebra", "apple", "refs")),
    "apple.rst": rst(
        "Second", "Cites :cite:t:`lee2020one` and :cite:p:`lee2020one`.", "Deep\n----", ":cite:p:`lee2020one`"
    ),
    "zebra.rst": rst("First", ":cite:p:`lee2020one,he2019two`"),
    "refs.rst": rst("References", bibliography("all:")),
    "locale/zh_CN/LC_MESSAGES/small.po": PO,
}
LANGUAGES: Final = 'locale_dirs = ["locale"]\ngettext_compact = "small"\n'


def cited_on(built: Built, key: str) -> list[str]:
    """Return what stands below a reference."""
    return [words(line) for line in built.page("refs.html").select(f"#cite-{key} .cited-on")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("additions"), SITE, LANGUAGES)


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build()


def test_pages_stand_in_reading_order_with_their_sections(built: Built) -> None:
    """The order is that of the table of contents; a section counts once, however often it cites."""
    assert cited_on(built, "lee2020one") == ["Cited on: First; Second (Deep)"]
    assert built.links("#cite-lee2020one .cited-on a", "refs.html") == [
        ("First", "zebra.html"),
        ("Second", "apple.html"),
        ("Deep", "apple.html#deep"),
    ]


def test_what_nobody_cites_has_no_line(built: Built) -> None:
    assert cited_on(built, "he2019two") == ["Cited on: First"]
    assert cited_on(built, "yu2011six") == []


def test_bibtex_is_folded_below_every_reference(built: Built) -> None:
    page = built.page("refs.html")
    assert len(page.select(".citation details.pt-bibtex:not([open])")) == 7
    (source,) = page.select("#cite-kim2018zero details pre")
    assert source.get_text().startswith("@inproceedings{kim2018zero,\n  author = {Kim, Eva and Moreau, Fay},\n")
    (source,) = page.select("#cite-he2019two details pre")
    assert source.get_text() in BIB


def test_the_bibtex_to_copy_has_no_address_that_is_not_linked(tmp_path: Path) -> None:
    entry = "@misc{bad2020, title = {Bad}, url = {javascript:alert(1)}, year = {2020}}\n"
    built = Project(tmp_path, {"index.rst": rst("References", bibliography("all:"))}, "", entry).build()
    (source,) = built.page().select("#cite-bad2020 details pre")
    assert "title = {Bad}" in source.get_text()
    assert "javascript" not in str(built.page().select_one("#cite-bad2020"))


def test_a_search_finds_the_words_of_references(built: Built) -> None:
    """They are made when the page is printed; its index is made before that."""
    terms = json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert {"lee", "vogel", "bert", "journal"} <= terms.keys()


def test_a_translation_counts_once(project: Project) -> None:
    """The stock role counts a translated citation again; titles are those of the language."""
    options = (*ENGINE, "-D", "language=zh_CN", "-D", "bibtex_bibliography_header=")
    built = project.build(options)
    page = built.page("refs.html")
    assert [words(link) for link in page.select("#cite-lee2020one .cited-on a")] == ["First", "第二", "深处"]
    assert "第二篇引用" in built.text("apple.html")


def test_back_links_count_once_in_a_translation(tmp_path: Path) -> None:
    text = "Cites :cite:t:`lee2020one` and :cite:p:`lee2020one`."
    files = {**SITE, "index.rst": rst("Start", text, bibliography(), contents("refs"))}
    project = Project(tmp_path, {**files, "refs.rst": rst("References")}, LANGUAGES)
    for language in ("en", "zh_CN"):
        page = project.build((*ENGINE, "-D", f"language={language}")).page()
        backrefs = [str(link["href"])[1:] for link in page.select("#cite-lee2020one .backrefs a")]
        assert len(backrefs) == 2, language
        assert {str(span["id"]) for span in page.select(".bibtex-citation")} == set(backrefs)


def test_a_build_of_many_processes_is_the_same(project: Project, built: Built) -> None:
    assert project.build(jobs=4).files(".html") == built.files(".html")


@pytest.mark.parametrize(("builder", "name"), [("latex", "small.tex"), ("text", "refs.txt")])
def test_other_formats_have_no_bibtex(project: Project, builder: str, name: str) -> None:
    text = project.build(builder=builder).text(name)
    assert "Nothing at all" in text
    assert "@inproceedings" not in text
    assert "details" not in text


def test_each_addition_can_be_switched_off(project: Project) -> None:
    page = project.build((*ENGINE, "-D", "citations_cited_on=0")).page("refs.html")
    assert not page.select(".cited-on")
    assert page.select("details.pt-bibtex")
    page = project.build((*ENGINE, "-D", "citations_bibtex=0")).page("refs.html")
    assert page.select(".cited-on")
    assert not page.select("details.pt-bibtex")


def test_bibtex_cannot_break_out_of_its_page(tmp_path: Path) -> None:
    bib = "@misc{evil, title = {A </pre><script>alert(1)</script>}, author = {X, Y}, year = 2000}\n"
    built = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:"))}, "", bib).build()
    assert "<script>alert" not in built.text()
    assert "<script>alert(1)" in words(built.page().select("details pre")[0])


def test_tooltips_have_no_tex(tmp_path: Path) -> None:
    title = 'On $\\mathcal{O}(n_1)$ and {BERT} by {G{\\"o}del}'
    bib = f"@misc{{x, title = {{{title}}}, author = {{Abel, Zo{{\\'e}}}}, year = 2000}}\n"
    files = {"index.rst": rst("Start", ":cite:p:`x`", bibliography())}
    built = Project(tmp_path, files, 'bibtex_default_style = "plain"\n', bib).build()
    (link,) = built.page().select(".bibtex-citation a")
    assert link["title"] == "Zoé Abel. On \N{MATHEMATICAL SCRIPT CAPITAL O}(n₁) and BERT by Gödel. 2000."


@pytest.mark.parametrize("builder", ["json", "pickle"])
def test_pages_that_other_programs_print(project: Project, builder: str) -> None:
    """These builders have pages without links to files: a style sheet in the body ended them."""
    built = project.build(builder=builder)
    assert built.warnings == []
    assert b"Lee" in (built.output / ("refs.fjson" if builder == "json" else "refs.fpickle")).read_bytes()


def test_the_bibtex_of_a_set_is_complete(tmp_path: Path) -> None:
    bib = "@misc{one, title={One}, year=2000}\n@misc{two, title={Two}, year=2001}\n@set{both, entryset={one, two}}\n"
    pages = {"index.rst": rst("Start", ":cite:p:`both`", bibliography())}
    found = Project(tmp_path, pages, "", bib).build()
    (source,) = found.page().select(".citation pre")
    assert [line.partition(",")[0] for line in source.get_text().split("\n\n")] == [
        "@set{both",
        "@misc{one",
        "@misc{two",
    ]
    assert words(found.page().select_one(".citation p")) == "One. 2000. Two. 2001."
