"""Three sites built apart are one for readers: roles, relations, citations and previews lead across them."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import Site
from tests.support.sites import dump, page, soup, warnings

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CONF = """
project = "Part"
extensions = ["sphinx_paper_table", "sphinx.ext.intersphinx"]
html_theme = "basic"
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_letters"
intersphinx_cache_limit = 0
"""
INDEX = "# Start\n\n```{toctree}\nsurvey\ndrawn\nreferences\n```\n"
LIST = "# References\n\n```{bibliography}\n```\n"
NAMES = ("images", "video", "language")
DRAWN = "# Drawn\n\n```{paper-lineage}\n```\n"


def base(name: str) -> str:
    return f"https://{name}.example/en/latest/"


def survey(name: str, *others: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the files of a survey with one method and *more*, which lead to those of the *others*."""
    said = " ".join(f"After {{paper}}`{other}-one` ({{cite:t}}`lee2020{other}`)." for other in others)
    one: dict[str, object] = {
        "id": f"{name}-one",
        "name": f"{name.title()} One",
        "cite": f"lee2020{name}",
        "summary": f"A. {said}",
    }
    if others:
        one["relations"] = {"extends": [{"to": f"{other}:{other}-one", "why": "it *grew*"} for other in others]}
    papers: list[dict[str, object]] = [one]
    papers += [{"id": f"{name}-{one}", "name": f"{name.title()} {one.title()}"} for one in more]
    return {
        "surveys/s.yaml": dump({"survey": name, "title": name.title(), "papers": papers}),
        "refs.bib": f"@misc{{lee2020{name}, author = {{Lee, {name.title()}}}, title = {{{name}}}, year = {{2020}}}}\n",
    }


