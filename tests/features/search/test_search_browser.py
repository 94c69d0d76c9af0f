"""The search of the built site, as a reader uses it, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
import yaml
from lxml.html import document_fromstring
from tests.support.sites import ROOT, real_catalogue

from sphinx_paper_table.features.search.chinese import BigramChinese

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

LANGUAGES = ["html", "html-zh_CN"]
NAMES = {
    "MoCo v1": "contrastive-learning.html#paper-moco-v1",
    "BYOL": "contrastive-learning.html#paper-byol",
    "CLIP4Clip": "clip.html#paper-clip4clip",
    "DDPM": "diffusion-models.html#paper-ddpm",
    "ViLT": "multimodal.html#paper-vilt",
}
CHINESE = ["动量编码器", "负样本", "对比学习", "投影头", "记忆库", "扩散模型", "光流", "无分类器引导"]


HITS = ".pt-records .pt-hit a, ul.search > li > a"


def ask(page: Page, language: str, query: str) -> None:
    """Open the page of a query, and wait until everything is found."""
    page.goto(f"{language}/search.html?q={quote(query)}")
    page.locator(".search-summary:not(:empty)").wait_for(state="attached")


def _without_text(route: Route) -> None:
    """Answer the script that makes excerpts, which reads every page that was found, with a short one."""
    if route.request.resource_type == "fetch":
        route.fulfill(content_type="text/html", body="<!doctype html><p role=main>Words</p>")
    else:
        route.continue_()


@pytest.fixture
def brief(page: Page) -> Page:
    """Return a page whose results have no excerpts: they are most of the time of a search."""
    page.route("**/*.html", _without_text)
    return page


def results(page: Page, language: str, query: str) -> list[str]:
    """Return where the results of a query lead, best first, relative to the site."""
    ask(page, language, query)
    links = page.locator(HITS).evaluate_all("links => links.map((link) => link.href)")
    return [link.partition(f"/{language}/")[2] for link in links]


@pytest.fixture(scope="module")
def chinese_pages(site: Path) -> dict[str, str]:
    """Return what each Chinese page of a survey says."""
    built = site / "html-zh_CN"
    return {
        path.relative_to(built).as_posix(): document_fromstring(path.read_bytes())
        .get_element_by_id("furo-main-content")
        .text_content()
        for path in built.glob("surveys/*.html")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_leads_to_its_card(brief: Page, language: str) -> None:
    for name, target in NAMES.items():
        assert results(brief, language, name)[0] == f"surveys/{target}"
    brief.locator(HITS).first.click()
    brief.locator(f"#{target.partition('#')[2]} .pt-name", has_text=name).wait_for()
    assert brief.locator(":target").evaluate("card => card.checkVisibility()"), "its tab is open"


def test_chinese_words_are_found(brief: Page, chinese_pages: dict[str, str]) -> None:
    for query in CHINESE:
        expected = {name for name, text in chinese_pages.items() if query in text}
        assert expected != set(), "the query is one that a page can answer"
        assert expected - {result.partition("#")[0] for result in results(brief, "html-zh_CN", query)} == set(), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_leads_somewhere(brief: Page, site: Path, language: str) -> None:
    """Sphinx makes some anchors from what it shows, so that a title would become one."""
    wanted: dict[str, set[str]] = {}
    for query in ("contrastive learning", "CLIP", "对比学习"):
        for result in [result for result in results(brief, language, query) if "#" in result]:
            name, _, anchor = result.partition("#")
            wanted.setdefault(name, set()).add(unquote(anchor))
    assert wanted
    for name, anchors in wanted.items():
        page = document_fromstring((site / language / name).read_bytes())
        assert anchors - set(page.xpath("//@id")) == set(), name


def test_words_are_found(brief: Page) -> None:
    for query in ("momentum encoder", "negative", "projection head", "Radford", "optical flow"):
        assert any(result.startswith("surveys/") for result in results(brief, "html", query)), query


def test_chinese_pages_answer_other_queries(brief: Page) -> None:
    """Authors and venues in Latin letters, a single character, and both scripts together."""
    for query in ("He Kaiming", "NeurIPS", "流", "MoCo 动量编码器"):
        found = {result.partition("#")[0] for result in results(brief, "html-zh_CN", query)}
        assert "surveys/contrastive-learning.html" in found or query == "流"
        assert any(result.startswith("surveys/") for result in found), query


def test_nothing_is_found_that_is_not_there(brief: Page) -> None:
    for language, query in (("html", "quagga"), ("html-zh_CN", "斑驴"), ("html-zh_CN", "quagga")):
        assert results(brief, language, query) == [], query


def test_queries_are_split_as_the_index_is(page: Page) -> None:
    """What the script asks for is what Python has put into the index, for every text of the bibliography and more."""
    page.goto("html-zh_CN/search.html")
    titles = [reference.title for reference in real_catalogue().references.values()]
    chinese = (ROOT / "docs/locale/zh_CN/LC_MESSAGES/surveys/clip.po").read_text("utf-8").splitlines()
    others = ["𠀋𠀌𠀍 と 々〇 かな", "naïve Šuman é-à x_1 2020", "", "负", "负-样 本 MoCo动量"]
    language = BigramChinese({})
    texts = [*titles, *chinese, *others]
    for text, asked in zip(texts, page.evaluate("texts => texts.map(splitQuery)", texts), strict=True):
        assert set(asked) <= set(language.split(text)), text
    stems = page.evaluate("words => words.map((word) => new Stemmer().stemWord(word))", ["transformers", "动量"])
    assert stems == [language.stem("transformers"), language.stem("动量")]


def texts(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize(("language", "survey"), [("html", "Contrastive learning"), ("html-zh_CN", "对比学习")])
def test_a_method_is_shown_with_survey_venue_title_and_summary(brief: Page, language: str, survey: str) -> None:
    ask(brief, language, "MoCo v1")
    hit = brief.locator(".pt-records li").first
    assert hit.locator(".pt-published").inner_text() == f"{survey} · CVPR 2020"
    assert hit.locator(".pt-title").inner_text() == (
        "Momentum Contrast for Unsupervised Visual Representation Learning"
    )
    assert hit.locator(".pt-excerpt").inner_text()


def test_methods_come_first_then_references_then_pages_and_the_guide_last(page: Page) -> None:
    ask(page, "html", "video")
    heads = page.locator("h2").all_inner_texts()
    assert [head.partition(" (")[0].rstrip("#¶ ") for head in heads] == ["Methods", "References", "Pages"]
    pages = page.locator("ul.search > li > a").evaluate_all("links => links.map((link) => link.pathname)")
    kinds = ["/guide/" in path for path in pages]
    assert kinds == sorted(kinds)
    assert {True, False} <= set(kinds), "the query is one that both kinds of page answer"
    assert page.locator("ul.search a[href*='#paper-']").count() == page.locator("ul.search .pt-found a").count()


def test_more_results_are_a_click_away_and_get_the_focus(brief: Page) -> None:
    ask(brief, "html", "video")
    first = brief.locator(".pt-records section").first
    shown = first.locator("li").count()
    first.get_by_role("button", name="More results").click()
    assert first.locator("li").count() > shown
    assert first.locator("li").nth(shown).locator("a").evaluate("link => link === document.activeElement")


SLIPS = {"difusion": "diffusion", "contrastve learning": "contrastive learning"}


@pytest.mark.parametrize(("query", "guess"), SLIPS.items())
def test_a_slip_of_the_pen_is_answered_and_said(brief: Page, query: str, guess: str) -> None:
    ask(brief, "html", query)
    assert brief.locator(".pt-guess").inner_text() == f"Nothing has “{query}”. Did you mean {guess}?"
    brief.locator(".pt-guess a").click()
    brief.locator(".search-summary:not(:empty)").wait_for()
    assert brief.locator(".pt-guess").count() == 0


def test_pages_are_found_where_the_file_of_records_cannot_be_read(page: Page) -> None:
    page.route("**/data/search.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    assert any(result.startswith("surveys/") for result in results(page, "html", "momentum encoder"))


def test_all_parts_of_a_large_file_are_searched(page: Page) -> None:
    def answer(name: str, method: str, **more: object) -> None:
        record = [method, f"a.html#paper-{method}", "", "", "", "", "", "", 0]
        text = f"paperTableData({json.dumps(name)},{json.dumps({**more, 'methods': [record], 'references': []})})"
        page.route(f"**/data/{name}.js", lambda route: route.fulfill(content_type="text/javascript", body=text))

    answer("search", "qxfirst", parts=["search-2", "search-3"])
    answer("search-2", "qxsecond")
    answer("search-3", "qxthird")
    ask(page, "html", "qx")
    assert sorted(page.locator(".pt-hit").all_inner_texts()) == ["qxfirst", "qxsecond", "qxthird"]


QUERIES = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text("utf-8"))
FIRST = {"en": 0.9, "zh_CN": 0.8}
"""The mean reciprocal rank of the first right card, by language. Sphinx's own search had 0.37 and 0.07."""
NAMED = {
    "en": ["momentum contrast", "Kaiming He", "He 2020", "2103.15691", "BYOL", "contrastve learning", "difusion"],
    "zh_CN": ["动量", "负样本"],
}
"""Queries whose answer stands among the first three, whatever else changes."""


