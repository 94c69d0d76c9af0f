"""Previews of links: by pointer, by keyboard, by touch; they can be dismissed, entered, and stay (WCAG 2.2, 1.4.13)."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.conftest import strict_build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page
    from tests.browser.browsers import Browsers
    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

CLIP = "html/surveys/clip.html"
TEXT = "article p"


def preview(page: Page) -> Locator:
    return page.locator("#pt-preview")


def link_to(page: Page, anchor: str) -> Locator:
    return page.locator(f'{TEXT} a[href$="#{anchor}"]').first


def test_the_pointer_shows_the_card_of_another_page(page: Page) -> None:
    page.goto(CLIP)
    link = link_to(page, "paper-cmc")
    assert "contrastive-learning.html" in str(link.get_attribute("href"))
    link.hover()
    expect(preview(page)).to_contain_text("CMC")
    expect(preview(page)).to_contain_text("Contrastive Multiview Coding")
    expect(preview(page)).to_have_role("tooltip")
    expect(link).to_have_attribute("aria-describedby", "pt-preview")
    expect(page.get_by_role("link", name="CMC", exact=True).first).to_have_accessible_description(re.compile("ECCV"))
    assert preview(page).locator("[id], a, button").count() == 0
    assert preview(page).evaluate("box => { const r = box.getBoundingClientRect(); return r.right <= innerWidth; }")


def test_it_stays_while_the_pointer_is_in_it(page: Page) -> None:
    page.goto(CLIP)
    link_to(page, "paper-cmc").hover()
    expect(preview(page)).to_be_visible()
    box = preview(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(700)
    expect(preview(page)).to_be_visible()
    page.mouse.move(1, 1)
    expect(preview(page)).to_have_count(0)


def test_escape_closes_it_and_the_pointer_stays_where_it_is(page: Page) -> None:
    page.goto(CLIP)
    link = link_to(page, "paper-cmc")
    link.hover()
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    expect(link).not_to_have_attribute("aria-describedby", "pt-preview")


def test_a_reference_is_shown_instead_of_the_tooltip(page: Page) -> None:
    page.goto(CLIP)
    link = link_to(page, "cite-radford2021learning")
    title = link.get_attribute("title")
    assert title
    link.hover()
    expect(preview(page)).to_contain_text("Learning transferable visual models")
    assert not link.get_attribute("title")
    assert "Cited on" not in preview(page).inner_text()
    page.keyboard.press("Escape")
    expect(link).to_have_attribute("title", title)


def test_the_keyboard_shows_it(page: Page) -> None:
    page.goto(CLIP)
    link = link_to(page, "paper-cmc")
    link.evaluate("link => link.focus({focusVisible: true})")
    expect(preview(page)).to_contain_text("CMC")
    page.keyboard.press("Tab")
    expect(preview(page)).not_to_contain_text("Contrastive Multiview Coding")


def test_links_to_the_page_itself_ask_for_nothing(page: Page) -> None:
    page.goto("html/surveys/contrastive-learning.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.extend([request.url] * (request.resource_type == "fetch")))
    link_to(page, "paper-simclr-v1").hover()
    expect(preview(page)).to_contain_text("SimCLR")
    assert asked == []


def test_a_page_is_asked_for_once(page: Page) -> None:
    page.goto(CLIP)
    asked: list[str] = []
    page.on("request", lambda request: asked.extend([request.url] * (request.resource_type == "fetch")))
    for anchor in ("cite-oord2018representation", "cite-radford2021learning"):
        link_to(page, anchor).hover()
        expect(preview(page)).to_be_visible()
        page.keyboard.press("Escape")
    assert [url.rpartition("/")[2] for url in asked] == ["references.html"]


@pytest.mark.chromium("touch")
def test_the_first_tap_shows_and_the_second_follows(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("html-zh_CN/surveys/clip.html")
    link = link_to(page, "paper-cmc")
    link.tap()
    expect(preview(page)).to_contain_text("CMC")
    assert page.url.endswith("clip.html")
    expect(preview(page).get_by_role("link", name="打开")).to_be_visible()
    link.tap()
    page.wait_for_url("**/contrastive-learning.html#paper-cmc")


@pytest.mark.chromium("touch")
def test_a_tap_elsewhere_closes_it_and_its_link_follows(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(CLIP)
    link_to(page, "paper-cmc").tap()
    expect(preview(page)).to_be_visible()
    page.locator("h1").tap()
    expect(preview(page)).to_have_count(0)
    link_to(page, "paper-cmc").tap()
    preview(page).get_by_role("link", name="Open").tap()
    page.wait_for_url("**/contrastive-learning.html#paper-cmc")


class _Shared(SimpleHTTPRequestHandler):
    """A host that lets other hosts read its pages, or does not."""

    shares = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""

    def end_headers(self) -> None:
        """Add the header that `fetch` asks for."""
        if self.shares:
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


class _Closed(_Shared):
    shares = False


@pytest.fixture(params=[_Shared, _Closed], ids=["shares", "does not share"])
def second(request: pytest.FixtureRequest, site: Path, tmp_path: Path) -> Iterator[tuple[str, bool]]:
    """Return a page of a second project that links to the site on another host, and whether that shares its pages."""
    handler: type[_Shared] = request.param
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site / "html"))) as first,
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Shared, directory=str(tmp_path / "out"))) as other,
    ):
        for server in (first, other):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        source = tmp_path / "source"
        source.mkdir()
        (source / "conf.py").write_text(
            'extensions = ["sphinx_paper_table", "sphinx.ext.intersphinx"]\nhtml_theme = "alabaster"\n'
            f'intersphinx_mapping = {{"surveys": ("http://127.0.0.1:{first.server_port}/", None)}}\n',
            "utf-8",
        )
        (source / "index.md").write_text("# Notes\n\nLike {paper}`moco-v1`, a queue.\n", "utf-8")
        strict_build(source, tmp_path / "out")
        yield f"http://127.0.0.1:{other.server_port}/index.html", handler.shares
        first.shutdown()
        other.shutdown()


def test_a_second_project_shows_what_its_links_lead_to(browsers: Browsers, second: tuple[str, bool]) -> None:
    """Where the host forbids it, the link stays what it was."""
    address, shares = second
    page = browsers.context().new_page()
    page.goto(address)
    page.get_by_role("link", name="MoCo v1").hover()
    if shares:
        expect(preview(page)).to_contain_text("Momentum Contrast for Unsupervised Visual Representation Learning")
    else:
        page.wait_for_timeout(800)
        expect(preview(page)).to_have_count(0)
    page.get_by_role("link", name="MoCo v1").click()
    page.wait_for_url("**/contrastive-learning.html#paper-moco-v1")
    page.context.close()
