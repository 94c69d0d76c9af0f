"""The switch of languages, as a reader uses it: what the address says of the page goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

VIEWS = {
    "tab": "surveys/contrastive-learning.html#group-contrastive-learning-two-giants",
    "card": "surveys/contrastive-learning.html#paper-byol",
    "filter": "surveys/clip.html?q=Radford&tag=zero-shot&sort=name",
    "filter and tab": "surveys/contrastive-learning.html?q=encoder#group-contrastive-learning-transformers",
    "methods": "methods/compare.html?m=moco-v1&m=simclr-v1",
    "words": "search.html?q=MoCo+v1",
    "heading": "guide/citations.html#options",
}


def switch(page: Page, language: str) -> None:
    page.locator(f".pt-languages a[lang={language}]:visible").first.click()


@pytest.mark.parametrize("view", VIEWS)
def test_the_other_language_shows_the_same(page: Page, view: str) -> None:
    page.goto(f"html/{VIEWS[view]}")
    before = urlsplit(page.url)
    switch(page, "zh-CN")
    page.wait_for_url("**/html-zh_CN/**")
    after = urlsplit(page.url)
    assert parse_qsl(after.query) == parse_qsl(before.query)
    assert unquote(after.fragment) == unquote(before.fragment)
    switch(page, "en")
    page.wait_for_url("**/html/**")
    assert parse_qsl(urlsplit(page.url).query) == parse_qsl(before.query)


def test_what_a_reader_has_chosen_since_goes_along(page: Page) -> None:
    """Not what the address said when the page was opened."""
    page.goto("html/surveys/contrastive-learning.html")
    group = "#group-contrastive-learning-masked-and-predictive"  # the filter leaves a method in it
    page.locator(f"a[href='{group}']:visible").first.click()
    page.wait_for_url(f"**{group}")
    page.locator(".pt-filter .pt-find").fill("encoder")
    page.wait_for_url(f"**?q=encoder{group}")
    switch(page, "zh-CN")
    page.wait_for_url("**/html-zh_CN/**")
    expect(page.locator(".pt-filter .pt-find")).to_have_value("encoder")
    assert unquote(urlsplit(page.url).fragment) == group[1:]
    expect(page.locator(group)).to_be_in_viewport()


def test_the_methods_side_by_side_stay(page: Page) -> None:
    page.goto("html/methods/compare.html")
    for name in ("MoCo v1", "BYOL"):
        page.locator(".pt-chooser .pt-find").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("columnheader").last).to_contain_text(name)
    switch(page, "zh-CN")
    page.wait_for_url("**/html-zh_CN/**")
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_by_keyboard_and_for_copying(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("html/surveys/clip.html?q=Radford")
    link = page.locator(".article-languages a")
    link.focus()
    expect(link).to_have_attribute("href", link.evaluate("link => link.href"))
    assert link.evaluate("link => new URL(link.href).search") == "?q=Radford"
    page.evaluate("history.replaceState(null, '', location.pathname)")
    link.dispatch_event("contextmenu")
    assert link.evaluate("link => new URL(link.href).search") == ""
