"""The bar to filter by: on which tables it stands, what it offers, and that only pages with one pay for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import ALPHA, INDEX, PAGES, dump, page, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.support.harness import Site

FACTS = {"one": "1.0", "two": "0", "loose": ""}
"""Places of tags of some papers of alpha: "quite small" stands before "very fast"."""


def options(html: BeautifulSoup, name: str) -> list[str]:
    """Return what a field of the bar offers, "any" left out."""
    boxes = [str(box["value"]) for box in html.select(f"input[type=checkbox][name={name}]")]
    return boxes + [option.get_text() for option in html.select(f"select[name={name}] option")[1:]]


def scripts(html: BeautifulSoup) -> list[str]:
    """Return the scripts of tables that a page asks for."""
    sources = [str(script["src"]).rpartition("/")[2].partition("?")[0] for script in html.select("script[src]")]
    return [name for name in sources if name in {"paper_tabs.js", "paper_sort.js", "paper_filter.js"}]


@pytest.fixture(scope="module", params=[".md", ".rst"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Alpha has seven papers and one from elsewhere, beta one."""
    suffix = request.param
    small = ("ids: one two", "no-index:")
    pages = {
        f"views/{name}{suffix}": page(name, "alpha", *extra, suffix=suffix)
        for name, extra in {
            "cards": ("layout: cards", "no-index:"),
            "table": ("layout: table", "no-index:"),
            "sections": ("layout: sections", "filter: on", "no-index:"),
            "off": ("filter: off", "no-index:"),
            "few": small,
            "on": (*small, "filter: on"),
        }.items()
    }
    lists = {
        f"views/{name}{suffix}": page(name, "", *extra, suffix=suffix).replace("paper-table", "paper-index")
        for name, extra in {"list": (), "shortlist": ("ids: one two",)}.items()
    }
    index = INDEX.replace("references\n", "references\nviews/*\n")
    found = small_site(tmp_path_factory.mktemp("views"), {**PAGES, **pages, **lists, "index.md": index})
    for builder in ("html", "text", "latex", "epub", "man", "xml", "singlehtml"):
        assert warnings(found.build(builder), found.source) == [], builder
    return found


@pytest.mark.parametrize(
    ("name", "bars", "expected"),
    [
        ("surveys/alpha", 1, ["paper_tabs.js", "paper_filter.js"]),
        ("surveys/beta", 0, []),
        ("views/cards", 1, ["paper_filter.js"]),
        ("views/table", 1, ["paper_sort.js", "paper_filter.js"]),
        ("views/sections", 0, []),
        ("views/off", 0, ["paper_tabs.js"]),
        ("views/few", 0, []),
        ("views/on", 1, ["paper_filter.js"]),
        ("views/list", 1, ["paper_sort.js", "paper_filter.js"]),
        ("views/shortlist", 0, []),
        ("references", 0, []),
    ],
)
def test_bars_and_scripts_stand_where_they_are_needed(site: Site, name: str, bars: int, expected: list[str]) -> None:
    html = soup(site.output() / f"{name}.html")
    assert len(html.select("form.pt-filter[hidden]")) == bars
    assert len(html.select("form.pt-filter")) == bars
    assert scripts(html) == expected
    assert bool(html.select("[data-f]")) == bool(bars)


@pytest.mark.parametrize("name", ["surveys/alpha", "views/cards", "views/table", "views/list"])
def test_the_bar_offers_what_the_papers_have(site: Site, name: str) -> None:
    html = soup(site.output() / f"{name}.html")
    assert options(html, "tag") == ["small", "fast"]
    assert options(html, "venue") == ["CVPR (1)", "Journal of Nothing (2)"]
    assert options(html, "relation") == ["extends (1)", "extended by (1)", "uses (1)", "used by (1)"]
    assert options(html, "has") == ["code", "project", "video", "results"]
    assert options(html, "from") == options(html, "to") == ["2018", "2020", "2021", "2022"]
    assert options(html, "sort") == ([] if name == "views/table" else ["Oldest first", "Newest first", "Name"])
    facts = {str(item["data-paper"]): str(item["data-f"]).split(",")[0] for item in html.select("[data-f]")}
    assert len(facts) == 8
    assert {paper: facts[paper] for paper in FACTS} == FACTS


def test_the_bar_stands_below_what_is_said_of_the_survey(site: Site) -> None:
    view = soup(site.output() / "surveys" / "alpha.html").select_one(".pt-view")
    assert view is not None
    classes = [child["class"][0] for child in view.find_all(recursive=False)]
    assert classes == ["pt-intro", "pt-lectures", "pt-filter", "pt-grid", "sd-tab-set"]


def test_headings_say_what_sorts(site: Site) -> None:
    html = soup(site.output() / "views" / "table.html")
    heads = [(head.get_text(), head.get("data-sort")) for head in html.select("thead th")]
    assert heads == [("Name", "name"), ("Published", "date"), ("Idea", None), ("Relations", None)]
    dates = {str(row["data-paper"]): row.select("td")[0]["data-sort"] for row in html.select(".pt-row")}
    assert (dates["one"], dates["two"], dates["loose"]) == ("2019-11", "2018", "")


def test_nothing_of_it_is_in_other_formats(site: Site) -> None:
    for builder in ("text", "latex", "man", "xml", "epub"):
        files = [
            path for path in site.output(builder).rglob("*") if path.suffix in {".txt", ".tex", ".1", ".xml", ".xhtml"}
        ]
        assert files
        for path in files:
            text = path.read_text("utf-8")
            assert "Find methods" not in text, path
            assert "pt-filter" not in text or path.suffix == ".xml", path
    assert len(soup(site.output("singlehtml") / "index.html").select("form.pt-filter")) == 5


def test_words_are_in_the_language_of_the_site(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "index.md": INDEX}, conf='language = "zh_CN"\n')
    site.build()
    form = soup(site.output() / "surveys" / "alpha.html").select_one("form.pt-filter")
    assert form is not None
    assert form["data-count"] == "{all} 个方法中的 {shown} 个"
    words = form.get_text(" ")
    assert "筛选条件" in words
    assert not {"Filters", "Order", "Tags", "Venue", "Show all"} & {*words.split()}


def test_a_wrong_choice_costs_only_itself(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": page("Alpha", "alpha", "filter: sometimes")})
    (warning,) = warnings(site.build(), site.source)
    assert warning == (
        "surveys/alpha.md:4:2: WARNING: the option 'filter' is left out: there is no 'sometimes'; "
        "known are 'auto', 'off', 'on' [paper_table.directive]"
    )
    assert soup(site.output() / "surveys" / "alpha.html").select("form.pt-filter")


def test_a_list_is_read_again_when_what_it_is_filtered_by_changes(tmp_path: Path) -> None:
    """Even if no line says it: the list by name shows no tags."""
    lists = {"list.md": "# List\n\n```{paper-index}\n```\n"}
    index = INDEX.replace("references\n", "references\nlist\n")
    site = small_site(tmp_path / "a", {**PAGES, **lists, "index.md": index})
    site.build()
    wait_for_clock()
    changed = dump(ALPHA).replace("tags:\n    - fast\n    - small", "tags:\n    - small")
    assert changed != dump(ALPHA)
    site.write("surveys/alpha.yaml", changed)
    site.build()
    again = (site.output() / "list.html").read_text("utf-8")
    clean = small_site(tmp_path / "b", {**PAGES, **lists, "index.md": index, "surveys/alpha.yaml": changed})
    clean.build()
    assert again == (clean.output() / "list.html").read_text("utf-8")
    assert 'value="fast"' not in again
