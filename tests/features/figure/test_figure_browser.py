"""Explanatory figures can be read on phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser


def test_the_letters_of_a_figure_have_12_px_on_a_phone(new_page: NewPage) -> None:
    """The drawing is scrolled instead, and the page stays as wide as the screen."""
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto("html/surveys/contrastive-learning.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.eval_on_selector_all(
        "figure[id^=figure-] .pt-scroll > svg text",
        """all => all.map((text) => {
          const svg = text.ownerSVGElement;
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return parseFloat(getComputedStyle(text).fontSize) * scale;
        })""",
    )
    assert len(sizes) > 50
    assert min(sizes) >= 11.99
