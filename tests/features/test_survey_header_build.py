"""The directive survey-header: facts, citation and the bar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from pybtex.database import parse_string
from tests.support.sites import ALPHA, INDEX, PAGES, dump, page, small_site, soup, warnings

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


def without_loose() -> dict[str, object]:
    """Return the survey without the paper that is in no group."""
    return {name: value for name, value in ALPHA.items() if name != "papers"}


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


def test_a_survey_whose_groups_have_pages_of_their_own_is_found_at_its_head(tmp_path: Path) -> None:
    head = "# Alpha\n\n```{survey-header} alpha\n```\n\n```{toctree}\n:glob:\n\nparts/*\n```\n"
    index = "# Start\n\n{paper:survey}`alpha`\n\n```{survey-cards}\n```\n\n```{toctree}\nalpha\nbeta\nreferences\n```\n"
    parts = {f"parts/{name}.md": page(name, f"alpha#{name}") for name in ("g1", "h1")}
    pages = {"index.md": index, "alpha.md": head, "beta.md": PAGES["surveys/beta.md"], **parts}
    site = small_site(tmp_path, {**pages, "surveys/alpha.yaml": dump(without_loose())})
    assert warnings(site.build(), site.source) == []
    start, alpha = (soup(site.output() / f"{name}.html") for name in ("index", "alpha"))
    assert {str(link["href"]) for link in start.select("main a, article a") if "Alpha" in link.get_text()} == {
        "alpha.html"
    }
    assert alpha.select(".pt-bar a") == []
    assert "not set" not in alpha.get_text()
    whole = {"whole.md": page("Whole", "alpha", "layout: cards"), "index.md": index.replace("beta\n", "beta\nwhole\n")}
    site = small_site(tmp_path / "whole", {**pages, **whole, "surveys/alpha.yaml": dump(without_loose())})
    site.build()
    assert soup(site.output() / "index.html").select_one("a[href^='whole.html#survey-alpha']") is not None


def test_an_unknown_survey_is_named(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": HEAD.replace("} alpha\n:auth", "} alfa\n:auth")})
    assert warnings(site.build(), site.source) == [
        "surveys/alpha.md:3:20: WARNING: there is no survey 'alfa'; known are 'alpha', 'beta' [paper_table.dangling]"
    ]


def test_references_are_no_prose_that_takes_time_to_read(tmp_path: Path) -> None:
    """A page cites and lists a publication whose title has the words of four minutes."""
    bib = "@misc{long2020title, author = {Long, Lea}, title = {%s}, year = {2020}}" % ("word " * 1000)
    head = f"{HEAD}\n{{cite:t}}`long2020title`\n\n```{{bibliography}} ../long.bib\n:labelprefix: L\n:all:\n```\n"
    conf = 'bibtex_bibfiles = ["refs.bib", "long.bib"]\n'
    site = small_site(tmp_path, {**SITE, "surveys/alpha.md": head, "long.bib": bib}, conf)
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "surveys" / "alpha.html")
    assert html.select_one(".citation-list") is not None
    assert html.select(".pt-header > p > span")[-1].get_text() == "Reading time: 1 min"
