"""Paper: what a survey's page looks like when it is printed, and what the text of that is."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import NewPage

pytestmark = [pytest.mark.browser, pytest.mark.chromium("paper")]

THEMES: Final = {"furo": "html/surveys/contrastive-learning.html", "pydata": "pydata-en/surveys/alpha.html"}
LINEAGES: Final = {"html/surveys/diffusion-models.html": 1, "html-zh_CN/surveys/video-understanding.html": 0}
"""Pages with a wide drawing, and how many sheets of each lie on their side."""
_COLOUR: Final = """(name) => {
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const light = (colour) => {
    pen.fillStyle = "#fff"; pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return [...document.querySelectorAll(name)].map((one) => light(getComputedStyle(one).color));
}"""


def printed(page: Page) -> PdfReader:
    """Return the page as Chromium prints it."""
    return PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def text(pdf: PdfReader) -> str:
    """Return the letters of a printed page: where lines and words end is the printer's business."""
    return packed("".join(page.extract_text() for page in pdf.pages))


def packed(words: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]", "", words)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_the_name_and_the_text_of_every_method(new_page: NewPage, theme: str, *, script: bool) -> None:
    """Of every tab, also where nothing has opened it."""
    page = new_page(java_script_enabled=script)
    page.goto(THEMES[theme])
    cards = page.locator(".pt-card")
    names = cards.locator(".pt-name").evaluate_all("""all => all.map((one) => {
      const name = one.cloneNode(true);
      name.querySelector(".headerlink")?.remove();
      return name.textContent;
    })""")
    assert len(names) > 3
    found = text(printed(page))
    summaries = cards.locator(".pt-summary").evaluate_all("all => all.map((one) => one.firstChild.textContent)")
    for words in (*names, *summaries):
        assert packed(words)[:30] in found, words


@pytest.mark.parametrize("theme", THEMES)
def test_what_was_closed_is_closed_after_printing(page: Page, theme: str) -> None:
    page.goto(THEMES[theme])
    page.get_by_role("tab").last.click()
    closed = page.locator(".pt-tabs > .sd-tab-content[hidden]")
    before = closed.evaluate_all("all => all.map((one) => one.textContent)")
    printed(page)
    assert closed.evaluate_all("all => all.map((one) => one.textContent)") == before != []


@pytest.mark.parametrize(("place", "turned"), LINEAGES.items())
def test_a_wide_drawing_lies_on_its_side_or_is_left_out_and_its_list_follows(
    page: Page, place: str, turned: int
) -> None:
    """The latter where it would be too small there; its list follows in any case."""
    page.goto(place)
    entries = page.locator(".pt-family > ul > li > a, .pt-family > ul > li > :first-child").all_text_contents()
    assert len(entries) > 20
    pdf = printed(page)
    _, _, after = text(pdf).partition(packed(page.locator(".pt-family > summary").inner_text()))
    assert [entry for entry in entries if packed(entry) not in after] == []
    wide = [sheet for sheet in pdf.pages if sheet.mediabox.width > sheet.mediabox.height]
    assert len(wide) == turned
    assert all(entries[0] in sheet.extract_text() for sheet in wide)
    page.emulate_media(media="print")
    assert page.locator(".pt-lineage svg").last.is_visible() == bool(turned)


@pytest.mark.parametrize("place", [THEMES["furo"], "html/results/index.html"])
def test_drawings_are_printed(page: Page, place: str) -> None:
    """Though they bear a class that themes do not print."""
    page.goto(place)
    page.emulate_media(media="print")
    drawings = page.locator(".pt-scroll > svg")
    assert drawings.count() > 0
    assert all(drawings.evaluate_all("all => all.map((one) => one.checkVisibility())"))


@pytest.mark.parametrize("theme", THEMES)
def test_a_dark_page_is_printed_dark_on_white(new_page: NewPage, theme: str) -> None:
    page = new_page(color_scheme="dark")
    page.goto(THEMES[theme])
    parts = ".pt-name, .pt-summary, .pt-published, .pt-relations dd, .pt-tag, .pt-title, .pt-cites a"
    on_screen = page.evaluate(_COLOUR, ".pt-summary")
    page.emulate_media(media="print", color_scheme="dark")
    on_paper = page.evaluate(_COLOUR, parts)
    assert min(on_screen) > 0.7, "it was dark"
    assert max(on_paper) < 0.5


@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_every_panel_under_its_name(page: Page, theme: str) -> None:
    page.goto(THEMES[theme])
    page.emulate_media(media="print")
    assert page.locator(".pt-card").count() > 3
    for name in (".pt-card .pt-name", ".pt-tab-title"):
        assert all(page.locator(name).evaluate_all("all => all.map((one) => one.checkVisibility())")), name
    assert (
        page.locator(".pt-tablist, .pt-bibtex, .pt-copy").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).length"
        )
        == 0
    )
