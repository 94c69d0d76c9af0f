"""axe-core in a page: which rules of WCAG 2.2 AA, and of good practice, the elements of a page break.

    faults = check(page)
    faults - allowed("furo")

What a theme does wrong, and a project that uses the theme cannot mend, is declared in `ALLOWED` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

COLOURS: Final = ["color-contrast", "link-in-text-block"]
"""The rules whose answers depend on the colour scheme."""
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """([scope, kind, rules]) => axe.run(scope, {
  runOnly: {type: kind, values: rules}, resultTypes: ["violations"], elementRef: true, preload: false,
}).then((results) => results.violations.flatMap((fault) => fault.nodes.map((node) => ({
  rule: fault.id,
  element: node.element.matches("a, p, span, pre, small") && node.element.className
    ? `${node.element.tagName.toLowerCase()}.${[...node.element.classList].join(".")}` : node.target.flat().join(" "),
  detail: `${node.html.slice(0, 160)} ${node.failureSummary.split("\\n").slice(1, 2).join("").trim()}`,
}))))"""


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
        ("landmark-unique", ".sidebar-drawer"): "two <aside> without names, which the theme's page template writes",
    },
    "pydata": {},
}
"""By theme: good practice that the theme leaves undone. None of them is a rule of WCAG."""


def load(page: Page) -> None:
    """Bring axe into a page, with everything unfolded that a reader can unfold.

    Long lists of lines that are made alike are cut short: axe takes a minute for a thousand of them.
    """
    page.evaluate(AXE_SCRIPT)
    page.evaluate("""() => {
      document.querySelectorAll("details").forEach((details) => { details.open = true; });
      document.querySelectorAll(".pt-lines > :nth-child(n+4), .citation:nth-of-type(n+16), .pt-shelf:nth-of-type(n+9), "
        + ".table-wrapper tr:nth-child(n+9)").forEach((line) => line.remove());
    }""")


def check(page: Page, scope: str = "html", rules: list[str] = RULES) -> set[Fault]:
    """Return the faults in what *scope* selects; `load` comes first. *rules* are tags of axe, or names of rules."""
    kind = "tag" if rules == RULES else "rule"
    return {Fault(**found) for found in page.evaluate(_RUN, [scope, kind, rules])}


def check_with_every_tab(page: Page, rules: list[str] = RULES) -> set[Fault]:
    """Return the faults of a page with all its panels open at once: axe reads the whole page at every call."""
    load(page)
    page.locator(".pt-tabs > [hidden]").evaluate_all("panels => panels.forEach((panel) => { panel.hidden = false; })")
    return check(page, rules=rules)


def unexpected(faults: Iterable[Fault], theme: str) -> list[Fault]:
    """Return those that are ours."""
    return sorted((fault for fault in faults if fault.key not in ALLOWED[theme]), key=lambda fault: fault.key)