@pytest.mark.parametrize("language", QUERIES)
def test_judged_queries_are_answered_first(page: Page, language: str) -> None:
    page.goto(f"{'html' if language == 'en' else f'html-{language}'}/search.html")
    queries: dict[str, list[str]] = QUERIES[language]
    answers = page.evaluate(
        """async (queries) => {
          const all = await paperFind.load();
          const names = (entries) => entries.map(({ url }) => url.split("#paper-")[1]);
          return [all.methods.entries, ...queries.map((query) => paperFind.found(all, query).methods)].map(names);
        }""",
        list(queries),
    )
    ranks = {}
    for (query, right), found in zip(queries.items(), answers[1:], strict=True):
        assert set(right) <= set(answers[0]), query
        ranks[query] = next((place for place, name in enumerate(found, 1) if name in right), 0)
    assert [query for query in NAMED[language] if not 0 < ranks[query] <= 3] == []
    score = sum(1 / rank for rank in ranks.values() if rank) / len(ranks)
    assert score >= FIRST[language], {query: rank for query, rank in ranks.items() if rank != 1}


def test_a_page_says_which_of_its_cards_have_the_words(page: Page) -> None:
    results(page, "html-zh_CN", "动量编码器")
    hit = page.locator("ul.search > li", has=page.get_by_role("link", name="对比学习", exact=True))
    card = hit.locator(".pt-found a", has_text="MoCo v1")
    card.click()
    page.locator("#paper-moco-v1").wait_for()
    assert page.url.endswith("contrastive-learning.html#paper-moco-v1")
    assert "动量编码器" in page.locator("#paper-moco-v1").inner_text()


