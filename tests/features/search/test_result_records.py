"""What a page of HTML gives to a search by records."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from sphinx_paper_table.features.search.result_records import BEGIN, END, Page, records, spaced

CARD = """<article class="pt-body sd-card pt-card" id="paper-{0}" data-paper="{0}" data-f="1">
<h3 class="sd-card-title pt-name">{0}<a class="headerlink" href="#paper-{0}">¶</a></h3>
<p class="pt-published">CVPR 2020</p><p class="pt-title" lang="en"><cite>All of {0}</cite></p><p>Text of {0}</p>
</article>"""
ROW = """<table><tr class="pt-row" id="paper-{0}" data-paper="{0}"><th class="pt-name" data-sort="x">{0}</th>
<td class="pt-published">ICLR 2021</td><td><p class="pt-title" lang="en">All of {0}</p>Text of {0}</td></tr></table>"""
SECTION = """<section id="paper-{0}">
<span id="paper-old"></span><h3>{0}<a class="headerlink" href="#paper-{0}">¶</a></h3>
<article class="pt-body pt-entry" data-paper="{0}"><p class="pt-published">ICLR 2021</p>
<p class="pt-title" lang="en">All of {0}</p>Text of {0}</article></section>"""


def found(body: str) -> dict[str, BeautifulSoup]:
    page = Page(
        "a/b", "a/b.html", "A & B", "zh-CN", frozenset(re.findall(r'(?:article|tr|section)[^>]* id="([^"]+)"', body))
    )
    made = records(page, f"<nav>beside</nav>{BEGIN}{body}{END}<footer>below</footer>")
    return {record.path: BeautifulSoup(record.html, "html5lib") for record in made}


def metadata(record: BeautifulSoup) -> dict[str, str]:
    """Return the metadata as Pagefind reads them; a heading's link is left out by a selector."""
    for link in record.select(".headerlink"):
        link.extract()
    values = {}
    for part in record.select("[data-pagefind-meta]"):
        for item in str(part["data-pagefind-meta"]).split(","):
            name, _, attribute = item.rstrip("]").partition("[")
            values[name] = str(part[attribute]) if attribute else part.get_text().strip()
    return values


@pytest.mark.parametrize("layout", [CARD, ROW, SECTION])
def test_a_card_is_a_record_in_every_layout(layout: str) -> None:
    known = found(
        f"<section id='top'><h1>Title</h1>Before {layout.format('one')} between {layout.format('two')}</section>"
    )
    assert list(known) == ["a/b/paper-one.html", "a/b/paper-two.html", "a/b/page.html"]
    card = known["a/b/paper-one.html"]
    values = metadata(card)
    assert values.pop("published") in {"CVPR 2020", "ICLR 2021"}
    assert values == {
        "url": "a/b.html#paper-one",
        "page": "A & B",
        "title": "one",
        "work": "All of one",
        "work_lang": "en",
    }
    assert card.select_one("[data-pagefind-weight='10']") is not None
    assert "Text of one" in card.get_text()
    assert "two" not in card.get_text()
    assert card.html is not None
    assert card.html["lang"] == "zh-CN"


@pytest.mark.parametrize("layout", [CARD, ROW, SECTION])
def test_the_rest_of_a_page_is_one(layout: str) -> None:
    text = found(f"Before {layout.format('one')} after")["a/b/page.html"].get_text()
    assert "Before" in text
    assert "after" in text
    assert "one" not in text.split()
    assert "beside" not in text
    assert "below" not in text


def test_a_card_that_is_at_home_elsewhere_is_text_of_its_page() -> None:
    known = found(CARD.format("one").replace(' id="paper-one"', ""))
    assert list(known) == ["a/b/page.html"]
    assert "Text of one" in known["a/b/page.html"].get_text()


def test_what_looks_like_a_card_hides_none() -> None:
    """Neither does a text that opens cards without end."""
    prose = CARD.format("other").replace("</article>", "")
    page = Page("a", "a.html", "A", "en", frozenset({"paper-one"}))
    made = list(records(page, f"{BEGIN}{prose}{CARD.format('one')}{END}"))
    assert [record.path for record in made] == ["a/paper-one.html", "a/page.html"]
    assert "Text of other" in made[1].html


def test_headings_can_be_led_to() -> None:
    body = '<section id="top"><h1>T</h1><section id="s"><span></span><h2>S</h2></section><div id="d"><h3>D</h3>'
    page = found(body)["a/b/page.html"]
    assert [(head.name, head.get("id")) for head in page.select("h1, h2, h3")] == [
        ("h1", "top"),
        ("h2", "s"),
        ("h3", "d"),
    ]


def test_lists_of_what_has_records_weigh_less() -> None:
    for body, weighs in [
        ("<p>Prose</p>", False),
        ('<div class="pt-view pt-index">', True),
        ('<div class="citation-list">', True),
    ]:
        assert bool(found(body)["a/b/page.html"].select("[data-pagefind-weight='0.3']")) is weighs


def test_a_page_may_have_no_address() -> None:
    """The start page of builders with a directory for each page."""
    (record,) = records(Page("index", "", "A", "en"), f"{BEGIN}Text{END}")
    assert record.path == "index/page.html"


def test_a_page_without_marks_has_no_records() -> None:
    assert list(records(Page("a", "a.html", "A", "en"), "<h1>Title</h1>")) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("动量编码器", " 动 量 编 码 器 "),
        ("用CLIP做", " 用 CLIP 做 "),
        ("负样本，MoCo v1", " 负 样 本 ， MoCo v1"),
        ("动<em title='动量'>量</em>", " 动 <em title='动量'> 量 </em>"),
        ("two words, naïve", "two words, naïve"),
        ('<a href="#方法">a</a>', '<a href="#方法">a</a>'),
    ],
)
def test_each_ideograph_is_a_word(html: str, expected: str) -> None:
    assert spaced(html) == expected
