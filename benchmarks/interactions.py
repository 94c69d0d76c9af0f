"""The command ``python -m benchmarks.interactions``: how long readers wait on the pages of a built site.

Chromium, with its processor slowed down to a quarter, opens each page and does on it what readers do: types into the
field of the filter, clears it, chooses, changes the order, opens tabs and details, zooms. Event Timing says how long
each took until the next frame; the longest is what the web vital INP is made of. LCP, CLS and the time that long tasks
block the page are those of loading. Each page is opened several times, and the best value counts: other work on the
machine only adds.

On a machine that is never quiet, ``--cpu`` measures each action as the processor time of the page's main thread at full
speed, times four: more than a reader waits, as it has what the page puts off too, and nearly the same beside others. It
comes from a trace, and a second table says what each action spends it on.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from playwright.sync_api import sync_playwright

from benchmarks.pages import _Quiet
from benchmarks.traces import KINDS, Tracer

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

PAGES: Final = (
    "index",
    "surveys/diffusion-models",
    "surveys/video-understanding",
    "methods/index",
    "results/index",
    "references",
)
SLOWER: Final = 4
"""How many times slower the processor is made: Lighthouse's phone."""
TYPED: Final = "masked"
BUTTONS: Final = {
    "open the filters": "form.pt-filter details > summary",
    "choose a tag": "form.pt-filter input[type=checkbox]",
    "choose none": "form.pt-filter input[type=checkbox]",
    "another tab": ".pt-tab[aria-selected=false]",
    "open a detail": "details:is(.pt-details, .pt-bibtex) > summary",
    "zoom": ".pt-lineage button",
    "go to a group": ".pt-jump a",
    "another theme": ".theme-toggle:visible",
}
"""What readers click, by name, in the order in which they do it."""
_CLICK: Final = "(one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"
_PAUSE: Final = 700
"""Milliseconds after each action, in which the page does what it has put off."""
_OBSERVE: Final = """() => {
  window.noted = { events: [], tasks: [], shift: 0, paint: 0 };
  const observe = (type, note, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  observe("event", (entry) => entry.interactionId && noted.events.push(entry.duration), { durationThreshold: 16 });
  observe("longtask", (entry) => noted.tasks.push(entry.duration));
  observe("layout-shift", (entry) => entry.hadRecentInput || (noted.shift += entry.value));
  observe("largest-contentful-paint", (entry) => (noted.paint = entry.startTime));
}"""


class Waiting(NamedTuple):
    """What readers wait for on a page, in milliseconds; *shift* has no unit."""

    paint: float
    blocked: float
    shift: float
    actions: dict[str, float]
    shares: dict[str, Counter[str]]

    @property
    def longest(self) -> float:
        """The longest interaction."""
        return max(self.actions.values(), default=0)


