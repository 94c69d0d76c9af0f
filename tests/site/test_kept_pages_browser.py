"""A page that a test has used is as good as new for the next one (see `tests/support/kept_pages.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.support.kept_pages import KeptPages

if TYPE_CHECKING:
    from tests.support.browsers import Browsers

pytestmark = [pytest.mark.browser, pytest.mark.chromium("pages are kept there only")]

PLACE: Final = "pydata-en/surveys/alpha.html"
_STATE: Final = """() => [localStorage.length, sessionStorage.length, innerWidth, innerHeight,
  ...["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)"].map(
    (query) => matchMedia(query).matches),
  Boolean(document.querySelector("main :hover")), scrollY]"""


def _nothing(*_arguments: object) -> None:
    """Listen."""


@pytest.fixture
def pages(browsers: Browsers, address: str) -> KeptPages:
    """Return what has no page yet."""
    return KeptPages(browsers, address)


def test_nothing_of_the_last_test_stays(pages: KeptPages) -> None:
    first = pages.take()
    first.page.goto("empty.html")
    new = first.page.evaluate(_STATE)
    pages.give_back(first)
    used = pages.take(viewport={"width": 390, "height": 800}, color_scheme="dark", forced_colors="active")
    assert used is first
    used.page.goto(PLACE)
    used.page.emulate_media(media="print", reduced_motion="no-preference")
    used.page.evaluate("localStorage.setItem('a', 1), sessionStorage.setItem('b', 2), scrollTo(0, 300)")
    used.page.locator("main a:visible").first.hover()
    used.page.evaluate("window.open(location.href), console.error('a fault')")
    used.page.wait_for_function("() => document.querySelector('main :hover')")
    assert all(one != other for one, other in zip(used.page.evaluate(_STATE)[:9], new, strict=False))
    assert used.faults != []
    pages.give_back(used)
    again = pages.take()
    assert again is first
    assert again.faults == []
    assert len(again.page.context.pages) == 1
    again.page.goto("empty.html")
    assert again.page.evaluate(_STATE) == new
    again.close()


@pytest.mark.parametrize("option", [{"java_script_enabled": False}, {"has_touch": True}, {"device_scale_factor": 2}])
def test_what_a_page_cannot_take_back_ends_with_its_test(pages: KeptPages, option: dict[str, object]) -> None:
    watched = pages.take(**option)
    pages.give_back(watched)
    assert watched.page.is_closed()


@pytest.mark.parametrize("trace", ["script", "listener", "answer", "clock"])
def test_a_page_with_traces_is_closed(pages: KeptPages, trace: str) -> None:
    watched = pages.take()
    if trace == "script":
        watched.page.add_init_script("window.left = 1")
    elif trace == "listener":
        watched.page.on("request", _nothing)
    elif trace == "answer":
        watched.page.route("**/*", _nothing)
    else:
        watched.page.clock.install()
    pages.give_back(watched)
    assert watched.page.is_closed()


def test_two_pages_of_one_test_share_nothing(pages: KeptPages) -> None:
    one, other = pages.take(), pages.take()
    one.page.goto(PLACE)
    one.page.evaluate("localStorage.setItem('a', 1)")
    other.page.goto(PLACE)
    assert other.page.evaluate("localStorage.getItem('a')") is None
    one.close()
    other.close()
