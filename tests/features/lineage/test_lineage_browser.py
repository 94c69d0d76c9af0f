"""Lineages light up what belongs together, for mouse, keys, touch and address, and need no script to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

CONTRASTIVE = "html/surveys/contrastive-learning.html"
SVG = "#lineage-contrastive-learning .pt-scroll > svg"


def box(page: Page, paper: str) -> Locator:
    return page.locator(f'{SVG} [data-member="{paper}"]')


def lit(page: Page) -> set[str]:
    """Return the methods that stand out, after proof that exactly the lines between them do."""
    state = page.evaluate(f"""() => {{
      const svg = document.querySelector("{SVG}");
      const bonds = [...svg.querySelectorAll(".pt-bond")];
      return {{
        dim: svg.classList.contains("pt-dim"),
        members: [...svg.querySelectorAll("[data-member].pt-lit")].map((box) => box.dataset.member),
        lines: bonds.filter((bond) => bond.matches(".pt-lit")).map((bond) => [bond.dataset.from, bond.dataset.to]),
        faint: [...svg.querySelectorAll(".pt-bond, [data-member]")].filter((part) => getComputedStyle(part).opacity < 1)
          .every((part) => !part.matches(".pt-lit")),
      }};
    }}""")
    assert state["faint"]
    assert state["dim"] == bool(state["members"])
    members = set(state["members"])
    assert all({*line} <= members for line in state["lines"])
    return members


def related(page: Page, paper: str) -> set[str]:
    """Return a method with its ancestors and descendants, from the attributes of the lines."""
    bonds = page.eval_on_selector_all(
        f"{SVG} .pt-bond", "all => all.map((bond) => [bond.dataset.from, bond.dataset.to])"
    )
    found = {paper}
    for near, far in ((0, 1), (1, 0)):
        reached = {paper}
        while more := {bond[far] for bond in bonds if bond[near] in reached} - reached:
            reached |= more
        found |= reached
    return found


def test_pointing_to_a_method_lights_its_ancestors_and_descendants(page: Page) -> None:
    page.goto(CONTRASTIVE)
    assert lit(page) == set()
    box(page, "moco-v1").hover()
    found = lit(page)
    assert found == related(page, "moco-v1")
    assert {"instdisc", "moco-v2", "moco-v3"} <= found
    assert "deepcluster" not in found
    page.mouse.move(5, 5)
    assert lit(page) == set()


def test_so_does_the_focus(page: Page) -> None:
    page.goto(CONTRASTIVE)
    box(page, "swav").focus()
    assert lit(page) == related(page, "swav") >= {"deepcluster", "swav", "dino"}
    box(page, "simsiam").focus()
    assert lit(page) == related(page, "simsiam")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    assert lit(page) == set()


@pytest.mark.chromium("touch")
def test_the_first_touch_lights_and_the_second_follows(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(CONTRASTIVE)
    box(page, "instdisc").scroll_into_view_if_needed()
    box(page, "instdisc").tap()
    assert lit(page) == related(page, "instdisc")
    assert "#" not in page.url
    box(page, "instdisc").tap()
    page.wait_for_url("**#paper-instdisc")


@pytest.mark.chromium("touch")
def test_a_touch_beside_the_methods_ends_it(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(CONTRASTIVE)
    box(page, "instdisc").tap()
    assert lit(page)
    page.locator(SVG).tap(position={"x": 30, "y": 30})
    assert lit(page) == set()


def test_a_card_leads_to_its_method_in_the_drawing(page: Page) -> None:
    page.goto(f"{CONTRASTIVE}#paper-byol")
    page.locator("#paper-byol .pt-details > summary").click()
    page.locator("#paper-byol .pt-drawn a").click()
    page.mouse.move(1, 1)  # off the drawing that has come under it
    page.wait_for_url("**#lineage-contrastive-learning--byol")
    page.wait_for_function(f'() => document.querySelector("{SVG}").classList.contains("pt-dim")')
    assert lit(page) == related(page, "byol")
    assert box(page, "byol").evaluate("box => box.classList.contains('pt-self')")
    place = box(page, "byol").bounding_box()
    assert place
    assert 0 <= place["y"] <= 900
    page.keyboard.press("Escape")
    assert lit(page) == set()


def test_an_address_lights_at_once_also_in_chinese(page: Page) -> None:
    page.goto(f"html-zh_CN{CONTRASTIVE[4:]}#lineage-contrastive-learning--dino")
    assert lit(page) == related(page, "dino")
    assert "指向或轻触一个方框" in page.locator(".pt-lineage figcaption").inner_text()


@pytest.mark.chromium("no scripts")
def test_without_a_script_everything_is_there_and_linked(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(CONTRASTIVE)
    assert box(page, "moco-v1").get_attribute("href") == "#paper-moco-v1"
    assert "指向" not in page.locator(".pt-lineage figcaption").inner_text()
    assert "touch" not in page.locator(".pt-lineage figcaption").inner_text()


@pytest.mark.parametrize("place", [CONTRASTIVE, "html/methods/map.html", "html/results/index.html"])
def test_drawings_scroll_and_never_widen_a_phone_s_page(new_page: NewPage, place: str) -> None:
    """Their text keeps its 13 px."""
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto(place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.eval_on_selector_all(
        ".pt-scroll > svg",
        """all => all.filter((svg) => svg.checkVisibility() && !svg.closest("figure[id^=figure-]")).map((svg) => {
          const size = parseFloat(getComputedStyle(svg.querySelector("text")).fontSize);
          return size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        })""",
    )
    assert sizes
    assert min(sizes) >= 12.9
