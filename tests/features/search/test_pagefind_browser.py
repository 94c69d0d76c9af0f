"""The search with Pagefind, as a reader uses it: the queries of `test_search`, on a build in each language.

In Chinese it is the whole site, in English the surveys in tabs, which other tests look at too.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from lxml.html import document_fromstring
from tests.conftest import strict_build
from tests.features.search.test_search_browser import CHINESE, NAMES
from tests.site.axe import check, load, unexpected
from tests.support.browsing import TABS
from tests.support.once import once
from tests.support.sites import DOCS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

LANGUAGES = {"en": TABS, "zh_CN": "pagefind-zh_CN"}


@pytest.fixture(scope="module", autouse=True)
def built(site: Path) -> Path:
    """Build the site in Chinese with Pagefind, beside those that the other tests look at."""
    output = site / LANGUAGES["zh_CN"]
    options = ("-D", "language=zh_CN", "-D", "paper_table_pagefind=1")
    once(output, partial(strict_build, DOCS, output, *options, doctrees="html-zh_CN.doctrees"))
    return site


OWN = ".pt-search > .pt-hits > li"
"""What Pagefind has found; methods and references that are found by name stand before it."""


def results(page: Page, language: str, query: str) -> list[str]:
    """Return where the first results of Pagefind lead, relative to the site."""
    page.goto(f"{LANGUAGES[language]}/search.html?q={quote(query)}")
    return shown(page, language)


def shown(page: Page, language: str) -> list[str]:
    page.locator(".pt-search [role=status]:not(:empty)").wait_for()
    links = page.locator(f"{OWN} > .pt-hit > a").evaluate_all("links => links.map((link) => link.href)")
    return [link.partition(f"/{LANGUAGES[language]}/")[2] for link in links]


def total(page: Page) -> int:
    found = re.match(r"\d+", page.locator(".pt-search [role=status]").inner_text())
    return int(found[0]) if found else 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_leads_to_its_card(page: Page, language: str) -> None:
    for name, target in NAMES.items():
        assert results(page, language, name)[0] == f"surveys/{target}", name
        assert page.locator(".pt-hit").first.inner_text() == name
    page.locator(".pt-hit > a").first.click()
    page.locator(":target").wait_for()
    assert page.locator(":target").evaluate("card => card.checkVisibility()"), "its tab is open"


def test_chinese_words_are_found_wherever_they_are(page: Page, built: Path) -> None:
    texts = {
        f"surveys/{path.name}#{card.get('id')}": re.sub(r"\s", "", text_of(card))
        for path in (built / LANGUAGES["zh_CN"] / "surveys").glob("*.html")
        for card in document_fromstring(path.read_bytes()).xpath("//article[@data-paper][@id]")
    }
    assert len(texts) > 100
    for query in CHINESE:
        found = set(results(page, "zh_CN", query))
        while page.locator(".pt-search > .pt-more-hits:visible").count():
            before = page.locator(OWN).count()
            page.locator(".pt-search > .pt-more-hits").click()
            page.locator(OWN).nth(before).wait_for()
            found |= set(shown(page, "zh_CN"))
        assert len(found) == total(page)
        assert found & texts.keys() == {address for address, text in texts.items() if query in text}, query


UNREAD = ".//*[self::svg or self::annotation{}]".format(
    "".join(f" or contains(concat(' ', @class, ' '), ' {name} ')" for name in ("pt-bibtex", "pt-links", "headerlink"))
)


def text_of(card: Any) -> str:
    for part in card.xpath(UNREAD):
        part.drop_tree()
    return str(card.text_content())


@pytest.mark.parametrize(("language", "survey"), [("en", "Contrastive learning"), ("zh_CN", "对比学习")])
def test_a_result_says_survey_venue_year_and_title(page: Page, language: str, survey: str) -> None:
    results(page, language, "MoCo v1")
    hit = page.locator(OWN).first
    published = "CVPR 2020 (first public 2019-11)" if language == "en" else "CVPR 2020（首次公开 2019-11）"
    assert hit.locator(".pt-published").inner_text() == f"{survey} · {published}"
    title = hit.locator(".pt-title")
    assert title.inner_text() == "Momentum Contrast for Unsupervised Visual Representation Learning"
    assert title.get_attribute("lang") == "en"
    assert "MoCo" in hit.locator("mark").all_inner_texts()


@pytest.mark.parametrize("query", ["momentum encoder", "negative", "projection head", "Radford", "optical flow"])
def test_words_are_found_on_cards(page: Page, query: str) -> None:
    assert any("#paper-" in place for place in results(page, "en", query)[:3])


def test_both_scripts_together(page: Page) -> None:
    assert results(page, "zh_CN", "MoCo 动量编码器")[0] == "surveys/contrastive-learning.html#paper-moco-v1"
    assert "动量编码器" in page.locator(".pt-excerpt mark").all_inner_texts()


def test_a_page_is_found_by_its_title(page: Page) -> None:
    assert results(page, "zh_CN", "对比学习")[0] == "surveys/contrastive-learning.html"
    assert results(page, "en", "Video understanding")[0] == "surveys/video-understanding.html"


def test_methods_stand_before_the_text_and_slips_of_the_pen_are_answered(page: Page) -> None:
    results(page, "en", "momentum contrast")
    first = page.locator(".pt-records .pt-hit").first
    assert first.inner_text() == "MoCo v1"
    assert first.bounding_box()["y"] < page.locator(OWN).first.bounding_box()["y"]  # type: ignore[index]
    page.goto(f"{LANGUAGES['en']}/search.html?q=difusion")
    assert "diffusion" in page.locator(".pt-guess").inner_text()
    assert page.locator(".pt-records .pt-hit").count() > 1


@pytest.mark.parametrize(("language", "query"), [("en", "quagga"), ("zh_CN", "斑驴"), ("zh_CN", "quagga")])
def test_nothing_is_found_that_is_not_there(page: Page, language: str, query: str) -> None:
    """Of a word that is nowhere, Pagefind itself would look for the first letters."""
    assert results(page, language, query) == []
    assert query in page.locator(".pt-search [role=status]").inner_text()


def test_results_follow_what_is_typed_and_keys_move_among_them(page: Page) -> None:
    page.goto(f"{LANGUAGES['en']}/search.html")
    page.locator(".pt-search input:focus").wait_for()
    page.keyboard.type("byol")
    page.locator(".pt-hit").first.wait_for()
    page.wait_for_url("**/search.html?q=byol")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "BYOL"
    page.keyboard.press("Enter")
    page.wait_for_url("**/contrastive-learning.html#paper-byol")


def test_nothing_of_sphinx_s_index_is_loaded(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    results(page, "en", "BYOL")
    assert any("_pagefind/pagefind.js" in address for address in asked)
    assert not [address for address in asked if "searchindex" in address or "searchtools" in address]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.chromium("no scripts")
def test_without_javascript_the_page_says_so(new_page: NewPage, language: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{LANGUAGES[language]}/search.html")
    assert "JavaScript" in page.locator(".pt-search").inner_text()
    assert page.locator(".pt-search form:visible").count() == 0
    page.locator(".pt-search a").click()
    page.wait_for_url("**/index.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(new_page: NewPage, scheme: str) -> None:
    page = new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    results(page, "zh_CN", "MoCo")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    load(page)
    assert unexpected(check(page), "furo") == []
