"""Each page as Markdown: whole, with the anchors that links lead to, and in no dialect; ``llms.txt`` names them all."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from tests.support.sites import PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

CONF = """
extensions += ["sphinx_markdown_builder"]
markdown_anchor_sections = True
myst_enable_extensions = ["dollarmath", "deflist"]
paper_table_markdown = True
"""
GUIDE = {
    "guide/index.md": "# Guide [1]\n\nTerm\n: What it means.\n\n  More.\n",
    "guide/orphan.md": "---\norphan: true\n---\n# Alone\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    index = (
        "# Start\n\nAbout *this*\nsite.\n\n```{toctree}\nsurveys/alpha\nsurveys/beta\nguide/index\nreferences\n```\n"
    )
    files = {**PAGES, **GUIDE, "index.md": index}
    path = tmp_path_factory.mktemp("markdown")
    made = small_site(path, files, CONF + 'paper_table_search_last = ["guide"]\n')
    assert warnings(made.build("html"), made.source) == []
    assert warnings(made.build("markdown"), made.source) == []
    return made


def pages(site: Site) -> dict[str, str]:
    output = site.output("markdown")
    return {path.relative_to(output).as_posix(): path.read_text("utf-8") for path in sorted(output.rglob("*.md"))}


def test_every_page_is_a_file_with_its_title(site: Site) -> None:
    found = pages(site)
    assert list(found) == ["guide/index.md", "guide/orphan.md", "index.md", "references.md", *PAGES]
    assert all(re.search(r"^# \S", text, re.MULTILINE) for text in found.values())


def test_links_lead_to_files_and_anchors_that_are_there_once(site: Site) -> None:
    found = pages(site)
    anchors = {name: re.findall(r'<a id="([^"]*)"></a>', text) for name, text in found.items()}
    assert all(len(ids) == len(set(ids)) for ids in anchors.values())
    assert {"paper-one", "paper-uno", "group-alpha-g4", "survey-alpha"} <= {*anchors["surveys/alpha.md"]}
    assert "cite-lee2020one" in anchors["references.md"]
    links = [(name, link) for name, text in found.items() for link in re.findall(r"\]\((?!http)([^()\s]*)\)", text)]
    assert len(links) > 20
    for name, link in links:
        path, _hash, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        assert target in anchors, (name, link)
        assert not anchor or anchor in anchors[target], (name, link)


def test_what_common_mark_makes_of_a_card(site: Site) -> None:
    """Lists and emphasis, and no tag but anchors: what CommonMark reads is what was meant."""
    text = pages(site)["surveys/alpha.md"]
    assert set(re.findall(r"</?(\w+)", text)) == {"a"}
    html = MarkdownIt("commonmark").render(text)
    assert '<a id="paper-uno"></a><strong>One v1</strong>' in html
    assert "<em>One BERT for All</em>. Ann Lee, Bo Park, Cem Vogel, Di Yu." in html
    assert re.search(
        r'<em>extends</em> <a href="beta.md#paper-other">Other</a>: a <em>queue</em> replaces the bank', html
    )
    assert "Linear probe: <strong>60.60%</strong>" in html


def test_a_reference_is_one_paragraph_behind_its_label(site: Site) -> None:
    html = MarkdownIt("commonmark").render(pages(site)["references.md"])
    assert re.search(r'<p><a id="cite-lee2020one"></a>\[[^\]]+\] Ann Lee', html)


def test_terms_are_items_of_a_list(site: Site) -> None:
    html = MarkdownIt("commonmark").render(pages(site)["guide/index.md"])
    assert re.search(r"<li>\s*<p><strong>Term</strong></p>\s*<p>What it means.</p>\s*<p>More.</p>\s*</li>", html)


def test_llms_txt_lists_every_page_once_surveys_first(site: Site) -> None:
    text = (site.output("markdown") / "llms.txt").read_text("utf-8")
    assert text.startswith(
        "# Small\n\n> About this site.\n\n## Surveys\n\n- [Alpha](surveys/alpha.md): All of alpha, with One v1"
    )
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Surveys", "Pages", "Optional"]
    assert sorted(re.findall(r"\]\((\S+)\)", text)) == sorted(pages(site))
    assert "## Optional\n\n- [Guide \\[1\\]](guide/index.md)\n- [Alone](guide/orphan.md)\n" in text


def test_pages_of_html_name_it(site: Site) -> None:
    link = soup(site.output() / "surveys" / "alpha.html").select_one('link[type="text/markdown"]')
    assert link is not None
    assert link["href"] == "alpha.md"
    assert not soup(site.output() / "search.html").select('link[type="text/markdown"]')


def test_beside_html_it_has_the_address_of_the_site_and_the_data(tmp_path: Path) -> None:
    site = small_site(tmp_path, conf=f'{CONF}html_baseurl = "https://surveys.example/en/latest/"\n')
    site.build("markdown")
    output = site.output("markdown")
    assert "https://surveys.example/en/latest/surveys/alpha.md" in (output / "llms.txt").read_text("utf-8")
    (output / "papers.json").write_text("{}", encoding="utf-8")
    site.build("markdown")
    assert "## Data\n\n- [papers.json](https://surveys.example/en/latest/papers.json): " in (
        output / "llms.txt"
    ).read_text("utf-8")


def test_without_the_option_no_page_says_so(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"index.md": "# Start\n"})
    site.build()
    assert not soup(site.output() / "index.html").select('link[type="text/markdown"]')
