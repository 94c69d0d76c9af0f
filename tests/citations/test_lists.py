"""Several lists of references: links lead to the nearer one, nothing warns, nothing moves, former keys are known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import BIB, STOCK, Built, Project, bibliography, contents, rst, words

from sphinx_paper_table.citations.former_keys import with_present_keys

if TYPE_CHECKING:
    from pathlib import Path

HERE: Final = bibliography("filter: docname in docnames")
SITE: Final = {
    "index.rst": rst("Start", contents("one", "two", "bare", "refs"), ":cite:p:`lee2020one`"),
    "one.rst": rst("One", ":cite:t:`lee2020one` :cite:t:`he2019two`", HERE),
    "two.rst": rst("Two", ":cite:t:`lee2020one` :cite:t:`kim2018zero`", HERE),
    "bare.rst": rst("Bare", ":cite:t:`lee2020one` :cite:t:`he2019two`"),
    "refs.rst": rst("References", bibliography("all:")),
}


def targets(built: Built, name: str) -> list[str]:
    """Return where the references on a page lead."""
    return [address for _text, address in built.links(".bibtex-citation a", name)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("lists"), SITE)


def test_links_lead_to_the_list_of_the_page_else_to_the_largest(project: Project) -> None:
    built = project.build()
    assert targets(built, "one.html") == ["#cite-lee2020one", "#cite-he2019two"]
    assert targets(built, "two.html") == ["#cite-lee2020one", "#cite-kim2018zero"]
    assert targets(built, "bare.html") == ["refs.html#cite-lee2020one", "refs.html#cite-he2019two"]
    assert targets(built, "index.html") == ["refs.html#cite-lee2020one"]
    assert built.inventory("cite:citation")["he2019two"].uri == "refs.html#cite-he2019two"


def test_a_key_in_lists_of_several_pages_is_no_fault(project: Project) -> None:
    assert project.build().warnings == []
    assert "duplicate citation for key" in project.build(STOCK).log


@pytest.mark.parametrize("jobs", [1, 4])
def test_nothing_moves_when_a_page_is_touched(tmp_path: Path, jobs: int) -> None:
    """With the stock package the last list read is the one that is linked."""
    project = Project(tmp_path, {**SITE, "zz.rst": rst("Last", ":orphan:", bibliography("all:"))})
    before = project.build(place="kept", jobs=jobs).files(".html")
    for name in ("refs.rst", "one.rst", "zz.rst"):
        (project.source / name).touch()
        assert project.build(place="kept", jobs=jobs).files(".html") == before, name


def test_a_local_list_that_comes_and_goes_takes_the_links_along(tmp_path: Path) -> None:
    project = Project(tmp_path, SITE)
    project.build(place="kept")
    project.write("bare.rst", rst("Bare", ":cite:t:`lee2020one`", HERE))
    assert targets(project.build(place="kept"), "bare.html") == ["#cite-lee2020one"]
    project.write("bare.rst", rst("Bare", ":cite:t:`lee2020one`"))
    assert targets(project.build(place="kept"), "bare.html") == ["refs.html#cite-lee2020one"]


def test_keys_of_one_role_stand_as_the_lists_have_them(tmp_path: Path) -> None:
    """A list on another page that begins with the second key changes their order, on pages that are not read too."""
    site = {
        "index.rst": rst("Start", contents("refs"), ":cite:p:`kim2018zero,he2019two`"),
        "a.rst": rst("A", ":orphan:", "Nothing yet."),
        "refs.rst": rst("References", bibliography("all:")),
    }
    project = Project(tmp_path, site)
    assert targets(project.build(place="kept"), "index.html") == [
        "refs.html#cite-he2019two",
        "refs.html#cite-kim2018zero",
    ]
    project.write("a.rst", rst("A", ":orphan:", bibliography("filter: False", keys=("kim2018zero",))))
    incremental, clean = project.build(place="kept"), project.build()
    assert targets(incremental, "index.html") == targets(clean, "index.html")


FORMER: Final = BIB.replace("title = {Two},", "title = {Two}, ids = {he2019old, hk19},")


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {
        "index.rst": rst("Start", contents("refs"), ":cite:p:`he2019old` :cite:t:`hk19,lee2020one`"),
        "refs.rst": rst("References", bibliography("cited:")),
    }
    return Project(tmp_path_factory.mktemp("former"), files, "", FORMER).build()


def test_a_former_key_leads_to_the_present_one(renamed: Built) -> None:
    assert targets(renamed, "index.html") == [
        "refs.html#cite-he2019two",
        "refs.html#cite-he2019two",
        "refs.html#cite-lee2020one",
    ]
    assert not [warning for warning in renamed.warnings if "could not find" in warning]


def test_a_former_key_counts_as_a_citation(renamed: Built) -> None:
    page = renamed.page("refs.html")
    assert [item["id"] for item in page.select(".citation")] == ["cite-he2019two", "cite-lee2020one"]
    assert page.select("#cite-he2019two .cited-on")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('key == "old"', 'key == "new"'),
        ('cited and key in {"old", "other"}', 'cited and key in {"new", "other"}'),
        ('title % "old"', 'title % "old"'),
    ],
)
def test_filters_of_lists_know_former_keys(written: str, read: str) -> None:
    found = with_present_keys(ast.parse(written), {"old": "new"})
    assert ast.dump(found) == ast.dump(ast.parse(read))


def test_a_list_is_filtered_by_a_former_key(tmp_path: Path) -> None:
    listed = bibliography('filter: key == "hk19"')
    page = Project(tmp_path, {"index.rst": rst("Start", listed)}, "", FORMER).build().page("index.html")
    assert [item["id"] for item in page.select(".citation")] == ["cite-he2019two"]


def test_the_inventory_knows_former_keys(renamed: Built) -> None:
    found = renamed.inventory("cite:citation")
    assert {key: item.uri for key, item in found.items()} == {
        "he2019two": "refs.html#cite-he2019two",
        "he2019old": "refs.html#cite-he2019two",
        "hk19": "refs.html#cite-he2019two",
        "lee2020one": "refs.html#cite-lee2020one",
    }
    assert found["hk19"].display_name == "He, 2019"


NOTES: Final = rst("Notes", ":footcite:p:`lee2020one`", ".. footbibliography::")
OPTIONS: Final = (
    'bibtex_cite_id = "b-{key}"',
    'bibtex_default_style = "unsrt"',
    'bibtex_bibliography_id = "list-{bibliography_count}"',
    'bibtex_bibliography_header = ".. rubric:: Read"',
    'bibtex_footcite_id = "note-{key}"',
    'bibtex_footbibliography_id = "notes-{footbibliography_count}"',
    'bibtex_footbibliography_header = ".. rubric:: Read below"',
)


def test_an_option_of_lists_changes_pages_that_were_read(tmp_path: Path) -> None:
    """The stock package keeps ids, labels and headers as they were when the page was read."""
    project = Project(
        tmp_path, {**SITE, "refs.rst": SITE["refs.rst"] + "\n.. toctree::\n\n   notes\n", "notes.rst": NOTES}
    )
    conf = (project.source / "conf.py").read_text("utf-8")
    plain = project.build(place="kept").files(".html")
    for option in OPTIONS:
        project.write("conf.py", f"{conf}{option}\n")
        changed = project.build(place="kept").files(".html")
        assert changed != plain, option
        project.write("conf.py", conf)
        assert project.build(place="kept").files(".html") == plain, option
    project.write("conf.py", "\n".join([conf, *OPTIONS]))
    assert project.build(place="kept").files(".html") == project.build().files(".html")


def test_a_footnote_for_a_key_that_comes_later(tmp_path: Path) -> None:
    """The stock package lets only pages with footnotes depend on the files."""
    site = {"index.rst": rst("Start", ":footcite:p:`later2021`", ".. footbibliography::")}
    project = Project(tmp_path, site)
    assert 'could not find bibtex key "later2021"' in project.build(place="kept").log
    project.write("refs.bib", BIB + "@misc{later2021, author={L, A}, title={Later}, year=2021}\n")
    built = project.build(place="kept")
    assert built.page().select("#footcite-later2021")
    assert built.warnings == []


def test_labels_go_with_the_last_citation(tmp_path: Path) -> None:
    """The page with the list is not read again; a label of the project that begins alike stays."""
    target = ".. _cite-style:\n\nHow to cite\n-----------"
    site = {
        "index.rst": rst("Start", contents("refs"), ":cite:t:`lee2020one`", target),
        "refs.rst": rst("References", bibliography("cited:")),
    }
    project = Project(tmp_path, site)
    assert {"cite-lee2020one", "cite-style"} <= set(project.build(place="kept").inventory("std:label"))
    project.write("index.rst", site["index.rst"].replace(":cite:t:`lee2020one`", "Nothing."))
    labels = project.build(place="kept").inventory("std:label")
    assert labels.keys() == project.build().inventory("std:label").keys()
    assert "cite-style" in labels
    assert "cite-lee2020one" not in labels


def test_works_without_authors_stand_where_their_title_does(tmp_path: Path) -> None:
    bib = """@misc{one, title={The Oak}, year=2001}@misc{two, author={Pine, A}, title={T}, year=2001}
@proceedings{three, editor={Elm, B}, title={P}, year=2001}@collection{four, editor={Fir, B}, title={C}, year=2001}
@misc{five, title={{\\"A}sh}, key={ash}, year=2001}@online{six, editor={Yew, C}, title={O}, year=2001}"""
    built = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:"))}, "", bib).build()
    items = built.page().select(".citation")
    assert [str(item["id"]) for item in items] == [
        f"cite-{name}" for name in ("five", "three", "four", "one", "two", "six")
    ]
    labels = [words(item.select_one(".label")) for item in items]
    assert labels == ["[ash01]", "[Elm01]", "[Fir01]", "[one01]", "[Pin01]", "[Yew01]"]
