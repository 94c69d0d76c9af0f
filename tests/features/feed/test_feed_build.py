"""The feed of a site: there when the site has an address and asks for one, in each language, and gone with them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

BASE = "https://surveys.example/zh/latest"
CONF = f'html_baseurl = "{BASE}"\npaper_table_feed = 9\n'
TITLE = "{http://www.w3.org/2005/Atom}title"


def titles(site: Site, builder: str = "html") -> list[str | None]:
    text = (site.output(builder) / "new.atom").read_bytes()
    return [element.text for element in ET.fromstring(text).iter(TITLE)]  # noqa: S314 (our own)


def announced(site: Site, page: str, builder: str = "html") -> list[tuple[str, str]]:
    links = soup(site.output(builder) / page).select('link[type="application/atom+xml"]')
    return [(str(link["href"]), str(link["title"])) for link in links]


@pytest.mark.parametrize(("builder", "page"), [("html", "surveys/alpha.html"), ("dirhtml", "surveys/alpha/index.html")])
def test_a_site_with_an_address_has_a_feed_and_says_so(tmp_path: Path, builder: str, page: str) -> None:
    site = small_site(tmp_path, conf=CONF)
    assert warnings(site.build(builder), site.source) == []
    assert titles(site, builder) == ["Small: What is new", "One v1: One BERT for All", "Two: Nothing at All"]
    assert announced(site, page, builder) == [(f"{BASE}/new.atom", "Small: What is new")]


@pytest.mark.parametrize("conf", ["paper_table_feed = 9\n", f'html_baseurl = "{BASE}"\n'])
def test_without_an_address_or_a_wish_there_is_none(tmp_path: Path, conf: str) -> None:
    site = small_site(tmp_path, conf=conf)
    site.build()
    assert not (site.output() / "new.atom").exists()
    assert announced(site, "index.html") == []


def test_books_have_none(tmp_path: Path) -> None:
    site = small_site(tmp_path, conf=CONF)
    site.build("epub")
    assert not (site.output("epub") / "new.atom").exists()


def test_it_follows_the_surveys_and_is_left_alone_otherwise(tmp_path: Path) -> None:
    site = small_site(tmp_path, conf=CONF)
    site.build()
    assert "One v1" in (titles(site)[1] or "")
    path = site.output() / "new.atom"
    before = path.stat().st_mtime_ns
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "Finds **keys**", "Looks for **keys**")
    site.build()
    assert path.stat().st_mtime_ns > before
    assert "Looks for keys with k_+, see Kim and Moreau, 2018 and Two." in path.read_text("utf-8")
    before = path.stat().st_mtime_ns
    wait_for_clock()
    site.build()
    assert path.stat().st_mtime_ns == before
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "2026-01-09", "2026-02-09")
    site.build()
    assert "Two" in (titles(site)[1] or "")
    wait_for_clock()
    site.replace("conf.py", "paper_table_feed = 9", "paper_table_feed = 0")
    site.assert_incremental_equals_clean()
    assert not path.exists()


def test_a_feed_of_the_project_itself_stays(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"extra/new.atom": "<feed/>"}, 'html_extra_path = ["extra"]\n')
    site.build()
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "Finds **keys**", "Looks for **keys**")
    site.build()
    assert (site.output() / "new.atom").read_text("utf-8") == "<feed/>"


def test_it_speaks_the_language_of_the_site(tmp_path: Path) -> None:
    site = small_site(tmp_path, conf=f'{CONF}language = "zh_CN"\n')
    site.build()
    assert titles(site)[0] == "Small：最近收录"
    assert 'xml:lang="zh-CN"' in (site.output() / "new.atom").read_text("utf-8")


@pytest.mark.parametrize("value", ["-1", "True", "'9'"])
def test_a_number_that_is_none_is_reported(tmp_path: Path, value: str) -> None:
    """True is a number to Python, and 1 as a length of a list."""
    site = small_site(tmp_path, conf=CONF.replace("9", value))
    (found,) = warnings(site.build(), site.source)
    assert f"paper_table_feed = {value} is not valid" in found
    assert not (site.output() / "new.atom").exists()
