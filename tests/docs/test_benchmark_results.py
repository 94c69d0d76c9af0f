"""The page of the recorded benchmark says what was recorded, in words and numbers; drawings repeat them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.docs.guide import ROOT, soup, words

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup

RUN = json.loads((ROOT / "benchmarks" / "recorded.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    return soup(site / "guide" / "benchmarks.html")


def test_every_cost_stands_in_a_table(page: BeautifulSoup) -> None:
    cells = set(words(page, "td"))
    for size in RUN["sizes"]:
        for name, found in size["variants"].items():
            assert {name, *(f"{phase['cpu']:.2f}" for phase in found["phases"].values())} <= cells


def test_what_got_worse_stands_first(page: BeautifulSoup) -> None:
    assert words(page, "h2")[0] == "What got worse"


def test_drawings_are_not_read_out_and_have_the_colour_of_the_text(page: BeautifulSoup) -> None:
    drawings = [svg for svg in page.select("article svg") if svg.select("rect, circle")]
    assert len(drawings) == 1 + sum(len(size["variants"]) for size in RUN["sizes"])
    for svg in drawings:
        assert svg["aria-hidden"] == "true"
        assert "#" not in str(svg)
    longest = max(float(str(bar["width"])) for svg in drawings for bar in svg.select("rect"))
    assert longest == float(str(drawings[0]["width"]))


def test_the_largest_site_stands_on_both_pages(site: Path, page: BeautifulSoup) -> None:
    limits = [row for row in words(page, "tr") if row.startswith("time, ")]
    assert limits
    assert set(limits) <= set(words(soup(site / "guide" / "scale.html"), "tr"))


def test_sites_built_apart_change_alone(page: BeautifulSoup) -> None:
    (row,) = (row for row in page.select("tr") if "a paper is added to the first" in row.get_text())
    assert [cell.get_text().endswith("(0)") for cell in row.select("td")[1:]] == [False, True, True]
