"""The directive paper-lineage: a drawing with links and an equivalent list, in every builder and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import ALPHA, PAGES, dump, small_site, soup, warnings
from tests.support.texts import place_of_first_name

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.support.harness import Site

NOT_IN_TOC = 'suppress_warnings = ["toc.not_included"]\n'
FILES = {
    **PAGES,
    "lineage.md": "# Lineage\n\n```{paper-lineage} alpha\n```\n",
    "map.rst": "Map\n===\n\n.. paper-lineage::\n",
    "near.md": "# Near\n\n```{paper-lineage}\n:of: one\n```\n",
    "group.rst": "Group\n=====\n\n.. paper-lineage:: alpha#g2\n\n.. paper-lineage:: alpha#g2\n   :ids: three\n",
}
TREE = [
    ("Other", "2018", []),
    ("Two", "2018", []),
    ("One v1", "2019-11", ["extends: Other"]),
    ("Three", "2021", ["uses: One v1"]),
    ("Six", "2022-05-01", []),
    *((name, "date unknown", []) for name in ("Loose", "Four", "Five")),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("lineage"), FILES, NOT_IN_TOC)
    assert warnings(site.build(), site.source) == []
    return site


def tree(html: BeautifulSoup) -> list[tuple[str, str, list[str]]]:
    """Return the list: name, date and what is said of others."""
    found = []
    for item in html.select(".pt-family > ul > li"):
        date = item.select_one("small")
        assert date is not None
        said = [" ".join(line.get_text().split()) for line in item.select("li")]
        name = next(item.stripped_strings)
        found.append((name, date.get_text().strip("()"), said))
    return found


def drawn(html: BeautifulSoup) -> tuple[set[str], set[str]]:
    """Return the names of the boxes, and the lines as sentences, of a drawing in both of its forms."""
    drawings = html.select(".pt-scroll > svg, .pt-upright")
    found = [
        (
            {text.get_text() for text in drawing.select(".pt-member text")},
            {title.get_text() for title in drawing.select(".pt-bond title")},
        )
        for drawing in drawings
    ]
    wide, upright = found
    assert wide == upright, "both forms say the same"
    return wide


def test_list_and_drawing_say_the_same(site: Site) -> None:
    html = soup(site.output() / "lineage.html")
    found = tree(html)
    assert sorted(found) == sorted(TREE)
    names, lines = drawn(html)
    assert names == {name for name, _date, _said in found}
    assert lines == {f"{name} – {line}" for name, _date, said in found for line in said}


def test_boxes_lines_and_list_lead_to_the_cards(site: Site) -> None:
    html = soup(site.output() / "lineage.html")
    cards = {str(card["id"]): name for name in ("alpha", "beta") for card in soup(
        site.output() / "surveys" / f"{name}.html").select("article[id]")}  # fmt: skip
    links = [str(link["href"]) for link in html.select(".pt-lineage a[href]:not(.pt-skip)")]
    assert len(links) == 2 * (8 + 2) + 10
    for link in links:
        page, _, anchor = link.partition("#")
        assert page == f"surveys/{cards[anchor]}.html"


def test_the_drawing_is_described_and_reached_by_keyboard(site: Site) -> None:
    """Lines are left to the mouse: the list says what they say, and a link leads to it past all boxes."""
    html = soup(site.output() / "lineage.html")
    skip = html.select_one(".pt-lineage > a.pt-skip")
    assert skip is not None
    assert html.select_one(str(skip["href"])).name == "details"  # type: ignore[union-attr]
    svg = html.select_one(".pt-scroll > svg")
    assert svg is not None
    assert (svg["role"], svg["aria-label"]) == (
        "group",
        "A drawing in the order of time; a list with the same content follows",
    )
    (scroll,) = html.select(".pt-scroll")
    assert (scroll["tabindex"], scroll["role"], scroll["aria-label"]) == ("0", "group", "Lineage: Alpha methods")
    for box in html.select(".pt-member a"):
        assert box.title is not None
        assert box["aria-label"] == box.title.get_text()
    for line in html.select(".pt-bond"):
        assert line["tabindex"] == "-1"
        assert line.find_parent("g", attrs={"aria-hidden": "true"})


def test_kinds_are_told_apart_without_colour(site: Site) -> None:
    html = soup(site.output() / "lineage.html")
    legend = {
        str(path["class"][0]): item.get_text(strip=True)
        for item in html.select(".pt-legend li[data-kind]")
        for path in item.select("path[class^=pt-k]")
    }
    assert legend == {"pt-k0": "extended by", "pt-k2": "used by"}
    styles = (site.output() / "_static" / "paper_lineage.css").read_text("utf-8")
    rules = re.findall(r"\.pt-k\d ?\{([^}]+)\}", styles)
    assert len(rules) == len(set(rules)) == 9
    markers = {str(marker["id"]) for marker in html.select("marker")}
    used = {str(path["marker-end"])[5:-1] for path in html.select("path[marker-end]")}
    assert used == markers
    assert markers == {f"lineage-alpha-{number}{part}" for number in (0, 2) for part in ("", "-u", "-l")}
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", str(html.select_one(".pt-lineage"))), "colours are the theme's"


def test_two_on_a_page_share_no_id(site: Site) -> None:
    html = soup(site.output() / "group.html")
    assert [view["id"] for view in html.select(".pt-lineage")] == ["lineage-alpha-g2", "lineage-alpha-g2-2"]
    ids = [str(element["id"]) for element in html.select("[id]")]
    assert len(ids) == len(set(ids))
    first, second = html.select(".pt-lineage")
    assert len(first.select(".pt-scroll .pt-member a")) == 4
    assert len(second.select(".pt-scroll .pt-member a")) == 1
    assert not html.select(".pt-legend [data-kind]"), "without a relation there is nothing to explain"


def test_without_an_argument_it_is_a_map_of_all_surveys(site: Site) -> None:
    html = soup(site.output() / "map.html")
    for drawing in html.select(".pt-scroll > svg, .pt-upright"):
        assert {band.get_text() for band in drawing.select(".pt-band")} == {"Alpha methods", "Beta methods"}
        assert len(drawing.select(".pt-member a")) == 8
    assert len(html.select(".pt-bands rect")) == 2
    assert not soup(site.output() / "lineage.html").select(".pt-band, .pt-bands")


def test_what_became_of_a_method_stands_in_the_drawing_and_the_list(tmp_path: Path) -> None:
    alpha = dump(ALPHA).replace("name: Three", "name: Three\n      status: retracted")
    site = small_site(tmp_path, {**FILES, "surveys/alpha.yaml": alpha}, NOT_IN_TOC)
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "lineage.html")
    for drawing in html.select(".pt-scroll > svg, .pt-upright"):
        (gone,) = drawing.select(".pt-member .pt-gone")
        assert gone.select_one("text").get_text() == "Three [Retracted]"  # type: ignore[union-attr]
        assert gone["aria-label"] == "Three [Retracted], 2021"
    assert [badge.find_parent("li").a.get_text() for badge in html.select(".pt-family .pt-state")] == ["Three"]  # type: ignore[union-attr]
    site.build("text")
    assert "* Three (2021) [Retracted]" in (site.output("text") / "lineage.txt").read_text("utf-8")


def test_the_neighbourhood_of_a_method(site: Site) -> None:
    html = soup(site.output() / "near.html")
    assert tree(html) == [entry for entry in TREE if entry[0] in {"Other", "One v1", "Three"}]
    (own,) = html.select(".pt-scroll .pt-member a.pt-self")
    assert own["data-member"] == "one"
    assert html.select_one(".pt-lineage")["id"] == "lineage-one"  # type: ignore[index]


def test_cards_lead_to_the_place_of_their_method_in_the_drawing_of_a_survey(site: Site) -> None:
    """Those without relations do not, and neither a map nor a part of a survey is such a place."""
    html = soup(site.output() / "surveys" / "alpha.html")
    links = {str(link.find_parent("article")["data-paper"]): link["href"] for link in html.select(".pt-drawn a")}  # type: ignore[index]
    assert links["one"] == "../lineage.html#lineage-alpha--one"
    assert "five" not in links
    boxes = {str(box["id"]) for box in soup(site.output() / "lineage.html").select(".pt-scroll .pt-member a")}
    assert {str(link).partition("#")[2] for link in links.values()} <= boxes


def test_the_script_comes_with_the_drawing_only(site: Site) -> None:
    for page, count in (("lineage", 1), ("map", 1), ("surveys/alpha", 0), ("index", 0)):
        scripts = soup(site.output() / f"{page}.html").select('script[src*="paper_lineage.js"]')
        assert len(scripts) == count, page
        assert all(script.has_attr("defer") for script in scripts)
    bonds = soup(site.output() / "lineage.html").select(".pt-scroll .pt-bond")
    assert {(str(bond["data-from"]), str(bond["data-to"])) for bond in bonds} == {("other", "one"), ("one", "three")}


@pytest.mark.parametrize("builder", ["dirhtml", "epub", "text", "xml", "latex", "man", "texinfo"])
def test_every_builder_prints_the_list(site: Site, builder: str) -> None:
    assert warnings(site.build(builder), site.source) == []
    names = {"dirhtml": "lineage/index.html", "epub": "lineage.xhtml", "text": "lineage.txt", "xml": "lineage.xml"}
    if builder not in names:
        return  # a book has only what is in its contents: see below
    text = (site.output(builder) / names[builder]).read_text("utf-8")
    for words in ("One v1", "extends", "Other", "date unknown"):
        assert words in text, words
    assert ("<svg" in text) == (builder == "dirhtml"), "Sphinx does not declare in an EPUB which pages have SVG"
    if builder == "text":
        assert "* One v1 (2019-11)\n\n  * *extends*: Other\n" in text


def test_books_have_the_list_and_latex_a_drawing(tmp_path: Path) -> None:
    index = "# Start\n\n```{paper-lineage} alpha\n```\n\n```{toctree}\n:glob:\n\nsurveys/*\nreferences\n```\n"
    site = small_site(tmp_path, {**PAGES, "index.md": index})
    for builder, name in (("latex", "small.tex"), ("texinfo", "small.texi"), ("man", "small.1")):
        assert warnings(site.build(builder), site.source) == []
        text = (site.output(builder) / name).read_text("utf-8")
        assert ("tikzpicture" in text) == (builder == "latex")
        before, _, after = text.partition("end{tikzpicture}")[(builder == "latex" and 2) or 0].partition("2019")
        assert "Other" in before
        assert "extends" in after
        assert "svg" not in text
    tex = (site.output("latex") / "small.tex").read_text("utf-8")
    assert "\\usepackage{sphinxpapertable}" in tex
    assert (site.output("latex") / "sphinxpapertable.sty").is_file()
    assert re.search(r"\\hyperref\[[^]]*paper-other[^]]*\]\{[^\n]*Other", tex)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```{paper-lineage} alhpa\n```", "there is no survey 'alhpa'; did you mean 'alpha'?"),
        (
            "```{paper-lineage} alpha\n:relations: extend\n```",
            "there is no type of relation 'extend'; did you mean 'extends'?",
        ),
        ("```{paper-lineage}\n:of: onee\n```", "there is no paper 'onee'; did you mean 'one'?"),
        ("```{paper-lineage} alpha\n:ids: nothing\n```", "there is no paper 'nothing'; known are "),
        ("```{paper-lineage} alpha\n:years: 1900\n```", "the lineage is empty; no paper fits all of its options"),
        ("```{paper-lineage} alpha\n:sort: name\n```", "there is no option 'sort'; known are "),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    page = f"# Bad\n\n{text}\n"
    site = small_site(tmp_path, {**PAGES, "bad.md": page}, NOT_IN_TOC)
    (found,) = warnings(site.build(), site.source)
    assert found.startswith(f"bad.md:{place_of_first_name(page, message)}: WARNING: {message}")


def test_a_lineage_follows_the_surveys(site: Site) -> None:
    """A relation, a name and a date that change elsewhere are read again; what it does not show is not."""
    wait_for_clock()
    site.replace("surveys/beta.yaml", "name: Other", "name: Another")
    report = site.assert_incremental_equals_clean()
    assert {"lineage", "group"} <= set(report.written)
    assert "One v1 – extends: Another" in drawn(soup(site.output() / "lineage.html"))[1]
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "'2022-05-01'", "2017-02")
    site.assert_incremental_equals_clean()
    assert tree(soup(site.output() / "lineage.html"))[0][:2] == ("Six", "2017-02")
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "A *point* of One.", "Another point.")
    report = site.assert_incremental_equals_clean()
    assert not re.search(r"reading sources\.\.\. \[ *\d+%\] lineage", report.log)


def test_labels_are_in_chinese(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES, NOT_IN_TOC + 'language = "zh_CN"\n')
    site.build()
    html = soup(site.output() / "lineage.html")
    assert [item.get_text(strip=True) for item in html.select(".pt-legend [data-kind]")] == ["后续扩展", "被采用于"]
    assert ("One v1", "2019-11", ["扩展自：Other"]) in tree(html)
    assert html.select_one(".pt-family > summary").get_text() == "以列表形式查看"  # type: ignore[union-attr]
    assert "日期未知" in html.get_text()
