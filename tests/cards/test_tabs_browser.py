"""Tab sets are tabs for mouse, keys, screen reader, address, find-in-page and printer, and work without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.support.sites import real_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

CLIP = "tabs-en/surveys/clip.html"
GROUPS = [str(group.id) for group in real_catalogue().surveys["clip"].groups]
LAST = "paper-depthclip"
WITHOUT_FIND = "delete Document.prototype.onbeforematch; delete HTMLElement.prototype.onbeforematch"


def opened(page: Page) -> str:
    """Return the group whose tab is open, after proof that tabs, panels and the order of focus agree on it."""
    state = page.evaluate("""() => {
      const set = document.querySelector(".pt-tabs");
      const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
      return [...set.querySelectorAll("[role=tab]")].slice(0, -1).map((tab) => ({
        selected: tab.getAttribute("aria-selected"),
        focusable: tab.tabIndex === 0,
        visible: panel(tab).querySelector(".pt-grid").checkVisibility(),
        panel: panel(tab).getAttribute("role") === "tabpanel" && panel(tab).getAttribute("aria-labelledby") === tab.id,
        group: panel(tab).querySelector(":scope > .pt-section").id.replace("group-clip-", ""),
      }));
    }""")
    assert [tab["group"] for tab in state] == GROUPS
    assert all((tab["selected"] == "true") == tab["focusable"] == tab["visible"] == tab["panel"] for tab in state), (
        state
    )
    (found,) = [tab["group"] for tab in state if tab["visible"]]
    return str(found)


def fragment(page: Page) -> str:
    return page.url.partition("#")[2].removeprefix("group-clip-")


def wait_until_in_sight(page: Page, anchor: str) -> None:
    """Wait until the top of an element is on the screen and scrolling has come to rest."""
    script = """(id) => {
      const top = document.getElementById(id).getBoundingClientRect().top;
      const rests = window.lastTop === top;
      window.lastTop = top;
      return rests && top >= 0 && top < innerHeight;
    }"""
    page.wait_for_function(script, arg=anchor, polling=50)


def test_roles(page: Page) -> None:
    page.goto(CLIP)
    tablist = page.get_by_role("tablist", name="Methods")
    expect(tablist.get_by_role("tab")).to_contain_text(
        [
            "CLIP itself",
            "Segmentation",
            "Detection",
            "Graphics",
            "Video",
            "Vision and language",
            "Audio",
            "3-D and depth",
            "All",
        ]
    )
    expect(page.get_by_role("tab", selected=True)).to_contain_text("CLIP itself")
    expect(page.get_by_role("tabpanel", name=re.compile("^CLIP itself"))).to_be_visible()
    assert page.locator("button[role=tab]").count() == len(GROUPS) + 1
    assert page.locator(".pt-tabs input, .pt-tabs label").count() == 0
    assert (opened(page), page.url.partition("#")[1]) == ("clip-itself", "")


def test_screen_readers_meet_only_the_open_panel(page: Page) -> None:
    page.goto(CLIP)
    tree = page.locator(".pt-tabs").aria_snapshot()
    assert re.findall(r"- tabpanel.*", tree) == ['- tabpanel "CLIP itself 3":']


def test_a_click_opens_a_tab_and_the_address_says_so(page: Page) -> None:
    page.goto(CLIP)
    length = page.evaluate("history.length")
    page.get_by_role("tab", name="Detection").click()
    assert (opened(page), fragment(page)) == ("detection", "detection")
    assert page.evaluate("history.length") == length
    page.reload()
    assert opened(page) == "detection"


def test_the_last_tab_opens_all(page: Page) -> None:
    page.goto(CLIP)
    page.get_by_role("tab", name="All", exact=True).click()
    shown = page.locator(".pt-tabs .pt-grid").evaluate_all("all => all.map((one) => one.checkVisibility())")
    assert shown == [True] * len(GROUPS)
    page.get_by_role("tab", name="Detection").click()
    assert opened(page) == "detection"


def test_keys(page: Page) -> None:
    page.goto(CLIP)
    page.get_by_role("tab", name="CLIP itself").focus()
    for key, group in [
        ("ArrowRight", "semantic-segmentation"),
        ("ArrowRight", "detection"),
        ("ArrowLeft", "semantic-segmentation"),
        ("Home", "clip-itself"),
    ]:
        page.keyboard.press(key)
        assert (opened(page), fragment(page)) == (group, group), key
        expect(page.get_by_role("tab", selected=True)).to_be_focused()
    for key, name in [("End", "All"), ("ArrowRight", "CLIP itself"), ("ArrowLeft", "All"), ("Home", "CLIP itself")]:
        page.keyboard.press(key)
        expect(page.get_by_role("tab", selected=True)).to_contain_text(name)
        expect(page.get_by_role("tab", selected=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tabpanel", name=re.compile("^CLIP itself"))).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("x")
    assert opened(page) == "clip-itself"


@pytest.mark.parametrize("without_find", [False, True], ids=["find", "no-find"])
def test_an_address_leads_into_a_closed_tab(new_page: NewPage, without_find: bool) -> None:  # noqa: FBT001
    page = new_page(viewport={"width": 1280, "height": 900})
    if without_find:
        page.add_init_script(WITHOUT_FIND)
    page.goto(f"{CLIP}#{LAST}")
    wait_until_in_sight(page, LAST)
    assert opened(page) == "shape-and-depth"
    closed = "until-found" if not without_find else ""
    assert page.locator(".pt-tabs > .sd-tab-content").first.get_attribute("hidden") == closed
    page.goto(f"{CLIP}#group-clip-video")
    wait_until_in_sight(page, "group-clip-video")
    assert opened(page) == "video"
    assert page.get_by_role("tab", name="Video").bounding_box()["y"] > 0, "the tabs above it are in sight as well"  # type: ignore[index]  # it is there
    page.evaluate("location.hash = 'paper-audioclip'")
    expect(page.locator("#paper-audioclip")).to_be_in_viewport()
    assert opened(page) == "audio"


def test_a_link_from_another_page(page: Page) -> None:
    page.goto("tabs-en/surveys/contrastive-learning.html")
    page.locator("a[href='clip.html#paper-clip']").first.wait_for(state="attached")
    page.evaluate("(id) => document.querySelector('.pt-intro a').setAttribute('href', `clip.html#${id}`)", LAST)
    page.locator(f"a[href$='clip.html#{LAST}']").first.click()
    page.wait_for_url(f"**/clip.html#{LAST}")
    expect(page.locator(f"#{LAST}")).to_be_in_viewport()
    assert opened(page) == "shape-and-depth"


@pytest.mark.parametrize("without_find", [False, True], ids=["find", "no-find"])
def test_the_same_link_twice(new_page: NewPage, without_find: bool) -> None:  # noqa: FBT001
    """The second click changes nothing in the address, but the tab has been left in between."""
    page = new_page(viewport={"width": 1280, "height": 900})
    if without_find:
        page.add_init_script(WITHOUT_FIND)
    page.goto(f"{CLIP}#{LAST}")
    page.evaluate("""() => {  // as another script would: the address stays what it is
      const replace = history.replaceState;
      history.replaceState = () => {};
      document.querySelector("[role=tab]").click();
      history.replaceState = replace;
    }""")
    assert (opened(page), fragment(page)) == ("clip-itself", LAST)
    page.locator(f"p a[href='#{LAST}']").first.evaluate("link => link.click()")
    wait_until_in_sight(page, LAST)
    assert opened(page) == "shape-and-depth"


def test_back_leads_into_the_tab_that_was_open(page: Page) -> None:
    page.goto(f"{CLIP}#paper-lseg")
    page.locator(f"p a[href='#{LAST}']").first.evaluate("link => link.click()")
    assert opened(page) == "shape-and-depth"
    page.go_back()
    page.wait_for_url("**#paper-lseg")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Segmentation")


def test_percent_encoded_addresses(page: Page) -> None:
    """An anchor in Chinese: browsers encode it, and a lone percent sign is nobody's."""
    add = f"document.querySelector('#{LAST} .pt-summary').id = '深度'"
    page.goto(CLIP)
    page.evaluate(add)
    page.evaluate(f"location.hash = '{quote('深度')}'")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("3-D and depth")
    assert page.evaluate("location.hash") == f"#{quote('深度')}"
    page.get_by_role("tab", name="Audio").click()
    page.evaluate("location.hash = '100%'")
    page.evaluate(f"location.hash = 'paper%2D{LAST.removeprefix('paper-')}'")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("3-D and depth")


