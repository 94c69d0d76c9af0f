"""Paper: what a survey's page looks like when it is printed, and what the text of that is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from tests.support.browsing import TABS as TABS_SITE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.support.browsers import Browsers
    from tests.support.browsing import NewPage

pytestmark = [pytest.mark.browser, pytest.mark.chromium("paper")]

THEMES: Final = {"furo": "html/surveys/contrastive-learning.html", "pydata": "pydata-en/surveys/alpha.html"}
TABS: Final = {**THEMES, "furo": f"{TABS_SITE}/surveys/contrastive-learning.html"}
"""Surveys in tabs."""
LINEAGES: Final = {
    "html/surveys/contrastive-learning.html": 1,
    "html/surveys/video-understanding.html": 1,
    "html/methods/map.html": 0,
}
"""Pages with a wide drawing, and how many sheets of each lie on their side."""
FIXED: Final = """() => [...document.querySelectorAll("body *")].filter((one) =>
  ["fixed", "sticky"].includes(getComputedStyle(one).position) && one.checkVisibility({visibilityProperty: true})
).map((one) => one.cloneNode().outerHTML)"""
"""What stays in sight while a page scrolls; a printer puts it on every sheet."""
KINDS: Final = {
    "furo": [
        f"html/{name}.html"
        for name in (
            "index",
            "surveys/clip",
            "methods/index",
            "methods/map",
            "results/index",
            "references",
            "guide/install",
        )
    ]
    + ["html/methods/compare.html?m=moco-v1&m=simclr-v1"],
    "pydata": [f"pydata-en/{name}.html" for name in ("index", "surveys/alpha", "surveys/names", "surveys/map")],
}
"""A page of each kind."""
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


_GUTTER: Final = (0.498, 0.502)
"""Where the two columns of a page part, as shares of its width."""
_INK: Final = bytes(shade < 0xE0 for shade in range(256))


class Print:
    """A page as Chromium prints it."""

    def __init__(self, page: Page) -> None:
        self._data = page.pdf(format="A4", prefer_css_page_size=True)

    @cached_property
    def pdf(self) -> PdfReader:
        """Its structure."""
        return PdfReader(BytesIO(self._data))

    @cached_property
    def texts(self) -> list[str]:
        """The words of each sheet."""
        found = (sheet.get_textpage().get_text_range() for sheet in PdfDocument(self._data))
        return [re.sub("[\ufffe\x02]", "-", words) for words in found]  # PDFium's signs for one at the end of a line

    @cached_property
    def text(self) -> str:
        """All letters: where lines and words end is the printer's business."""
        return packed("".join(self.texts))

    @cached_property
    def ink(self) -> list[list[bytes]]:
        """Where each sheet is not white, row by row: a byte a point, which is not zero there."""
        sheets = []
        for sheet in PdfDocument(self._data):
            bitmap = sheet.render(scale=1, grayscale=True)
            rows, width, stride = bytes(bitmap.buffer).translate(_INK), bitmap.width, bitmap.stride
            sheets.append([rows[y : y + width] for y in range(0, len(rows), stride)])
        return sheets


Printed = Callable[..., Print]


@pytest.fixture(scope="module")
def printed(browsers: Browsers, address: str) -> Printed:
    """Return what prints a page, once for all tests."""

    @cache
    def run(place: str, *, script: bool = True) -> Print:
        context = browsers.context(
            base_url=f"{address}/", viewport={"width": 1280, "height": 900}, java_script_enabled=script
        )
        page = context.new_page()
        page.goto(place)
        found = Print(page)
        context.close()
        return found

    return run


def packed(words: str) -> str:
    """Return *words* without what a printer or a font changes: some have one sign for two letters."""
    return re.sub(r"[\s\u00ad\u200b]", "", unicodedata.normalize("NFKC", words))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_the_name_and_the_text_of_every_method(
    new_page: NewPage, printed: Printed, theme: str, *, script: bool
) -> None:
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
    found = printed(THEMES[theme], script=script).text
    summaries = cards.locator(".pt-summary").evaluate_all("all => all.map((one) => one.firstChild.textContent)")
    for words in (*names, *summaries):
        assert packed(words)[:30] in found, words


