"""Other colours, no motion, large type, a narrow line and a slow one: what readers bring along."""

from __future__ import annotations

import gzip
import re
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.hosting.wheel import minified
from tests.support.browsing import TABS as TABS_SITE
from tests.support.sites import ASSETS, real_catalogue

from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response
    from tests.conftest import RealSite
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

LANGUAGES: Final = ("html", "html-zh_CN")
THEMES: Final = {"furo": "html/surveys/contrastive-learning.html", "pydata": "pydata-en/surveys/alpha.html"}
TABS: Final = {**THEMES, "furo": f"{TABS_SITE}/surveys/contrastive-learning.html"}
"""Surveys in tabs."""
LONGEST: Final = "diffusion-models"


@pytest.mark.parametrize("theme", TABS)
def test_find_in_page_reaches_closed_tabs_in_each_theme(page: Page, theme: str) -> None:
    """Some themes hide what is hidden harder than browsers do."""
    page.goto(TABS[theme])
    closed = page.locator(".pt-tabs > .sd-tab-content[hidden=until-found]")
    assert closed.count() >= 1
    assert closed.evaluate_all("all => all.map((one) => one.offsetHeight)") == [0] * closed.count()
    text = closed.filter(has=page.locator(".pt-card")).last.locator(".pt-summary, .pt-name").last
    words = " ".join(text.evaluate("text => text.firstChild.textContent").split()[:4])
    page.goto("about:blank")
    page.goto(f"{TABS[theme]}#:~:text={quote(words).replace('-', '%2D')}")
    expect(page.get_by_role("tab", selected=True)).not_to_have_text(page.get_by_role("tab").first.inner_text())


@pytest.mark.parametrize("theme", TABS)
def test_forced_colours_keep_edges_and_the_open_tab(new_page: NewPage, theme: str) -> None:
    page = new_page(forced_colors="active")
    page.goto(TABS[theme])
    edge = "all => all.map((one) => getComputedStyle(one).borderBlockEndColor)"
    background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert set(page.locator(".pt-card").evaluate_all(edge)) != {background}
    (chosen,) = page.locator(".pt-tab[aria-selected=true]").evaluate_all(edge)
    assert chosen not in {*page.locator(".pt-tab[aria-selected=false]").evaluate_all(edge), background}
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    focused = page.locator(".pt-tab:focus-visible")
    style, width, colour = focused.evaluate(
        "one => (({outlineStyle: s, outlineWidth: w, outlineColor: c}) => [s, w, c])(getComputedStyle(one))"
    )
    assert style in {"solid", "auto"}, "the browser's own, or a theme's"
    assert float(width.removesuffix("px")) >= 1
    assert colour != background


@pytest.mark.parametrize("theme", THEMES)
def test_who_wants_no_motion_gets_none(new_page: NewPage, theme: str) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(THEMES[theme])
    moving = page.locator(".pt-view, .pt-view *").evaluate_all("""all => all.filter((one) => {
      const style = getComputedStyle(one);
      return style.animationName !== "none" || /[1-9]/.test(style.transitionDuration);
    }).map((one) => one.className)""")
    assert moving == []
    if theme == "furo":
        assert page.locator("html").evaluate("html => getComputedStyle(html).scrollBehavior") == "auto"


