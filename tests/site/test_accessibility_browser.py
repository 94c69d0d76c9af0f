"""WCAG 2.2 AA on surveys, in two themes, two languages, two widths and both colour schemes, with every tab open.

One survey of each theme is looked at in both views and in both schemes, the others in one. The other kinds of page are
in `test_accessible_pages`.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Final

import pytest
from tests.site.axe import ALLOWED, VIEWS, View, assert_accessible, check, load, unexpected
from tests.support.browsing import TABS as TABS_SITE
from tests.support.sites import real_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page
    from tests.support.browsers import Browsers
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

SURVEY: Final = {"furo": "surveys/multimodal", "pydata": "surveys/alpha"}
TABS: Final = {
    "furo": (
        f"{TABS_SITE}/surveys/background.html",
        len(real_catalogue().surveys["background"].groups),
    ),
    "pydata": ("pydata-en/surveys/alpha.html", 2),
}
"""Pages whose tabs are opened one by one, with the number of groups; one more tab shows all."""
SMALL: Final = {"furo": "guide/install.html", "pydata": "surveys/beta.html"}
"""Pages with all that a theme puts around them."""
OTHERS: Final = {
    "furo": sorted({f"surveys/{name}" for name in real_catalogue().surveys} - set(SURVEY.values())),
    "pydata": ["surveys/beta"],
}
BOTH: Final = [view._replace(more=("dark",)) for view in VIEWS]


def cases() -> list[tuple[str, str, View]]:
    """Return theme, page and view."""
    found = [(theme, name, view) for theme, name in SURVEY.items() for view in BOTH]
    return found + [(theme, name, view) for theme in ALLOWED for name, view in zip(OTHERS[theme], cycle(BOTH))]


@pytest.mark.parametrize(("theme", "name", "view"), cases(), ids=str)
def test_surveys_are_accessible(new_page: NewPage, theme: str, name: str, view: View) -> None:
    assert_accessible(new_page, theme, f"{name}.html", view)


@pytest.mark.parametrize("theme", ALLOWED)
def test_every_tab_that_a_reader_opens_is_accessible(new_page: NewPage, theme: str) -> None:
    """One after the other, as readers see them: the pages above have all panels open, and one tab selected."""
    page = new_page(viewport={"width": 1440, "height": 900})
    address, count = TABS[theme]
    page.goto(address)
    load(page)
    names = page.locator("[role=tab]").evaluate_all("tabs => tabs.map((tab) => tab.id)")
    assert len(names) == count + 1
    for name in names:
        click(page, name)
        assert unexpected(check(page, ".pt-tabs"), theme) == [], name


def click(page: Page, name: str) -> None:
    """Open a tab, and before it the one that it stands in."""
    tab = page.locator(f"[id='{name}']")
    outer = tab.evaluate("tab => tab.closest('[role=tabpanel]')?.getAttribute('aria-labelledby')")
    if outer and not tab.is_visible():
        click(page, str(outer))
    tab.click()
    assert tab.get_attribute("aria-selected") == "true"


@pytest.mark.parametrize("theme", ALLOWED)
def test_nothing_is_allowed_that_does_not_happen(new_page: NewPage, theme: str) -> None:
    """The list of what a theme may do is no wider than what it does."""
    found = set()
    for name, width in ((SMALL[theme], 390), ("search.html?q=one", 1440)):
        page = new_page(viewport={"width": width, "height": 900}, color_scheme="dark")
        page.goto(VIEWS[0].address(theme, name))
        page.locator("#search-results li, article:not(:has(#search-results)) h1").first.wait_for()
        load(page)
        found |= {fault.key for fault in check(page)}
    assert found == set(ALLOWED[theme])


CARD: Final = "#paper-other"
INSERT: Final = """(body, html) => {
    body.insertAdjacentHTML("beforeend", html);
    for (const styled of body.querySelectorAll("[data-style]")) styled.style.cssText = styled.dataset.style;
}"""
"""The policy of a page forbids style attributes in what is put into it, and not what a script sets."""
P = "<p class='same' style='{}'>Words to read</p>"
OVER_ANOTHER: Final = """\
<div style="position: relative; height: 60px; background: #fff">
  <div style="position: absolute; top: 0; width: 300px; height: 30px; background: #333"></div>
  <p style="position: absolute; top: 30px; color: #555; margin: 0">Read</p>
  <p style="position: absolute; top: 0; color: #555; margin: 0">Read</p>
</div>
"""
BROKEN: Final = {
    "low-contrast": ("color-contrast", P.format("color:#999;background:#fff")),
    "low-contrast-of-one-of-many": ("color-contrast", P.format("") * 9 + P.format("color:#999;background:#fff")),
    "low-contrast-for-its-size": (
        "color-contrast",
        "<div style='color:#888;background:#fff'>" + P.format("font-size:40px") + P.format("font-size:15px") + "</div>",
    ),
    "low-contrast-by-what-is-behind": (
        "color-contrast",
        "".join(f"<div style='color:#555;background:{colour}'>{P.format('')}</div>" for colour in ("#fff", "#777")),
    ),
    "low-contrast-by-opacity": ("color-contrast", P.format("") + f"<div style='opacity:.3'>{P.format('')}</div>"),
    "low-contrast-of-a-field": (
        "color-contrast",
        "<input aria-label='x' value='Words' style='color:#999;background:#fff'>",
    ),
    "low-contrast-over-another": ("color-contrast", OVER_ANOTHER),
    "link-among-text": (
        "link-in-text-block",
        "".join(
            f"<p style='color:#111'>{text}<a href='#x' style='color:#222;text-decoration:none'>a link</a></p>"
            for text in ("", "Some words before, and then ")
        ),
    ),
    "no-name": ("link-name", "<a href='#x'></a>"),
    "small-target": ("target-size", "<div style='line-height:9px;font-size:9px'>" + "<a href='#x'>ab</a><br>" * 3),
}
"""Faults that are put into a card: the rule, and the HTML. Most of them are of one element among others like it."""


@pytest.fixture(scope="module")
def card(browsers: Browsers, address: str) -> Iterator[Locator]:
    """Return a card, which has no fault, on a small page: axe reads it whole at every call."""
    with browsers.context(base_url=f"{address}/", viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto("pydata-en/surveys/beta.html")
        load(page)
        assert check(page, CARD) == set()
        yield page.locator(CARD)


@pytest.mark.parametrize("breakage", BROKEN)
def test_faults_are_found(card: Locator, breakage: str) -> None:
    """The instrument itself: each fault put into a card is seen."""
    rule, html = BROKEN[breakage]
    before = card.evaluate("card => card.innerHTML")
    card.evaluate(INSERT, html.replace(" style=", " data-style="))
    found = check(card.page, CARD)
    card.evaluate("(card, html) => { card.innerHTML = html; }", before)
    assert rule in {fault.rule for fault in found}
