"""The styles author_year and author_year_letters: labels that a reader of the field expects, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import BIB, ENGINE, Built, Project, bibliography, contents, rst, words
from tests.support.texts import bibliography_of

from sphinx_paper_table.citations.styles import AuthorYearLabels

if TYPE_CHECKING:
    from pathlib import Path

STYLES: Final = 'bibtex_default_style = "author_year"\nbibtex_reference_style = "author_year_letters"\n'
SITE: Final = {
    "index.rst": rst(
        "Start",
        contents("refs"),
        "* :cite:t:`lee2020one`\n* :cite:p:`lee2020one`\n* :cite:t:`kim2018zero`\n* :cite:p:`he2019two,he2019three`",
        "* :cite:t:`abel2001four`\n* :cite:year:`he2019three`\n* :cite:author:`lee2020one`\n* :cite:t:`group2015five`",
    ),
    "refs.rst": rst("References", bibliography("all:")),
}


def texts(built: Built) -> list[str]:
    return [words(item) for item in built.page().select(".bibtex-citation")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("styles"), SITE, STYLES)


def test_labels_of_the_list(project: Project) -> None:
    labels = [words(label).strip("[]") for label in project.build().page("refs.html").select(".citation .label")]
    assert labels == [
        "Abel, 2001",
        "He, 2019a",
        "He, 2019b",
        "Kim and Moreau, 2018",
        "Lee et al., 2020",
        "The Group, 2015",
        "Yu, 2011",
    ]


def test_references_read_like_the_list(project: Project) -> None:
    assert texts(project.build()) == [
        "Lee et al. [2020]",
        "[Lee et al., 2020]",
        "Kim and Moreau [2018]",
        "[He, 2019a, He, 2019b]",
        "Abel [2001]",
        "2019a",
        "Lee et al.",
        "The Group [2015]",
    ]


def test_words_between_names_follow_the_language(project: Project) -> None:
    built = project.build((*ENGINE, "-D", "language=zh_CN"))
    labels = [words(label).strip("[]") for label in built.page("refs.html").select(".citation .label")]
    assert [labels[number].replace(" ", "") for number in (3, 4)] == ["Kim和Moreau，2018", "Lee等，2020"]
    found = texts(built)
    assert found[1] == "[Lee 等，2020]"
    assert found[2] == "Kim 和 Moreau [2018]"
    assert found[3] == "[He，2019a；He，2019b]"


def test_the_inventory_has_the_labels_whatever_the_style(tmp_path: Path) -> None:
    built = Project(tmp_path, SITE).build()
    assert built.inventory("cite:citation")["he2019three"].display_name == "He, 2019a"
    assert built.inventory("std:label")["cite-kim2018zero"].display_name == "Kim and Moreau, 2018"


def test_a_second_paper_gives_letters_to_both(tmp_path: Path) -> None:
    """On a page that is not read again, and in the inventory."""
    project = Project(tmp_path, SITE, STYLES)
    assert texts(project.build(place="kept"))[0] == "Lee et al. [2020]"
    twin = "\n@misc{lee2020zwei, author = {Lee, A. and Alt, B. and Ult, C.}, title = {Zwei}, year = {2020}}\n"
    project.write("refs.bib", BIB + twin)
    built = project.build(place="kept")
    assert texts(built)[:2] == ["Lee et al. [2020b]", "[Lee et al., 2020b]"]
    assert built.inventory("cite:citation")["lee2020one"].display_name == "Lee et al., 2020b"
    assert built.files(".html") == project.build().files(".html")


def test_more_than_26_papers_of_a_year(tmp_path: Path) -> None:
    bib = "".join(f"@misc{{k{n:02}, author={{He, K.}}, title={{T{n:02}}}, year=2020}}\n" for n in range(28))
    built = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:"))}, STYLES, bib).build()
    labels = [words(label).strip("[]") for label in built.page().select(".citation .label")]
    assert [labels[0], *labels[25:]] == ["He, 2020a", "He, 2020z", "He, 2020aa", "He, 2020ab"]
    assert built.warnings == []


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        (("2001a", "2001b"), ("2001a", "2001b")),
        (("2001a", "2001a"), ("2001a", "2001b")),
        (("2001a", "2001a", "2001b"), ("2001a", "2001c", "2001b")),
        (("2001", "2001", "2001a"), ("2001b", "2001c", "2001a")),
        (("2001", "2001a"), ("2001", "2001a")),
        (("in press", "in press"), ("in press a", "in press b")),
    ],
)
def test_letters_written_by_hand_are_not_doubled(years: tuple[str, ...], labels: tuple[str, ...]) -> None:
    entries = (f"@misc{{k{n}, author={{Inn, P}}, title={{T{n}}}, year={{{year}}}}}" for n, year in enumerate(years))
    found, _problems = bibliography_of("".join(entries))
    made = AuthorYearLabels().format_labels(list(found.database.entries.values()))
    assert tuple(label.removeprefix("Inn, ") for label in made) == labels


def test_a_label_has_the_first_words_of_a_title_where_nobody_wrote_it() -> None:
    titles = {
        "Moss: A Report on Green Things": "Moss",
        "A Report on All That Is Green: Moss": "A Report on All That Is…",
        "One, Two, Three, Four, Five, Six, Seven": "One, Two, Three, Four, Five, Six…",
        "Green Things": "Green Things",
        "Ratios of 1:2 at 10:30": "Ratios of 1:2 at 10:30",
    }
    entries = (f"@misc{{k{n}, title={{{title}}}, year=2001}}" for n, title in enumerate(titles))
    found, _problems = bibliography_of("".join(entries))
    made = AuthorYearLabels().format_labels(list(found.database.entries.values()))
    assert [label.removesuffix(", 2001") for label in made] == list(titles.values())


def test_references_have_the_letter_of_the_label(tmp_path: Path) -> None:
    bib = "".join(f"@misc{{k{n}, author={{Inn, P}}, title={{T{n}}}, year={{2001a}}}}" for n in range(2))
    built = Project(tmp_path, {"index.rst": rst("Start", ":cite:p:`k0` :cite:t:`k1`", bibliography())}, STYLES, bib)
    assert texts(built.build()) == ["[Inn, 2001a]", "Inn [2001b]"]


def test_a_style_of_references_that_there_is_not_ends_no_build(tmp_path: Path) -> None:
    conf = 'bibtex_reference_style = "autor_year"\nbibtex_foot_reference_style = "foto"\n'
    built = Project(tmp_path, {"index.rst": rst("Start", ":cite:p:`he2019two`", bibliography())}, conf).build()
    assert ["there is no style" in warning for warning in built.warnings] == [True, True]
    assert texts(built) == ["[He19]"]
