"""Readers find references, and take along what they have found; without a script, all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

PAGE = "html/references.html"


def taken(page: Page, form: str) -> str:
    """Return the text of the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=form, exact=True).click()
    return Path(download.value.path()).read_text("utf-8")


def test_what_is_shown_is_what_is_taken_along(page: Page) -> None:
    page.goto(PAGE)
    shown, bar = page.locator(".citation:visible"), page.locator(".pt-references")
    every = shown.count()
    assert len(re.findall(r"^@", taken(page, "BibTeX"), re.MULTILINE)) == every
    page.get_by_role("searchbox", name=re.compile("Find references")).fill("HE momentum contrast unsup")
    expect(shown).to_have_count(1)
    expect(bar.get_by_role("status")).to_have_text(f"1 of {every} references")
    expect(bar.locator(".pt-jump li:visible")).to_have_text("H")
    assert re.findall(r"^@\w+\{(.+),", taken(page, "BibTeX"), re.MULTILINE) == ["he2020momentum"]
    assert [item["id"] for item in json.loads(taken(page, "CSL-JSON"))] == ["he2020momentum"]
    ris = taken(page, "RIS")
    assert (ris.count("TY  - "), ris.count("ER  - "), "ID  - he2020momentum" in ris) == (1, 1, True)
    page.wait_for_url("**/references.html?q=HE+momentum+contrast+unsup")
    page.reload()
    expect(shown).to_have_count(1)
    page.evaluate("location.hash = '#cite-chen2020simple'")
    expect(page.locator("#cite-chen2020simple")).to_be_in_viewport()
    expect(shown).to_have_count(every)


def test_without_a_script_letters_are_links_and_files_are_whole(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PAGE)
    expect(page.get_by_role("searchbox", name=re.compile("Find references"))).to_have_count(0)
    page.locator(".pt-references").get_by_role("link", name="H", exact=True).click()
    expect(page.locator(":target")).to_contain_text(re.compile(r"^\s*\[H"))
    assert len(re.findall(r"^@", taken(page, "BibTeX"), re.MULTILINE)) > 100
