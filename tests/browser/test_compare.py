"""Readers put methods side by side, and send the address to others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect
from tests.extension.sites import real_catalogue

from sphinx_paper_table.model.comparison import compare

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

PAGE = "html/methods/compare.html"
THREE = ["moco-v1", "simclr-v1", "byol"]


def shown(page: Page) -> list[str]:
    return [text.removesuffix("✕") for text in page.locator(".pt-comparison thead th").all_inner_texts()]


def rows(page: Page) -> dict[str, list[str]]:
    """Return the visible rows by their labels; white space does not count."""
    script = """(rows) => rows.filter((row) => !row.hidden).map(
      (row) => [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, "")))"""
    return {label: cells for label, *cells in page.locator(".pt-comparison tbody tr").evaluate_all(script)}


def test_methods_are_added_and_removed_and_stand_in_the_address(page: Page) -> None:
    page.goto(PAGE)
    field, status = page.get_by_role("combobox", name="Method"), page.get_by_role("status")
    expect(page.locator(".pt-comparison")).to_be_hidden()
    for name in ("MoCo v1", "simclr V1", "byol"):
        field.fill(name)
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert [value for _key, value in parse_qsl(urlsplit(page.url).query)] == THREE
    field.fill("no such")
    page.keyboard.press("Enter")
    expect(status).to_have_text("There is no such method")
    field.fill("BYOL")
    page.get_by_role("button", name="Add").click()
    expect(status).to_have_text("This method is there already")
    field.fill("DINO")
    page.keyboard.press("Enter")
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)
    field.fill("SwAV")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Four methods are the most; remove one first")
    page.get_by_role("button", name="Remove SimCLR v1").click()
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert shown(page) == ["MoCo v1", "BYOL", "DINO"]
    page.go_back()
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)


@pytest.mark.parametrize("language", ["html", "html-zh_CN"])
def test_an_address_shows_what_the_author_s_table_would(page: Page, language: str) -> None:
    """The guide has these three as a table of the author."""
    page.goto(f"{language}/guide/paper-table.html")
    wanted, names = rows(page), shown(page)
    page.goto(f"{language}/methods/compare.html?{'&'.join(f'm={name}' for name in THREE)}")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert shown(page) == names
    assert rows(page) == wanted
    assert len(wanted) == 7 + len(compare(THREE, real_catalogue()).benchmarks)
    page.locator(".pt-comparison thead a").first.click()
    expect(page.locator("#paper-moco-v1")).to_be_in_viewport()


def test_unknown_names_in_the_address_are_said(page: Page) -> None:
    page.goto(f"{PAGE}?m=nobody&m=byol&m=__proto__")
    expect(page.locator(".pt-comparison thead th")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("There is no such method")


def test_it_works_from_a_disk(new_page: NewPage, site: Path) -> None:
    page = new_page()
    page.goto((site / PAGE).as_uri() + "?m=clip&m=byol")
    expect(page.locator(".pt-comparison thead th")).to_have_count(2)
    page.get_by_role("combobox").fill("DINO")
    page.keyboard.press("Enter")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)


@pytest.mark.chromium("no scripts")
def test_without_a_script_the_page_leads_to_the_list(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PAGE)
    expect(page.locator(".pt-chooser form")).to_be_hidden()
    page.locator(".pt-plain a").click()
    expect(page).to_have_url(f"{page.url.partition('/html/')[0]}/html/methods/index.html")


def test_four_columns_fit_a_phone_by_scrolling_in_their_frame(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{PAGE}?m=moco-v1&m=byol&m=clip&m=dino")
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
