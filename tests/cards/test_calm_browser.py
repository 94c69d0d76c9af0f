"""What is out of sight is not laid out at each key, and all the same it is found, linked to, printed and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

SURVEY = "html/surveys/diffusion-models.html"
CALM = """() => {
  const put = ".pt-grid > [data-f]:not(.pt-laid), .citation:not(.pt-laid), .pt-lines > :not(.pt-laid)";
  const isCalm = (one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return one.matches(".pt-calm") || (bottom > -2 && top < innerHeight + 2);
  };
  const laid = [...document.querySelectorAll(".pt-laid")];
  return !document.querySelector(put) && laid.every(isCalm) && document.querySelector(".pt-calm") !== null;
}"""
"""Whether all has been laid out once, and what is out of sight is passed over since."""
OFFSET = """(id) => {
  const one = document.getElementById(id);
  const wanted = parseFloat(getComputedStyle(one).scrollMarginTop)
    + parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop || 0);
  return Math.abs(one.getBoundingClientRect().top - wanted);
}"""
"""How far an element is from where a link to it should bring it."""
FOLLOW = """(id) => {
  document.documentElement.style.scrollBehavior = "auto";
  const link = document.createElement("a");
  link.href = `#${id}`;
  document.body.append(link);
  link.click();
}"""


def follow(page: Page, anchor: str) -> None:
    """Click on a link to an element, and see that the page comes to rest where it stands."""
    page.evaluate(FOLLOW, anchor)
    expect(page.locator(f"#{anchor}")).to_be_visible()
    page.evaluate("() => { window.inPlace = 0; }")  # for how many frames
    page.wait_for_function(
        f"(id) => {{ window.inPlace = ({OFFSET})(id) < 2 ? window.inPlace + 1 : 0; return window.inPlace > 20; }}",
        arg=anchor,
    )


def cards(page: Page) -> list[str]:
    """Return the anchors of the cards of a page."""
    found: list[str] = page.locator("article.pt-card[id]").evaluate_all("all => all.map((one) => one.id)")
    return found


SHOWN = "all => all.map((one) => one.firstElementChild.checkVisibility({ contentVisibilityAuto: true }))"
"""Which elements a browser looks into, as they are in sight."""


@pytest.mark.parametrize("parts", ["article.pt-card[id]", "figure:has(svg)", ".math-block"])
def test_parts_out_of_sight_are_passed_over(page: Page, parts: str) -> None:
    """It failed before: typing into the filter laid out every card anew, and another theme styled every drawing."""
    page.goto(SURVEY)
    page.wait_for_function(CALM)
    assert False in page.locator(parts).evaluate_all(SHOWN)


def test_what_is_folded_is_laid_out_when_it_is_opened_or_printed(page: Page) -> None:
    """It failed before: the theme asked where each ranking is, and the tables and charts of all were laid out."""
    page.goto("html/results/index.html")
    shelf = page.locator(".pt-shelf[name]").nth(1)
    part = shelf.locator("section")
    assert part.evaluate("(one) => one.getBoundingClientRect().height") == 0
    page.emulate_media(media="print")
    assert part.evaluate("(one) => one.getBoundingClientRect().height") > 100
    page.emulate_media(media="screen")
    assert page.locator(".pt-ranks .pt-laid").count() == 0, "rows are laid out with their table"
    shelf.locator("summary").click()
    expect(part.locator("table").first).to_be_visible()
    assert part.evaluate("(one) => one.getBoundingClientRect().height") > 100


@pytest.mark.parametrize("width", [1280, 390])
def test_a_ranking_that_is_opened_stays_in_sight(new_page: NewPage, width: int) -> None:
    """It failed before: the one that was open shuts, and took the height of its table and chart from the page above."""
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("html/results/index.html")
    line = page.locator(".pt-shelf[name] > summary").nth(2)
    top = "(one) => one.getBoundingClientRect().top"
    line.evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    before = line.evaluate(top)
    line.click()
    expect(page.locator(".pt-shelf[name]").nth(0)).not_to_have_attribute("open")
    page.wait_for_function(
        f"([one, before]) => Math.abs(({top})(one) - before) < 2", arg=[line.element_handle(), before]
    )


def test_a_link_lays_out_nothing_that_browsers_have_measured(page: Page) -> None:
    """It failed before: each click on a link to a place of the page laid out every card anew."""
    page.goto(SURVEY)
    page.wait_for_function(CALM)
    kept = f"""(id) => {{
      const calm = [...document.querySelectorAll(".pt-calm")];
      ({FOLLOW})(id);
      return calm.map((one) => one.matches(".pt-calm"));
    }}"""
    assert {*page.evaluate(kept, cards(page)[-1])} == {True}


@pytest.mark.parametrize("place", [SURVEY, "html/methods/index.html", "html/references.html"])
@pytest.mark.chromium("layout shifts")
def test_nothing_moves_when_a_page_comes_to_rest(page: Page, place: str) -> None:
    """Heights are remembered to the pixel, and what is in sight never vanishes for the length of a frame."""
    page.add_init_script("""new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.shift = (window.shift ?? 0) + value;
    }).observe({ type: "layout-shift", buffered: true })""")
    page.goto(place)
    page.wait_for_function(CALM)
    height = "() => document.documentElement.scrollHeight"
    calm = page.evaluate(height)
    page.evaluate("() => document.querySelectorAll('.pt-calm').forEach((one) => one.classList.remove('pt-calm'))")
    assert page.evaluate(height) == calm
    assert page.evaluate("() => window.shift ?? 0") < 0.01


def test_links_lead_to_the_last_card(page: Page) -> None:
    page.goto(SURVEY)
    page.wait_for_function(CALM)
    for anchor in (cards(page)[-5], cards(page)[0]):
        follow(page, anchor)


@pytest.mark.parametrize("query", ["?sort=-date", "?q=no+such+words", "?tag=diffusion"])
def test_links_lead_to_the_last_card_after_filtering(page: Page, query: str) -> None:
    page.goto(SURVEY + query)
    page.evaluate("() => { document.documentElement.style.scrollBehavior = 'auto'; }")  # the field comes into view
    page.wait_for_function(CALM)
    page.locator("form.pt-filter input[type=search]").first.press("Escape")
    if "q=" in query:  # the filter follows its letters a little later
        expect(page.locator("article.pt-card[id]:visible")).to_have_count(len(cards(page)))
    follow(page, cards(page)[-5])


def test_links_lead_to_the_last_card_at_another_width(page: Page) -> None:
    page.goto(SURVEY)
    page.wait_for_function(CALM)
    page.set_viewport_size({"width": 500, "height": 700})
    page.wait_for_function("() => innerWidth === 500")
    follow(page, cards(page)[-5])


def test_what_is_passed_over_is_found_and_read_aloud(page: Page) -> None:
    page.goto(SURVEY)
    page.wait_for_function(CALM)
    last = page.locator("article.pt-card[id]").last
    title = (last.locator(".pt-title").text_content() or "").strip()
    assert page.evaluate("(text) => window.find(text)", title)
    tree = page.locator("main, [role=main]").first.aria_snapshot()
    assert title in tree
