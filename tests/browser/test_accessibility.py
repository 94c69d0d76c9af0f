"""WCAG 2.2 AA in two themes, two languages, two widths and both colour schemes, with every tab open.

Survey pages run through all combinations, other kinds of page through one in each language. In dark pages only colours
are looked at: nothing else differs there.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.browser.axe import ALLOWED, COLOURS, RULES, Fault, check, check_with_every_tab, load, unexpected

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

WIDTHS: Final = (390, 1440)
SCHEMES: Final = ("light", "dark")
LANGUAGES: Final = {"furo": ("html", "html-zh_CN"), "pydata": ("pydata-en", "pydata-zh_CN")}
SURVEY: Final = {"furo": "surveys/multimodal", "pydata": "surveys/alpha"}
OTHERS: Final = {
    "furo": ("index", "methods/by-tag", "references", "guide/paper-table", "guide/reference"),
    "pydata": ("index", "surveys/rows", "surveys/sections", "surveys/names", "references"),
}
Combination = tuple[str, int, str, str]


def combinations(theme: str) -> list[Combination]:
    """Return (language, width, scheme, page): all of them for a survey, two for each other page."""
    full = product(LANGUAGES[theme], WIDTHS, SCHEMES, [SURVEY[theme]])
    first, second = LANGUAGES[theme]
    others = [one for name in OTHERS[theme] for one in ((first, 1440, "dark", name), (second, 390, "light", name))]
    return [*full, *others]


def options(width: int, scheme: str) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}


@pytest.fixture(scope="module")
def found() -> dict[str, set[Fault]]:
    """Return what has been found in each theme so far, for the test of what is allowed."""
    return {theme: set() for theme in ALLOWED}


@pytest.mark.parametrize(
    ("theme", "combination"),
    [
        pytest.param(theme, one, id="-".join([theme, *map(str, one)]))
        for theme in ALLOWED
        for one in combinations(theme)
    ],
)
def test_pages_are_accessible(
    new_page: NewPage, found: dict[str, set[Fault]], theme: str, combination: Combination
) -> None:
    language, width, scheme, name = combination
    page = new_page(**options(width, scheme))
    page.goto(f"{language}/{name}.html")
    faults = check_with_every_tab(page, COLOURS if scheme == "dark" else RULES)
    found[theme] |= faults
    assert unexpected(faults, theme) == []


@pytest.mark.parametrize("theme", ALLOWED)
def test_nothing_is_allowed_that_does_not_happen(found: dict[str, set[Fault]], theme: str) -> None:
    """Runs after the others: the list of what a theme may do is no wider than what it does."""
    assert {fault.key for fault in found[theme]} == set(ALLOWED[theme])


@pytest.mark.parametrize("breakage", ["low-contrast", "no-name", "small-target"])
def test_faults_are_found(page: Page, breakage: str) -> None:
    """The instrument itself: each of three faults put into a card is seen."""
    page.goto("html/surveys/clip.html")
    broken = {
        "low-contrast": ("color-contrast", "<p style='color:#999;background:#fff'>Hard to read</p>"),
        "no-name": ("link-name", "<a href='#x'></a>"),
        "small-target": ("target-size", "<div style='line-height:9px;font-size:9px'>" + "<a href='#x'>ab</a><br>" * 3),
    }
    rule, html = broken[breakage]
    page.locator("#paper-clip .pt-body").evaluate("(body, html) => body.insertAdjacentHTML('beforeend', html)", html)
    load(page)
    assert rule in {fault.rule for fault in check(page, "#paper-clip")}
