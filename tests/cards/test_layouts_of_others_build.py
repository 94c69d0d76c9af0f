"""`add_paper_layout`: another extension brings a layout, and it is one like ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import ORDER, PAGES, page, small_site, soup, warnings

from sphinx_paper_table.cards.layouts import BUILT_IN, setup_layouts
from sphinx_paper_table.sphinx_host.layouts import LAYOUTS, Layout, register_layout

if TYPE_CHECKING:
    from pathlib import Path

CONF = '''
from docutils import nodes
from sphinx_paper_table import add_paper_layout


def names(view, canvas):
    """Cards one below the other, under a line that says how many there are."""
    cards = [canvas.card(entry, "card", 0) for entry in view.all_entries()]
    return [nodes.paragraph("", f"{view.count} in a list"), *cards]


def setup(app):
    app.setup_extension("sphinx_paper_table")
    add_paper_layout(app, "names", names, "one card below the other"TRAITS)
'''
INSIDE = "# Alpha\n\n````{note}\n```{paper-table} alpha\n:layout: names\n```\n````\n"


def conf(traits: str = "") -> str:
    """Return a conf.py whose layout has these traits."""
    return CONF.replace("TRAITS", f", {traits}" if traits else "")


def test_a_layout_from_outside_is_one_like_ours(tmp_path: Path) -> None:
    site = small_site(
        tmp_path, {**PAGES, "surveys/alpha.md": page("Alpha", "alpha", "layout: names", "filter: on")}, conf()
    )
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "surveys" / "alpha.html")
    assert [str(card["data-paper"]) for card in html.select("article.pt-card")] == ORDER
    assert f"{len(ORDER)} in a list" in html.get_text()
    assert html.select_one("#paper-one")
    assert html.select_one(".pt-filter select[name=sort], .pt-filter option[value=year]"), "readers choose an order"
    text = site.build(builder="text")
    assert f"{len(ORDER)} in a list" in (site.output("text") / "surveys" / "alpha.txt").read_text("utf-8"), text


def test_it_can_be_the_layout_of_a_whole_site(tmp_path: Path) -> None:
    more = conf() + "paper_table_layout = 'names'\n"
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": page("Alpha", "alpha")}, more)
    assert warnings(site.build(), site.source) == []
    assert f"{len(ORDER)} in a list" in soup(site.output() / "surveys" / "alpha.html").get_text()


def test_its_traits_are_respected(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": INSIDE}, conf("has_sections=True"))
    (said,) = warnings(site.build(), site.source)
    assert "the layout 'names' cannot stand inside other elements; 'cards' is used" in said


def test_a_name_of_ours_and_what_is_no_name_are_refused() -> None:
    with pytest.raises(ValueError, match="'two words' is not a name"):
        register_layout(Layout("two words", lambda _view, _canvas: [], ""))
    setup_layouts()
    with pytest.raises(ValueError, match=f"there is a layout '{BUILT_IN[0].name}' already"):
        register_layout(Layout(BUILT_IN[0].name, lambda _view, _canvas: [], ""))


def test_the_next_project_of_a_process_has_layouts_of_its_own() -> None:
    """A conf.py is run anew for each, and makes its functions anew."""
    layouts = (Layout("names", lambda _view, _canvas: [], ""), Layout("names", lambda _view, _canvas: [], ""))
    for layout in layouts:
        setup_layouts()
        assert {*LAYOUTS} == {built_in.name for built_in in BUILT_IN}
        register_layout(layout)
        assert LAYOUTS["names"] is layout
    setup_layouts()


def test_an_unknown_layout_is_answered_with_those_that_are_there(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": page("Alpha", "alpha", "layout: name")}, conf())
    (said,) = [line for line in warnings(site.build(), site.source) if "layout" in line]
    assert "there is no 'name'; did you mean 'names'?" in said
