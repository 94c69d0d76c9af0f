"""Pages of the browser that tests use one after the other.

A new page takes a third of a second: a process starts for it, and reads styles, scripts and fonts anew. One that was
used is as good as new: it shows an empty page of the site, whose storage is empty, the pointer is outside, and window,
colours and medium are those that the next test asks for. Where a test leaves what nobody can take back, its page is
closed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tests.support.browsers import CALM, wants_firefox

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, ConsoleMessage, Request
    from tests.support.browsers import Browsers

EMPTY: Final = "empty.html"
"""The page of the site that they show between tests."""
_WINDOW: Final = {"width": 1280, "height": 720}
_MEDIA: Final[dict[str, Any]] = {"color_scheme": "light", "forced_colors": "none", **CALM}
"""What can be changed of a page, but for its window, and what a page has that nothing else is asked of."""
_CLEAR: Final = "() => { localStorage.clear(); sessionStorage.clear(); }"


class WatchedPage:
    """A page in a context of its own; `faults` are failed scripts, missing files, and requests to other hosts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.faults: list[str] = []
        self.leaves_traces = False
        self._address = address
        self._context = context
        context.set_default_timeout(30_000)
        context.on("request", self._note_request)
        context.on("console", self._note_error)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self.page = context.new_page()
        for owner, name in (
            (self.page, "add_init_script"),
            (self.page, "on"),
            (self.page, "route"),
            (self.page.clock, "install"),
        ):
            setattr(owner, name, partial(self._leave_trace, getattr(owner, name)))

    def _leave_trace(self, act: Callable[..., object], *arguments: Any, **options: Any) -> object:
        self.leaves_traces = True
        return act(*arguments, **options)

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(f"{self._address}/"):
            self.faults.append(f"request to another host: {request.url}")

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} {message.location['url']}")

    def set(self, viewport: Any = _WINDOW, **media: Any) -> None:
        """Give the page a window, and what media queries ask for."""
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", **{**_MEDIA, **media})

    def clean(self) -> None:
        """Take back what a test has done."""
        for other in self._context.pages:
            if other != self.page:
                other.close()
        self.page.mouse.move(-1, -1)
        self.page.goto(EMPTY)
        self.page.evaluate(_CLEAR)
        self.faults.clear()

    def close(self) -> None:
        """End the page and its context."""
        self._context.close()


class KeptPages:
    """Gives pages of the site at *address*, and takes them back."""

    def __init__(self, browsers: Browsers, address: str) -> None:
        self._browsers = browsers
        self._address = address
        self._free: list[WatchedPage] = []

    def take(self, **options: Any) -> WatchedPage:
        """Return a page; *options* are Playwright's for contexts."""
        if wants_firefox() or options.keys() - _MEDIA.keys() - {"viewport"}:
            watched = self._open(**options)
            watched.leaves_traces = True
            return watched
        watched = self._free.pop() if self._free else self._open()
        watched.set(**options)
        return watched

    def _open(self, **options: Any) -> WatchedPage:
        return WatchedPage(self._browsers.context(base_url=f"{self._address}/", **options), self._address)

    def give_back(self, watched: WatchedPage) -> None:
        """Keep a page for the next test, unless the last one has left traces."""
        if watched.leaves_traces or watched.page.is_closed():
            watched.close()
        else:
            watched.clean()
            self._free.append(watched)
