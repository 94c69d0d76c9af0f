"""A reader in Chromium who uses everything on a page, and who notes what no page may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tests.security.hostile import MAPPED

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Page, Request, Route

HOSTILE_PAGE: Final = """<!doctype html><html lang="en"><body>
<article data-paper="z" id="paper-z"><p class="pt-name" style="background:url(https://evil.example/style)">Z</p>
<p class="pt-summary">Nice <img src=x onerror="hit('preview')"><img src="https://evil.example/pixel">
<a href="javascript:hit('preview link')" onmouseover="hit('preview link')">x</a></p>
<p class="pt-note"><iframe srcdoc="<script>parent.hit('preview frame')</script>"></iframe>
<svg onload="hit('preview svg')"><animate onbegin="hit('preview svg')" attributeName="x" dur="1s"/></svg>
<object data="https://evil.example/object"></object><form action="javascript:hit('form')"><button>x</button></form></p>
</article><div id="cite-z"><p><img src=x onerror="hit('preview')"></p></div></body></html>"""
"""What other hosts answer: a page that previews could show, with the permission to read it."""

_SPEED: Final = """
const later = window.setTimeout;
window.setTimeout = (what, delay, ...more) => later(what, Math.min(delay ?? 0, 1), ...more);
"""
"""Delays are there for people."""

_DONE: Final = ".search-summary:not(:empty), .pt-search [role=status]:not(:empty)"
_RESULTS: Final = ".pt-hit, ul.search > li"
_MOST: Final = 60
"""Links of one page that the pointer is moved over, the first ones to each address."""

_LOOK: Final = """() => {
  const found = [];
  const say = (element, why) => found.push(`${why}: ${element.outerHTML.slice(0, 160)}`);
  for (const element of document.querySelectorAll("*")) {
    if (element.getAttribute("href") === "javascript:SphinxHighlight.hideSearchWords()") continue; // Sphinx's own
    const name = element.localName;
    if (/^(iframe|object|embed|base|portal|marquee|frame|applet)$/.test(name)) say(element, "element");
    if (name === "script" && /\\bhit\\(/.test(element.textContent)) say(element, "script");
    if (name === "style" && /evil\\.example/.test(element.textContent)) say(element, "style");
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) say(element, "refresh");
    for (const { name: key, value } of element.attributes) {
      if (/^on/i.test(key) || key === "srcdoc") say(element, key);
      if (key === "style" && /url\\(/i.test(value)) say(element, key);
      if (/^(xlink:)?(href|src|action|formaction|data|poster|ping)$/i.test(key)) {
        let scheme = "";
        try { scheme = new URL(value, document.baseURI).protocol; } catch { continue; }
        if (!["http:", "https:", "mailto:"].includes(scheme)) say(element, scheme);
      }
    }
  }
  return found;
}"""
"""What could run, whether or not it has run yet."""

_USE: Final = """async ([text, most]) => {
  const turn = () => new Promise((done) => setTimeout(done, 2));
  const all = (selector) => [...document.querySelectorAll(selector)];
  for (const part of all("details")) part.open = true;
  for (const label of all(".sd-tab-label")) label.click();
  for (const field of all("input, select, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") continue;
    if (field.localName === "select") field.selectedIndex = field.options.length - 1;
    else field.value = text;
    for (const kind of ["input", "change", "focus", "keyup"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    await turn();
    if (field.localName !== "select") field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const button of all("main button, article button")) if (!button.closest("a")) button.click();
  const asked = new Map();
  for (const link of all("a[href], [title]")) {
    const key = String(link.href?.baseVal ?? link.href ?? link.title); // of a drawing, or of the page
    if (!asked.has(key)) asked.set(key, link);
  }
  const leaves = ([key]) => !key.startsWith(location.origin) && /#(paper|cite)-/.test(key);
  const away = [...asked].filter(leaves);
  const here = [...asked].filter((it) => !leaves(it));
  const chosen = [...away.slice(0, most), ...here.slice(0, most)];
  for (const [key, link] of chosen) {
    for (const kind of ["pointerover", "mouseover", "mouseenter"])
      link.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: "mouse" }));
    if (/#(paper|cite)-/.test(key)) { await turn(); await turn(); }
  }
  await turn();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  return chosen.length;
}"""
"""Tabs, fields, buttons, and the pointer over every link; *text* is typed into each field."""


class Reader:
    """Reads pages at *address*; `faults` is what they did: each with the page, and what is wrong.

    Other hosts answer if they may, which makes every page load twice as dear: the browser keeps nothing then.
    """

    def __init__(self, context: BrowserContext, address: str, *, others_answer: bool = True) -> None:
        self.address = address
        self.faults: list[str] = []
        self.previews = 0
        self._context = context
        context.expose_binding("hit", lambda source, what="": self._note(source["page"].url, f"execution: {what}"))
        context.add_init_script(_SPEED)
        if others_answer:
            context.route(lambda url: not url.startswith(address), self._answer)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        self.page: Page = context.new_page()

    def _note(self, where: str, what: str) -> None:
        self.faults.append(f"{where.removeprefix(self.address)[:160]}: {what}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(dialog.page.url if dialog.page else "", f"execution: dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        """Note each request to another host; previews may ask those that the inventories are of."""
        if request.url.startswith(self.address) or urlsplit(request.url).scheme not in {"http", "https", "ws", "wss"}:
            return
        if request.url.startswith(MAPPED) and request.resource_type == "fetch":
            self.previews += 1
        else:
            self._note(self.page.url, f"request: {request.resource_type} {request.url[:120]}")

    @staticmethod
    def _answer(route: Route) -> None:
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/html"}
        route.fulfill(status=200, headers=headers, body=HOSTILE_PAGE)

    def open(self, path: str, query: str = "") -> None:
        """Open a page, and look at what its scripts have made of its address."""
        self.page.goto(f"{self.address}{path}{query}", wait_until="load")
        self.look()

    def search(self, query: str) -> int:
        """Look at what a search shows when it is done; return the number of results."""
        self.page.goto(f"{self.address}search.html{query}")
        self.page.locator(_DONE).first.wait_for(state="attached")
        self.look()
        return self.page.locator(_RESULTS).count()

    def look(self) -> None:
        """Note what could run."""
        for what in dict.fromkeys(self.page.evaluate(_LOOK)):
            self._note(self.page.url, what)

    def use(self, text: str) -> int:
        """Use everything, typing *text* into fields; return the number of links that the pointer was over."""
        count: int = self.page.evaluate(_USE, [text, _MOST])
        self.look()
        return count

    def close(self) -> None:
        """End the context."""
        self._context.close()
