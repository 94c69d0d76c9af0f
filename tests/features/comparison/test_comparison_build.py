"""The directive paper-compare: a table in every format, an empty one with data for readers who choose, and advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import ALPHA, INDEX, PAGES, dump, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4.element import Tag
    from tests.support.harness import Site

CHOOSER = "data/methods.js"
FILES = {CHOOSER, "data/survey-alpha.js", "data/survey-beta.js"}


def directive(argument: str = "", name: str = "paper-compare", suffix: str = ".md") -> str:
    """Return a page with one directive."""
    if suffix == ".md":
        return f"# Page\n\n```{{{name}}} {argument}".rstrip() + "\n```\n"
    return f"Page\n====\n\n.. {name}:: {argument}".rstrip() + "\n"


def pages(suffix: str = ".md") -> dict[str, str]:
    """Return pages with a comparison, an empty one and the list of all methods."""
    index = INDEX.replace("references\n", "references\nside\nchoose\nlist\n")
    return {
        **PAGES,
        "index.md": index,
        f"side{suffix}": directive("one two uno other", suffix=suffix),
        f"choose{suffix}": directive(suffix=suffix),
        f"list{suffix}": directive(name="paper-index", suffix=suffix),
    }


def data_files(site: Site) -> set[str]:
    """Return what the site has for its script; that of the search has a file of its own beside them."""
    return {path.relative_to(site.output()).as_posix() for path in site.output().glob("data/*")} - {"data/search.js"}


@pytest.fixture(scope="module", params=[".md", ".rst"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    found = small_site(tmp_path_factory.mktemp("compare"), pages(request.param))
    for builder in ("html", "dirhtml", "text", "latex", "man", "epub", "xml"):
        assert warnings(found.build(builder), found.source) == [], builder
    return found


def cells(row: Tag) -> list[str]:
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]


def test_the_table_says_what_the_cards_do(site: Site) -> None:
    table = soup(site.output() / "side.html").select_one(".pt-compare table")
    assert table is not None
    heads = [(head.get_text(), head.a["href"] if head.a else "") for head in table.select("thead th")]
    assert heads == [
        ("One v1", "surveys/alpha.html#paper-one"),
        ("Two", "surveys/alpha.html#paper-two"),
        ("Other", "surveys/beta.html#paper-other"),
    ]
    rows: dict[str, Any] = {str(row.th.get_text()): cells(row) for row in table.select("tbody tr") if row.th}
    assert rows == {
        "Paper": ["One BERT for All", "Nothing at All", "Nothing at All"],
        "Authors": ["Ann Lee, Bo Park, Cem Vogel, Di Yu", "Eva Kim, Fay Moreau", "Eva Kim, Fay Moreau"],
        "Summary": ["Finds keys with k_+, see Kim and Moreau, 2018 and Two.", "Plain.", "Has its home in beta."],
        "Key difference": ["extends Other : a queue replaces the bank", "", ""],
        "Published": ["CVPR 2020", "Journal of Nothing 2018", "Journal of Nothing 2018"],
        "First public": ["2019-11", "2018", "2018"],
        "Survey": ["Alpha methods: Level one", "Alpha methods: Level one", "Beta methods"],
        "Tags": ["very fast, quite small", "quite small", ""],
        "Relations": ["extends Other", "", "extended by One v1"],
        "Links": ["Paper , arXiv , DOI , Code , Project", "", ""],
    }


def test_other_formats_have_the_table_too(site: Site) -> None:
    text = (site.output("text") / "side.txt").read_text("utf-8")
    latex = next(site.output("latex").glob("*.tex")).read_text("utf-8")
    for part in ("One v1", "extends", "Key difference", "quite small"):
        assert part in " ".join(text.split()) or part in text
        assert part in latex
    epub = soup(site.output("epub") / "side.xhtml")
    assert [head.get_text() for head in epub.select(".pt-compare thead th")] == ["One v1", "Two", "Other"]


def test_readers_choose_where_a_script_runs(site: Site) -> None:
    html = soup(site.output() / "choose.html")
    chooser = html.select_one(".pt-chooser")
    assert chooser is not None
    assert chooser.select_one("form[hidden] input[list=pt-methods]")
    assert chooser.select_one(".pt-scroll tbody tr[data-row=links]")
    assert [head.get_text() for head in chooser.select("thead th")] == ["Other", "One v1", "Three"], "an example"
    assert chooser.select_one(".pt-example a[href='?m=other&m=one&m=three']")
    plain = chooser.select_one("p.pt-plain")
    assert plain is not None
    assert plain.a is not None
    assert (plain.get_text(), plain.a["href"]) == (
        "Choosing methods to compare takes JavaScript. All methods",
        "list.html",
    )
    assert html.select("script[src*='paper_compare.js'][defer]")
    assert not soup(site.output() / "side.html").select("script[src*='paper_compare.js']")
    assert data_files(site) == FILES


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_where_nobody_can_choose_the_page_says_so(site: Site, builder: str) -> None:
    name = {"text": "choose.txt", "latex": "*.tex", "epub": "choose.xhtml"}[builder]
    text = next(site.output(builder).glob(name)).read_text("utf-8")
    assert "Methods can be compared on the web pages only." in text
    assert "All methods" in text
    assert "takes JavaScript" not in text
    assert not [path for path in site.output(builder).rglob("*") if path.name == "methods.js"]


def test_addresses_in_the_data_are_those_of_the_builder(site: Site) -> None:
    assert '"url":"surveys/alpha.html#paper-one"' in (site.output() / "data/survey-alpha.js").read_text("utf-8")
    assert '"url":"surveys/alpha/#paper-one"' in (site.output("dirhtml") / "data/survey-alpha.js").read_text("utf-8")


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    files = {**PAGES, "index.md": INDEX.replace("references\n", "references\na\nb\nc\nd\n")}
    files |= {"a.md": directive("one tow"), "b.md": directive("one"), "c.md": directive("one two three four five")}
    files["d.md"] = "# Page\n\n```{paper-compare}\n:example: one tow\n```\n"
    site = small_site(tmp_path, files)
    assert warnings(site.build(), site.source) == [
        "a.md:3:24: WARNING: there is no paper 'tow'; did you mean 'two'? [paper_table.dangling]",
        "b.md:3:1: WARNING: 1 methods cannot stand side by side; name two, three or four [paper_table.directive]",
        "c.md:3:1: WARNING: 5 methods cannot stand side by side; name two, three or four [paper_table.directive]",
        "d.md:4:15: WARNING: there is no paper 'tow'; did you mean 'two'? [paper_table.dangling]",
    ]
    assert len(soup(site.output() / "a.html").select(".pt-compare thead th")) == 1
    assert len(soup(site.output() / "c.html").select(".pt-compare thead th")) == 4


def test_edits_reach_the_table_and_the_data(tmp_path: Path) -> None:
    """An incremental build says what a clean one does, and leaves no file behind."""
    site = small_site(tmp_path / "a", pages())
    site.build()
    wait_for_clock()
    changed = dump(ALPHA).replace("name: Two", "name: Two and a half").replace("title: Alpha methods", "title: Alpha!")
    site.write("surveys/alpha.yaml", changed)
    site.build()
    clean = small_site(tmp_path / "b", {**pages(), "surveys/alpha.yaml": changed})
    clean.build()
    for name in ("side.html", "choose.html", "list.html", *FILES):
        assert (site.output() / name).read_text("utf-8") == (clean.output() / name).read_text("utf-8"), name
    assert "Two and a half" in (site.output() / "side.html").read_text("utf-8")
    wait_for_clock()
    site.write("choose.md", "# Nothing to choose\n")
    (site.output() / "data" / "mine.js").write_text("")
    site.build()
    assert data_files(site) == {"data/mine.js"}
    assert not soup(site.output() / "choose.html").select("script[src*='paper_compare.js']")


def test_the_list_that_the_page_leads_to_may_come_and_go(tmp_path: Path) -> None:
    site = small_site(tmp_path, pages())
    site.build()
    assert soup(site.output() / "choose.html").select(".pt-plain a[href='list.html']")
    wait_for_clock()
    site.write("list.md", "# No list\n")
    site.build()
    assert not soup(site.output() / "choose.html").select(".pt-plain a")


def test_a_benchmark_may_have_the_name_of_a_row(tmp_path: Path) -> None:
    """The numbers on it are not taken for the links."""
    result = {"benchmark": "links", "value": 7, "source": "lee2020one"}
    survey = {
        "survey": "alpha",
        "title": "Alpha",
        "papers": [{"id": name, "name": name.title(), "results": [result]} for name in ("one", "two")],
    }
    vocabulary = {"vocabulary": "v", "benchmarks": {"links": {"name": "Linked", "dataset": "D", "metric": "m"}}}
    files = {"surveys/alpha.yaml": dump(survey), "surveys/vocabulary.yaml": dump(vocabulary)}
    site = small_site(tmp_path, {**PAGES, **files, "side.md": directive("one two"), "index.md": INDEX})
    site.build("text")
    text = (site.output("text") / "side.txt").read_text("utf-8")
    assert re.search(r"\| Linked \(D, m\) +\| 7 [^|]+\| 7 [^|]+\|", text), text
