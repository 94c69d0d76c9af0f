"""The directive survey-sources: days of review, publications, and where numbers were read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import INDEX, PAGES, real_catalogue, small_site, soup, warnings

from sphinx_paper_table.features.sources.query import Sources, SourcesQuery

if TYPE_CHECKING:
    from pathlib import Path

INDEX_WITH = INDEX.replace("references\n", "references\npage\n")


def directive(argument: str, suffix: str = ".md") -> str:
    if suffix == ".md":
        return f"# Page\n\n```{{survey-sources}} {argument}\n```\n"
    return f"Page\n====\n\n.. survey-sources:: {argument}\n"


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_it_says_when_and_by_what_and_follows_the_records(tmp_path: Path, suffix: str) -> None:
    site = small_site(tmp_path, {**PAGES, "index.md": INDEX_WITH, f"page{suffix}": directive("alpha", suffix)})
    for builder in ("html", "text", "latex"):
        assert warnings(site.build(builder), site.source) == [], builder
    page = soup(site.output() / "page.html").get_text()
    assert "Entries: 7; publications cited: 2" in page
    wait_for_clock()
    text = site.read("surveys/alpha.yaml")
    edited = text.replace("added: '2026-01-10'", "added: '2026-01-10'\n    reviewed: '2026-02-03'")
    elsewhere = r"\1source: https://github.com/a/b/blob/HEAD/README.md\n\1date: 2020-05"
    edited = re.sub("( +)source: lee2020one", elsewhere, edited)
    site.write("surveys/alpha.yaml", edited)
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "page.html")
    assert "Entries: 7; last reviewed: 2026-02-03; publications cited: 2" in html.get_text()
    assert "github.com/a/b (1)" in html.get_text()
    assert html.select('a[href="https://github.com/a/b"]')
    assert warnings(site.build("latex"), site.source) == []
    tex = next(site.output("latex").glob("*.tex")).read_text("utf-8")
    link = r"\sphinxhref{https://github.com/a/b}{github.@com/@a/@b} (1)"
    assert link.replace("@", "\u200b") in tex, "lines may break within it"


def test_an_unknown_survey_is_named(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "index.md": INDEX_WITH, "page.md": directive("alfa")})
    assert warnings(site.build(), site.source) == [
        "page.md:3:21: WARNING: there is no survey 'alfa'; known are 'alpha', 'beta' [paper_table.dangling]"
    ]


def test_the_numbers_of_the_site_are_all_counted() -> None:
    catalogue = real_catalogue()
    for name in catalogue.surveys:
        found = SourcesQuery(str(name)).answer(catalogue)
        assert isinstance(found, Sources)
        assert found.oldest <= found.latest
        homes = {paper for paper, home in catalogue.homes.items() if home.survey == name}
        read = [
            result for paper in homes for result in catalogue.papers[paper].results if result.source.startswith("http")
        ]
        assert sum(count for _site, count in found.sites) == len(read)
