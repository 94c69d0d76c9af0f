"""The browser that tests run in: Chromium, or an installed Firefox where the environment variable FIREFOX names one.

    with running() as browsers:
        context = browsers.context(color_scheme="dark")

Playwright speaks to an unpatched Firefox by WebDriver BiDi, see https://w3c.github.io/webdriver-bidi/. The present
release with extended support (153) cannot pretend media features by it. They are preferences of the whole browser, and
each combination of them gets a browser of its own. Tests of what has no such preference (paper, touch, no
scripts), or what only Chromium measures, carry the mark ``chromium`` with that reason, and are left out in Firefox.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Playwright

Preferences = dict[str, str | float | bool]

_PREFERENCES: Final[dict[str, dict[str, Preferences]]] = {
    "reduced_motion": {"reduce": {"ui.prefersReducedMotion": 1}, "no-preference": {"ui.prefersReducedMotion": 0}},
    "color_scheme": {"dark": {"ui.systemUsesDarkTheme": 1}, "light": {"ui.systemUsesDarkTheme": 0}},
    "forced_colors": {"active": {"browser.display.document_color_use": 2}},
}
"""What a page can ask about by media queries, as Playwright's options, and the preferences of Firefox that say so."""
_UNASKED: Final[dict[str, Any]] = dict.fromkeys(("color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")
CALM: Final[dict[str, str]] = {"reduced_motion": "reduce"}
"""Pages do not glide to where they scroll, unless a test asks for motion: it would have to wait."""


def wants_firefox() -> bool:
    """Return whether the tests are to run in Firefox."""
    return bool(os.environ.get("FIREFOX"))


class Browsers:
    """Gives contexts, which share nothing; *options* are Playwright's."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._running: dict[str, Browser] = {}

    def context(self, **options: Any) -> BrowserContext:
        """Return a new context; who asks for it closes it."""
        options = {**CALM, **options}
        if not wants_firefox():
            return self._browser({}).new_context(**options)
        preferences: Preferences = {}
        for name, values in _PREFERENCES.items():
            preferences |= values.get(options.pop(name, ""), {})
        return self._browser(preferences).new_context(**options, **_UNASKED)

    def close(self) -> None:
        """Stop all of them."""
        for browser in self._running.values():
            browser.close()

    def _browser(self, preferences: Preferences) -> Browser:
        key = str(sorted(preferences.items()))
        if key not in self._running:
            self._running[key] = self._start(preferences)
        return self._running[key]

    def _start(self, preferences: Preferences) -> Browser:
        if wants_firefox():
            path = os.environ["FIREFOX"]
            return self._playwright.firefox.launch(
                channel="moz-firefox", executable_path=path, firefox_user_prefs=preferences
            )
        path = os.environ.get("CHROMIUM", "")
        if not path:
            pytest.fail("set CHROMIUM to a Chromium or Chrome, or run `make test`, which looks for one", pytrace=False)
        return self._playwright.chromium.launch(executable_path=path)


@contextmanager
def running() -> Iterator[Browsers]:
    """Return browsers that start when they are needed, and end with the block."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (most processes of a test run need no Playwright)

    with sync_playwright() as playwright:
        browsers = Browsers(playwright)
        yield browsers
        browsers.close()
