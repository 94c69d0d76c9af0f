"""The contents of a page, as the theme shows them, have its groups and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_line_of_the_contents_opens_the_tab_of_its_method(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("tabs-en/surveys/clip.html")
    link = page.locator(".toc-tree").get_by_role("link", name="DepthCLIP")
    expect(page.locator("#paper-depthclip")).not_to_be_visible()
    link.click()
    expect(page.locator("#paper-depthclip")).to_be_in_viewport()


def test_other_themes_show_them_too(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("pydata-en/surveys/alpha.html")
    lines = page.locator(".page-toc a").evaluate_all("all => all.map((one) => one.textContent.trim())")
    assert lines == [
        "Loose", "Level one", "One v1", "Two", "Level two", "Three", "Level three", "Four", "Level four", "Five",
        "Second group", "Six",
    ]  # fmt: skip
    page.locator(".page-toc").get_by_role("link", name="Second group").click()
    expect(page.locator("#paper-six")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1440, 900])
def test_what_a_line_leads_to_is_the_line_that_is_marked_below_a_bar_that_stays(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("html/surveys/clip.html")
    expect(page.locator(".pt-bar")).to_have_count(1)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    lines = page.locator(".toc-tree a").evaluate_all(
        "all => all.map((one) => one.hash).filter((hash) => hash.length > 1)"
    )
    # Below the last ones there is too little page to scroll them up to the bar.
    for line in lines[1:5]:
        page.evaluate("hash => { location.hash = hash; }", line)
        marked = page.locator(f".toc-tree li.scroll-current > a[href='{line}']")
        expect(marked).to_have_count(1)
        heading = page.locator(line).locator("h2, h3").first
        above = page.locator(".pt-bar").evaluate("bar => bar.getBoundingClientRect().bottom")
        assert heading.evaluate("heading => heading.getBoundingClientRect().top") >= above


@pytest.mark.chromium("links that are marked by a style sheet")
def test_the_bar_marks_the_part_that_it_has_led_to(page: Page) -> None:
    """It failed before: Chromium finds out once, while it reads a page, what links lead to."""
    page.goto("html/surveys/clip.html")
    for part in ("Methods", "Lineage"):
        page.locator(".pt-bar").get_by_role("link", name=part).click()
        expect(page.locator(".pt-bar a:target-current")).to_have_text(part)
