"""A citation is always seen, whatever is wrong with it, and reads alike wherever it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.citations.support import PLAIN, STOCK, Project, bibliography, contents, rst, words
from tests.support.texts import bibliography_of

from sphinx_paper_table.citations import roles

if TYPE_CHECKING:
    from pathlib import Path

    from tests.citations.support import Built

AUTHOR_YEAR = 'bibtex_default_style = "author_year"\nbibtex_reference_style = "author_year_letters"\n'
BIB = """@misc{elm, author = {Elm, Jo}, title = {One}}
@misc{elm2, author = {Elm, Jo}, title = {Two}}
@misc{bare, howpublished = {A list}, year = 2003}
@misc{oak1999, author = {Oak, Pat and others}, title = {Three}, year = 1999}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    cites = [
        ":cite:p:`elm,elm2`, :cite:t:`{see}nobody{p. 3}`, :cite:p:`oak1999,nobody`, :cite:t:`bare`, :cite:p:`oak1999,`",
        "Of :cite:p:`oak1999`\n--------------------\n\n:cite:p:`elm`",
    ]
    files = {"index.rst": rst("Start", *cites, contents("refs")), "refs.rst": rst("References", bibliography())}
    return Project(tmp_path_factory.mktemp("seen"), files, AUTHOR_YEAR, BIB).build()


def seen(built: Built, name: str) -> str:
    return " ".join(built.page(name).get_text().split())


def test_an_unknown_key_is_seen(built: Built) -> None:
    text = seen(built, "index.html")
    assert "[see nobody?, p. 3]" in text
    assert "[Oak et al., 1999] [nobody?]" in text
    assert any('could not find bibtex key "nobody"; known are' in warning for warning in built.warnings)


def test_what_is_no_list_of_keys_stays_with_its_remedy(built: Built) -> None:
    assert "bare [2003], oak1999," in seen(built, "index.html")
    assert any("'oak1999,' is not a list" in warning and "{p. 3}" in warning for warning in built.warnings)


def test_a_work_without_names_costs_only_its_own_name(built: Built) -> None:
    assert "bare [2003]" in seen(built, "index.html")
    assert any("missing title in bare; references in this style name it" in warning for warning in built.warnings)


def test_undated_works_read_alike_in_text_and_list(built: Built) -> None:
    assert "[Elm, n.d. a, Elm, n.d. b]" in seen(built, "index.html")
    labels = [label.get_text() for label in built.page("refs.html").select(".label")]
    assert {"[Elm, n.d. a]", "[Elm, n.d. b]"} <= set(labels)


def test_titles_show_the_label_and_keep_their_anchor(built: Built) -> None:
    assert "Of [Oak et al., 1999]" in seen(built, "refs.html")
    assert "Of oak1999" not in seen(built, "refs.html")
    assert built.page("index.html").select("section#of-oak1999")


def test_nothing_that_is_made_of_titles_shows_a_key(tmp_path: Path) -> None:
    page = rst(
        "Of :cite:p:`oak1999`",
        ".. _sec:\n\nPart :cite:t:`oak1999`\n---------------------\n\n:ref:`sec`, :ref:`fig`, :ref:`tab`",
        ".. _fig:\n.. figure:: x.png\n\n   Drawn :cite:p:`oak1999`",
        ".. _tab:\n.. list-table:: Rows :cite:p:`oak1999`\n\n   * - cell",
        ".. glossary::\n\n   Moss :cite:p:`oak1999`\n      green",
    )
    files = {"index.rst": rst("Start", contents("a", "refs")), "a.rst": page, "x.png": "", "refs.rst": bibliography()}
    found = Project(tmp_path, files, AUTHOR_YEAR, BIB).build()
    for name in ("index.html", "a.html", "genindex.html"):
        assert "oak1999" not in seen(found, name), name
    titles = found.text("searchindex.js").partition('"terms":')
    assert "oak1999" not in re.sub(
        r'"[\w-]*(?:of|part|drawn|rows|term)[\w-]*oak1999"', "", titles[0], flags=re.IGNORECASE
    )
    assert "oak1999" not in titles[2]
    assert "Moss [Oak et al., 1999]" in seen(found, "genindex.html")
    texts = [words(link) for link in found.page("a.html").select("span.std-ref")]
    assert texts == [f"{name} [Oak et al., 1999]" for name in ("Part", "Drawn", "Rows")]


