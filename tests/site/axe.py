"""axe-core in a page: which rules of WCAG 2.2 AA, and of good practice, the elements of a page break.

    faults = check(page)
    faults - allowed("furo")

What a theme does wrong, and a project that uses the theme cannot mend, is declared in `ALLOWED` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from tests.support.browsing import LANGUAGES, PYDATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

COLOURS: Final = [("color-contrast", ""), ("link-in-text-block", "a[href]")]
"""The rules whose answers depend on the colour scheme, and on what; they are asked for one text of each kind."""
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BACKGROUND: Final = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame(); await frame(); // in the first one, scripts of themes hear of a change
  return getComputedStyle(document.body).backgroundColor;
}"""
_UNFOLD: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":root * { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const nameOf = (element) => [element.localName, ...[...element.attributes].map(({ name, value }) =>
    ["class", "role", "type"].includes(name) ? `${name}=${value}` : name)].join(" ");
  document.querySelectorAll(".pt-shelf:nth-of-type(n+9)").forEach((shelf) => shelf.remove());
  const seen = new Set();
  for (const one of document.querySelectorAll(":is(article article, tr, li, .citation)")) {
    const kinds = [one, ...one.querySelectorAll("*")].map((part) => `${nameOf(part.parentElement)} ${nameOf(part)}`);
    if (kinds.every((kind) => seen.has(kind))) one.remove();
    else kinds.forEach((kind) => seen.add(kind));
  }
}"""
_RUN: Final = Path(__file__).with_name("axe_run.js").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Fault:
    """An element, as a selector, that breaks a rule; what is the same on many pages is the same fault."""

    rule: str
    element: str
    detail: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what the list of allowed faults names it by."""
        return self.rule, self.element


ALLOWED: Final[dict[str, dict[tuple[str, str], str]]] = {
    "furo": {
        ("region", "#__navigation"): "what opens its menu stands before all landmarks",
        ("region", "#__toc"): "the same",
    },
    "pydata": {
        ("color-contrast", "span.highlighted"): "its yellow behind words that were looked for, in links of dark pages",
    },
}
"""By theme: what the theme leaves undone on pages that have nothing of ours but what stands in them."""


def load(page: Page) -> None:
    """Bring axe into a page, with everything unfolded that a reader can unfold, and laid out.

    What is out of sight keeps its height until a reader comes near, and what was unfolded in it would be measured over
    its neighbours. Axe's time grows with the page, and a page has many cards, rows and lines that are made alike: those
    that have nothing that is new on the page are taken out.
    """
    page.evaluate(AXE_SCRIPT)
    page.evaluate(_UNFOLD)


def check(page: Page, scope: str = "html", *, colours_only: bool = False) -> set[Fault]:
    """Return the faults in what *scope* selects; `load` comes first."""
    return {Fault(**found) for found in page.evaluate(_RUN, [scope, RULES, COLOURS, colours_only])}


def check_with_every_tab(page: Page) -> set[Fault]:
    """Return the faults of a page with all its panels open at once: axe reads the whole page at every call."""
    load(page)
    page.locator(".pt-tabs > [hidden]").evaluate_all("panels => panels.forEach((panel) => { panel.hidden = false; })")
    return check(page)


class View(NamedTuple):
    """How a page is looked at: in light first, then in these schemes as well."""

    language: str
    width: int
    more: tuple[Literal["dark"], ...] = ()

    def __str__(self) -> str:
        """Return its name in the list of tests."""
        return "-".join([self.language, str(self.width), "light", *self.more])

    def address(self, theme: str, page: str) -> str:
        """Return the address of a page in this language."""
        directories = {"furo": LANGUAGES, "pydata": PYDATA}[theme]
        return f"{directories[self.language]}/{page}"


VIEWS: Final = (View("en", 390), View("zh_CN", 1440, ("dark",)))
"""Each language and each width once: names and languages do not depend on the width, nor sizes on the language."""


def assert_accessible(new_page: NewPage, theme: str, name: str, view: View, shown: str = "h1") -> None:
    """Open a page that shows something, and look for faults; in dark for those of colours: nothing else differs."""
    page = new_page(viewport={"width": view.width, "height": 900}, color_scheme="light")
    page.goto(view.address(theme, name))
    page.locator(shown).first.wait_for()
    found = unexpected(check_with_every_tab(page), theme)
    for scheme in view.more:
        change_scheme(page, scheme)
        found += unexpected(check(page, colours_only=True), theme)
    assert found == [], found


def change_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Let the reader's system ask for a scheme; the page takes it."""
    before = page.evaluate(_BACKGROUND)
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate(_BACKGROUND) != before


def unexpected(faults: Iterable[Fault], theme: str) -> list[Fault]:
    """Return those that are ours."""
    return sorted((fault for fault in faults if fault.key not in ALLOWED[theme]), key=lambda fault: fault.key)
