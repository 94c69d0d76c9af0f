"""Labels such as "He et al., 2020" in the language of the build, wherever one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.util.inventory import InventoryFile
from tests.support.sites import BIB, PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

MORE = """
@misc{open2021many,
  author = {Bell, Amy and others},
  title = {Many Hands},
  year = {2021},
  url = {https://paper.example/many},
}
"""
EXTRA = "# Extra\n\n```{paper-table}\n- {id: many, name: Many, cite: open2021many, summary: By many.}\n```\n"
FILES = {**PAGES, "surveys/extra.md": EXTRA, "refs.bib": BIB + MORE}
WORDS = {
    "en": ("Lee et al.", "Kim and Moreau", "Bell et al.", "et al.", ", "),
    "zh_CN": ("Lee 等", "Kim 和 Moreau", "Bell 等", "等", "，"),
}


def in_language(path: Path, language: str) -> Site:
    return small_site(path, FILES, f'language = "{language}"\n')


@pytest.fixture(scope="module", params=WORDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, tuple[str, ...]]:
    """A site in each language, with the words that it has to show."""
    site = in_language(tmp_path_factory.mktemp("words"), request.param)
    assert warnings(site.build(), site.source) == []
    return site, WORDS[request.param]


def test_cards_show_authors_labels_and_sources_of_results(built: tuple[Site, tuple[str, ...]]) -> None:
    site, (many, two, unnamed, others, comma) = built
    page = soup(site.output() / "surveys" / "alpha.html")
    assert [item.get_text() for item in page.select("#paper-one .pt-authors")] == [many]
    assert [item.get_text() for item in page.select("#paper-one .pt-cite")] == [f"[{many}{comma}2020]"]
    assert [item.get_text() for item in page.select("#paper-one .pt-results small a")] == [f"{many}{comma}2020"]
    assert [item.get_text() for item in page.select("#paper-two .pt-cite")] == [f"[{two}{comma}2018]"]
    extra = soup(site.output() / "surveys" / "extra.html")
    assert [item.get_text() for item in extra.select(".pt-cite")] == [f"[{unnamed}{comma}2021]"]
    assert [item.get_text() for item in extra.select(".pt-authors")] == [f"Amy Bell, {others}"]


def test_names_are_marked_as_latin_text_and_the_words_between_them_are_not(
    built: tuple[Site, tuple[str, ...]],
) -> None:
    site, _ = built
    card = soup(site.output() / "surveys" / "alpha.html").select_one("#paper-one")
    assert card is not None
    assert [item.get_text() for item in card.select(".pt-all[lang=en]")] == ["Ann Lee, Bo Park, Cem Vogel, Di Yu"]
    assert card.select_one(".pt-authors[lang]") is None


def test_the_inventory_has_the_labels_of_the_language(built: tuple[Site, tuple[str, ...]]) -> None:
    site, (many, two, unnamed, _, comma) = built
    labels = InventoryFile.loads((site.output() / "objects.inv").read_bytes(), uri="").data["std:label"]
    assert {name: labels[name].display_name for name in labels if name.startswith("cite-")} == {
        "cite-lee2020one": f"{many}{comma}2020",
        "cite-kim2018zero": f"{two}{comma}2018",
        "cite-open2021many": f"{unnamed}{comma}2021",
    }


def test_builders_without_html_show_the_same_labels(tmp_path: Path) -> None:
    site = in_language(tmp_path, "zh_CN")
    assert warnings(site.build("text"), site.source) == []
    text = (site.output("text") / "surveys" / "alpha.txt").read_text("utf-8")
    assert "[Lee 等，2020]" in text
    assert "（Lee 等，2020，表 1）" in text
    assert "Lee et al." not in text


def test_a_reference_that_no_page_lists_has_its_label_too(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**FILES, "references.md": "# References\n"})
    site.options = ["-D", "language=zh_CN"]
    site.build()
    page = soup(site.output() / "surveys" / "alpha.html")
    assert "[Lee 等，2020]" in page.select_one("#paper-one .pt-cite").get_text()  # type: ignore[union-attr]


def test_another_language_in_the_same_directory_has_its_own_labels(tmp_path: Path) -> None:
    site = in_language(tmp_path, "en")
    for language, label in (("en", "[Lee et al., 2020]"), ("zh_CN", "[Lee 等，2020]"), ("en", "[Lee et al., 2020]")):
        site.options = ["-D", f"language={language}"]
        site.build()
        page = soup(site.output() / "surveys" / "alpha.html")
        assert [item.get_text() for item in page.select("#paper-one .pt-cite")] == [label]