def test_an_address_of_something_else_opens_nothing(page: Page) -> None:
    page.goto(f"{CLIP}#survey-clip")
    wait_until_in_sight(page, "survey-clip")
    assert opened(page) == "clip-itself"


def test_find_in_page_reaches_closed_tabs(page: Page) -> None:
    """Text fragments run through the same search as find-in-page, which cannot be driven from outside."""
    page.goto(f"{CLIP}#:~:text={quote('turns metres into words')}")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("3-D and depth")
    assert opened(page) == "shape-and-depth"


@pytest.mark.chromium("paper")
def test_a_theme_that_hides_everything_hidden(page: Page) -> None:
    """Bootstrap, and PyData with it, would take closed tabs from find-in-page."""
    page.goto(CLIP)
    # Not an element of the page, which its policy forbids.
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("[hidden] { display: none !important; }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }""")
    closed = page.locator(".sd-tab-content[hidden]").first
    assert closed.evaluate("panel => getComputedStyle(panel).display") == "block"
    assert closed.evaluate("panel => panel.offsetHeight") == 0
    page.emulate_media(media="print")
    assert page.locator("#paper-depthclip .pt-name").evaluate("name => name.checkVisibility()")


def test_closed_panels_take_no_room(page: Page) -> None:
    page.goto(CLIP)
    heights = page.locator(".sd-tab-content[hidden]").evaluate_all(
        "panels => panels.map((panel) => panel.offsetHeight)"
    )
    assert heights == [0] * len(GROUPS)


