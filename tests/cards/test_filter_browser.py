"""Readers filter and sort: what shows, what is counted and said, what stands in the address, and how to get back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.support.sites import real_catalogue

from sphinx_paper_table.survey.selection import Selection, select, year_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

    from sphinx_paper_table.survey.entities import Paper

pytestmark = pytest.mark.browser

SURVEY = "contrastive-learning"
PAGE = f"html/surveys/{SURVEY}.html"
TABS = f"tabs-en/surveys/{SURVEY}.html"
LIST = "html/methods/index.html"


def papers(target: str = SURVEY) -> list[Paper]:
    """Return the papers that a page shows."""
    view = select(real_catalogue(), Selection(target))
    assert view is not None
    return list({entry.paper.id: entry.paper for entry in view.all_entries()}.values())


FITTING = "[...document.querySelectorAll('[data-f]:not([hidden])')].map((item) => item.dataset.paper)"


def fitting(page: Page) -> list[str]:
    """Return the papers that the filter lets through, whether or not their tab is open."""
    return list(page.evaluate(FITTING))


def wait_for(page: Page, ids: AbstractSet[str]) -> None:
    script = f"(ids) => String({FITTING}.sort()) == ids"
    page.wait_for_function(script, arg=",".join(sorted(ids)), timeout=5000)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def wait_for_query(page: Page, **wanted: str) -> None:
    script = "(wanted) => String([...new URLSearchParams(location.search)].flat()) == wanted"
    page.wait_for_function(script, arg=",".join(part for item in wanted.items() for part in item), timeout=5000)


def test_words_filter_and_stand_in_the_address(page: Page) -> None:
    page.goto(PAGE)
    expect(page.get_by_role("status")).to_have_text(f"{len(papers())} entries")
    page.get_by_role("searchbox", name="Find entries").fill("QUÉUE momentum")
    wanted = {"moco-v1", "moco-v2"}
    page.wait_for_function("() => document.querySelectorAll('[data-f][hidden]').length > 5")
    found = set(fitting(page))
    assert wanted <= found
    assert all(paper in found or paper not in wanted for paper in found)
    expect(page.get_by_role("status")).to_have_text(f"{len(found)} of {len(papers())} entries")
    page.wait_for_function("() => location.search.startsWith('?q=')")
    assert query(page) == {"q": ["QUÉUE momentum"]}
    page.reload()
    wait_for(page, found)
    expect(page.get_by_role("searchbox", name="Find entries")).to_have_value("QUÉUE momentum")


def test_words_are_marked(page: Page) -> None:
    """In what shows, without regard to capitals and accents, and no longer than they are asked for."""
    marks = "[...(CSS.highlights.get('pt-found') ?? [])].map((range) => range.toString())"
    page.goto(PAGE)
    assert page.evaluate(marks) == []
    page.get_by_role("searchbox", name="Find entries").fill("QUEUE momentum")
    page.wait_for_function(f"() => {marks}.length > 3")
    assert {mark.lower() for mark in page.evaluate(marks)} == {"queue", "momentum"}
    assert page.evaluate("""[...CSS.highlights.get("pt-found")].every(
      (range) => range.startContainer.parentElement.closest("[data-f]:not([hidden])"))""")
    wait_for_query(page, q="QUEUE momentum")
    page.reload()
    page.wait_for_function(f"() => {marks}.length > 3")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"() => {marks}.length === 0")


def test_bibtex_is_not_searched_and_a_word_of_all_fields_is(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_role("searchbox", name="Find entries").fill("inproceedings")
    wait_for(page, set())
    page.get_by_role("searchbox", name="Find entries").fill("caron")
    catalogue = real_catalogue()
    by_caron = {
        str(paper.id)
        for paper in papers()
        if (reference := catalogue.reference(paper)) and "Caron" in {author.family for author in reference.authors}
    }
    # Nothing fits the word before, so the first entry that is shown again belongs to this one.
    page.wait_for_function("() => document.querySelectorAll('[data-f]:not([hidden])').length > 0")
    assert {"deepcluster", "swav", "dino"} <= by_caron <= set(fitting(page))


def test_choices_are_those_of_the_catalogue(page: Page) -> None:
    catalogue = real_catalogue()
    page.goto(PAGE)
    page.locator(".pt-filters > summary").click()
    page.get_by_role("checkbox", name="momentum encoder").check()
    tagged = {paper.id for paper in papers() if "momentum-encoder" in paper.tags}
    wait_for(page, tagged)
    page.get_by_label("Year from").select_option("2020")
    page.locator("select[name=to]").select_option("2020")
    dated = {paper.id for paper in papers() if year_of(paper, catalogue) == "2020"} & tagged
    assert 0 < len(dated) < len(tagged)
    wait_for(page, dated)
    page.get_by_label("Year from").select_option("")
    page.locator("select[name=to]").select_option("")
    page.get_by_role("checkbox", name="momentum encoder").uncheck()
    page.get_by_label("Venue").select_option("ECCV")
    wait_for(page, {paper.id for paper in papers() if (ref := catalogue.reference(paper)) and ref.venue == "ECCV"})
    page.get_by_label("Venue").select_option("")
    page.get_by_label("Relation").select_option("extends")
    wait_for(page, {str(paper.id) for paper in papers() if "extends" in paper.relations})
    page.get_by_label("Relation").select_option("extends-by")
    wait_for(page, {p.id for p in papers() if any(e.type == "extends" for e in catalogue.incoming.get(p.id, ()))})
    page.get_by_label("Relation").select_option("")
    page.get_by_role("checkbox", name=re.compile("^Code ")).check()
    page.get_by_role("checkbox", name="Results").check()
    wait_for(page, {paper.id for paper in papers() if paper.links.code and paper.results})
    wait_for_query(page, has="code,has,results")


def test_tabs_count_and_keep_their_hash(page: Page) -> None:
    page.goto(f"{TABS}?q=momentum+encoder#group-contrastive-learning-without-negatives")
    tab = page.get_by_role("tab", selected=True)
    expect(tab).to_contain_text("Without negatives")
    counts = page.get_by_role("tab").locator(".pt-count").all_inner_texts()
    assert sum(map(int, counts)) == len(fitting(page))
    page.get_by_role("tab", name="MoCo and SimCLR").click()
    page.wait_for_function("() => location.hash == '#group-contrastive-learning-two-giants'")
    assert query(page) == {"q": ["momentum encoder"]}
    page.get_by_role("searchbox", name="Find entries").fill("")
    page.wait_for_function("() => location.search == ''")
    assert page.url.endswith("#group-contrastive-learning-two-giants")


def test_the_tab_with_most_opens_when_nothing_fits_in_the_open_one(page: Page) -> None:
    page.goto(TABS)
    first = page.get_by_role("tab", selected=True).get_attribute("id")
    page.get_by_role("searchbox", name="Find entries").fill("momentum")
    page.wait_for_function("() => document.querySelectorAll('[data-f][hidden]').length > 5")
    counts = [int(count) for count in page.get_by_role("tab").locator(".pt-count").all_inner_texts()]
    assert counts[0] > 0
    assert counts[0] < max(counts), "it stays open as long as it has something"
    assert page.get_by_role("tab", selected=True).get_attribute("id") == first
    page.get_by_role("searchbox", name="Find entries").fill("centring")
    tab = page.get_by_role("tab", name="Vision Transformers")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.locator("#paper-dino")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Find entries")).to_be_focused()
    page.wait_for_function("() => location.search == '?q=centring'")
    assert page.url.endswith("#group-contrastive-learning-transformers")
    numbers = page.get_by_role("tab").locator(".pt-count").all_inner_texts()
    empty = page.locator(".pt-tab.pt-empty .pt-count").all_inner_texts()
    assert 0 < len(empty) == numbers.count("0")
    assert set(empty) == {"0"}


def test_an_address_without_a_group_opens_the_tab_with_most(page: Page) -> None:
    page.goto(f"{TABS}?q=dino&tag=vision-transformer&has=code")
    expect(page.get_by_role("status")).to_have_text(f"{len(fitting(page))} of {len(papers())} entries")
    counts = [int(count) for count in page.get_by_role("tab").locator(".pt-count").all_inner_texts()]
    expect(page.get_by_role("tab").nth(counts.index(max(counts)))).to_have_attribute("aria-selected", "true")


def test_what_fits_in_another_tab_than_the_chosen_one_is_said(page: Page) -> None:
    """Who asks for a tab, in the address or by hand, gets that one."""
    page.goto(f"{TABS}?q=dino&tag=vision-transformer&has=code#group-contrastive-learning-two-giants")
    status = page.get_by_role("status")
    count = len(fitting(page))
    assert count > 0
    expect(status).to_have_text(f"Nothing in the open tab; {count} in others")
    page.get_by_role("tab", name="Vision Transformers").click()
    expect(status).to_have_text(f"{count} of {len(papers())} entries")
    expect(page.locator("#paper-dino")).to_be_visible()
    page.get_by_role("tab", name="Without negatives").click()
    expect(status).to_have_text(f"Nothing in the open tab; {count} in others")


def test_nothing_found_is_said_and_has_a_way_back(page: Page) -> None:
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    page.get_by_role("searchbox", name="Find entries").fill("no such words anywhere")
    status = page.get_by_role("status")
    expect(status).to_have_text("Nothing fits all of this")
    assert fitting(page) == []
    page.get_by_role("button", name="Show all").click()
    wait_for(page, {str(paper.id) for paper in papers()})
    expect(page.get_by_role("searchbox", name="Find entries")).to_be_focused()
    expect(status).to_have_text(f"{len(papers())} entries")
    page.wait_for_function("() => location.search == ''")


def test_a_link_to_a_hidden_paper_shows_it(page: Page) -> None:
    page.goto(f"{TABS}?q=swav")
    page.get_by_role("tab", name="MoCo and SimCLR").click()
    page.locator(".pt-intro a[href='#paper-cpc-v2']").click()
    expect(page.locator("#paper-cpc-v2")).to_be_in_viewport()
    assert len(fitting(page)) == len(papers())
    page.goto("about:blank")
    page.goto(f"{TABS}?q=swav#paper-byol")
    expect(page.locator("#paper-byol")).to_be_in_viewport()


@pytest.mark.parametrize("name", [PAGE, TABS])
def test_an_order_goes_across_groups(page: Page, name: str) -> None:
    page.goto(f"{name}?sort=name")
    cards = page.locator(".pt-view:has(> .pt-filter) .pt-card:visible")
    names = cards.locator(".pt-name").evaluate_all("all => all.map((name) => name.firstChild.data)")
    assert names == sorted((str(paper.name) for paper in papers()), key=str.casefold)
    assert page.locator(".pt-section:visible, .pt-tab:visible, .pt-jump:visible").count() == 0
    page.locator("select[name=sort]").select_option("-year")
    page.wait_for_function("() => location.search == '?sort=-year'")
    dates = cards.evaluate_all("all => all.map((card) => card.dataset.f.split(',')[5])")
    assert len(dates) == len(names)
    assert dates == sorted(dates, reverse=True)
    page.locator("select[name=sort]").select_option("")
    page.wait_for_function("() => location.search == ''")
    assert fitting(page) == [paper.id for paper in papers()]
    assert page.locator(".pt-section:visible").count() > 0


def test_a_link_to_a_group_leads_back_from_an_order(page: Page) -> None:
    page.goto(f"{PAGE}?sort=-year")
    page.evaluate("document.querySelector('.pt-jump a[href$=transformers]').click()")
    expect(page.locator("#group-contrastive-learning-transformers")).to_be_in_viewport()
    page.wait_for_function("() => location.search == ''")


def test_the_list_of_all_methods(page: Page) -> None:
    page.goto(LIST)
    count = len(real_catalogue().papers)
    expect(page.get_by_role("status")).to_have_text(f"{count} entries")
    page.get_by_role("searchbox", name="Find entries").fill("moco")
    expect(page.get_by_role("status")).not_to_have_text(f"{count} entries")
    shelves = page.locator(".pt-shelf:visible")
    assert shelves.count() < 10
    assert page.locator(".pt-jump li:visible").count() == shelves.count()
    page.goto("html/methods/by-tag.html?tag=queue")
    tagged = {paper.id for paper in real_catalogue().papers.values() if "queue" in paper.tags}
    expect(page.get_by_role("status")).to_have_text(f"{len(tagged)} of {count} entries")
    assert set(fitting(page)) == tagged  # some stand under several tags, and count once


def test_chinese_words_are_found(page: Page) -> None:
    page.goto("html-zh_CN/surveys/contrastive-learning.html")
    page.get_by_role("searchbox").fill("动量编码器")
    page.wait_for_function("() => document.querySelectorAll('[data-f][hidden]').length > 0")
    tagged = {str(paper.id) for paper in papers() if "momentum-encoder" in paper.tags}
    assert tagged <= set(fitting(page))
    expect(page.get_by_role("status")).to_contain_text(f"{len(papers())} 个条目中的")


def test_headings_sort_the_rows_of_a_table(page: Page) -> None:
    page.goto("html/guide/paper-table.html")
    table = page.locator("table.pt-table").first
    rows = table.locator("tr.pt-row .pt-published")
    dates = "(cells) => cells.map((cell) => cell.dataset.sort)"
    listed = rows.evaluate_all(dates)
    head = table.get_by_role("columnheader", name="Published")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    groups = table.locator("tbody").evaluate_all(
        "(bodies) => bodies.map((body) => [...body.querySelectorAll('.pt-published')].map((e) => e.dataset.sort))"
    )
    assert all(group == sorted(group) for group in groups)
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert "order=-date" in page.url
    page.reload()
    expect(head).to_have_attribute("aria-sort", "descending")
    head.get_by_role("button").click()
    expect(head).not_to_have_attribute("aria-sort", "descending")
    assert rows.evaluate_all(dates) == listed
    assert all(
        table.locator("tbody").evaluate_all("(bodies) => bodies.map((b) => b.rows[0].className.includes('rowhead'))")
    )


@pytest.mark.chromium("no scripts")
def test_without_a_script_there_is_no_bar(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    for address in (PAGE, LIST):
        page.goto(f"{address}?q=nothing")
        expect(page.locator("form.pt-filter")).to_be_hidden()
        assert page.locator("[data-f]").count() >= len(papers())


@pytest.mark.chromium("paper")
def test_the_printer_gets_no_bar(page: Page) -> None:
    page.goto(PAGE)
    expect(page.locator("form.pt-filter")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form.pt-filter")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_the_open_bar_fits_a_phone(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    for address in (PAGE, LIST, "html-zh_CN/methods/by-tag.html"):
        page.goto(address)
        page.locator(".pt-filters > summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
