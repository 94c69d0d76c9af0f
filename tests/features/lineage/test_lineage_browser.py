"""Lineages light up what belongs together, for mouse, keys, touch and address, and need no script to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

CONTRASTIVE = "html/surveys/contrastive-learning.html"
SVG = "#lineage-contrastive-learning .pt-scroll > svg"


UPRIGHT = "#lineage-contrastive-learning .pt-upright"
READOUT = "#lineage-contrastive-learning .pt-readout"


def box(page: Page, paper: str, drawing: str = SVG) -> Locator:
    return page.locator(f'{drawing} [data-member="{paper}"]')


def lit(page: Page, drawing: str = SVG) -> set[str]:
    """Return the methods that stand out, after proof that exactly the lines between them and the chosen one do."""
    state = page.evaluate(f"""() => {{
      const svg = document.querySelector("{drawing}");
      const bonds = [...svg.querySelectorAll(".pt-bond")];
      return {{
        dim: svg.classList.contains("pt-dim"),
        self: [...svg.querySelectorAll("[data-member].pt-self")].map((box) => box.dataset.member),
        members: [...svg.querySelectorAll("[data-member].pt-lit")].map((box) => box.dataset.member),
        lines: bonds.filter((bond) => bond.matches(".pt-lit")).map((bond) => [bond.dataset.from, bond.dataset.to]),
        faint: [...svg.querySelectorAll(".pt-bond, [data-member]")].filter((part) => getComputedStyle(part).opacity < 1)
          .every((part) => !part.matches(".pt-lit")),
      }};
    }}""")
    assert state["faint"]
    assert state["dim"] == bool(state["members"])
    assert all({*state["self"]} & {*line} for line in state["lines"])
    return set(state["members"])


def related(page: Page, paper: str, drawing: str = SVG) -> set[str]:
    """Return a method with those that it follows and that follow it, from the attributes of the lines."""
    bonds = page.eval_on_selector_all(
        f"{drawing} .pt-bond", "all => all.map((bond) => [bond.dataset.from, bond.dataset.to])"
    )
    return {paper, *(end for bond in bonds if paper in bond for end in bond)}


def test_pointing_to_a_method_lights_one_step_and_says_what_it_is(page: Page) -> None:
    page.goto(CONTRASTIVE)
    assert lit(page) == set()
    box(page, "moco-v1").hover()
    found = lit(page)
    assert found == related(page, "moco-v1")
    assert {"instdisc", "moco-v2", "byol"} <= found
    assert not {"deepcluster", "moco-v3"} & found, "two steps away"
    readout = page.locator(READOUT)
    for words in ("MoCo v1", "2019-11", "MoCo and SimCLR", "a key in a dictionary", "InstDisc", "MoCo v2 – extends"):
        assert words in readout.inner_text()
    page.mouse.move(5, 5)
    assert lit(page) == set()


def test_the_drawing_is_one_stop_of_the_tab_key_and_arrows_walk_in_it(page: Page) -> None:
    page.goto(CONTRASTIVE)
    assert page.locator(f"{SVG} [data-member][tabindex='0']").count() == 1
    names = page.locator(f"{SVG} [data-member]").evaluate_all("all => all.map((one) => one.dataset.member)")
    focused = "() => document.activeElement.dataset.member"
    page.locator("#lineage-contrastive-learning .pt-scroll").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == names[0]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == names[1]
    assert lit(page) == related(page, names[1])
    page.keyboard.press("End")
    assert page.evaluate(focused) == names[-1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) not in {names[-1], None}
    page.keyboard.press("Home")
    assert page.evaluate(focused) == names[0]
    page.keyboard.press("Tab")
    assert page.evaluate(f"() => document.activeElement.closest('{READOUT}') !== null"), "what is said has links"
    page.locator("body").evaluate("() => document.activeElement.blur()")
    assert lit(page) == set()


def test_a_link_leads_past_the_drawing(page: Page) -> None:
    page.goto(CONTRASTIVE)
    page.locator(".pt-lineage .pt-skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.pt-family') !== null")


def test_it_opens_as_a_whole_or_at_the_densest_years_and_can_be_scaled(page: Page) -> None:
    page.goto(CONTRASTIVE)
    frame = page.locator("#lineage-contrastive-learning .pt-scroll")
    widths = "(frame) => [frame.clientWidth, frame.scrollWidth]"
    inner, whole = frame.evaluate(widths)
    assert whole <= inner + 1
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Larger").click()
    assert frame.evaluate(widths)[1] > inner * 1.2
    page.get_by_role("button", name="Fit to width").click()
    assert frame.evaluate(widths)[1] <= inner + 1
    page.goto("html/methods/map.html")
    frame = page.locator("#lineage-all .pt-scroll")
    seen = frame.evaluate("""(frame) => {
      const { left, right, top, bottom } = frame.getBoundingClientRect();
      return [...frame.querySelectorAll("[data-member]")].map((one) => one.getBoundingClientRect())
        .filter((one) => one.left < right && one.right > left && one.top < bottom && one.bottom > top).length;
    }""")
    assert seen >= 20, "the first sight was a single box once"
    mini = page.locator("#lineage-all .pt-mini")
    hues = mini.locator("rect:not(.pt-window)").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    assert len(set(hues)) > 4, "all were grey once, which nobody could tell from a dark page"
    before = frame.evaluate("(frame) => frame.scrollTop")
    mini.click(position={"x": 4, "y": 4})
    assert frame.evaluate("(frame) => frame.scrollTop") < before


@pytest.mark.chromium("touch")
def test_on_a_phone_time_runs_down_and_the_first_touch_lights(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(CONTRASTIVE)
    assert not page.locator(SVG).is_visible()
    places = page.locator(f"{UPRIGHT} [data-member]").evaluate_all(
        """all => all.map((one) => one.getBoundingClientRect())
          .map(({ left, right, top, height }) => [left, right, top, height])"""
    )
    assert [top for _left, _right, top, _height in places] == sorted(top for _left, _right, top, _height in places)
    assert all(left >= 0 and right <= 360 and height >= 24 for left, right, _top, height in places)
    box(page, "instdisc", UPRIGHT).tap()
    assert lit(page, UPRIGHT) == related(page, "instdisc", UPRIGHT)
    assert "#" not in page.url
    readout = page.locator(READOUT).bounding_box()
    assert readout is not None
    assert readout["y"] < 800, "what is said is in sight"
    box(page, "instdisc", UPRIGHT).tap()
    page.wait_for_url("**#paper-instdisc")


@pytest.mark.chromium("touch")
def test_a_touch_beside_the_methods_ends_it(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(CONTRASTIVE)
    box(page, "instdisc", UPRIGHT).tap()
    assert lit(page, UPRIGHT)
    page.locator(UPRIGHT).tap(position={"x": 300, "y": 10})
    assert lit(page, UPRIGHT) == set()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_card_leads_to_its_method_in_the_drawing(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    drawing = SVG if width > 640 else UPRIGHT
    page.goto(f"{CONTRASTIVE}#paper-byol")
    page.locator("#paper-byol .pt-details > summary").click()
    page.locator("#paper-byol .pt-drawn a").click()
    page.mouse.move(1, 1)  # off the drawing that has come under it
    page.wait_for_url("**#lineage-contrastive-learning--byol")
    page.wait_for_function(f'() => document.querySelector("{drawing}").classList.contains("pt-dim")')
    assert lit(page, drawing) == related(page, "byol", drawing)
    assert box(page, "byol", drawing).evaluate("box => box.classList.contains('pt-self')")
    place = box(page, "byol", drawing).bounding_box()
    assert place
    assert 0 <= place["y"] <= 900
    page.keyboard.press("Escape")
    assert lit(page, drawing) == set()


def test_an_address_lights_at_once_also_in_chinese(page: Page) -> None:
    page.goto(f"html-zh_CN{CONTRASTIVE[4:]}")
    assert "指向或轻触一个方框" in (page.locator(READOUT).text_content() or ""), "laid out or not"
    page.goto(f"html-zh_CN{CONTRASTIVE[4:]}#lineage-contrastive-learning--dino")
    page.reload()
    assert lit(page) == related(page, "dino")


@pytest.mark.chromium("no scripts")
def test_without_a_script_everything_is_there_and_linked(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(CONTRASTIVE)
    assert box(page, "moco-v1").get_attribute("href") == "#paper-moco-v1"
    assert not page.locator(".pt-tools").is_visible()
    assert "touch" not in (page.locator(".pt-lineage figure").text_content() or "touch")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.chromium("measured")
def test_marks_of_groups_stand_out(new_page: NewPage, scheme: Literal["light", "dark"]) -> None:
    """At least 3 : 1 against the page, as the pixels of a canvas say."""
    page = new_page(color_scheme=scheme)
    page.goto("html/surveys/diffusion-models.html")
    ratios = page.locator(".pt-groups-key .pt-glyph").evaluate_all("""all => all.map((glyph) => {
      const luminance = (colour) => {
        const paint = document.createElement("canvas").getContext("2d");
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const page = getComputedStyle(document.body).backgroundColor;
      const { fill, stroke } = getComputedStyle(glyph);
      const pair = [luminance(glyph.matches(".pt-hollow") ? stroke : fill), luminance(page)];
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    })""")
    assert len(ratios) > 8
    assert min(ratios) >= 3


@pytest.mark.parametrize("place", [CONTRASTIVE, "html/methods/map.html", "html/results/index.html"])
def test_drawings_scroll_and_never_widen_a_phone_s_page(new_page: NewPage, place: str) -> None:
    """Their text keeps its 13 px, or nearly so beside a wide margin of lines."""
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto(place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.eval_on_selector_all(
        ".pt-scroll > svg, .pt-upright",
        """all => all.filter((svg) => svg.checkVisibility({ visibilityProperty: true })
          && !svg.closest("figure[id^=figure-]")).map((svg) => {
          const size = parseFloat(getComputedStyle(svg.querySelector("text")).fontSize);
          return size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        })""",
    )
    assert sizes
    assert min(sizes) >= 12
