"""The feed of what is new: valid Atom of the newest entries, the same for the same entries."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from tests.support.texts import load_files

from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.features.feed.atom import Feed, feed_xml, is_feed
from sphinx_paper_table.survey.references import LabelWords

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

ATOM = "{http://www.w3.org/2005/Atom}"
SURVEYS: dict[str, str | bytes] = {
    "s.yaml": """\
survey: s
title: S
papers:
  - {id: old, name: Old, added: 2025-12}
  - {id: undated, name: Undated}
  - {id: hidden, name: Hidden, added: 2026-12-31}
  - id: new
    name: New & <b>
    cite: k2020
    added: 2026-11-23
    tags: [fast]
    summary: >-
      Goes **beyond** {paper}`old` and {paper}`the first <old>`, as {cite:t}`k2020` and
      [others](https://x.example) say; *here* with `code` and $k_+$, 2 * 3 * 4.
  - {id: twin, name: Twin, date: 2021, added: 2026-11-23, summary: "第一句。 第二句"}
""",
    "v.yaml": "vocabulary: v\ntags: {fast: {name: very fast}}\n",
}
BIB = "@misc{k2020, author = {Kim, Eva and Lee, Ann}, title = {The {K}}, year = {2020}}"
SHOWN = ("old", "undated", "new", "twin")
SITE = Site(
    "zh_CN", "https://Some.example:8000/en/latest/", {("paper", name): ("s.html", f"paper-{name}") for name in SHOWN}
)
FEED = Feed("Site: What is new", "Someone", 50, LabelWords(two="%s 和 %s", comma="，"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_files(SURVEYS, {"refs.bib": BIB}).catalogue


def parsed(catalogue: Catalogue, site: Site = SITE, feed: Feed = FEED) -> ET.Element:
    return ET.fromstring(feed_xml(catalogue, site, feed).encode())  # noqa: S314 (our own)


def texts(root: ET.Element, name: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}{name}") for entry in root.iter(f"{ATOM}entry")]


def test_the_newest_entries_that_a_page_shows_come_first(catalogue: Catalogue) -> None:
    root = parsed(catalogue)
    assert texts(root, "title") == ["Twin", "New & <b>: The K", "Old"], "of one day the newest method"
    assert texts(root, "updated") == ["2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", "2025-12-01T00:00:00Z"]
    assert texts(parsed(catalogue, feed=Feed("T", "A", 1)), "title") == ["Twin"]


def test_the_feed_has_what_the_standard_asks_for(catalogue: Catalogue) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and date, an author, links; absolute addresses; ids that differ."""
    root = parsed(catalogue)
    assert root.tag == f"{ATOM}feed"
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"}
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or "")
        assert all(link.attrib["href"].startswith(SITE.url) for link in element.findall(f"{ATOM}link"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Someone"
    assert root.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z", "the newest date, no clock"
    assert {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{ATOM}link")} == {
        "self": f"{SITE.url}new.atom",
        "alternate": SITE.url,
    }
    ids = [root.findtext(f"{ATOM}id"), *texts(root, "id")]
    assert ids == [
        f"{SITE.url}new.atom",
        "tag:some.example,2026-11-23:/en/latest/twin",
        "tag:some.example,2026-11-23:/en/latest/new",
        "tag:some.example,2025-12-01:/en/latest/old",
    ]


def test_entries_lead_to_their_cards_and_name_their_tags(catalogue: Catalogue) -> None:
    _, first, _ = parsed(catalogue).iter(f"{ATOM}entry")
    assert [link.attrib["href"] for link in first.iter(f"{ATOM}link")] == [f"{SITE.url}s.html#paper-new"]
    assert [tag.attrib for tag in first.iter(f"{ATOM}category")] == [{"term": "fast", "label": "very fast"}]


def test_sentences_are_plain_text(catalogue: Catalogue) -> None:
    assert texts(parsed(catalogue), "summary") == [
        "第一句。第二句",
        "Goes beyond Old and the first, as Kim 和 Lee，2020 and others say; here with code and k_+, 2 * 3 * 4.",
        "Old",
    ]


def test_a_later_review_is_an_update(catalogue: Catalogue) -> None:
    """It moves no entry: new is what was added; readers of feeds see what changed."""
    reviewed = load_files(
        {"s.yaml": "survey: s\ntitle: S\npapers: [{id: a, name: A, added: 2026-01-02, reviewed: 2026-03-04}]\n"}, {}
    ).catalogue
    site = Site("en", SITE.url, {("paper", "a"): ("s.html", "paper-a")})
    root = ET.fromstring(feed_xml(reviewed, site, Feed("T", "A", 5)))  # noqa: S314 (made here)
    assert texts(root, "published") == ["2026-01-02T00:00:00Z"]
    assert texts(root, "updated") == ["2026-03-04T00:00:00Z"]
    assert root.findtext(f"{ATOM}updated") == "2026-03-04T00:00:00Z"


def test_without_entries_it_is_still_a_feed() -> None:
    root = parsed(load_files({"s.yaml": "survey: s\ntitle: S\npapers: [{id: a, name: A}]\n"}, {}).catalogue)
    assert texts(root, "title") == []
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_same_entries_give_the_same_bytes(catalogue: Catalogue) -> None:
    text = feed_xml(catalogue, SITE, FEED)
    assert text == feed_xml(catalogue, SITE, FEED)
    assert is_feed(text)
    assert not is_feed("<feed><generator>mine</generator></feed>")