def test_the_tablist_scrolls_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{CLIP}#{LAST}")
    boxes = page.get_by_role("tab").evaluate_all("tabs => tabs.map((tab) => tab.getBoundingClientRect().toJSON())")
    assert len({box["top"] for box in boxes}) == 1, "one row"
    assert min(box["height"] for box in boxes) >= 44
    sides = page.get_by_role("tablist").evaluate("list => [list.scrollWidth > list.clientWidth, list.scrollLeft > 0]")
    assert sides == [True, True], "the open tab has been scrolled to"
    edges = page.get_by_role("tablist").bounding_box()
    tab = page.get_by_role("tab", selected=True).bounding_box()
    assert edges is not None
    assert tab is not None
    assert edges["x"] <= tab["x"]
    assert tab["x"] + tab["width"] <= edges["x"] + edges["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves(page: Page) -> None:
    """Without motion there is none to reduce."""
    page.goto(CLIP)
    page.emulate_media(reduced_motion="no-preference")
    script = """found => found.map((one) => {
      const style = getComputedStyle(one);
      return [style.scrollBehavior, style.transitionDuration];
    })"""
    moving = page.locator(".pt-tablist, .pt-tab, .pt-tabs > .sd-tab-content").evaluate_all(script)
    assert {tuple(one) for one in moving} == {("auto", "0s")}


@pytest.mark.parametrize("survey", sorted(real_catalogue().surveys))
@pytest.mark.chromium("paper")
def test_paper_shows_every_method(new_page: NewPage, survey: str) -> None:
    page = new_page()
    page.goto(f"tabs-en/surveys/{survey}.html")
    page.emulate_media(media="print")
    names = page.locator(".pt-card .pt-name").evaluate_all(
        "names => names.map((name) => [name.firstChild.textContent, name.checkVisibility() && name.offsetHeight > 0])"
    )
    catalogue = real_catalogue()
    here = {paper.name for paper in catalogue.papers.values() if catalogue.homes[paper.id].survey == survey}
    assert here <= {name for name, visible in names if visible}
    assert [name for name, visible in names if not visible] == []
    assert page.locator(".pt-tablist:visible").count() == 0
    assert page.locator(".pt-tab-title").evaluate_all("titles => titles.every((title) => title.checkVisibility())")


@pytest.fixture
def plain_page(new_page: NewPage) -> Page:
    """Return a page where no script runs: tabs are radio buttons."""
    return new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})


@pytest.mark.chromium("no scripts")
def test_every_tab_opens_by_click_without_a_script(plain_page: Page) -> None:
    plain_page.goto(CLIP)
    labels = plain_page.locator(".pt-tabs > .sd-tab-label")
    assert labels.count() == len(GROUPS) + 1
    for label, group in zip(labels.all(), GROUPS, strict=False):
        label.click()
        expect(plain_page.locator(f"#group-clip-{group} .pt-card").first).to_be_visible()
        assert plain_page.locator(".pt-tabs > .sd-tab-content:visible").count() == 1
    labels.last.click()
    assert plain_page.locator(".pt-tabs .pt-grid:visible").count() == len(GROUPS)


@pytest.mark.chromium("no scripts")
def test_keys_without_a_script(plain_page: Page) -> None:
    plain_page.goto(CLIP)
    plain_page.locator(".pt-tabs > input").first.focus()
    plain_page.keyboard.press("ArrowDown")
    expect(plain_page.locator("#group-clip-semantic-segmentation")).to_be_visible()


def test_an_address_leads_into_a_closed_tab_without_a_script(plain_page: Page) -> None:
    plain_page.goto(f"{CLIP}#{LAST}")
    expect(plain_page.locator(f"#{LAST}")).to_be_in_viewport()


@pytest.mark.chromium("paper")
def test_paper_shows_every_method_without_a_script(plain_page: Page) -> None:
    plain_page.goto(CLIP)
    plain_page.emulate_media(media="print")
    for name in plain_page.locator(".pt-card .pt-name").all():
        expect(name).to_be_visible()
    for label in plain_page.locator(".sd-tab-label:not(.pt-all-groups)").all():
        expect(label).to_be_visible()
