"""Three sites built apart are one for readers: roles, citations and previews lead across, and each builds alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import Site
from tests.support.sites import dump, page, soup, warnings

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
INDEX = "# Start\n\n```{toctree}\nsurvey\nreferences\n```\n"
LIST = "# References\n\n```{bibliography}\n```\n"
NAMES = ("images", "video", "language")


def base(name: str) -> str:
    return f"https://{name}.example/en/latest/"


def survey(name: str, *others: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the files of a survey with one method and *more*, which lead to those of the *others*."""
    said = " ".join(f"After {{paper}}`{other}-one` ({{cite:t}}`lee2020{other}`)." for other in others)
    papers = [{"id": f"{name}-one", "name": f"{name.title()} One", "cite": f"lee2020{name}", "summary": f"A. {said}"}]
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
