"""The Content Security Policy of pages: all that they do themselves passes it, and what got into their text does not.

The policy is sent as a header too, as a host sends it that reads the file `_headers`.
"""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.support.sites import PNG, real_catalogue, small_site, soup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.support.browsers import Browsers

pytestmark = pytest.mark.browser

_NOTE = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  e => window.violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
"""


def header_of(built: Path) -> str:
    found = re.search(r"^  Content-Security-Policy: (.*)$", (built / "_headers").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module", params=["html", "html-zh_CN", "pydata-en", "pydata-zh_CN"])
def hosted(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Return the address of a build whose host sends the header."""
    built = site / str(request.param)
    header = header_of(built)

    class Sending(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the standard library)
            """Say nothing."""

        def end_headers(self) -> None:
            """Add the policy."""
            self.send_header("Content-Security-Policy", header)
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Sending, directory=str(built))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def watched(browsers: Browsers) -> Iterator[Page]:
    """Return a page that notes what its policy forbids."""
    context = browsers.context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_NOTE)
    yield context.new_page()
    context.close()


def use_tabs(page: Page) -> bool:
    tabs = page.get_by_role("tab")
    for number in range(min(tabs.count(), 3)):
        tabs.nth(number).click()
        expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")
    return tabs.count() > 0


def use_filter(page: Page) -> bool:
    field = page.locator(".pt-filter input[type=search]").first
    if not (field.count() and field.is_visible()):
        return False
    field.fill("a")
    if field.evaluate("({ name, form }) => name === 'q' && !form.hasAttribute('action')"):  # others answer when sent
        page.wait_for_url(lambda address: "q=a" in address)
    return True


def use_previews(page: Page) -> bool:
    link = page.locator(
        "article p a[href*='#paper-'], article p a[href*='#cite-'], article dd a[href*='#paper-']"
    ).first
    if not (link.count() and link.is_visible()):
        return False
    link.scroll_into_view_if_needed()
    link.hover()
    expect(page.locator("#pt-preview")).to_be_visible()
    assert page.locator("#pt-preview").evaluate("box => getComputedStyle(box).position") == "fixed"
    page.keyboard.press("Escape")
    return True


def use_sorting(page: Page) -> bool:
    button = page.locator(".pt-sort").first
    if not (button.count() and button.is_visible()):
        return False
    button.click()
    return True


def use_chooser(page: Page) -> bool:
    field = page.locator(".pt-chooser input").first
    if not (field.count() and field.is_visible()):
        return False
    field.fill("a")
    expect(page.locator("#pt-methods option").first).to_be_attached()
    return True


# Each uses one control of a page, and says whether the page has it.
USES: list[Callable[[Page], bool]] = [use_tabs, use_filter, use_previews, use_sorting, use_chooser]


GUIDE = ("/index.html", "/paper-table.html", "/reference.html")
"""Pages of the guide with all that stands on its pages."""


def pages_of(hosted: str, page: Page) -> list[str]:
    """Return all that the start page and the lists lead to, but of the guide, whose pages are alike, three.

    Of our surveys in another language, whose pages differ from the English ones in their words only, one.
    """
    page.goto(hosted)
    found = page.locator("a[href]").evaluate_all("all => all.map(a => a.href.split('#')[0])")
    own = sorted({str(address) for address in found if str(address).startswith(hosted)} | {f"{hosted}search.html?q=a"})
    pages = [address for address in own if address.rpartition(".")[2].partition("?")[0] == "html" or address == hosted]
    is_english = page.locator("html").get_attribute("lang") == "en"
    alike = () if is_english else [f"/surveys/{name}.html" for name in real_catalogue().surveys][1:]
    pages = [address for address in pages if not address.endswith(tuple(alike))]
    return [address for address in pages if "/guide/" not in address or address.endswith(GUIDE)]


@pytest.mark.chromium("it reports where the theme's own style attributes are hashed, and others do not")
def test_pages_pass_their_own_policy_while_they_are_used(hosted: str, watched: Page) -> None:
    broken: dict[str, Any] = {}
    used: set[str] = set()
    addresses = pages_of(hosted, watched)
    assert len(addresses) > 8
    for address in addresses:
        watched.goto(address)
        used.update(use.__name__ for use in USES if use(watched))
        if found := watched.evaluate("violations"):
            broken[address.removeprefix(hosted)] = found
    assert broken == {}
    assert used == {use.__name__ for use in USES}


@pytest.mark.chromium("see above")
def test_the_choice_of_a_comparison_passes_it(hosted: str, watched: Page) -> None:
    name = "methods/compare.html?m=moco-v1&m=simclr-v1"
    if watched.request.get(f"{hosted}{name}").status != 200:  # the small documentation has other methods
        name = "surveys/compare.html?m=one&m=two"
    watched.goto(f"{hosted}{name}")
    frame = watched.locator(".pt-scroll:has(.pt-comparison)")
    expect(frame).to_be_visible()
    assert frame.evaluate("frame => getComputedStyle(frame).getPropertyValue('--n')").strip() == "2"
    assert watched.evaluate("violations") == []


