"""Every page of the site says in its head what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from tests.conftest import RealSite


def test_pages_describe_themselves(real_site: RealSite) -> None:
    site = real_site()
    found = {}
    for page in (*sorted((site / "surveys").glob("*.html")), site / "index.html"):
        html = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        (description,) = html.select('head > meta[name="description"]')
        found[page.stem] = str(description["content"])
        first = html.select_one("article section > p")
        assert first is not None
        assert " ".join(first.get_text().split()).startswith(found[page.stem].removesuffix(" …"))
    assert len(set(found.values())) == len(found) > 6
    assert all(40 < len(text) <= 200 for text in found.values())