def main(argv: list[str]) -> None:
    """Measure the pages, print a table, and fail where an interaction takes longer than is allowed."""
    options = _arguments(argv)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(options.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for name in options.pages or PAGES:
            address = f"http://127.0.0.1:{server.server_address[1]}/{name}.html"
            found[name] = _best([_measured(browser, address, options.cpu) for _round in range(options.rounds)])
        browser.close()
    server.shutdown()
    print(_table(found))
    if options.cpu:
        print("", _shares(found), sep="\n")
    slow = {name: round(waiting.longest) for name, waiting in found.items() if waiting.longest > options.limit}
    if slow:
        sys.exit(f"longer than {options.limit} ms: {slow}")


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.interactions", description="Measure how long readers wait.")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="pages without .html; the main ones if none is named")
    parser.add_argument("--site", type=Path, default=Path("docs/_build/html"), metavar="DIRECTORY", help="a built site")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each page is opened")
    parser.add_argument("--cpu", action="store_true", help="processor time in the place of the clock's")
    parser.add_argument("--limit", type=int, default=200, metavar="MS", help="what an interaction may take")
    return parser.parse_args(argv)


def _measured(browser: Browser, address: str, by_cpu: bool) -> Waiting:  # noqa: FBT001 (bound once, above)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    if not by_cpu:
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.evaluate(_OBSERVE)
    page.wait_for_timeout(2 * _PAUSE)
    tasks, shift, paint = page.evaluate("[noted.tasks, noted.shift, noted.paint]")
    tracer = Tracer(session)
    actions, shares = {}, {}
    for name, action in _actions(page, by_cpu).items():
        if by_cpu:
            shares[name] = _traced(page, tracer, action)
        actions[name] = shares[name].total() if by_cpu else _timed(page, action)
    page.close()
    return Waiting(paint, sum(max(0, task - 50) for task in tasks), shift, actions, shares)


def _traced(page: Page, tracer: Tracer, action: Callable[[], object]) -> Counter[str]:
    tracer.start()
    action()
    page.wait_for_timeout(_PAUSE)
    spent = tracer.stop(page)
    return type(spent)({kind: time * SLOWER for kind, time in spent.items()})


def _actions(page: Page, by_cpu: bool) -> dict[str, Callable[[], object]]:  # noqa: FBT001 (bound once, above)
    """Return what readers can do on a page, by name, in the order in which they do it."""
    found: dict[str, Callable[[], object]] = {}
    field = page.query_selector(".pt-filter:not(.pt-search) input[type=search]")
    order = page.query_selector("select[name=sort]")
    keys = page.keyboard
    if field:
        found["into the field"] = field.click
        found |= {f"type {TYPED[: end + 1]}": partial(keys.press, TYPED[end]) for end in range(len(TYPED))}
        found |= {f"delete {end}": partial(keys.press, "Backspace") for end in range(len(TYPED), 0, -1)}
        found |= {"type x": partial(keys.press, "x"), "clear": partial(keys.press, "Escape")}
    if order:
        found |= {"to the order": order.focus, "sort": partial(keys.press, "ArrowDown")}
        found["back"] = partial(keys.press, "ArrowUp")
    buttons = {name: page.query_selector(selector) for name, selector in BUTTONS.items()}
    # Event Timing knows only what a reader does; a click of the program's has no work of the driver in its trace.
    click = (lambda one: partial(one.evaluate, _CLICK)) if by_cpu else (lambda one: one.click)
    return found | {name: click(one) for name, one in buttons.items() if one}


def _timed(page: Page, action: Callable[[], object]) -> float:
    page.evaluate("noted.events.length = 0")
    action()
    page.wait_for_timeout(_PAUSE)
    return float(page.evaluate("Math.max(0, ...noted.events)"))


def _best(rounds: list[Waiting]) -> Waiting:
    """Return the least of each value."""
    actions = {name: min(one.actions.get(name, 0) for one in rounds) for name in rounds[0].actions}
    paint, blocked, shift = (min(values) for values in zip(*(one[:3] for one in rounds), strict=True))
    shares = {
        name: min((one.shares[name] for one in rounds), key=lambda share: share.total()) for name in rounds[0].shares
    }
    return Waiting(paint, blocked, shift, actions, shares)


def _table(found: dict[str, Waiting]) -> str:
    head = "| page | LCP, ms | blocked, ms | CLS | longest interaction, ms | which |"
    lines = [
        f"| {name} | {one.paint:.0f} | {one.blocked:.0f} | {one.shift:.3f} | {one.longest:.0f} "
        f"| {max(one.actions, key=one.actions.__getitem__, default='')} |"
        for name, one in found.items()
    ]
    return "\n".join((head, "| --- | ---: | ---: | ---: | ---: | --- |", *lines))


def _shares(found: dict[str, Waiting]) -> str:
    lines = [
        f"| {page} | {name} | {' | '.join(f'{share[kind]:.0f}' for kind in KINDS)} | {share.total():.0f} |"
        for page, one in found.items()
        for name, share in one.shares.items()
    ]
    head = f"| page | interaction | {' | '.join(KINDS)} | together, ms |"
    return "\n".join((head, f"| --- | ---{' | ---:' * (len(KINDS) + 1)} |", *lines))


if __name__ == "__main__":
    main(sys.argv[1:])
