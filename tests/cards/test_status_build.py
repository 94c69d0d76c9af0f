"""What became of a paper stands where readers meet it, in words, and leads to what took its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import small_site, soup
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

NOTICE = "{kind: retracted, by: third, date: 2024-05, why: 'wrong <data>', source: https://a.example/notice}"
SURVEYED = edited(
    edited(SURVEY, "        name: New\n", f"        name: New\n        status: {NOTICE}\n"),
    "        name: Old\n",
    "        name: Old\n        status: superseded by new2020\n",
)
FILES = {
    "index.md": "# Start\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "cards.md": "# Cards\n\n```{paper-table} s\n:layout: cards\n:filter: on\n```\n",
    "rows.rst": "Rows\n====\n\n.. paper-table:: s\n   :layout: table\n   :no-index:\n",
    "some.rst": "Some\n====\n\n.. paper-table:: s\n   :has: status\n   :no-index:\n",
    "list.md": "# List\n\n```{paper-index} s\n```\n",
    "results.md": "# Results\n\n```{paper-results} bench\n```\n",
    "compare.md": "# Compare\n\n```{paper-compare} old new\n```\n",
    "references.md": "# References\n\n```{bibliography}\n:all:\n```\n",
    "surveys/s.yaml": SURVEYED,
    "surveys/v.yaml": VOCABULARY,
    "refs.bib": BIB,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site, built as HTML in Chinese and as text in English."""
    made = small_site(tmp_path_factory.mktemp("status"), FILES)
    made.build()
    made.build("text")
    return made


def said(path: Path, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in soup(path).select(selector)]


@pytest.mark.parametrize("name", ["cards", "rows"])
def test_a_card_says_it_first_and_links_on(site: Site, name: str) -> None:
    page = site.output() / f"{name}.html"
    assert said(page, "[data-paper=new] .pt-status") == [
        "Retracted, see third 2024-05: wrong <data> Notice about New",
    ]
    assert said(page, "[data-paper=old] .pt-status") == ["Superseded by New et al., 2020"] * 2
    assert said(page, "[data-paper=third] .pt-status") == []
    links = [str(link["href"]) for link in soup(page).select(".pt-status a")]
    assert links[0].endswith("#cite-new2020")
    assert links[1:3] == ["#paper-third" if name == "cards" else "cards.html#paper-third", "https://a.example/notice"]


def test_lists_and_rankings_mark_it(site: Site) -> None:
    assert said(site.output() / "list.html", "li .pt-state") == ["Retracted", "Superseded"]
    assert said(site.output() / "results.html", "th .pt-state") == ["Retracted"]
    assert said(site.output() / "compare.html", "[data-row=status] td") == [
        "Superseded by New et al., 2020",
        "Retracted, see third",
    ]


def test_readers_select_by_it(site: Site) -> None:
    page = soup(site.output() / "cards.html")
    choices = page.select("select[name=status] option")
    assert [(choice["value"], choice.get_text()) for choice in choices] == [
        ("", "any"),
        ("retracted", "Retracted (1)"),
        ("superseded", "Superseded (1)"),
    ]
    assert {str(card["data-paper"]): str(card["data-f"]).split(",")[6] for card in page.select("[data-f]")} == {
        "old": "1",
        "new": "0",
        "third": "",
    }
    assert said(site.output() / "some.html", "[data-paper] .pt-name") != []
    assert {str(card["data-paper"]) for card in soup(site.output() / "some.html").select("[data-paper]")} == {
        "old",
        "new",
    }


def test_the_search_finds_it(site: Site) -> None:
    assert '"retract"' in (site.output() / "searchindex.js").read_text("utf-8")


def test_formats_without_cards_say_it(site: Site) -> None:
    text = (site.output("text") / "cards.txt").read_text("utf-8")
    assert "**Retracted, see third** (2024-05): wrong <data> Notice: https://a.example/notice" in " ".join(text.split())
    assert "**Superseded by New et al., 2020**" in text
    assert "[Retracted]" in (site.output("text") / "list.txt").read_text("utf-8")
    assert "[Retracted]" in (site.output("text") / "results.txt").read_text("utf-8")


def test_lists_of_references_say_it(site: Site) -> None:
    page = site.output() / "references.html"
    assert said(page, ".citation > .reference-status") == [
        "Retracted, see third (2024-05): wrong <data> Notice",
        "Superseded by New et al., 2020",
    ]
    links = [str(link["href"]) for link in soup(page).select(".reference-status a")]
    assert links == ["cards.html#paper-third", "https://a.example/notice", "#cite-new2020"]
    text = " ".join((site.output("text") / "references.txt").read_text("utf-8").split())
    assert "**Retracted, see third** (2024-05): wrong <data> Notice: https://a.example/notice" in text


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_a_list_of_references_is_written_again_when_a_status_changes(tmp_path: Path, builder: str) -> None:
    """No page is read again: the list shows no record. In Chinese, and in a list without labels too."""
    listed = "# References\n\n```{bibliography}\n:all:\n```\n\n```{bibliography}\n:all:\n:list: bullet\n```\n"
    files = {name: FILES[name] for name in FILES if name.startswith(("surveys", "refs"))}
    files |= {"index.md": "# Start\n\n```{toctree}\nreferences\n```\n", "references.md": listed}
    conf = 'language = "zh_CN"\nsuppress_warnings = ["bibtex", "paper_table"]\n'
    site = small_site(tmp_path / "edited", files, conf)
    site.build(builder)
    (found,) = site.output(builder).glob("references.html" if builder == "html" else "*.tex")
    assert found.read_text("utf-8").count("已撤稿") == 2
    site.replace("surveys/s.yaml", NOTICE, "withdrawn")
    site.build(builder)
    clean = small_site(tmp_path / "clean", {**files, "surveys/s.yaml": site.read("surveys/s.yaml")}, conf)
    clean.build(builder)
    text = found.read_text("utf-8")
    assert text == (clean.output(builder) / found.name).read_text("utf-8")
    assert ("已撤稿" in text, "已撤回" in text) == (False, True)


def test_a_page_follows_what_took_the_place(site: Site) -> None:
    site.replace("surveys/s.yaml", "        name: third\n", "        name: Third one\n")
    site.build()
    assert said(site.output() / "cards.html", "[data-paper=new] .pt-status")[0].startswith("Retracted, see Third one")
