"""The language switch: every page leads to itself in the other languages, locally and on Read the Docs."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from lxml.html import document_fromstring
from tests.support.harness import Site, wait_for_clock
from tests.support.sites import CONF, DOCS, PAGES, SOURCES, quick_soup, small_site, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag
    from tests.conftest import RealSite

BASES = {"en": "../html/", "zh_CN": "../html-zh_CN"}
NAMES = {"en": "English", "zh_CN": "简体中文"}
TEMPLATE = '{% extends "!page.html" %}{% block left_sidebar %}{{ language_switch }}{{ super() }}{% endblock %}'
CANONICAL = "https://surveys.example/en/latest/"


def conf(bases: dict[str, str] | None = None) -> str:
    """Return the configuration of a site in two languages."""
    languages = {code: {"name": NAMES[code], "url": url} for code, url in (bases or BASES).items()}
    return f'templates_path = ["_templates"]\npaper_table_languages = {languages!r}\n'


def site_in(path: Path, extra: str, *options: str) -> Site:
    """Return a small site whose template shows the switch."""
    files: dict[str, str | bytes] = {**SOURCES, **PAGES, "_templates/page.html": TEMPLATE}
    return Site(path, CONF + extra, files, list(options), strict=False)


def parsed(path: Path) -> BeautifulSoup:
    return quick_soup(path)


def switches(html: BeautifulSoup) -> list[Tag]:
    """Return the links of the switch; the current language is none."""
    return html.select(".pt-languages a")


def alternates(html: BeautifulSoup) -> dict[str, str]:
    """Return what the head tells search engines."""
    return {str(link["hreflang"]): str(link["href"]) for link in html.select('head > link[rel="alternate"][hreflang]')}


@pytest.fixture(scope="module")
def both(real_site: RealSite) -> Path:
    """Return the place with the real site in both languages, side by side as `make html html-zh` leaves them."""
    english, chinese = real_site("en"), real_site("zh_CN")
    assert (english.name, chinese.name, english.parent) == ("html", "html-zh_CN", chinese.parent)
    return english.parent


@pytest.mark.parametrize(
    ("name", "other", "tag", "own"),
    [("html", "html-zh_CN", "zh-CN", "English"), ("html-zh_CN", "html", "en", "简体中文")],
)
def test_every_page_leads_to_itself_in_the_other_language(
    both: Path, name: str, other: str, tag: str, own: str
) -> None:
    # That in place of missing pages is shown at any address.
    pages = [page for page in sorted((both / name).rglob("*.html")) if page.name != "404.html"]
    assert {"index.html", "methods/by-tag.html", "surveys/contrastive-learning.html", "search.html"} <= {
        page.relative_to(both / name).as_posix() for page in pages
    }
    for page in pages:
        html = document_fromstring(page.read_bytes())
        assert html.get("lang") == ("zh-CN" if name == "html-zh_CN" else "en")
        places = html.find_class("pt-languages")
        offered = [link for place in places for link in place.iter("a")]
        alternate = html.xpath('/html/head/link[@rel="alternate"][@hreflang]')
        links = [link.get("href") for link in offered + alternate]
        assert len(links) == (2 if page.stem == "search" else 3), f"{page}: sidebar, text, head"
        for link in links:
            found = (page.parent / unquote(link)).resolve()
            assert found == (both / other / page.relative_to(both / name)).resolve()
            assert found.is_file()
        assert {(link.get("hreflang"), link.get("lang"), link.get("rel")) for link in offered} == {
            (tag, tag, "alternate")
        }
        assert [link.get("hreflang") for link in alternate] == [tag]
        assert {item.text_content() for place in places for item in place.xpath(".//*[@aria-current]")} == {own}


@pytest.mark.parametrize(
    ("builder", "page", "link"),
    [
        ("html", "index.html", "../html-zh_CN/index.html"),
        ("html", "surveys/alpha.html", "../../html-zh_CN/surveys/alpha.html"),
        ("dirhtml", "index.html", "../html-zh_CN/"),
        ("dirhtml", "surveys/alpha/index.html", "../../../html-zh_CN/surveys/alpha/"),
    ],
)
def test_relative_addresses(tmp_path: Path, builder: str, page: str, link: str) -> None:
    site = site_in(tmp_path, conf())
    assert warnings(site.build(builder), site.source) == []
    html = parsed(site.output(builder) / page)
    assert [item["href"] for item in switches(html)] == [link]
    assert alternates(html) == {"zh-CN": link}
    (switch,) = html.select("nav.pt-languages")
    assert switch["aria-label"] == "Language"


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh-CN", "zh-cn"])
def test_absolute_addresses_name_the_page_itself_too(tmp_path: Path, language: str) -> None:
    """Search engines want every language named on every page; the code is that of HTML, however it was written."""
    bases = {"en": CANONICAL, "zh_CN": "https://surveys.example/zh-cn/latest"}
    site = site_in(tmp_path, conf(bases), "-D", f"language={language}")
    site.build()
    html = parsed(site.output() / "surveys" / "alpha.html")
    page = "surveys/alpha.html"
    everywhere = {"en": f"{CANONICAL}{page}", "zh-CN": f"https://surveys.example/zh-cn/latest/{page}"}
    assert alternates(html) == {**everywhere, "x-default": everywhere["en"]}, "the first is for all other readers"
    (link,) = switches(html)
    (current,) = html.select(".pt-languages [aria-current]")
    is_english = language == "en"
    assert (link["hreflang"], current["lang"]) == (("zh-CN", "en") if is_english else ("en", "zh-CN"))
    assert link["href"] == everywhere[str(link["hreflang"])]
    (switch,) = html.select("nav.pt-languages")
    assert switch["aria-label"] == {"zh_CN": "语言"}.get(language, "Language")


def test_names_are_escaped(tmp_path: Path) -> None:
    languages = {"en": {"name": "English", "url": "/en/"}, "xx": {"name": "<b>X</b>", "url": '/"x"/'}}
    site = site_in(tmp_path, f'templates_path = ["_templates"]\npaper_table_languages = {languages!r}\n')
    site.build()
    html = parsed(site.output() / "index.html")
    (link,) = switches(html)
    assert link.get_text() == "<b>X</b>"
    assert link["href"] == '/"x"/index.html'
    assert alternates(html)["xx"] == '/"x"/index.html'


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_no_switch_where_there_is_nothing_to_switch_to(tmp_path: Path, builder: str) -> None:
    """Without the configuration; and in books, which have no such pages."""
    extra = 'templates_path = ["_templates"]\n' if builder == "html" else conf() + 'epub_show_urls = "no"\n'
    site = site_in(tmp_path, extra)
    assert warnings(site.build(builder), site.source) == []
    pages = [*site.output(builder).rglob("index.*html")]
    assert pages
    for page in pages:
        assert "pt-languages" not in page.read_text("utf-8")
        assert alternates(parsed(page)) == {}


def test_a_changed_address_is_on_every_page_of_the_next_build(tmp_path: Path) -> None:
    site = site_in(tmp_path, conf())
    site.build()
    wait_for_clock()
    site.replace("conf.py", "'../html-zh_CN'", "'/zh'")
    site.assert_incremental_equals_clean()
    for page in site.output().rglob("*.html"):
        assert [str(link["href"]).partition("/zh/")[0] for link in switches(parsed(page))] == [""], page
    site.assert_no_op()


def described(*languages: str) -> str:
    return f"\npaper_table_languages = {{{', '.join(languages)}}}\n"


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (described("'zh CN': {'name': 'X', 'url': 'x'}"), "'zh CN' is no code of a language such as 'en' or 'zh_CN'"),
        (described("1: {}"), "1 is no code of a language such as 'en' or 'zh_CN'"),
        (described("'en': 'English'"), "'en' must be a dictionary with 'name' and 'url'"),
        (described("'en': {'name': 'English'}"), "'en' has no 'url'"),
        (described("'en': {'name': '', 'url': 'x'}"), "'en' has no 'name'"),
        (described("'en': {'name': 'X', 'uri': 'x'}"), "'en' has a 'uri'; did you mean 'url'?"),
        (
            described("'en': {'name': 'X', 'url': 'x'}", "'de': {'name': 'X', 'url': 'javascript:x'}"),
            "the 'url' of 'de' begins with neither https:// nor http:// and is not relative",
        ),
        ("\npaper_table_languages = ['en']\n", "it must be a dict"),
    ],
)
def test_configuration_that_is_not_valid_is_named_with_its_line(tmp_path: Path, setting: str, message: str) -> None:
    site = small_site(tmp_path, None, setting)
    line = site.read("conf.py").splitlines().index(setting.strip()) + 1
    for _again in range(2):
        found = warnings(site.build(), site.source)
        assert [text for text in found if message in text and "is not valid" in text] != [], found
        assert found[0].startswith(f"conf.py:{line}:1: WARNING: conf.py: paper_table_languages = ")
    assert alternates(parsed(site.output() / "index.html")) == {}


def configured(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """Return the languages as the site's conf.py configures them with these variables of Read the Docs."""
    for name in ("CANONICAL_URL", "VERSION_TYPE", "GIT_CLONE_URL", "GIT_IDENTIFIER"):
        monkeypatch.delenv(f"READTHEDOCS_{name}", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(f"READTHEDOCS_{name}", value)
    found: dict[str, Any] = runpy.run_path(str(DOCS / "conf.py")).get("paper_table_languages", {})
    return {code: language["url"] for code, language in found.items()}


def test_local_builds_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch) == {"en": "../html/", "zh_CN": "../html-zh_CN/"}


