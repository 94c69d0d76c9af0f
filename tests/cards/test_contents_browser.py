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
