"""What readers can see: edges, terms, links to headings; and what pages say once, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from lxml.html import document_fromstring
from tests.support.sites import quick_soup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

PAGES: Final = {"furo": "html/surveys/clip.html", "pydata": "pydata-en/surveys/alpha.html"}
CONTRAST: Final = """(names) => {
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  // Colours over each other, as a screen has them; the first lies at the bottom.
  const light = (...colours) => {
    for (const colour of ["#fff", ...colours]) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
    const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const [red, green, blue] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (one) => one ? [...behind(one.parentElement), getComputedStyle(one).backgroundColor] : [];
  return [...document.querySelectorAll(names)].filter((one) => one.checkVisibility()).map((one) => {
    const ground = behind(one.parentElement);
    const edge = getComputedStyle(one).borderTopColor;
    const [dark, bright] = [light(...ground), light(...ground, edge)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
}"""
"""The contrast of edges with what they stand on, see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", PAGES)
def test_edges_of_cards_can_be_seen(new_page: NewPage, theme: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(PAGES[theme])
    found = page.evaluate(CONTRAST, ".pt-card, .pt-tags li, form.pt-filter")
    assert len(found) > 5
    assert min(found) >= 1.5


@pytest.mark.parametrize("theme", PAGES)
def test_links_to_headings_show_where_nothing_hovers(new_page: NewPage, theme: str) -> None:
    page = new_page(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page.goto(PAGES[theme])
    assert page.evaluate("matchMedia('(hover: none)').matches")
    links = ".pt-name > a.headerlink, .pt-shelf a.headerlink" + (", h2 > a.headerlink" if theme == "furo" else "")
    seen = page.locator(links).evaluate_all("""all => all.filter((one) => one.parentElement.checkVisibility()).map(
      (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))""")
    assert seen != []
    assert all(seen)


def test_the_sidebar_leaves_no_space_idle(new_page: NewPage) -> None:
    """It began 104 pixels from the edge before, at a width where cards need them."""
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto("html/index.html")
    assert page.locator(".sidebar-container").evaluate("one => one.getBoundingClientRect().left") < 1


@pytest.mark.parametrize("language", ["html", "html-zh_CN"])
def test_terms_are_bold(new_page: NewPage, language: str) -> None:
    page = new_page()
    for name in ("index", "guide/contract"):
        page.goto(f"{language}/{name}.html")
        terms = page.locator("[role=main] dl.simple > dt")
        assert terms.count() > 1
        weights = terms.evaluate_all("all => all.map((one) => Number(getComputedStyle(one).fontWeight))")
        assert min(weights) >= 600


def test_chinese_lines_have_more_room(new_page: NewPage) -> None:
    """Text of a page and of a card: the theme and the cards have a height of their own, which ours has to overrule."""
    page = new_page()
    for language, room in (("html", 1.5), ("html-zh_CN", 1.7)):
        page.goto(f"{language}/surveys/clip.html")
        for text in (".content section > p", ".pt-body p"):
            found = page.locator(text).first.evaluate("""(one) => {
                const style = getComputedStyle(one);
                return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
            }""")
            assert found == pytest.approx(room, abs=0.02), (language, text)


def test_pages_say_how_wide_they_are_once(site: Path) -> None:
    pages = sorted((site / "html").rglob("*.html"))
    assert len(pages) > 20
    found = {page: document_fromstring(page.read_bytes()).xpath("//meta[@name='viewport']") for page in pages}
    assert {page: len(one) for page, one in found.items() if len(one) != 1} == {}


def test_there_is_no_index_without_entries(site: Path) -> None:
    for language in ("html", "html-zh_CN"):
        assert not (site / language / "genindex.html").exists()
        assert not quick_soup(site / language / "index.html").select('a[href*="genindex"], link[href*="genindex"]')


@pytest.mark.parametrize(
    ("language", "title", "others"), [("html", "NeurIPS", "entries"), ("html-zh_CN", "NeurIPS", "条目")]
)
def test_a_venue_that_was_renamed_has_one_heading(site: Path, language: str, title: str, others: str) -> None:
    page = quick_soup(site / language / "methods/by-venue.html")
    headings = [heading.get_text().strip("#¶ \n") for heading in page.select(".pt-shelf > .pt-heading")]
    assert headings.count(title) == 1
    assert "NIPS" not in headings
    former = page.select_one("#venue-nips")
    assert former is not None
    assert former.find_parent(id="venue-neurips") is not None
    assert others in str(page.select_one("form.pt-filter")), "not all of them are methods"


def test_a_table_of_methods_only_speaks_of_methods(site: Path) -> None:
    page = quick_soup(site / "html/guide/paper-table.html")
    assert str(page.select_one("form.pt-filter")["data-all"]) == "{all} methods"  # type: ignore[index]
    page = quick_soup(site / "html/surveys/video-understanding.html")
    assert str(page.select_one("form.pt-filter")["data-all"]) == "{all} entries"  # type: ignore[index]
    counts = {
        card["data-survey"]: [term.get_text() for term in card.select("dt")]
        for card in quick_soup(site / "html/index.html").select("[data-survey]")
    }
    assert "Data sets" in counts["video-understanding"]
    assert "Data sets" not in counts["contrastive-learning"]