@pytest.mark.parametrize("theme", TABS)
def test_what_was_closed_is_closed_after_printing(page: Page, theme: str) -> None:
    page.goto(TABS[theme])
    page.get_by_role("tab").nth(1).click()  # the last one opens all
    closed = page.locator(".pt-tabs > .sd-tab-content[hidden]")
    before = closed.evaluate_all("all => all.map((one) => one.textContent)")
    Print(page)
    assert closed.evaluate_all("all => all.map((one) => one.textContent)") == before != []


@pytest.mark.parametrize(("place", "turned"), LINEAGES.items())
def test_a_wide_drawing_lies_on_its_side_or_is_left_out_and_its_list_follows(
    page: Page, printed: Printed, place: str, turned: int
) -> None:
    """The latter where it would be too small there; its list follows in any case, and says what it is only there.

    In English: a machine that builds sites need not have the fonts to print Chinese.
    """
    page.goto(place)
    entries = page.locator(".pt-family > ul > li > a, .pt-family > ul > li > :first-child").all_text_contents()
    assert len(entries) > 20
    summary = packed(page.locator(".pt-family > summary").inner_text())
    sheets = printed(place)
    found = sheets.text
    assert (summary in found) == bool(turned)
    # Methods stand in the story and on cards too: the list is where all of them follow each other.
    (listed,) = re.findall(".*?".join(rf"{re.escape(packed(name))}\d*\(" for name in entries), found)
    assert len(listed) < 80 * len(entries)
    boxes = [sheet.mediabox for sheet in sheets.pdf.pages]
    wide = [words for words, box in zip(sheets.texts, boxes, strict=True) if box.width > box.height]
    assert len(wide) == turned
    assert all(entries[0] in words for words in wide)
    page.emulate_media(media="print")
    assert page.locator(".pt-lineage .pt-scroll > svg").is_visible() == bool(turned)
    assert page.locator(".pt-upright").is_hidden()


def test_a_list_in_chinese_is_there_on_paper(page: Page) -> None:
    page.goto("html-zh_CN/methods/map.html")
    page.emulate_media(media="print")
    entries = page.locator(".pt-family > ul > li")
    assert entries.count() > 20
    assert all(entries.evaluate_all("all => all.map((one) => one.offsetHeight > 0)"))
    assert page.locator(".pt-lineage .pt-scroll > svg").is_hidden()


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_that_is_fixed_to_a_window_is_printed(page: Page, theme: str) -> None:
    """Wherever the reader is on the page, and whatever has the focus, on a laptop and on a phone."""
    on_screen: dict[int, list[str]] = {1280: [], 390: []}
    for name in KINDS[theme]:
        page.goto(name)
        page.keyboard.press("Tab")
        for width, found in on_screen.items():
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("scrollTo(0, 2000); scrollTo(0, 1500)")  # upwards, which brings buttons back to the top
            found.extend(page.evaluate(FIXED))
            page.emulate_media(media="print")
            assert page.evaluate(FIXED) == [], (name, width)
            assert page.locator("h1").is_visible(), (name, width)
        page.emulate_media(media="screen")
    assert all(on_screen.values())


@pytest.mark.parametrize("theme", THEMES)
def test_paper_says_nothing_that_only_a_screen_can_do(page: Page, printed: Printed, theme: str) -> None:
    page.goto(THEMES[theme])
    names = page.locator(".pt-side").all_text_contents()
    words = [*map(packed, names), "Skipto", "Backtotop", "Inthelineage", "Editthisentry"]
    on_screen = packed(page.locator("body").text_content() or "")
    assert [word for word in words if word in on_screen]
    found = printed(THEMES[theme]).text
    assert [word for word in words if word in found] == []
    assert [sign for sign in "▶▸▼▾" if sign in found] == [], "what opens and closes"


@pytest.mark.parametrize("theme", THEMES)
def test_authors_are_printed_once(page: Page, theme: str) -> None:
    """All of them, and not their short form as well."""
    page.goto(THEMES[theme])
    page.emulate_media(media="print")
    folded = page.locator(".pt-authors:not([lang])")
    assert folded.count() > 0
    assert folded.evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 0


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
    parts = ".pt-name, .pt-summary, .pt-published, .pt-relations dd, .pt-tags li, .pt-title, a.pt-cite"
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
    for name in (".pt-card[id] .pt-name", ".pt-tab-title"):
        assert all(page.locator(name).evaluate_all("all => all.map((one) => one.checkVisibility())")), name
    assert (
        page.locator(".pt-tablist, .pt-bibtex, .pt-copy").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).length"
        )
        == 0
    )


