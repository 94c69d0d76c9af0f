"""Where a page stands, and the other versions of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

READ_THE_DOCS = """() => document.dispatchEvent(new CustomEvent("readthedocs-addons-data-ready", {detail: {data: () =>
  ({versions: {current: {slug: "latest"}, active: [
    {slug: "latest", urls: {documentation: "https://surveys.example/en/latest/"}},
    {slug: "1.0", urls: {documentation: "https://surveys.example/en/1.0/"}}]}})}}))"""


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("html/methods/new.html", ["Living Surveys", "All methods", "What’s new"]),
        ("html/guide/cite.html", ["Living Surveys", "Guide", "Cite us from your documentation"]),
        ("html-zh_CN/surveys/clip.html", ["动态综述", "CLIP 及其后续工作"]),
    ],
)
def test_breadcrumbs(page: Page, name: str, titles: list[str]) -> None:
    page.goto(name)
    trail = page.get_by_role("navigation", name="当前位置" if "zh" in name else "Breadcrumbs")
    items = trail.get_by_role("listitem")
    expect(items).to_have_text(titles)
    expect(items.last).to_have_attribute("aria-current", "page")
    items.first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text(titles[0])
    expect(page).to_have_title(titles[0])
    expect(trail).to_have_count(0)


def test_versions_are_listed_where_the_host_tells_them(page: Page) -> None:
    """Read the Docs tells them by an event; elsewhere there is nothing to choose."""
    page.goto("html/index.html")
    versions = page.get_by_role("navigation", name="Versions")
    expect(versions).to_have_count(0)
    assert page.locator('meta[name="readthedocs-addons-api-version"]').get_attribute("content") == "1"
    page.evaluate(READ_THE_DOCS)
    expect(versions.get_by_role("link")).to_have_text(["latest", "1.0"])
    expect(versions.get_by_role("link", name="latest")).to_have_attribute("aria-current", "true")
    expect(versions.get_by_role("link", name="1.0")).to_have_attribute("href", "https://surveys.example/en/1.0/")


def test_the_newest_entries_stand_first(page: Page) -> None:
    page.goto("html/methods/new.html")
    for by in ("added", "changed"):
        headings = page.locator(f"[id^='{by}-'] .pt-heading, .pt-heading[id^='{by}-']").all_inner_texts()
        days = [heading.strip("¶# \n") for heading in headings]
        assert len(days) > 0
        assert days == sorted(days, reverse=True)
        assert all(len(day) == len("2026-11-23") for day in days)
    assert page.locator(".pt-lines [data-paper]").count() >= 123
