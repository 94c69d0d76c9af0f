"""Structured data and the map of a site, without a site: what they say, and that hostile texts stay texts."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.texts import load_files

from sphinx_paper_table.features.discovery.sitemap import is_ours, robots_txt, sitemap_xml
from sphinx_paper_table.features.discovery.structured_data import Described, dataset, script_text, survey_data

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

HOSTILE: Final = "</script><script>alert(1)</script><!-- & \u2028"
SURVEY: Final = f"""\
survey: s
title: S
papers:
  - {{id: known, name: Known, cite: k2020, date: 2019-11}}
  - id: bare
    name: {json.dumps(HOSTILE)}
"""
BIB: Final = """@article{k2020, author = {Kim, Eva and Lee, Ann and others}, title = {The {K}}, year = {2020},
  doi = {10.1/a}, eprint = {1911.05722}, archiveprefix = {arXiv}, url = {https://x.example/p}}"""
PAGE: Final = Described("S", "About S.", "https://s.example/s.html", "zh_CN", "Someone", "1", "https://l.example/")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_files({"s.yaml": SURVEY}, {"refs.bib": BIB}).catalogue


def test_a_survey_is_a_list_of_articles(catalogue: Catalogue) -> None:
    data = survey_data(PAGE, {f"paper-{name}": catalogue.papers[name] for name in ("known", "bare")}, catalogue)
    assert (data["@type"], data["inLanguage"], data["license"]) == ("CollectionPage", "zh-CN", "https://l.example/")
    known, bare = (item["item"] for item in data["mainEntity"]["itemListElement"])
    assert known == {
        "@type": "ScholarlyArticle",
        "name": "The K",
        "alternateName": "Known",
        "author": [{"@type": "Person", "name": "Eva Kim"}, {"@type": "Person", "name": "Ann Lee"}],
        "datePublished": "2019-11",
        "sameAs": ["https://arxiv.org/abs/1911.05722", "https://doi.org/10.1/a"],
        "url": "https://s.example/s.html#paper-known",
    }
    assert set(bare) == {"@type", "name", "url"}, "what is not known is not said"


def test_texts_of_strangers_end_no_script(catalogue: Catalogue) -> None:
    data = survey_data(PAGE, {"paper-bare": catalogue.papers["bare"]}, catalogue)
    text = script_text(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data
    assert json.loads(text)["mainEntity"]["itemListElement"][0]["item"]["name"].startswith("</script>")


def test_data_without_an_address_have_no_files() -> None:
    files = dataset(Described("S", "", "https://s.example/", "en"))["distribution"]
    assert [item["contentUrl"] for item in files][:2] == ["https://s.example/papers.json", "https://s.example/refs.bib"]
    assert dataset(Described("S", "", "", "en")) == {
        "@context": "https://schema.org", "@type": "Dataset", "name": "S", "inLanguage": "en",
    }  # fmt: skip


def test_the_map_is_xml_whatever_pages_are_called() -> None:
    text = sitemap_xml(
        ["a.html", "b&<c.html"], "https://s.example/", {"en": "https://s.example/", "x-default": "https://d/"}
    )
    root = ET.fromstring(text.encode())  # noqa: S314 (our own)
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [item.text for item in root.iter(f"{namespace}loc")]
    assert places == ["https://s.example/a.html", "https://s.example/b&<c.html"]
    links = [(item.get("hreflang"), item.get("href")) for item in root.iter("{http://www.w3.org/1999/xhtml}link")]
    assert links[:2] == [("en", "https://s.example/a.html"), ("x-default", "https://d/a.html")]
    assert is_ours(text)
    assert robots_txt("https://s.example/").endswith("Sitemap: https://s.example/sitemap.xml\n")
