"""Readers put methods side by side, and send the address to others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect
from tests.support.sites import real_catalogue

from sphinx_paper_table.features.comparison.query import compare

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

PAGE = "html/methods/compare.html"
THREE = ["moco-v1", "simclr-v1", "byol"]


def shown(page: Page) -> list[str]:
    return [text.removesuffix("✕") for text in page.locator(".pt-comparison thead th").all_inner_texts()]


def rows(page: Page) -> dict[str, list[str]]:
    """Return the visible rows by their labels; white space does not count."""
    script = """(rows) => rows.filter((row) => !row.hidden).map(
      (row) => [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, "")))"""
    return {label: cells for label, *cells in page.locator(".pt-comparison tbody tr").evaluate_all(script)}


def test_methods_are_added_and_removed_and_stand_in_the_address(page: Page) -> None:
    page.goto(PAGE)
    field, status = page.get_by_role("combobox", name="Name"), page.get_by_role("status")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    expect(page.locator(".pt-example")).to_contain_text("MoCo v1, SimCLR v1, BYOL")
    for name in ("MoCo v1", "simclr V1", "byol"):
        field.fill(name)
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert [value for _key, value in parse_qsl(urlsplit(page.url).query)] == THREE
    field.fill("no such")
    page.keyboard.press("Enter")
    expect(status).to_have_text("There is no such entry")
    field.fill("BYOL")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(status).to_have_text("It is there already")
    field.fill("DINO")
    page.keyboard.press("Enter")
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)
    field.fill("SwAV")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Four are the most; remove one first")
    page.get_by_role("button", name="Remove SimCLR v1").click()
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert shown(page) == ["MoCo v1", "BYOL", "DINO"]
    page.go_back()
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)


@pytest.mark.parametrize("language", ["html", "html-zh_CN"])
def test_an_address_shows_what_the_author_s_table_would(page: Page, language: str) -> None:
    """The guide has these three as a table of the author."""
    page.goto(f"{language}/guide/paper-table.html")
    wanted, names = rows(page), shown(page)
    page.goto(f"{language}/methods/compare.html?{'&'.join(f'm={name}' for name in THREE)}")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert shown(page) == names
    assert rows(page) == wanted
    assert len(wanted) == 10 + len(compare(THREE, real_catalogue()).benchmarks)
    page.locator(".pt-comparison thead a").first.click()
    expect(page.locator("#paper-moco-v1")).to_be_in_viewport()


def test_a_part_of_a_name_finds_all_that_begin_so_and_a_slip_what_is_like_it(page: Page) -> None:
    page.goto(PAGE)
    field, offered = page.get_by_role("combobox", name="Name"), page.locator(".pt-suggest").first
    field.fill("moco")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Which one?")
    expect(offered.locator("li")).to_have_count(4)
    page.get_by_role("button", name="All of them").click()
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    assert shown(page) == ["MoCo v1", "MoCo v2", "MoCo v3"]
    expect(page.locator(".pt-example")).to_be_hidden()
    field.fill("simcrl")
    page.keyboard.press("Enter")
    offered.get_by_role("button", name="Add SimCLR v1").click()
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)


def test_what_is_related_is_offered_with_the_reason(page: Page) -> None:
    page.goto(f"{PAGE}?m=moco-v1")
    related = page.locator(".pt-suggest").last
    expect(related).to_contain_text("Related to what stands here, or measured on the same benchmarks:")
    expect(related).to_contain_text("extends MoCo v1")
    expect(related).to_contain_text("in common")
    related.get_by_role("button", name="Add MoCo v2").click()
    expect(page.locator(".pt-comparison thead th")).to_have_count(2)
    found = rows(page)
    assert "extendsMoCov1:" in found["Keydifference"][1]
    assert page.locator("[data-row=relations] a[href*='#paper-moco-v1']").count() == 1


def test_rows_that_are_alike_can_be_left_out(page: Page) -> None:
    page.goto(f"{PAGE}?m=moco-v1&m=moco-v1&m=simclr-v1")
    expect(page.locator(".pt-comparison thead th")).to_have_count(2)
    survey = page.locator(".pt-comparison [data-row=places]")
    expect(survey).to_be_visible()
    page.get_by_label("Differences only").check()
    expect(survey).to_be_hidden()
    expect(page.locator(".pt-comparison [data-row=title]")).to_be_visible()


def test_unknown_names_in_the_address_are_said(page: Page) -> None:
    page.goto(f"{PAGE}?m=nobody&m=byol&m=__proto__")
    expect(page.locator(".pt-comparison thead th")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("There is no such entry")


def test_it_works_from_a_disk(new_page: NewPage, site: Path) -> None:
    page = new_page()
    page.goto((site / PAGE).as_uri() + "?m=clip&m=byol")
    expect(page.locator(".pt-comparison thead th")).to_have_count(2)
    page.get_by_role("combobox").fill("DINO")
    page.keyboard.press("Enter")
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)


@pytest.mark.chromium("no scripts")
def test_without_a_script_the_page_leads_to_the_list(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PAGE)
    expect(page.locator(".pt-chooser form")).to_be_hidden()
    expect(page.locator(".pt-comparison thead th")).to_have_count(3)
    page.locator(".pt-plain a").click()
    expect(page).to_have_url(f"{page.url.partition('/html/')[0]}/html/methods/index.html")


def test_four_columns_fit_a_phone_by_scrolling_in_their_frame(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{PAGE}?m=moco-v1&m=byol&m=clip&m=dino")
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 390])
def test_two_methods_are_read_side_by_side_on_a_phone(new_page: NewPage, width: int) -> None:
    """Whole, with the labels above them; more scroll, and the labels stay in sight."""
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(f"{PAGE}?m=moco-v1&m=simclr-v1")
    expect(page.locator(".pt-comparison thead th")).to_have_count(2)
    frame = page.locator(".pt-compare > .pt-scroll")
    assert frame.evaluate("(frame) => frame.scrollWidth <= frame.clientWidth")
    for row in page.locator(".pt-comparison tbody tr:not([hidden])").all():
        label, *cells = [one.bounding_box() for one in row.locator("th, td").all()]
        assert label is not None
        assert len(cells) == 2
        for cell in cells:
            assert cell is not None
            assert cell["y"] >= label["y"] + label["height"] - 1
            assert cell["x"] + cell["width"] <= width
            assert cell["width"] > width * 0.4
    page.goto(f"{PAGE}?m=moco-v1&m=simclr-v1&m=byol&m=dino")
    expect(page.locator(".pt-comparison thead th")).to_have_count(4)
    assert frame.evaluate("(frame) => frame.scrollWidth > frame.clientWidth && (frame.scrollLeft = 9999)")
    label_box = page.locator(".pt-comparison tbody th").first.bounding_box()
    assert label_box is not None
    assert label_box["x"] >= 0


@pytest.mark.parametrize("place", [f"{PAGE}?m=moco-v1&m=simclr-v1", "html/guide/paper-table.html"])
@pytest.mark.chromium("measured")
def test_on_a_phone_it_is_still_a_table_to_screen_readers(new_page: NewPage, place: str) -> None:
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto(place)
    table = page.locator(".pt-comparison")
    expect(table.locator("thead th").nth(1)).to_be_visible()
    session = page.context.new_cdp_session(page)
    handle = session.send("Runtime.evaluate", {"expression": "document.querySelector('.pt-comparison')"})
    found = session.send("Accessibility.queryAXTree", {"objectId": handle["result"]["objectId"]})["nodes"]
    roles = [node["role"]["value"] for node in found if not node["ignored"]]
    columns = table.locator("thead th").count()
    lines = table.locator("tbody tr:not([hidden])").count()
    assert roles.count("table") == 1
    assert roles.count("columnheader") == columns
    assert roles.count("rowheader") == lines
    assert roles.count("row") == lines + 1
    assert roles.count("cell") == columns * lines