def test_no_card_is_printed_twice(page: Page) -> None:
    """It failed before: what shows readers of a screen, above the story, what a card is, follows on paper anyway."""
    page.goto(THEMES["furo"])
    cards = page.locator(".pt-card:visible")
    names = "all => all.map((one) => one.dataset.paper)"
    assert len({*cards.evaluate_all(names)}) < cards.count()
    page.emulate_media(media="print")
    printed = cards.evaluate_all(names)
    assert sorted({*printed}) == sorted(printed) != []
    assert page.locator("p:visible", has_text="such as this one").count() == 0


@pytest.mark.parametrize("place", [THEMES["furo"], "html-zh_CN/surveys/contrastive-learning.html"])
def test_cards_are_in_two_columns_and_the_story_in_one(printed: Printed, place: str) -> None:
    """Told from the picture: a third of the sheets have cards alone, and a white gutter from top to bottom."""
    sheets = printed(place).ink
    is_parted = []
    for sheet in sheets:
        left, right = (round(share * len(sheet[0])) for share in _GUTTER)
        lines = [row for row in sheet[: int(len(sheet) * 0.93)] if any(row)]  # its number stands below
        is_parted.append(not any(any(row[left : right + 1]) for row in lines))
    assert is_parted[0] is False, "the story"
    assert sum(is_parted) > len(sheets) / 3
    sides = [
        {any(row[: len(row) // 2]) for row in sheet} & {any(row[len(row) // 2 :]) for row in sheet} for sheet in sheets
    ]
    assert all(True in side for side in sides), "both columns are used"


@pytest.mark.parametrize("place", [THEMES["furo"], "html/results/index.html", "html/methods/index.html"])
def test_no_sheet_is_cut_off_or_left_empty(printed: Printed, place: str) -> None:
    """What a printer takes for one piece is cut off at the end of a sheet, or leaves the sheet before it empty."""
    sheets = printed(place).ink
    for number, sheet in enumerate(sheets):
        height, width = len(sheet), len(sheet[0])
        margin = round(min(height, width) * 12 / 210)
        assert not any(any(row) for row in sheet[:margin]), number
        assert not any(any(row[:margin]) or any(row[-margin:]) for row in sheet), number
        inked = [y for y, row in enumerate(sheet[: int(height * 0.93)]) if any(row)]
        assert inked, number
        if number + 1 < len(sheets) and len(sheets[number + 1]) >= height:  # one on its side begins anew
            assert inked[-1] > height / 4, number


def test_a_survey_is_no_thicker_than_an_article_with_its_appendix(page: Page, printed: Printed) -> None:
    """With the cards below each other, it had more than one sheet an entry."""
    page.goto(THEMES["furo"])
    entries = page.locator(".pt-card").count()
    assert len(printed(THEMES["furo"]).texts) < 0.75 * entries


def test_a_name_is_followed_by_the_number_of_its_entry_and_leads_there(page: Page, printed: Printed) -> None:
    page.goto(THEMES["furo"])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheets = printed(THEMES["furo"])
    found, pdf = sheets.text, sheets.pdf
    names = page.locator(".pt-card[id] .pt-name")
    numbers = names.evaluate_all("all => all.map((one) => [one.dataset.number, one.firstChild.textContent])")
    assert [number for number, _name in numbers] == [str(one + 1) for one in range(len(numbers))]
    for number, name in numbers:
        assert packed(f"{number}{name}") in found
    first = page.locator(".pt-steps a[href^='#']").first
    target = page.locator(first.get_attribute("href") or "")
    assert first.get_attribute("data-number") == target.get_attribute("data-number")
    assert packed(f"{first.inner_text()}{first.get_attribute('data-number')}") in found
    links = [note.get_object() for sheet in pdf.pages for note in sheet.get("/Annots") or []]
    within = {str(link["/Dest"]).removeprefix("/") for link in links if "/Dest" in link}
    assert len(within) > len(numbers) / 2
    assert within <= {name.removeprefix("/") for name in pdf.named_destinations}


def test_paper_says_the_address_of_what_a_card_links_to(page: Page, printed: Printed) -> None:
    page.goto(THEMES["furo"])
    found = printed(THEMES["furo"]).text
    addresses = page.locator(".pt-card .pt-links a[href^=http]:visible").evaluate_all(
        "all => all.map((one) => one.href)"
    )
    assert len(addresses) > 20
    assert [address for address in addresses if packed(address) not in found] == []