def site(path: Path, name: str, *others: str) -> Site:
    """Return the site of one team, which knows the inventories of *others*."""
    inventories = {other: (base(other), str(path / other / "html" / "objects.inv")) for other in others}
    pages = {
        "index.md": INDEX,
        "survey.md": page(name.title(), name),
        "drawn.md": DRAWN,
        "references.md": "# R\n\n```{bibliography}\n```\n",
    }
    conf = f"{CONF}intersphinx_mapping = {inventories!r}\n"
    return Site(path / name, conf, {**pages, **survey(name, *others)}, strict=False)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Each knows those that are built before it."""
    path = tmp_path_factory.mktemp("federation")
    found = {}
    for number, name in enumerate(NAMES):
        found[name] = site(path, name, *NAMES[:number])
        assert warnings(found[name].build(), found[name].source) == []
    return found


def test_methods_and_references_of_other_sites_are_linked(sites: dict[str, Site]) -> None:
    card = soup(sites["language"].output() / "survey.html").select_one("#paper-language-one")
    assert card is not None
    links = {link.get_text(): str(link["href"]) for link in card.select(".pt-summary a")}
    for other in NAMES[:2]:
        assert links[f"{other.title()} One"] == f"{base(other)}survey.html#paper-{other}-one"
        assert links["2020"].startswith(base("video"))
    assert f"{base('images')}references.html#cite-lee2020images" in {str(a["href"]) for a in card.select("a")}


def test_relations_lead_to_other_sites(sites: dict[str, Site]) -> None:
    """The card has their papers by name, with the reason and the site; so has the drawing with its list."""
    output = sites["language"].output()
    card = soup(output / "survey.html").select_one("#paper-language-one")
    assert card is not None
    addresses = {other: f"{base(other)}survey.html#paper-{other}-one" for other in NAMES[:2]}
    for place in (".pt-chain", ".pt-relations"):
        links = {str(link["href"]): link.get_text() for link in card.select(f"{place} a")}
        assert links == {address: f"{other.title()} One" for other, address in addresses.items()}
    said = [" ".join(item.get_text().split()) for item in card.select(".pt-relations dd")]
    assert said == ["Images One (images): it grew", "Video One (video): it grew"]
    drawing = soup(output / "drawn.html")
    assert [str(link["href"]) for link in drawing.select("figure .pt-scroll .pt-away")] == list(addresses.values())
    assert drawing.select_one(".pt-away title").get_text() == "Language One – extends: Images One (images)"  # type: ignore[union-attr]
    assert {str(link["href"]) for link in drawing.select(".pt-family a.external")} == set(addresses.values())
    ring = "A ring leads to a paper of another site."
    assert ring in drawing.get_text()
    assert ring not in soup(sites["images"].output() / "drawn.html").get_text()


def test_the_data_of_a_site_has_its_relations_to_others(sites: dict[str, Site]) -> None:
    papers = json.loads((sites["language"].output() / "papers.json").read_text("utf-8"))["papers"]
    assert papers["language-one"]["relations"] == []
    assert papers["language-one"]["relations_elsewhere"][0] == {
        "type": "extends",
        "label": "extends",
        "site": "images",
        "paper": "images-one",
        "name": "Images One",
        "url": f"{base('images')}survey.html#paper-images-one",
        "why": "it *grew*",
    }


def test_books_and_plain_text_print_the_address(sites: dict[str, Site]) -> None:
    site, address = sites["video"], f"{base('images')}survey.html#paper-images-one"
    texts = {}
    for builder, name in (("text", "survey.txt"), ("latex", "part.tex"), ("epub", "survey.xhtml")):
        site.build(builder)
        text = (site.output(builder) / name).read_text("utf-8").replace("\u200b", "")
        texts[builder] = " ".join(re.sub(r"<[^>]*>", "", text).split())
    assert f"Images One (images, {address}): it *grew*" in texts["text"]
    assert f"(images, {address})" in texts["epub"]
    written = address.replace("#", r"\#")
    linked = rf"\sphinxhref{{{written}}}{{Images One}} (images, \sphinxurl{{{written}}})"
    assert linked in texts["latex"]


def test_what_another_site_does_not_have_is_said(sites: dict[str, Site]) -> None:
    """The rest is built, and the name stands there without a link."""
    site = sites["language"]
    before = site.read("surveys/s.yaml")
    try:
        site.replace("surveys/s.yaml", "images:images-one", "images:images-on")
        site.replace("surveys/s.yaml", "video:video-one", "videos:video-one")
        said = warnings(site.build(), site.source)
        assert len(said) == 2, said
        assert any("the site 'images' has no paper 'images-on'; did you mean 'images-one'?" in line for line in said)
        assert any("has no 'videos'; did you mean 'video'?" in line and "surveys/s.yaml:" in line for line in said)
        chain = soup(site.output() / "survey.html").select_one("#paper-language-one .pt-chain")
        assert chain is not None
        assert " ".join(chain.get_text().split()) == "extends: images-on (images) video-one (videos)"
        assert not chain.select("a")
    finally:
        site.write("surveys/s.yaml", before)
    assert warnings(site.build(), site.source) == []


def test_without_a_network_a_check_says_what_it_cannot_know(
    sites: dict[str, Site], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", "json", str(sites["language"].source)]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(one["severity"], one["message"]) for one in problems] == [
        ("advice", "2 relations lead to papers of other sites"),
    ]


def test_previews_may_ask_the_other_sites(sites: dict[str, Site]) -> None:
    (script,) = soup(sites["language"].output() / "survey.html").select('script[src*="paper_preview"]')
    assert all(f"https://{other}.example" in str(script) for other in NAMES[:2])


def test_an_added_paper_rebuilds_one_site(sites: dict[str, Site]) -> None:
    """The others stay as they are, byte by byte, until one of them names the new paper."""
    before = {name: _pages(sites[name].output()) for name in NAMES[1:]}
    for name, text in survey("images", more=("two",)).items():
        (sites["images"].source / name).write_text(text, "utf-8")
    assert warnings(sites["images"].build(), sites["images"].source) == []
    assert {name: _pages(sites[name].output()) for name in NAMES[1:]} == before
    assert warnings(sites["video"].build(), sites["video"].source) == []
    assert _pages(sites["video"].output()) == before["video"]
    page = sites["video"].source / "index.md"
    page.write_text(f"{INDEX}\nSee {{paper}}`images-two`.\n", "utf-8")
    os.utime(page)
    assert warnings(sites["video"].build(), sites["video"].source) == []
    links = [str(link["href"]) for link in soup(sites["video"].output() / "index.html").select("p a.external")]
    assert f"{base('images')}survey.html#paper-images-two" in links


def _pages(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.rglob("*.html")}


def test_a_renamed_method_follows_where_it_is_shown(sites: dict[str, Site]) -> None:
    """Only pages that name it are written again."""
    site, before = sites["language"], _pages(sites["language"].output())
    sites["video"].replace("surveys/s.yaml", "Video One", "Video Uno")
    assert warnings(sites["video"].build(), sites["video"].source) == []
    assert warnings(site.build(), site.source) == []
    after = _pages(site.output())
    assert {name for name, content in after.items() if before[name] != content} == {"survey.html", "drawn.html"}
    assert b"Video Uno" in after["drawn.html"]
    assert "Video Uno" in (site.output() / "papers.json").read_text("utf-8")
    site.assert_incremental_equals_clean()
