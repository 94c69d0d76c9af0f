"""Previews of links: by pointer, by keyboard, by touch; they can be dismissed, entered, and stay (WCAG 2.2, 1.4.13)."""

from __future__ import annotations

import re
import threading
import zlib
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
    from tests.support.browsers import Browsers
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

CLIP = "html/surveys/clip.html"
TEXT = "article p:not(.pt-view *)"


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
    expect(link).to_have_accessible_description(re.compile("ECCV"))
    assert preview(page).locator("[id], a, button").count() == 0
    assert preview(page).evaluate("box => { const r = box.getBoundingClientRect(); return r.right <= innerWidth; }")


def test_it_stays_while_the_pointer_is_in_it(page: Page) -> None:
    page.clock.install()
    page.goto(CLIP)
    link_to(page, "paper-cmc").hover()
    expect(preview(page)).to_be_visible()
    box = preview(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=5)
    page.clock.run_for(700)
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


def test_it_covers_no_line_of_its_link_and_not_what_takes_the_focus(page: Page) -> None:
    page.goto(CLIP)
    link = link_to(page, "paper-cmc")
    link.evaluate(
        "link => { link.append(document.createElement('br'), 'and a second line'); link.focus({focusVisible: true}); }"
    )
    expect(preview(page)).to_contain_text("CMC")
    bottom = link.evaluate("link => Math.floor([...link.getClientRects()].at(-1).bottom)")
    top = link.evaluate("link => Math.ceil(link.getClientRects()[0].top)")
    box = preview(page).bounding_box()
    assert box is not None
    assert box["y"] >= bottom or box["y"] + box["height"] <= top
    # The next link leads to a page that never comes: nothing takes the place of this preview, which goes all the same.
    page.route("**/never.html*", lambda route: route.fulfill(body="", content_type="text/html"))
    link.evaluate("""link => {
        const next = document.createElement("a");
        [next.href, next.textContent, next.id] = ["never.html#paper-never", "next", "next"];
        link.after(next);
    }""")
    page.keyboard.press("Tab")
    expect(page.locator("#next")).to_be_focused()
    expect(preview(page)).to_have_count(0)


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
    if shares:
        page.get_by_role("link", name="MoCo v1").hover()
        expect(preview(page)).to_contain_text("Momentum Contrast for Unsupervised Visual Representation Learning")
    else:
        with page.expect_event("requestfailed", lambda request: "/contrastive-learning.html" in request.url):
            page.get_by_role("link", name="MoCo v1").hover()
        expect(preview(page)).to_have_count(0)
    page.get_by_role("link", name="MoCo v1").click()
    page.wait_for_url("**/contrastive-learning.html#paper-moco-v1")
    page.context.close()