BEGUN = {
    "...has a card such as this one. A queue keeps keys": "A queue keeps keys",
    "...nd of a heading\n  The memory bank of v1.5 keeps keys": "The memory bank of v1.5 keeps keys",
    "...的一半。动量编码器更新得慢": "动量编码器更新得慢",
    f"...is one. What is found{' ' * 95}. Next": f"What is found{' ' * 95}. Next",
    "...what is one sentence, e.g. one with v1.5 in it": "...what is one sentence, e.g. one with v1.5 in it",
    "The beginning of a page. And more.": "The beginning of a page. And more.",
}
"""Excerpts as Sphinx makes them, which begin a fixed number of letters before the word; and as readers see them."""


def test_excerpts_begin_with_the_sentence_that_was_found(brief: Page) -> None:
    ask(brief, "html", "momentum")
    shown = brief.evaluate(
        """async (excerpts) => {
          const all = excerpts.map((textContent) =>
            Object.assign(document.createElement("p"), {className: "context", textContent}));
          document.querySelector("#search-results").append(...all);
          await Promise.resolve(); // what observes changes comes before what is queued after them
          return all.map((one) => one.textContent);
        }""",
        [*BEGUN],
    )
    assert shown == [*BEGUN.values()]


def test_excerpts_leave_out_where_the_page_stands(page: Page) -> None:
    results(page, "html-zh_CN", "对比学习")
    page.locator("ul.search > li > p.context").first.wait_for()
    assert not [text for text in texts(page, "ul.search > li > p.context") if "English 简体中文" in text]