def test_a_key_that_no_list_has_is_told_apart_and_an_item_is_linked(tmp_path: Path) -> None:
    listed = bibliography("list: enumerated", "filter: key == 'elm'")
    files = {"index.rst": rst("Start", ":cite:p:`elm` and :cite:p:`bare`", listed)}
    found = Project(tmp_path, files, AUTHOR_YEAR, BIB).build()
    (warning,) = found.warnings
    assert 'key "bare" in a list: refs.bib has it, but no bibliography lists it' in warning
    assert "[Elm, n.d.] and [bare?]" in seen(found, "index.html")


def test_an_entry_of_two_lists_is_printed_once_in_a_document(tmp_path: Path) -> None:
    files = {
        "index.rst": rst("Start", contents("a", "b"), bibliography("all:")),
        "a.rst": rst("A", ":cite:p:`oak1999`", bibliography("filter: docname in docnames")),
        "b.rst": rst("B", ":cite:p:`oak1999`", bibliography("filter: docname in docnames")),
    }
    tex = "".join(Project(tmp_path, files, AUTHOR_YEAR, BIB).build(builder="latex").files(".tex").values())
    assert tex.count("Pat Oak") == 1
    assert tex.count("index:cite-oak1999") >= 3
    assert "{a:cite-oak1999}" not in tex


def test_an_option_restores_what_the_stock_package_prints(tmp_path: Path) -> None:
    bib = "@article{elm, author = {Elm, Jo}, title = {One}}\n"
    bib += "@misc{fir, title = {Two}, note = {\\url{https://x.example}}}\n"
    project = Project(tmp_path, {"index.rst": rst("Start", ":cite:p:`elm,fir,nobody`", bibliography())}, "", bib)
    stock, ours = project.build(STOCK), project.build(PLAIN)
    assert ours.files(".html") == stock.files(".html")
    assert ours.warnings == stock.warnings
    assert "missing journal in elm" in seen(ours, "index.html")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("one,", "there is a comma too many"),
        ("one,,two", "there is a comma too many"),
        (", ", "it has no key"),
        ("one, p. 3", "a comma between two keys is missing"),
        ("{see}", "a note has no key"),
        ("{}one", "a note is empty"),
        ("{see one", "a brace is missing"),
        ("}one{", "a brace is missing"),
        ("one{p. {3}}", "braces stand in a note"),
    ],
)
def test_a_role_that_is_no_list_of_keys_says_why(text: str, cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(roles.logger, "warning", lambda *words, **_more: said.append(words[0] % words[1:]))
    assert roles.targets_of(text, "index.rst:1") == []
    assert cause in said[0]


@pytest.mark.parametrize(
    "key", ["a=b", "10<166::AID>3.0.CO;2-2", 'a"b', "<x>", "a'b", "a&b", "a#b", "a%b", "a$b", "(p)"]
)
def test_keys_that_the_stock_package_takes(key: str) -> None:
    found, problems = bibliography_of(f"@misc{{{key}, author = {{A, B}}, title = {{T}}, year = 2000}}")
    assert list(found.references) == [key]
    assert [target.key for target in roles.targets_of(key, "index.rst:1")] == [key]
    assert problems == []


@pytest.mark.parametrize("language", ["zh_CN", "de"])
def test_translated_pages_have_each_id_once_and_no_dead_link(tmp_path: Path, language: str) -> None:
    texts = [
        "Of :cite:p:`oak1999`",
        "Text :cite:t:`elm,oak1999`, note [#f]_ and :footcite:`elm2`.",
        "Item :cite:p:`elm`",
        "Cell :cite:p:`elm`",
        "Note :cite:p:`oak1999`.",
        "Drawn :cite:p:`elm`",
    ]
    head, text, item, cell, note, drawn = texts
    page = rst(
        "Start",
        f"{head}\n{'-' * len(head)}",
        text,
        f"* {item}",
        f".. list-table::\n\n   * - {cell}",
        f".. [#f] {note}",
        f".. figure:: x.png\n\n   {drawn}",
        ".. footbibliography::",
        bibliography(),
    )
    heading = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalog = "\n".join([heading, *(f'msgid "{said}"\nmsgstr "译 {said}"\n' for said in texts)])
    files = {"index.rst": page, "x.png": "", f"locale/{language}/LC_MESSAGES/index.po": catalog}
    conf = f'{AUTHOR_YEAR}language = "{language}"\nlocale_dirs = ["locale"]\n'
    found = Project(tmp_path, files, conf, BIB).build()
    assert found.warnings == []
    shown = found.page()
    ids = [str(element["id"]) for element in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(link["href"]) for link in shown.select("a[href^='#']")} - {"#"} <= {f"#{name}" for name in ids}
    assert seen(found, "index.html").count("译 ") >= len(texts)
    assert words(shown.select_one("h2")).startswith("\u8bd1 Of [Oak")