@pytest.mark.chromium("see above")
def test_the_search_passes_it(hosted: str, watched: Page) -> None:
    watched.goto(f"{hosted}search.html?q=moco" if "html" in hosted else f"{hosted}search.html?q=one")
    expect(watched.locator("#search-results li, .pt-hits li").first).to_be_visible()
    assert watched.evaluate("violations") == []


HOSTILE = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"
    "<a id=run href='javascript:window.hit = 3'>run</a>"
    "<iframe srcdoc='<script>parent.hit = 4</script>'></iframe><p id=styled style='position: fixed'>x</p>"
    "<style>#styled { color: red }</style><base href='https://example.org/'><svg onload='window.hit = 5'></svg>"
)


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme"])
def test_what_got_into_the_text_of_a_page_does_nothing(browsers: Browsers, tmp_path: Path, theme: str) -> None:
    """Here it is the prose of the page, which may hold what it likes: no page has a hole to put it in."""
    pages = {"index.md": f"# Page\n\n```{{raw}} html\n{HOSTILE}\n```\n\n```{{image}} x.png\n:width: 40px\n```\n"}
    conf = f'html_theme = "{theme}"\npaper_table_content_policy = {{"img-src": ["https://img.example.org"]}}\n'
    conf += 'html_context = {"default_mode": "auto"}\nhtml_math_renderer = "mathjax"\n'
    site = small_site(tmp_path, {**pages, "x.png": PNG}, conf)
    site.build("html")
    text = (site.output() / "index.html").read_text("utf-8")
    policy = str(soup(site.output() / "index.html").select_one("meta[http-equiv]")["content"])  # type: ignore[index]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert "https://img.example.org" in policy
    assert text.index("Content-Security-Policy") < text.index("<script")
    page = browsers.context().new_page()
    page.add_init_script(_NOTE)
    page.goto((site.output() / "index.html").as_uri())
    page.locator("#run").evaluate("link => link.click()")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    style = page.locator("#styled").evaluate("e => [getComputedStyle(e).position, getComputedStyle(e).color]")
    assert style[0] == "static"
    assert style[1] != "rgb(255, 0, 0)"
    assert page.locator("img[src$='x.png']").evaluate("image => getComputedStyle(image).width") == "40px"
    assert page.evaluate("document.baseURI").startswith("file:")
    assert len(page.evaluate("violations")) >= 6
    page.context.close()


def test_switched_off_again_nothing_of_it_stays(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, "paper_table_content_policy = True\n")
    site.build("html")
    assert (site.output() / "_headers").is_file()
    site.replace("conf.py", "paper_table_content_policy = True", "paper_table_content_policy = False")
    site.assert_incremental_equals_clean()
    assert not (site.output() / "_headers").exists()
    assert "Content-Security-Policy" not in (site.output() / "index.html").read_text("utf-8")


def test_a_file_of_the_project_s_own_stays(tmp_path: Path) -> None:
    extra = {"extra/_headers": "/*\n  X-Own: yes\n"}
    site = small_site(
        tmp_path, {"index.md": "# Page\n", **extra}, 'html_extra_path = ["extra"]\npaper_table_content_policy = True\n'
    )
    site.build("html")
    assert (site.output() / "_headers").read_text("utf-8") == extra["extra/_headers"]


def test_more_hashes_than_a_header_holds_stay_in_the_pages(tmp_path: Path) -> None:
    pages = {f"page{number}.md": f"# Page {number}\n" for number in range(70)}
    conf = 'html_theme = "pydata_sphinx_theme"\npaper_table_content_policy = True\n'
    site = small_site(tmp_path, {"index.md": "# Page\n", **pages}, conf)
    site.build("html")
    assert header_of(site.output()) == "frame-ancestors 'self'"
    assert "sha256-" in (site.output() / "page1.html").read_text("utf-8")


def test_formulas_that_a_script_styles_are_warned_of(tmp_path: Path) -> None:
    conf = 'paper_table_content_policy = True\nhtml_math_renderer = "mathjax"\n'
    site = small_site(tmp_path, {"index.md": "# Page\n\n{math}`x`\n"}, conf)
    assert "paper_table_content_policy forbids the styles that MathJax writes into pages" in site.build("html").log


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"script-src": ["'unsafe-inline'"]}, "''unsafe-inline'' has no place in a policy"),
        ({"script-src": ["'unsafe-eval'"]}, "has no place in a policy"),
        ({"script-src": ["x; y"]}, "has no place in a policy"),
        ({"scripts-src": []}, "did you mean 'script-src'?"),
        ({"script-src": "https://example.org"}, "must be a list of sources"),
    ],
)
def test_what_would_undo_the_policy_is_refused(tmp_path: Path, value: dict[str, Any], message: str) -> None:
    site = small_site(tmp_path, {"index.md": "# Page\n"}, f"paper_table_content_policy = {value!r}\n")
    log = site.build("html").log
    assert "paper_table_content_policy" in log
    assert message in log
    assert "Content-Security-Policy" not in (site.output() / "index.html").read_text("utf-8")
