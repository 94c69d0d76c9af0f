"""Where our style sheets are linked: in the body, so that no page waits for them, and before the project's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from tests.support.sites import INDEX, SOURCES, small_site
from tests.support.sites import page as page_source

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.md": INDEX,
    "surveys/alpha.md": page_source("Alpha", "alpha"),
    "references.md": f"{SOURCES['references.md']}\n```{{paper-table}} beta\n```\n",
    "plain.md": "---\norphan: true\n---\n\n# Plain\n",
    "_static/own.css": "/* the project's */",
    "_static/early.css": "/* before ours */",
}
CONF = """
html_static_path = ["_static"]
html_css_files = ["own.css", ("early.css", {"priority": 100})]
"""
OURS = ["sphinx_paper_table.css", "sphinx_citations.css"]


def linked(page: Path, place: str) -> list[str]:
    """Return the names of the style sheets in the head or the body of a page."""
    links = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(f"{place} link[rel=stylesheet]")
    return [str(link["href"]).rpartition("/")[2].partition("?")[0] for link in links]


def test_style_sheets_of_ours_stand_in_the_body_once_and_the_projects_after_them(tmp_path: Path) -> None:
    site = small_site(tmp_path, PAGES, CONF)
    site.build()
    for name in ("surveys/alpha", "references"):
        page = site.output() / f"{name}.html"
        head, body = linked(page, "head"), linked(page, "body")
        assert [sheet for sheet in body if sheet in OURS] == OURS
        assert body[-1] == "own.css"
        assert "early.css" not in body
        assert {"own.css", "early.css"} <= {*head}
        assert not {*OURS} & {*head}
    plain = site.output() / "plain.html"
    assert linked(plain, "body") == []
    assert "own.css" in linked(plain, "head")


def test_a_book_has_them_in_its_heads(tmp_path: Path) -> None:
    site = small_site(tmp_path, PAGES, CONF)
    site.build("epub")
    page = site.output("epub") / "surveys/alpha.xhtml"
    assert {*OURS} <= {*linked(page, "head")}
    assert linked(page, "body") == []
