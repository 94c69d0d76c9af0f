"""A walk by keyboard: menu, contents and search can be reached and used without a pointer, at every width and zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

FURO: Final = "html/guide/citations.html"
SIZES: Final[dict[str, dict[str, Any]]] = {
    "360": {"viewport": {"width": 360, "height": 740}},
    "800": {"viewport": {"width": 800, "height": 900}},
    "1280": {"viewport": {"width": 1280, "height": 800}},
    "1280 at 200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "1920": {"viewport": {"width": 1920, "height": 1000}},
}
THEMES: Final[dict[str, dict[str, Any]]] = {
    "furo": {
        "page": FURO,
        "menu": ("#__navigation", ".sidebar-tree a"),
        "contents": ("#__toc", ".toc-tree a"),
        "search": ("#__navigation", "input[name=q]"),
    },
    "pydata": {
        "page": "pydata-en/surveys/sections.html",
        "menu": (".primary-toggle", ":is(.bd-header, .bd-sidebar-primary, #pst-primary-sidebar-modal) a.nav-internal"),
        "contents": (".secondary-toggle", ":is(.bd-sidebar-secondary, #pst-secondary-sidebar-modal) nav a"),
        "search": (".search-button__button", "input[name=q]"),
    },
}
"""Of each part: what opens it where it is folded away, and what readers want of it."""
FOCUS: Final = """([goal, opens]) => {
  const one = document.activeElement;
  const {left, right, top, bottom} = one.getBoundingClientRect();
  const middle = [(left + right) / 2, (top + bottom) / 2];
  const isInSight = middle[0] > 0 && middle[0] < innerWidth && middle[1] > 0 && middle[1] < innerHeight;
  const top_ = isInSight ? document.elementFromPoint(...middle) : null;
  const isOnTop = top_ !== null && (one.contains(top_) || top_.contains(one));
  return {is_there: one.matches(goal), is_seen: isOnTop && one.checkVisibility(), opens: one.matches(opens)};
}"""
"""What has the focus: whether it is what is looked for, whether a reader can see it, and whether it opens something."""
CLEAR: Final = """() => {
  const {top, height} = document.activeElement.getBoundingClientRect();
  const under = document.querySelector(".mobile-header").getBoundingClientRect().bottom;
  return top >= under || height > innerHeight - under;
}"""
"""Whether the header covers nothing of what has the focus."""
MOST: Final = 150
"""Keys that a patient reader presses."""


def walk(page: Page, goal: str, opens: str) -> bool:
    """Press Tab until the focus is on a *goal*, and Enter on what opens it; return whether a reader sees the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS, [goal, opens])
        if found["is_there"]:
            page.evaluate(
                "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"
            )  # drawers glide
            return bool(page.evaluate(FOCUS, [goal, opens])["is_seen"])
        if found["opens"]:
            page.keyboard.press("Enter")
            if page.evaluate(FOCUS, [goal, opens])["is_there"]:
                return True
    return False


@pytest.mark.parametrize("goal", ["menu", "contents", "search"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_keyboard_reaches_everything(new_page: NewPage, theme: str, size: str, goal: str) -> None:
    page = new_page(**SIZES[size])
    page.goto(THEMES[theme]["page"])
    opens, wanted = THEMES[theme][goal]
    assert walk(page, wanted, opens)


def test_the_header_does_not_cover_the_focus(new_page: NewPage) -> None:
    """On a page without a bar of its own: it failed before, as a browser takes what is under the header for seen."""
    page = new_page(**SIZES["1280 at 200 %"])
    page.goto("html/methods/compare.html?m=moco-v1&m=simclr-v1")
    links = page.locator(".pt-comparison td a")
    links.nth(3).evaluate("one => one.focus({preventScroll: true})")
    before = links.nth(2)
    before.evaluate("""one => scrollTo({top: one.getBoundingClientRect().top + scrollY - 10, behavior: "instant"})""")
    page.keyboard.press("Shift+Tab")
    expect(before).to_be_focused()
    page.wait_for_function(CLEAR)


@pytest.mark.parametrize(("box", "drawer"), [("#__navigation", ".sidebar-drawer"), ("#__toc", ".toc-drawer")])
def test_a_drawer_shuts_by_escape_and_by_leaving(new_page: NewPage, box: str, drawer: str) -> None:
    page = new_page(**SIZES["360"])
    page.goto(FURO)
    link = page.locator(f"{drawer} :is(.sidebar-tree a, .toc-tree li li a)").first
    expect(link).to_be_hidden()
    page.locator(box).focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    expect(page.locator(drawer)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(box)).to_be_focused()
    expect(link).to_be_hidden()
    page.keyboard.press("Space")
    expect(link).to_be_visible()
    page.locator("#furo-main-content a").first.focus()
    expect(link).to_be_hidden()


@pytest.mark.parametrize(("box", "icon"), [("#__navigation", ".nav-overlay-icon"), ("#__toc", ".toc-header-icon")])
def test_the_sign_of_a_drawer_shows_the_focus(new_page: NewPage, box: str, icon: str) -> None:
    page = new_page(**SIZES["360"])
    page.goto(FURO)
    page.keyboard.press("Tab")
    page.locator(box).focus()
    expect(page.locator(icon)).to_have_css("outline-style", "solid")
    expect(page.locator(box)).to_have_accessible_name(
        "Toggle site navigation sidebar" if "nav" in box else "Toggle table of contents sidebar"
    )


def test_the_field_of_the_search_shows_the_focus(new_page: NewPage) -> None:
    """It failed before: Furo takes the outline away, and only the background changes a little."""
    page = new_page(**SIZES["1280"])
    page.goto(FURO)
    page.keyboard.press("Tab")
    page.locator("input.sidebar-search").focus()
    expect(page.locator("input.sidebar-search")).to_have_css("outline-style", "solid")


@pytest.mark.chromium("scripts off")
def test_drawers_open_by_keyboard_without_a_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, **SIZES["360"])
    page.goto(FURO)
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    expect(page.locator(".sidebar-tree a").first).to_be_visible()


def test_no_box_where_there_is_nothing_to_open(new_page: NewPage) -> None:
    """A focus that no one sees helps no one."""
    page = new_page(viewport={"width": 1920, "height": 1000})
    page.goto("html/surveys/clip.html")
    expect(page.locator("#__navigation")).to_be_hidden()
    expect(page.locator("#__toc")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("html/search.html")
    expect(page.locator("#__toc")).to_be_hidden()
