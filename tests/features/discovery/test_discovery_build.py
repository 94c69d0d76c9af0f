"""What a built site tells others of itself: heads of pages, pictures, the map; and what is left out without address."""

from __future__ import annotations

import importlib.util
import json
import struct
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.support.sites import DOCS, INDEX, page, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.conftest import RealSite
    from tests.support.harness import Site

BASE: Final = "https://surveys.example/en/latest"
PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 1200, 630, 8, 2, 0, 0, 0)
CONF: Final = """
paper_table_open_graph = paper_table_sitemap = True
paper_table_json_ld = {"license": "https://creativecommons.org/licenses/by/4.0/"}
paper_table_pictures = "_static/pictures"
paper_table_content_policy = True
paper_table_languages = {
    "en": {"name": "English", "url": "../latest/"},
    "de": {"name": "Deutsch", "url": "../../de/latest/"},
}
html_static_path = ["_static"]
"""
PAGES: Final[dict[str, str | bytes]] = {
    "_static/pictures/alpha.png": PNG,
    "_static/pictures/en/alpha.png": PNG,
    "_static/pictures/site.png": PNG,
    "surveys/alpha.md": page("A <b>title</b> & </script>", "alpha"),
    "surveys/beta.md": page("Beta", "beta"),
    "index.md": INDEX,
}
ADDRESS: Final = f'html_baseurl = "{BASE}/"\n'


def properties(html: BeautifulSoup) -> dict[str, str]:
    return {str(tag["property"]): str(tag["content"]) for tag in html.select('head > meta[property^="og:"]')}


def structured(html: BeautifulSoup) -> list[dict[str, Any]]:
    return [json.loads(str(tag.string)) for tag in html.select('head > script[type="application/ld+json"]')]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = small_site(tmp_path_factory.mktemp("discovery"), PAGES, CONF + ADDRESS)
    assert warnings(made.build(), made.source) == []
    return made


def test_pages_say_how_a_link_to_them_looks(site: Site) -> None:
    html = soup(site.output() / "surveys/alpha.html")
    found = properties(html)
    assert found["og:title"] == "A <b>title</b> & </script>"
    assert found["og:url"] == f"{BASE}/surveys/alpha.html"
    assert found["og:image"] == f"{BASE}/_static/pictures/en/alpha.png", "that in the language comes first"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert (site.output() / "_static/pictures/en/alpha.png").read_bytes() == PNG
    others = properties(soup(site.output() / "index.html"))
    assert others["og:image"] == f"{BASE}/_static/pictures/site.png"
    assert others["og:type"] == "website"
    cards = html.select('head > meta[name="twitter:card"]')
    assert [str(tag["content"]) for tag in cards] == ["summary_large_image"]


def test_a_survey_lists_its_papers_and_the_first_page_the_data(site: Site) -> None:
    html = soup(site.output() / "surveys/alpha.html")
    (listed,) = structured(html)
    items = [item["item"] for item in listed["mainEntity"]["itemListElement"]]
    anchors = {str(card["id"]) for card in html.select('[id^="paper-"]')}
    assert {item["url"].partition("#")[2] for item in items} <= anchors
    assert len(items) > 1
    (data,) = structured(soup(site.output() / "index.html"))
    assert data["@type"] == "Dataset"
    for item in data["distribution"]:
        assert (site.output() / item["contentUrl"].removeprefix(f"{BASE}/")).is_file()


def test_search_engines_are_told_of_whole_addresses(site: Site) -> None:
    """It failed before: addresses relative to the page, which search engines do not take, and none for all others."""
    links = soup(site.output() / "surveys/alpha.html").select('head > link[rel="alternate"][hreflang]')
    assert [(str(link["hreflang"]), str(link["href"])) for link in links] == [
        ("en", f"{BASE}/surveys/alpha.html"),
        ("de", "https://surveys.example/de/latest/surveys/alpha.html"),
        ("x-default", f"{BASE}/surveys/alpha.html"),
    ]


