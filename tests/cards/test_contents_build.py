"""Groups and methods are in the contents of their page, and nowhere else in the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import page, small_site, soup

from sphinx_paper_table.cards.contents import ContentsEntry, bounded

if TYPE_CHECKING:
    from pathlib import Path

INNER = ContentsEntry("paper-b", "B")
TREE = (
    ContentsEntry("paper-a", "A"),
    ContentsEntry("group-g", "G", (INNER, ContentsEntry("group-h", "H", (INNER, INNER)))),
)


def lines(path: Path) -> list[str]:
    """Return the links in the sidebar of a page, with their texts."""
    links = soup(path).select(".sphinxsidebarwrapper a")
    return [f"{link['href']} {link.get_text(strip=True)}" for link in links]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site in a theme whose sidebar shows the headings of all pages."""
    pages = {
        "surveys/alpha.md": page("Alpha", "alpha") + "\n## After\n\n```{paper-index} beta\n```\n",
        "surveys/beta.md": page("Beta", "beta", "layout: table"),
        "surveys/sections.md": page("Sections", "alpha", "layout: sections", "no-index:"),
        "surveys/ranked.md": "# Ranked\n\n```{paper-results}\n```\n\n## After\n",
    }
    conf = """
html_theme = "alabaster"
html_theme_options = {"sidebar_collapse": False}
html_sidebars = {"surveys/*": ["localtoc.html"], "references": ["navigation.html"]}
"""
    site = small_site(tmp_path_factory.mktemp("contents"), pages, conf)
    site.build()
    return site.output()


def test_a_page_lists_its_groups_and_methods_under_the_heading_above_them(built: Path) -> None:
    assert lines(built / "surveys/alpha.html") == [
        "../index.html Table of Contents",
        "# Alpha",
        "#paper-loose Loose",
        "#group-alpha-g1 Level one",
        "#paper-one One v1",
        "#paper-two Two",
        "#group-alpha-g2 Level two",
        "#paper-three Three",
        "#group-alpha-g3 Level three",
        "#paper-four Four",
        "#group-alpha-g4 Level four",
        "#paper-five Five",
        "#group-alpha-h1 Second group",
        "#paper-six Six",
        "#after After",
        "#letter-o O",
    ]


def test_the_rows_of_a_table_are_listed(built: Path) -> None:
    assert lines(built / "surveys/beta.html")[1:] == ["# Beta", "#paper-other Other"]


def test_sections_are_listed_once(built: Path) -> None:
    found = [line for line in lines(built / "surveys/sections.html") if line.endswith("One v1")]
    assert len(found) == 1


def test_benchmarks_are_listed(built: Path) -> None:
    assert lines(built / "surveys/ranked.html")[1:] == ["# Ranked", "#results-probe Linear probe", "#after After"]


def test_the_sidebar_of_the_site_does_not_grow(built: Path) -> None:
    found = lines(built / "references.html")
    assert "surveys/alpha.html#after After" in found
    assert [line for line in found if "#paper-" in line or "#group-" in line] == []


@pytest.mark.parametrize(("limit", "count"), [(6, 6), (5, 4), (3, 2), (1, 0)])
def test_long_contents_lose_their_innermost_levels(limit: int, count: int) -> None:
    """Rather all of a level or nothing of it."""
    assert _count(bounded(TREE, limit)) == count


def _count(entries: tuple[ContentsEntry, ...]) -> int:
    return sum(1 + _count(entry.entries) for entry in entries)