@pytest.mark.parametrize(
    ("url", "english", "chinese"),
    [
        (CANONICAL, CANONICAL, "https://surveys.example/zh-cn/latest/"),
        (
            "https://surveys.example/zh-cn/v1.2/",
            "https://surveys.example/en/v1.2/",
            "https://surveys.example/zh-cn/v1.2/",
        ),
        ("https://x.example/zh_CN/latest/", "https://x.example/en/latest/", "https://x.example/zh-cn/latest/"),
        (
            "https://x.example/projects/surveys/en/latest/",
            "https://x.example/projects/surveys/en/latest/",
            "https://x.example/projects/surveys/zh-cn/latest/",
        ),
    ],
    ids=["english", "chinese", "old-address", "subproject"],
)
def test_read_the_docs(monkeypatch: pytest.MonkeyPatch, url: str, english: str, chinese: str) -> None:
    """A translation is a project of its own there: only the part for the language differs."""
    found = configured(monkeypatch, CANONICAL_URL=url, VERSION_TYPE="branch")
    assert found == {"en": english, "zh_CN": chinese}


@pytest.mark.parametrize(
    ("url", "kind"),
    [("https://surveys.example/", "branch"), ("https://surveys--12.example/en/12/", "external")],
    ids=["no-language-in-the-address", "pull-request"],
)
def test_read_the_docs_without_translations(monkeypatch: pytest.MonkeyPatch, url: str, kind: str) -> None:
    assert configured(monkeypatch, CANONICAL_URL=url, VERSION_TYPE=kind) == {}
