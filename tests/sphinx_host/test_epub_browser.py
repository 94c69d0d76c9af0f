"""A book on a phone: its pages cannot be moved to the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import RealSite
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser


def test_no_page_is_wider_than_a_phone(real_site: RealSite, new_page: NewPage) -> None:
    """Of each kind: drawings, rankings, an index, a comparison, wide tables of a guide, addresses in texts."""
    page = new_page(viewport={"width": 360, "height": 740})
    book = real_site("en", "epub")
    names = ("surveys/clip", "surveys/multimodal", "results/index", "methods/index", "references", "nav")
    guide = ("paper-table", "reference", "supported", "benchmarks", "commands")
    widths = {}
    for name in (*names, *(f"guide/{name}" for name in guide)):
        page.goto((book / f"{name}.xhtml").as_uri())
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in widths.items() if width > 360} == {}