HOSTILE = """<!doctype html><html lang="en"><body><article data-paper="z" id="paper-z" onclick="hit('article')">
<p class="pt-name pt-preview" style="position: fixed" id="pt-preview">Z
<img src="PIXEL/a.png" alt="pixel" onerror="hit('img')"></p>
<p class="pt-summary" lang="en' onclick='x">Nice
<em class="pt-open sd-hide" style="color: red" onmouseover="hit('em')">method</em>
<a href="javascript:hit('a')">link</a><iframe srcdoc="<script>parent.hit('iframe')</script>"></iframe>
<svg onload="hit('svg')"><script>hit('svg script')</script><a href="javascript:hit('svg a')">vector</a></svg>
<math href="javascript:hit('math')"><mi xlink:href="javascript:hit('mi')" mathvariant="bold" onclick="hit('mi')">x</mi>
<maction actiontype="statusline#PIXEL/b">act</maction>
<annotation-xml encoding="text/html"><img src=x onerror="hit('annotation')"></annotation-xml></math>
<template><img src=x onerror="hit('template')"></template><x-element onclick="hit('own')">own</x-element>
<form action="PIXEL/c"><input autofocus onfocus="hit('input')"><button formaction="javascript:hit('b')">send</button>
</form><object data="PIXEL/d"></object><embed src="PIXEL/e"><video src="PIXEL/f" onerror="hit('video')"></video>
<link rel="stylesheet" href="PIXEL/g.css"><style>body { display: none }</style><base href="PIXEL/"></p>
</article></body></html>"""
INVENTORY = b"# Sphinx inventory version 2\n# Project: X\n# Version: 1\n# The rest is compressed using zlib.\n"
_HIT = "window.hits = []; window.hit = what => window.hits.push(what);"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Return a host that lets others read its hostile page, the directory of it, and the list of what it is asked."""
    asked: list[str] = []

    class Noting(_Shared):
        def do_GET(self) -> None:
            """Note what is asked."""
            asked.append(self.path)
            super().do_GET()

    place = tmp_path / "hostile"
    place.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Noting, directory=str(place))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        (place / "x.html").write_text(HOSTILE.replace("PIXEL", address), "utf-8")
        yield address, place, asked
        server.shutdown()


@pytest.fixture
def links(tmp_path: Path, hostile: tuple[str, Path, list[str]]) -> Iterator[str]:
    """Return a page that links to a hostile one of its own site, of a project that it knows, and of any other."""
    address, place, _asked = hostile
    lines = zlib.compress(b"paper-z std:label -1 x.html#paper-z Z\n")
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    (source / "objects.inv").write_bytes(INVENTORY + lines)
    known = address.replace("127.0.0.1", "localhost")
    (source / "conf.py").write_text(
        'extensions = ["sphinx_paper_table", "sphinx.ext.intersphinx"]\nhtml_theme = "alabaster"\n'
        f'intersphinx_mapping = {{"known": ({known!r}, "objects.inv")}}\n',
        "utf-8",
    )
    (source / "index.md").write_text(
        "# Notes\n\n[own](./x.html#paper-z)\n\n{external+known:ref}`known <paper-z>`\n\n"
        f"[other]({address}/x.html#paper-z)\n",
        "utf-8",
    )
    (source / "x.html").write_text("", "utf-8")
    strict_build(source, out)
    page = out / "index.html"
    page.write_text(re.sub(r'href="[^"]*x\.html"', 'href="x.html#paper-z"', page.read_text("utf-8")), "utf-8")
    (out / "x.html").write_bytes((place / "x.html").read_bytes())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Shared, directory=str(out))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.mark.parametrize("name", ["own", "known"])
def test_nothing_of_a_hostile_page_is_taken_over(
    browsers: Browsers, links: str, hostile: tuple[str, Path, list[str]], name: str
) -> None:
    page = browsers.context().new_page()
    page.add_init_script(_HIT)
    page.clock.install()
    page.goto(links)
    page.get_by_role("link", name=name, exact=True).hover()
    expect(preview(page)).to_contain_text("Nice method")
    preview(page).hover()
    for element in preview(page).locator("*").all():
        element.click(force=True)
    page.clock.run_for(300)
    assert page.evaluate("hits") == []
    assert set(hostile[2]) <= {"/x.html"}
    found = (
        preview(page)
        .locator("*")
        .evaluate_all("all => all.map(e => [e.localName, e.getAttributeNames().map(n => `${n}=${e.getAttribute(n)}`)])")
    )
    assert {(element, *attributes) for element, attributes in found} == {
        ("p", "class=pt-name"),
        ("p", "class=pt-summary"),
        ("em",),
        ("math",),
        ("mi", "mathvariant=bold"),
    }
    page.context.close()


def test_hosts_that_the_project_does_not_name_are_not_asked(
    browsers: Browsers, links: str, hostile: tuple[str, Path, list[str]]
) -> None:
    page = browsers.context().new_page()
    page.clock.install()
    page.goto(links)
    page.get_by_role("link", name="other").hover()
    page.clock.run_for(800)
    expect(preview(page)).to_have_count(0)
    assert hostile[2] == []
    page.get_by_role("link", name="other").click()
    page.wait_for_url("**/x.html#paper-z")
    page.context.close()


def test_the_build_names_the_origins_that_are_asked(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'extensions = ["sphinx_paper_table", "sphinx.ext.intersphinx"]\n'
        'intersphinx_mapping = {"x": ("https://Docs.example.org/en/", "objects.inv"), "y": ("../y", "objects.inv")}\n'
        'paper_table_preview_hosts = ["surveys.example.org", "b.example.org:8443"]\n',
        "utf-8",
    )
    (tmp_path / "objects.inv").write_bytes(INVENTORY + zlib.compress(b""))
    (tmp_path / "index.md").write_text("# Page\n\n[x](https://docs.example.org/x.html#paper-x)\n", "utf-8")
    strict_build(tmp_path, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert 'data-origins="https://b.example.org:8443 https://docs.example.org https://surveys.example.org"' in page
