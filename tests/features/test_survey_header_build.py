"""The directive survey-header: facts, citation and the bar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from pybtex.database import parse_string
from tests.support.sites import INDEX, PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "# Alpha\n\n```{survey-header} alpha\n:authors: Lee, Ann; The Group\n```\n\nOne two three.\n\n## Lineage\n\n"
HEAD += "```{paper-lineage} alpha\n```\n\n## Methods\n\n```{paper-table} alpha\n:layout: groups\n```\n"
RESULTS = "# Results\n\n```{paper-results}\n:survey: alpha\n```\n"
SITE = {
    **PAGES,
    "surveys/alpha.md": HEAD,
    "results.md": RESULTS,
    "index.md": INDEX.replace("references\n", "references\nresults\n"),
}


def test_it_says_who_and_how_much_and_leads_to_the_parts(tmp_path: Path) -> None:
    site = small_site(tmp_path, SITE, 'html_baseurl = "https://surveys.example/en/"\n')
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "surveys" / "alpha.html")
    facts = [item.get_text() for item in html.select(".pt-header > p > span")]
    assert facts == ["Authors: Lee, Ann; The Group", "Methods: 8", "Reading time: 1 min"]
    links = [(link.get_text(), link["href"]) for link in html.select(".pt-bar a")]
    assert links == [
        ("Story", "#alpha"),
        ("Lineage", "#lineage-alpha"),
        ("Methods", "#survey-alpha"),
        ("Results", "../results.html#results-probe"),
    ]
    here = {str(item["id"]) for item in html.select("[id]")}
    assert {str(link["href"])[1:] for link in html.select(".pt-bar a[href^='#']")} <= here
    bibtex, csl, cff = (text.get_text() for text in html.select(".pt-header pre"))
    entry = parse_string(bibtex, "bibtex").entries["alpha"]
    assert [str(person) for person in entry.persons["author"]] == ["Lee, Ann", "{The Group}"]
    assert json.loads(csl)[0]["author"] == [{"family": "Lee", "given": "Ann"}, {"literal": "The Group"}]
    assert yaml.safe_load(cff)["url"] == "https://surveys.example/en/surveys/alpha.html"
    for builder in ("text", "latex"):
        assert warnings(site.build(builder), site.source) == [], builder
    assert "Methods: 8" in (site.output("text") / "surveys" / "alpha.txt").read_text("utf-8")


def test_an_unknown_survey_is_named(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": HEAD.replace("} alpha\n:auth", "} alfa\n:auth")})
    assert warnings(site.build(), site.source) == [
        "surveys/alpha.md:3:20: WARNING: there is no survey 'alfa'; known are 'alpha', 'beta' [paper_table.dangling]"
    ]
