"""Readers see a list of methods as a table: they sort and filter it, by keyboard too, and the address keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.support.sites import real_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

LIST = "html/methods/index.html"
ROWS = ".pt-methods tbody tr"


def names(page: Page) -> list[str]:
    """Return the methods that the table shows, in its order."""
    return [name.strip() for name in page.locator(f"{ROWS}:visible > th").all_inner_texts()]


def test_a_list_becomes_a_table_and_a_list_again(page: Page) -> None:
    catalogue = real_catalogue()
    page.goto(LIST)
    button = page.get_by_role("button", name="Table")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".pt-methods")).to_have_count(0)
    background = button.evaluate("(button) => getComputedStyle(button).backgroundColor")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).not_to_have_css("background-color", background)
    expect(page.locator(".pt-lines").first).to_be_hidden()
    assert len(names(page)) == len(catalogue.papers)
    moco = page.locator(ROWS).filter(has=page.get_by_role("link", name="MoCo v1", exact=True))
    cells = moco.locator("td").all_inner_texts()
    assert cells[:3] == ["2020", "CVPR", "Contrastive learning"]
    assert "queue" in cells[3]
    assert cells[4] == "he2020momentum"
    page.get_by_role("button", name="Year").press("Enter")
    years = page.locator(f"{ROWS} > td:nth-child(2)").all_inner_texts()
    assert years == sorted(years, reverse=True)
    page.locator(".pt-find").fill("momentum contrast")
    expect(page.locator(f"{ROWS}:visible")).not_to_have_count(len(catalogue.papers))
    found = names(page)
    assert "MoCo v1" in found
    assert found == [name for name in found if name]
    page.wait_for_url(lambda url: "q=momentum" in url and "view=table" in url)
    kept = page.url
    button.click()
    expect(page.locator(".pt-methods")).to_be_hidden()
    assert "view=table" not in page.url
    page.goto(kept)
    expect(page.locator(".pt-methods")).to_be_visible()
    assert names(page) == found


@pytest.mark.parametrize("language", ["html", "html-zh_CN"])
def test_a_table_scrolls_within_the_page_on_a_phone(new_page: NewPage, language: str) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{language}/methods/index.html?view=table")
    frame = page.get_by_role("region").filter(has=page.locator(".pt-methods"))
    expect(frame).to_be_visible()
    heads = page.locator(".pt-methods thead button").all_inner_texts()
    assert (
        heads
        == {
            "html": ["Name", "Year", "Venue", "Survey", "Tags", "Cite key"],
            "html-zh_CN": ["名称", "年份", "会议或期刊", "综述", "标签", "引用键"],
        }[language]
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("(frame) => frame.scrollWidth > frame.clientWidth && frame.tabIndex === 0")


def test_a_link_to_a_letter_shows_the_list(page: Page) -> None:
    page.goto(f"{LIST}?view=table#letter-m")
    expect(page.locator("#letter-m")).to_be_visible()


def test_without_a_script_there_is_the_list(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{LIST}?view=table")
    expect(page.locator(".pt-lines").first).to_be_visible()
    expect(page.locator(".pt-methods")).to_have_count(0)
    expect(page.get_by_role("button", name="Table")).to_have_count(0)