@pytest.mark.parametrize("theme", ["html", "html-zh_CN", "pydata-en"])
def test_the_search_page_has_one_heading_of_the_first_level(brief: Page, theme: str) -> None:
    ask(brief, theme, "one")
    assert brief.locator("h1").count() == 1
    assert brief.locator("h1").inner_text().strip("# ¶\n") in {"Search", "搜索"}


PARTIAL = {"he": ("fisher", "theory"), "the": ("further",), "ion": ("vision", "diffusion", "action"), "ap": ("map",)}
"""Words, and such as have them inside."""


@pytest.mark.parametrize("query", PARTIAL)
def test_words_are_found_where_they_begin(brief: Page, query: str) -> None:
    """A method, a page or a heading is a hit if it has a word that begins so; a page's text, if it can be."""
    ask(brief, "html", query)
    named = brief.locator("ul.search > li:is(.kind-object, .kind-title) > a").all_inner_texts()
    assert [name for name in named if not re.search(rf"\b{query}", name.replace("_", " "), re.IGNORECASE)] == []
    terms = brief.evaluate("query => Object.keys(Search._index.terms).filter((term) => term.startsWith(query))", query)
    if not terms:
        assert brief.locator("ul.search > li.kind-text").count() == 0


def test_the_beginning_of_a_word_finds_it(brief: Page) -> None:
    for query in ("transfo", "Fisher", "diffus"):
        assert len(results(brief, "html", query)) > 0, query


CONTROLS = "form label, form legend, form option, .pt-legend li, .pt-lineage svg text, .pt-jump li"
"""What a page says about itself, and not about its subject."""


@pytest.mark.parametrize(
    ("language", "query"), [("html", "memory bank"), ("html", "momentum"), ("html-zh_CN", "扩散模型")]
)
def test_excerpts_have_no_text_of_forms_legends_or_drawings(page: Page, language: str, query: str) -> None:
    found = results(page, language, query)
    page.locator("ul.search > li > p.context").first.wait_for()
    page.wait_for_load_state("networkidle")
    read = {}
    for text in page.evaluate(
        """async ([pages, controls]) => (await Promise.all(pages.map(async (name) => {
          const html = (await (await fetch(name)).text()).replace(/\\sstyle="[^"]*"/g, "");
          const from = new DOMParser().parseFromString(html, "text/html");
          from.querySelectorAll(".headerlink, script, style").forEach((one) => one.remove());
          return [...from.querySelectorAll(controls)].map((one) => one.textContent.trim());
        }))).flat()""",
        [sorted({result.partition("#")[0] for result in found}), CONTROLS],
    ):
        read[" ".join(text.split())] = True
    # Short ones are words of any sentence.
    controls = [text for text in read if len(text) > 14]
    assert len(controls) > 10
    excerpts = texts(page, "ul.search > li > p.context")
    assert [(text, excerpt) for excerpt in excerpts for text in controls if text in excerpt] == []


def test_a_key_leads_to_the_search(page: Page) -> None:
    page.goto("html/surveys/clip.html")
    page.keyboard.press("/")
    page.keyboard.type("byol")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=byol*")
