"""Every stop of the Tab key in the text of a page of each type, at four sizes, as they were recorded and looked at.

To record them anew, take away `keyboard_walks.txt`, run this, and read what has changed.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

RECORDED: Final = Path(__file__).with_name("keyboard_walks.txt")
PAGES: Final = (
    "index",
    *(f"surveys/{name}" for name in ("alpha", "sections", "rows", "names", "compare", "map", "results")),
)
SIZES: Final[dict[str, dict[str, Any]]] = {
    "360": {"viewport": {"width": 360, "height": 740}},
    "768": {"viewport": {"width": 768, "height": 1024}},
    "1280": {"viewport": {"width": 1280, "height": 800}},
    "1280 at 200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}
MOST: Final = 60
START: Final = """() => {
  const main = document.querySelector("main article") ?? document.querySelector("main");
  document.stops = [];
  document.addEventListener("focusin", ({target}) => {
    if (!main.contains(target)) return document.stops.push("");
    const words = (target.ariaLabel ?? target.labels?.[0]?.textContent ?? target.textContent).trim();
    const kind = target.role ?? (target.type ? `${target.localName} ${target.type}` : target.localName);
    document.stops.push(`${kind}: ${words.replace(/\\s+/g, " ").slice(0, 60)}`);
  });
  main.tabIndex = -1;
  main.focus({preventScroll: true});
  document.stops.length = 0;
}"""
"""Note what gets the focus, from the beginning of the text on; the empty text stands for what is not in it."""


def walk(page: Page, name: str) -> list[str]:
    """Press Tab until the focus leaves the text, and return where it was."""
    page.goto(f"pydata-en/{name}.html")
    page.evaluate(START)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.stops.at(-1) === ''"):
            break
    stops: list[str] = page.evaluate("() => document.stops")
    return [stop for stop in stops if stop]


def recorded(new_page: NewPage) -> Iterator[str]:
    """Yield the walks, those that are the same at several sizes once."""
    pages = {size: new_page(**options) for size, options in SIZES.items()}
    for name in PAGES:
        walks = {size: walk(page, name) for size, page in pages.items()}
        for stops, sizes in groupby(sorted(walks, key=lambda size: (walks[size], size)), walks.get):
            yield f"## {name} at {', '.join(sorted(sizes, key=[*SIZES].index))}\n"
            yield "".join(f"{stop}\n" for stop in stops or [])


def test_the_focus_goes_where_it_was_recorded(new_page: NewPage) -> None:
    found = "\n".join(recorded(new_page))
    if not RECORDED.exists():
        RECORDED.write_text(found, "utf-8")
        pytest.fail("the walks are recorded; look at them, and run this again")
    assert found.splitlines() == RECORDED.read_text("utf-8").splitlines()