def test_the_map_has_all_pages_also_after_a_build_of_one(site: Site) -> None:
    """sphinx-sitemap would list the page that was written."""
    before = (site.output() / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{BASE}/index.html</loc>" in before
    assert 'hreflang="de" href="https://surveys.example/de/latest/index.html"' in before
    assert f"Sitemap: {BASE}/sitemap.xml" in (site.output() / "robots.txt").read_text("utf-8")
    site.write("more.md", "---\norphan: true\n---\n\n# More\n")
    site.assert_incremental_equals_clean()
    after = (site.output() / "sitemap.xml").read_text("utf-8")
    assert after.count("<loc>") == before.count("<loc>") + 1


def test_without_an_address_what_needs_one_is_left_out(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "extra/robots.txt": "# mine\n"}, CONF + 'html_extra_path = ["extra"]\n')
    report = site.build("html")
    assert "without html_baseurl, there is neither sitemap.xml nor robots.txt" in report.log
    html = soup(site.output() / "surveys/alpha.html")
    assert not {"og:url", "og:image"} & properties(html).keys()
    assert properties(html)["og:title"]
    assert all("url" not in item["item"] for item in structured(html)[0]["mainEntity"]["itemListElement"])
    assert not (site.output() / "sitemap.xml").exists()
    site.write("conf.py", (site.source / "conf.py").read_text("utf-8") + ADDRESS)
    site.build("html")
    assert (site.output() / "sitemap.xml").is_file()
    assert (site.output() / "robots.txt").read_text("utf-8") == "# mine\n"
    site.replace("conf.py", "paper_table_sitemap = True", "paper_table_feed = 0")
    site.assert_incremental_equals_clean()
    assert not (site.output() / "sitemap.xml").exists()


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ('paper_table_pictures = "../x"\n', "leaves the source directory"),
        ('paper_table_pictures = "pictures"\n', "'pictures' is in no folder of 'html_static_path'"),
        ('paper_table_json_ld = {"licence": "x"}\n', "it has a 'licence'; it may have 'license'"),
        ('paper_table_json_ld = {"license": "javascript:x"}\n', "begins with neither https:// nor http://"),
    ],
)
def test_settings_that_are_wrong_are_reported(tmp_path: Path, conf: str, message: str) -> None:
    site = small_site(tmp_path, {"index.md": "# Page\n"}, conf)
    assert any(message in line and "[paper_table.config]" in line for line in warnings(site.build(), site.source))


def test_each_survey_of_the_site_has_a_picture_of_its_title(real_site: RealSite) -> None:
    """`make pictures` draws them anew."""
    spec = importlib.util.spec_from_file_location("pictures", DOCS.parent / ".ci" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    for language, folder in (("en", ""), ("zh_CN", "zh_CN")):
        output = real_site(language)
        data = json.loads((output / "papers.json").read_text("utf-8"))
        name = pictures.site_name((output / "index.html").read_text("utf-8"))
        titles = {survey: str(found["title"]) for survey, found in data["surveys"].items()} | {"site": name}
        for survey, title in titles.items():
            picture = (DOCS / "_static/pictures" / folder / f"{survey}.png").read_bytes()
            source = pictures.source_of(language, name, title)
            assert pictures.written_source(picture) == source, f"run `make pictures`: '{title}' has another picture"


def test_a_page_that_is_missing_has_a_search_and_whole_paths(real_site: RealSite) -> None:
    for language, heading in (("en", "Page not found"), ("zh_CN", "找不到页面")):
        html = soup(real_site(language) / "404.html")
        assert html.select_one("h1").get_text() == heading  # type: ignore[union-attr]
        (form,) = html.select("form.search-again")
        assert form["action"] == "/search.html"
        assert html.select_one("html")["data-content_root"] == "/"  # type: ignore[index]
        addresses = [str(tag.get("href") or tag.get("src")) for tag in html.select("a[href], link[href], script[src]")]
        assert [address for address in addresses if not address.startswith(("/", "#", "https:"))] == []