@pytest.mark.parametrize(("language", "least"), [("html", 30), ("html-zh_CN", 17)])
def test_lines_on_cards_are_long_enough_to_read(new_page: NewPage, language: str, least: int) -> None:
    """Chinese characters are twice as wide, and say twice as much."""
    page = new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{language}/surveys/contrastive-learning.html")
    lengths = page.locator(".pt-summary:visible").evaluate_all("""all => all.map((one) => {
      const lines = Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight));
      return [...one.textContent.trim()].length / lines;
    })""")
    assert len(lengths) > 3
    assert min(lengths) >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_twice_as_large_everything_is_still_there(new_page: NewPage, language: str) -> None:
    """A window of 1280 pixels at 200 %: nothing is cut off, and nothing needs scrolling sideways but the tabs."""
    page = new_page(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    for name in ("index", "surveys/contrastive-learning", "methods/index", "references", "guide/paper-table"):
        page.goto(f"{language}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        clipped = page.locator(".pt-card, .pt-body > *").evaluate_all("""all => all.filter((one) => {
          const hides = !["visible", "auto", "scroll"].includes(getComputedStyle(one).overflowX);
          return one.checkVisibility() && hides && one.scrollWidth > one.clientWidth + 1;
        }).map((one) => one.outerHTML.slice(0, 80))""")
        assert clipped == [], name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.chromium("measured")
def test_a_survey_is_light(page: Page, language: str) -> None:
    """What a server with compression sends of the longest page, without what is cached: 24 requests, and its bytes.

    A page grows with its entries: each has its text, relations, numbers, BibTeX and its place in the drawing. What it
    has besides, the theme with its fonts and our scripts and style sheets, as they are in the wheel, does not.
    """
    sizes: dict[str, int] = {}
    ours = {name.rpartition("/")[2]: text for name, text in minified().items()}

    def weigh(response: Response) -> None:
        compressible = "woff" not in response.url and not response.url.endswith((".png", ".jpg"))
        text = ours.get(response.url.rpartition("/")[2].partition("?")[0])
        body = response.body() if text is None else text.encode()
        sizes[response.url] = len(gzip.compress(body, 6)) if compressible else len(body)

    open_requests: set[Request] = set()

    def end(request: Request) -> None:
        open_requests.discard(request)

    page.on("request", lambda request: open_requests.update([request]))
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    page.on("response", weigh)
    page.clock.install()
    page.goto(f"{language}/surveys/{LONGEST}.html", wait_until="load")
    page.clock.run_for(1_000)  # what scripts ask for; Playwright's "networkidle" is not always said of this page
    while open_requests:
        page.wait_for_timeout(10)
    assert len(sizes) <= 24, sizes
    view = select(real_catalogue(), Selection(LONGEST))
    assert view is not None
    assert sum(sizes.values()) <= 55_000 + 2_000 * len(list(view.all_entries())), sizes


PARTS: Final = {"search": 6_500, "references": 1_800, "lineage": 4_500, "comparison": 3_300, "results": 640}
"""What each feature that is on few kinds of pages may weigh."""


def test_our_share_is_small(real_site: RealSite) -> None:
    """What each page links of ours, as the wheel has it and a server with compression sends it; and all together.

    What only few kinds of pages load is counted apart: that of search results, those with a drawing of a lineage, that
    on which readers compare methods, those with a long list of references, those with rankings, and those with a list
    of methods.
    """
    sizes = {name.rpartition("/")[2]: len(gzip.compress(text.encode(), 6)) for name, text in minified().items()}
    assert sizes.keys() == ASSETS.keys()
    for_print = {"paper_print.css", "paper_print.js"}
    assert sum(sizes[name] for name in for_print) <= 2_300, "which browsers load last"
    everywhere = {*sizes} - {"paper_math.css", "paper_book.css"} - for_print
    assert sizes["paper_math.css"] <= 250, "only on pages with formulas of their own"
    assert sizes["paper_book.css"] <= 300, "only in books, which are no pages of a site"
    for feature, most in PARTS.items():
        own = {path.rpartition("/")[2] for path in minified() if f"/features/{feature}/" in path}
        assert sum(sizes[name] for name in own) <= most, sizes
        everywhere -= own
    tables = {name for name in sizes if name.startswith("paper_index_table.")}
    assert sum(sizes[name] for name in tables) <= 1_700, "on the lists of methods, which readers can see as tables"
    everywhere -= tables
    assert sum(sizes[name] for name in everywhere) <= 14_460, sizes
    pages = {path: path.read_text("utf-8") for path in real_site().rglob("*.html")}
    linked = {path: {*re.findall(r"_static/([\w.]+)\?v=", text)} & sizes.keys() for path, text in pages.items()}
    assert {name for names in linked.values() for name in names} > {"sphinx_paper_table.css", "paper_shared.js"}
    weights = {path: sum(sizes[name] for name in names & everywhere) for path, names in linked.items()}
    heavy = {str(path): weight for path, weight in weights.items() if weight > 12_700}
    assert {path for path in heavy if not path.endswith("/guide/paper-table.html")} == set(), (
        "that page shows every feature"
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.chromium("measured")
def test_nothing_of_ours_keeps_a_page_waiting(page: Page, theme: str) -> None:
    """As the browser says; that it says so of a theme's style sheets shows that it would of ours."""
    ours = {*ASSETS}
    root = THEMES[theme].partition("/")[0]
    for name, style in ((THEMES[theme], "sphinx_paper_table.css"), (f"{root}/references.html", "sphinx_citations.css")):
        page.goto(name)
        status: dict[str, str] = dict(
            page.evaluate("""performance.getEntriesByType("resource").map(
              (one) => [new URL(one.name).pathname.split("/").pop(), one.renderBlockingStatus])""")
        )
        assert style in status
        waited_for = {file for file, is_blocking in status.items() if is_blocking == "blocking"}
        assert waited_for != set()
        assert waited_for & ours == set()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.chromium("measured")
def test_pages_do_not_jump_while_they_load(new_page: NewPage, width: int) -> None:
    """Cumulative layout shift; below 0.1 is called good, see https://web.dev/articles/cls, and ours is near nothing."""
    page = new_page(viewport={"width": width, "height": 800})
    page.add_init_script("""window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});""")
    for language, name in product(LANGUAGES, ("index", "surveys/clip", "methods/index", "results/index")):
        page.goto(f"{language}/{name}.html", wait_until="networkidle")
        assert page.evaluate("window.shift") < 0.01, (language, name)
    page.locator("h1").evaluate("title => { title.style.marginTop = '200px'; }")
    page.wait_for_function("() => window.shift > 0.01")


def test_tables_that_scroll_are_named_and_reached_by_keys(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("pydata-en/surveys/rows.html")
    box = page.locator(".pt-scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert (box.get_attribute("role"), box.get_attribute("tabindex")) in {("region", "0"), ("group", "0")}
    assert (box.get_attribute("aria-label") or "").strip() != ""
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.pt-scroll').scrollLeft > 0")


def test_every_link_on_a_card_gets_its_own_clicks(page: Page) -> None:
    """No link is stretched over a card and takes the clicks that are meant for those in it."""
    page.goto("html/surveys/clip.html")
    assert page.locator(".sd-stretched-link").count() == 0
    # Themes scroll smoothly, and what is far from the window is laid out only with the next frame: both are awaited.
    covered = page.locator("#paper-clip a:visible").evaluate_all("""async (links) => {
      const covered = [];
      for (const link of links) {
        link.scrollIntoView({block: "center", behavior: "instant"});
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const box = link.getClientRects()[0];
        if (document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("a") !== link)
          covered.push(link.outerHTML);
      }
      return covered;
    }""")
    assert covered == []
