"""Cards in the themes that are installed: their lists, terms and frames are ours whatever a theme does to its own."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.support.sites import small_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.browsers import Browsers

pytestmark = pytest.mark.browser

THEMES: Final = [name for name in ("alabaster", "shibuya", "sphinx_rtd_theme", "sphinx_book_theme") if find_spec(name)]
LIKE_READ_THE_DOCS: Final = """
html[lang] section ul li { list-style: disc; margin-left: 24px; }
html[lang] section dl[class]:not(.option-list):not(.field-list):not(.footnote):not(.glossary):not(.simple) > dt
{ background: #e7f2fa; color: #2980b9; border-top: 3px solid #6ab0de; }
html[lang] section ul li > * { margin-block: 12px; }
html[lang] section p { margin-block: 16px 20px; }
html .sd-tab-set > .sd-tab-content { border: 2px solid #176de8; background: #eee; }
"""
"""What its style sheet (3.1) does to lists and terms, PyData's (0.20) to tabs and Shibuya's to paragraphs, without
their classes."""
LOOK: Final = """() => {
  for (const one of document.querySelectorAll(".pt-card details")) one.open = true;
  const all = (names) => [...document.querySelectorAll(names)].filter((one) => one.checkVisibility());
  const style = (one) => getComputedStyle(one);
  const boxes = all(".pt-card").map((one) => one.getBoundingClientRect());
  const touch = (a, b) => a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.bottom + 4 && b.top < a.bottom + 4;
  return {
    bullets: all(".pt-card :is(.pt-tags, .pt-links, .pt-chain) > li").map((one) => style(one).listStyleType),
    terms: all(".pt-card dt").map((one) => [style(one).backgroundColor, style(one).borderTopWidth]),
    gaps: all(".pt-card > .pt-title").map((one) => style(one).marginBlockStart),
    chips: all(".pt-chain a").map((one) => style(one).marginBlock),
    links: all(".pt-chain a").map((one) => style(one).color),
    others: all(".pt-card .pt-links a").map((one) => style(one).color),
    frames: all(".pt-tabs > .sd-tab-content").map((one) => [style(one).borderInlineWidth, style(one).backgroundColor]),
    cards: boxes.length,
    touching: boxes.filter((a, at) => boxes.some((b, other) => other > at && touch(a, b))).length,
    wide: document.documentElement.scrollWidth > innerWidth && boxes.some((one) => one.right > innerWidth),
  };
}"""


@pytest.mark.parametrize("theme", THEMES)
def test_cards_are_ours_in_every_theme(browsers: Browsers, tmp_path: Path, theme: str) -> None:
    """It failed before: bullets outside of cards, terms as headings of an API, text that touches the frames of tabs."""
    site = small_site(tmp_path, conf=f'html_theme = "{theme}"\n')
    site.build("html")
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            context = browsers.context(color_scheme=scheme, viewport={"width": width, "height": 900})
            page = context.new_page()
            page.route("http*://**/*", lambda route: route.abort())  # themes ask others for fonts
            page.goto((site.output() / "surveys/alpha.html").as_uri(), wait_until="domcontentloaded")
            page.add_style_tag(content=LIKE_READ_THE_DOCS)
            found: dict[str, Any] = page.evaluate(LOOK)
            context.close()
            assert set(found["bullets"]) == {"none"}
            assert found["terms"]
            assert {tuple(term) for term in found["terms"]} == {("rgba(0, 0, 0, 0)", "0px")}
            assert set(found["gaps"]) == set(found["chips"]) == {"0px"}
            assert set(found["links"]) <= set(found["others"])
            assert {tuple(frame) for frame in found["frames"]} == {("0px", "rgba(0, 0, 0, 0)")}
            assert found["cards"] > 3
            assert not found["touching"]
            assert not found["wide"]
