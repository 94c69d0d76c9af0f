"""Every kind of page at every width, and what stands on cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.support.browsing import TABS
from tests.support.sites import ASSETS

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

LANGUAGES = ["html", "html-zh_CN"]
PAGES = [
    "index",
    "surveys/background",
    "surveys/clip",
    "surveys/contrastive-learning",
    "surveys/diffusion-models",
    "surveys/multimodal",
    "surveys/video-understanding",
    "methods/index",
    "methods/by-tag",
    "methods/by-year",
    "methods/by-venue",
    "references",
    "guide/index",
    "guide/write-a-survey",
    "guide/paper-table",
    "guide/reference",
    "search",
]


def wide(page: Page) -> list[str]:
    """Return what stands out to the right, when the page can be scrolled sideways."""
    script = """() => {
      if (document.documentElement.scrollWidth <= innerWidth) return [];
      const isWide = (element) => element.getBoundingClientRect().right > innerWidth + 1;
      return ["page", ...[...document.querySelectorAll("main *, article *")].filter(isWide).map(
        (element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)].slice(0, 8);
    }"""
    return list(page.evaluate(script))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(new_page: NewPage, language: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    found = {}
    for name in PAGES:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{language}/{name}.html")
        for width in (390, 320, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            if faults := wide(page):
                found[name, width] = faults
    assert found == {}


@pytest.mark.parametrize("name", [f"{TABS}/surveys/clip", "pydata-zh_CN/surveys/alpha"])
def test_every_open_tab_fits_a_phone(new_page: NewPage, name: str) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{name}.html")
    found = {}
    tabs = page.get_by_role("tab").all()
    assert len(tabs) > 1
    for tab in tabs:
        tab.click()
        if faults := wide(page):
            found[tab.inner_text()] = faults
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_and_styles_are_asked_for_where_they_are_needed(page: Page, language: str) -> None:
    asked: set[str] = set()

    def note(request: Request) -> None:
        asked.add(request.url.rpartition("/")[2].partition("?")[0])

    def ours(name: str) -> set[str]:
        asked.clear()
        page.goto(f"{language}/{name}.html")
        return ASSETS.keys() & asked

    page.on("request", note)
    everywhere = {"paper_languages.js"}
    references, table = {"sphinx_citations.css", "sphinx_citations.js"}, {"sphinx_paper_table.css"}
    assert ours("guide/install") == everywhere
    listed = references | table | {"paper_references.css", "paper_references.js"}
    assert ours("references") - {"paper_preview.js", "paper_shared.js"} == listed | everywhere
    assert table <= ours("methods/index")
    assert "paper_tabs.js" not in asked
    assert references | table <= ours("surveys/clip")
    assert "paper_tabs.js" not in asked, "methods stand under headings"
    page.goto(f"{TABS}/surveys/clip.html")
    assert "paper_tabs.js" in asked


@pytest.mark.parametrize(("language", "word", "done"), [("html", "Copy", "Copied"), ("html-zh_CN", "复制", "已复制")])
def test_bibtex_is_copied(new_page: NewPage, language: str, word: str, done: str) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900})
    page.goto(f"{language}/surveys/clip.html")
    card = page.locator("#paper-clip")
    button = card.locator("button.pt-copy")
    expect(button).to_be_hidden()
    expect(button).to_have_text(word)
    card.locator("summary").click()
    button.click()
    expect(button).to_have_text(done)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@inproceedings{radford2021learning,\n")
    assert copied.rstrip().endswith("}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_every_card_can_be_reached(new_page: NewPage, language: str) -> None:
    """By the link that leads to it: its tab need not have been opened."""
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    for anchor in ("paper-instdisc", "paper-moco-v1", "paper-byol", "paper-dino"):
        page.goto("about:blank")
        page.goto(f"{language}/surveys/contrastive-learning.html#{anchor}")
        expect(page.locator(f"#{anchor}")).to_be_in_viewport()
